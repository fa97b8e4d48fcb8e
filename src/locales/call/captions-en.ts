import {addEnglish} from '../add-terms.js';

/** The English texts of captions, loaded with them. */
export const captionsEn = {
  captions: 'Captions',
  captionsOn: 'Turn on captions',
  captionsOff: 'Turn off captions',
  captionsWait: 'Captions will appear here',
  captionsOwn: 'You',
  captionsFailed: (name: string) => `No more captions for ${name}: this page could not recognize the speech`,
};

addEnglish(captionsEn);
