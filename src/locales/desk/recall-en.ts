import {addEnglish} from '../add-terms.js';

/** The English texts of the recall, loaded with its panel. */
export const recallEn = {
  recall: 'Recall',
  recallRate: 'Speed',
  recallNote: (minutes: string) =>
    minutes === '1'
      ? 'What you hear is kept in this browser for 1 minute, or until you sign out.'
      : `What you hear is kept in this browser for ${minutes} minutes, or until you sign out.`,
  recallOff: 'Recall is off. Nothing that you hear is kept.',
  recallImpossible: 'Recall is not possible in this browser. Nothing that you hear is kept.',
  nothingHeard: 'Nothing was heard in the last minutes.',
  playUtterance: (name: string, time: string) => `Play ${name}, ${time}`,
  stopUtterance: (name: string, time: string) => `Stop ${name}, ${time}`,
  keepUtterance: (name: string, time: string) => `Save ${name}, ${time} as a recording`,
  savingUtterance: 'Saving…',
  utteranceSaved: 'Saved',
  utteranceOnlyHere: 'Only until you sign out',
  utteranceKept: (name: string) => `${name} is saved in your recordings.`,
  utteranceInMemory: (name: string) =>
    `${name} is only in the memory of this page, until you sign out or close it. Download it to keep it.`,
  download: 'Download',
  downloadUtterance: (name: string, time: string) => `Download ${name}, ${time}`,
};

addEnglish(recallEn);
