import {addEnglish} from './add-terms.js';

/** The English texts of a monitor wall, loaded with its view. */
export const monitorEn = {
  cameraVolume: 'Volume of this camera',
  monitoring: 'Monitoring',
  watchWho: 'Name or number',
  noCameras: 'No cameras yet',
  watchHint: 'Enter a name or number, or drop people here.',
  startWatching: 'Start',
  endWatching: 'Stop',
  noMonitoring: 'This server does not support monitoring.',
  noMemberPictures: 'This server does not support viewing participants’ video.',
  pictureLive: 'Live',
  pictureLiveSince: (time: string) => `Live since ${time}`,
  pictureLate: (time: string) => `No new video since ${time}`,
  pictureLast: (time: string) => `Last video at ${time}`,
  currentTime: 'Current time',
  pictureOff: 'Off',
  pictureAwaited: 'Waiting for video…',
  pictureStopped: 'Video stopped',
  pictureRefused: 'No video',
  pictureEnded: 'Video ended',
  picturePaused: 'Paused while out of view',
  pictureGone: (name: string) => `${name}’s video is unavailable.`,
  pictureBack: (name: string) => `${name}’s video is playing.`,
  retriesIn: (seconds: string) => `Retrying in ${seconds} s`,
  soundOff: 'Turn sound off',
  severalSounds: 'Play sound from several videos',
  closePicture: (name: string) => `Close ${name}’s video`,
  cameraMenu: (name: string) => `More actions for ${name}’s video`,
  cameraRounds: 'Camera rounds',
};

addEnglish(monitorEn);
