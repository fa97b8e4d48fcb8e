import {addEnglish} from './add-terms.js';

/** The English texts of urgent calls and of the calls of others, loaded with the menus that offer them. */
export const supervisionEn = {
  moreFor: (name: string) => `More actions for ${name}`,
  listenIn: 'Listen in',
  bargeIn: 'Barge in',
  forceEnd: 'End their call',
  forceEndWho: (name: string) => `End ${name}’s call? They will be disconnected right away.`,
  notInCall: 'Not in a call',
  inCallWithYou: 'In a call with you',
  alreadyListening: 'You’re already listening in',
  transferNow: 'Transfer now',
  askFirst: 'Consult first',
  askFirstHint: 'Talk to the new person first, then transfer. The current call is on hold meanwhile.',
  suggestions: 'Suggestions',
  recentPeople: 'Recent',
  moreCalls: 'Urgent and SOS calls',
  consultation: (name: string, target: string) => `Transfer ${name} to ${target}?`,
  completeTransfer: 'Complete transfer',
  cancelTransfer: 'Cancel transfer',
  alreadyInCall: 'You’re already in this call',
  mergeCalls: 'Merge calls',
  splitCalls: 'Split calls',
  inConference: (names: string) => `In a conference with ${names}`,
};

addEnglish(supervisionEn);
