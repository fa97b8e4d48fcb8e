/** The `part`s of the view of pedals and gamepads. */
export const TALK_DEVICES_VIEW_PARTS = 'device-list, target, connect, learn, remove';
