import {addEnglish} from './add-terms.js';

/** The English texts of the history, loaded with it. */
export const historyEn = {
  redial: (name: string) => `Redial ${name}`,
  listenedIn: 'Listened in',
  bargedInto: 'Barged in',
  viewedCamera: 'Viewed your camera',
  missedOnly: 'Missed calls only',
  missedFrom: (name: string) => `Missed call: ${name}`,
  callRemoval: (name: string) => `Remove call with ${name}`,
  callRemoved: (name: string) => `The call with ${name} was removed.`,
  clearHistory: 'Clear history',
  clearMissed: 'Clear missed calls',
  historyCleared: 'History cleared',
  missedCleared: 'Missed calls cleared',
  noHistory: 'No calls yet',
  noHistoryHint: 'Ended calls will appear here.',
  noMissed: 'No missed calls',
};

addEnglish(historyEn);
