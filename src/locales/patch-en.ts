import {addEnglish} from './add-terms.js';

/** The English texts of patches, loaded with the controls that connect calls. */
export const patchEn = {
  connectCalls: 'Connect calls…',
  connectCallsHint: 'Everyone whom you choose will hear the others.',
  connectChosen: 'Connect',
  callsConnected: 'Connected to each other',
  takeOut: (name: string) => `Take out ${name}`,
  alsoConnect: (name: string) => `Also connect ${name}`,
  endConnection: 'Disconnect',
  yourPart: 'Your part',
  joinPatch: 'Join',
  listenToPatch: 'Listen',
  stepOut: 'Step out',
  joinPatchHint: 'You hear all of them, and they hear you',
  listenToPatchHint: 'You hear all of them, and they don’t hear you',
  stepOutHint: 'You neither hear them nor are heard; they go on',
};

addEnglish(patchEn);
