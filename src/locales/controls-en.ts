import {addEnglish} from './add-terms.js';

/** The English texts of the controls of a call, loaded with them. */
export const controlsEn = {
  sharingOn: 'You’re sharing your screen',
  transferWho: (name: string) => `Transfer ${name}`,
  transferTo: 'Or transfer to another call',
  connectWith: (name: string) => `Transfer to ${name}`,
  transferAsking: 'Transferring…',
  transferCalling: (name: string) => `Calling ${name}…`,
  transferRinging: (name: string) => `Ringing ${name}…`,
  transferHint: 'The call is on hold until someone answers. If no one answers, it returns to you.',
  tonesHint: 'Keys are sent as DTMF tones.',
  tonesSent: 'Sent tones',
  star: 'star',
  notYetTones: 'Tones can be sent once connected.',
  takeOwnPhoto: 'Take a photo of your video',
  photoSaved: 'Photo saved',
  photoTaken: 'Photo taken',
  noPicture: 'No video',
  recordingSaved: 'Recording saved',
  recordingEnded: 'Recording ended',
};

addEnglish(controlsEn);
