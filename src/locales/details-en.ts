import {addEnglish} from './add-terms.js';

/** The English texts of an error's details, loaded with them. */
export const detailsEn = {
  errorCode: 'Error code',
  sipStatus: 'SIP status',
  serverCode: 'Server code',
  copy: 'Copy',
  copied: 'Copied',
};

addEnglish(detailsEn);
