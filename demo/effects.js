/**
 * Offers a blurred background, a picture instead of it, and the suppression of noise. The libraries are the server's:
 * `/background/` is `dist/build` of `@twilio/video-processors`, `/noise-suppression/` is `dist` of
 * `@sapphi-red/web-noise-suppressor`.
 */
import {backgrounds} from '/background.js';
import {noiseSuppression} from '/noise-suppression.js';

const OFFICE = {en: 'Office', zh: '办公室', ar: 'مكتب'};

await customElements.whenDefined('sip-client');
const language = document.documentElement.lang.split('-', 1)[0];
await document.querySelector('sip-client').devices.offer(
  backgrounds({
    assets: '/background/',
    pictures: [{name: OFFICE[language] ?? OFFICE.en, src: '/office.svg'}],
  }),
  noiseSuppression({assets: '/noise-suppression/'}),
);
