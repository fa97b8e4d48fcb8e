import {registerTranslation} from '@shoelace-style/localize';
import {en} from './en.js';

/** The English texts of an error's details, loaded with them. */
export const detailsEn = {
  errorCode: 'Error code',
  sipStatus: 'SIP status',
  serverCode: 'Server code',
  copy: 'Copy',
  copied: 'Copied',
};

// Updates both the registered language and the fallback that other languages use.
Object.assign(en, detailsEn);
registerTranslation(en);
