/** What learns and listens to pedals and gamepads, loaded by the first one that has them. */
export {TalkDevices} from '../../../core/devices/push-to-talk/talk-devices.js';
export {inner} from './talk-devices-view.js';
