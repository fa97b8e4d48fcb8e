import {addEnglish} from '../add-terms.js';

/** The English texts of outputs and of the sound of one call, loaded with the first element that has them. */
export const callSoundEn = {
  unselected: 'Loudspeaker',
  asSpeaker: 'Same as speaker',
  tryUnselected: 'Test loudspeaker',
  thisCall: 'This call',
  thisCallSound: 'Sound',
  thisCallVolume: 'Volume of this call',
  groupVolume: 'Volume of this group',
  incomingLevel: 'Incoming level',
  silenceCall: 'Silence for me',
  soundIsOff: 'Sound off for you',
  forgetVolumes: 'Forget the volumes of calls and groups',
  volumesForgotten: 'Volumes forgotten',
  heardOn: 'Play on',
  interrupted: 'On hold for an urgent call. It resumes when that call ends, or when you resume it.',
};

addEnglish(callSoundEn);
