import {registerTranslation} from '@shoelace-style/localize';
import {en} from './en.js';

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
};

// Updates both the registered language and the fallback that other languages use.
Object.assign(en, callEn);
registerTranslation(en);
