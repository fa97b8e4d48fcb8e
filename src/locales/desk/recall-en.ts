import {addEnglish} from '../add-terms.js';

/** The English texts of the recall, loaded with its panel. */
export const recallEn = {
  recall: 'Recall',
  repeatLast: 'Repeat the last message',
  recallRate: 'Speed',
  recallNote: (minutes: string) =>
    minutes === '1'
      ? 'What you hear is kept in this browser for 1 minute, or until you sign out.'
      : `What you hear is kept in this browser for ${minutes} minutes, or until you sign out.`,
  recallOff: 'Recall is off. Nothing that you hear is kept.',
  nothingHeard: 'Nothing was heard in the last minutes.',
  playUtterance: (name: string, time: string) => `Play ${name}, ${time}`,
  stopUtterance: (name: string, time: string) => `Stop ${name}, ${time}`,
  keepUtterance: (name: string, time: string) => `Save ${name}, ${time} as a recording`,
  utteranceKept: (name: string) => `${name} is saved in your recordings.`,
};

addEnglish(recallEn);
