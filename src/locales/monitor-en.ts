import {registerTranslation} from '@shoelace-style/localize';
import {en} from './en.js';

/** The English texts of a monitor wall, loaded with its view. */
export const monitorEn = {
  monitoring: 'Monitoring',
  watchWho: 'Name or number',
  watchHint: 'Nobody is watched. Enter a number, or drop people here.',
  startWatching: 'Start',
  endWatching: 'Stop',
  noMonitoring: 'This server shows no cameras.',
  noMemberPictures: 'This server shows no members’ pictures.',
  pictureLive: 'Live',
  pictureOff: 'Off',
  pictureAwaited: 'Waiting for the picture…',
  pictureStopped: 'The picture has stopped',
  pictureOffline: 'Offline',
  pictureRefused: 'No picture',
  pictureEnded: 'The picture has ended',
  picturePaused: 'Paused while it is not in view',
  pictureGone: (name: string) => `The picture of ${name} is gone.`,
  pictureBack: (name: string) => `The picture of ${name} is back.`,
  retriesIn: (seconds: string) => `Trying again in ${seconds} s`,
  soundOff: 'Turn sound off',
  severalSounds: 'Several sounds at once',
  fullScreen: 'Full screen',
  leaveFullScreen: 'Leave full screen',
  closePicture: (name: string) => `Close ${name}`,
  wallFull: (count: string) => `${count} pictures are the most that are shown at once.`,
};

// Updates both the registered language and the fallback that other languages use.
Object.assign(en, monitorEn);
registerTranslation(en);
