import {addEnglish} from './add-terms.js';

/** The English texts of a call in progress, loaded with it. */
export const callEn = {
  fullScreen: 'Full screen',
  leaveFullScreen: 'Exit full screen',
  beingRecorded: 'This call is being recorded',
  remoteCameraOff: 'Their camera is off',
  soundDevices: 'Audio settings',
  cameraDevices: 'Video settings',
  callDevices: 'Audio and video settings',
  callVolume: 'Volume',
  playSound: 'Play a sound',
  smallWindow: 'Picture-in-picture',
  asksTransfer: (name: string, target: string) => `${name} wants to transfer you to ${target}.`,
  showsPicture: (name: string) => `${name} turned on video.`,
  soundOnly: 'Use audio only',
};

addEnglish(callEn);
