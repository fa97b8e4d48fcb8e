import {addEnglish} from '../add-terms.js';

/** The English texts of devices, loaded with their lists. */
export const devicesEn = {
  systemDefault: 'System default',
  frontCamera: 'Front camera',
  backCamera: 'Back camera',
  noMicrophone: 'No microphone found',
  noCamera: 'No camera found',
  plugIn: 'Plug one in, then choose it here.',
  notConnected: (name: string) => `“${name}” is not connected. Plug it in to use it again.`,
  allowDevices: 'Allow access',
  tryMicrophone: 'Test microphone',
  stopMicrophone: 'Stop microphone test',
  level: 'Microphone level',
  speak: 'Speak. The bar moves if the microphone works.',
  tryCamera: 'Test camera',
  stopCamera: 'Stop camera test',
  trySpeaker: 'Test speaker',
  tryRinger: 'Test ringer',
  stopTone: 'Stop test tone',
  checkCalls: 'Check whether calls work',
  connectHeadset: 'Connect headset buttons',
};

addEnglish(devicesEn);
