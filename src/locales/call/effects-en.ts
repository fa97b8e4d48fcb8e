import {addEnglish} from '../add-terms.js';

/** The English texts of effects, loaded with their choice. */
export const effectsEn = {
  background: 'Background',
  backgroundNone: 'No effect',
  backgroundBlur: 'Blur',
  noiseSuppression: 'Suppress noise',
  effectStarting: 'Getting ready…',
};

addEnglish(effectsEn);
