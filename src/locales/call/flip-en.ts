import {addEnglish} from '../add-terms.js';

/** The English texts of the button that switches between front and back camera, loaded with it. */
export const flipEn = {
  flipToFront: 'Switch to front camera',
  flipToBack: 'Switch to back camera',
  flippedToFront: 'Front camera is on',
  flippedToBack: 'Back camera is on',
};

addEnglish(flipEn);
