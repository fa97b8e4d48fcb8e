import {addEnglish} from './add-terms.js';

/** The English texts of pedals and gamepads, loaded with their view. */
export const talkDevicesEn = {
  talkDevicesHint: 'They talk while you press them.',
  talksTo: 'Talks to',
  talksToGroup: (group: string) => `Talks to ${group}`,
  connectDevice: 'Connect a pedal',
  learnButton: 'Learn a button',
  pressDevice: 'Press and release the pedal or button now.',
  deviceButton: (device: string, number: string) => `${device}, button ${number}`,
  deviceAbsent: 'Not connected',
  deviceBlocked: 'Can’t be opened. Close other programs that use it, then plug it in again.',
  devicesForbidden: 'This page is not allowed to use pedals. Ask its operator.',
  removeDevice: (button: string) => `Remove ${button}`,
};

addEnglish(talkDevicesEn);
