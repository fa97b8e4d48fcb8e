import {addEnglish} from '../add-terms.js';

/** The English texts of the sounds that are played into a call, loaded with their panel. */
export const announcementEn = {
  alertTones: 'Alert tones',
  alertSteady: 'Steady tone',
  alertWarble: 'Warble',
  alertBeep: 'Beeps',
  soundFiles: 'Files',
  ownSound: 'Choose a file…',
  playIntoCall: (name: string) => `Play ${name} to the other side`,
  playToGroups: (name: string) => `Play ${name} to the groups`,
  talkOverSound: 'Let me talk over the sound',
  previewSound: (name: string) => `Listen to ${name}`,
  soundPlaying: (name: string) => `Playing ${name}`,
  soundHeld: 'Waits while the call is on hold',
  pauseSound: 'Pause the sound',
  resumeSound: 'Resume the sound',
  stopSound: 'Stop the sound',
  keepMicrophone: 'Keep my microphone on',
};

addEnglish(announcementEn);
