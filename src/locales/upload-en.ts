import {addEnglish} from './add-terms.js';

/** The English texts of files that are sent, loaded with their list. */
export const uploadEn = {
  chooseFiles: 'Choose files',
  dropHint: 'You can also drop or paste files here.',
  sendingFile: (name: string) => `Uploading ${name}`,
  sendingFiles: (count: string) => `Uploading ${count} files`,
  fileSent: (name: string) => `${name} was uploaded.`,
  partOf: (part: string, whole: string) => `${part} of ${whole}`,
  timeLeft: (time: string) => `${time} left`,
  cancelFile: (name: string) => `Cancel upload of ${name}`,
  sendAgain: (name: string) => `Upload ${name} again`,
};

addEnglish(uploadEn);
