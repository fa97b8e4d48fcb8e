import {addEnglish} from '../add-terms.js';

/** The English texts of a desk's link, loaded with its QR code. */
export const deskLinkEn = {
  deskLink: 'Set up a phone',
  deskLinkCode: (name: string) => `QR code: ${name}`,
  deskLinkScan: 'Scan the code with the camera of the phone or tablet to set it up, or open the link there.',
  deskLinkToken: 'The code and the copied link contain a key. Give them to the user of this desk only.',
  deskLinkNone: 'No link yet',
  deskLinkCopy: 'Copy link',
};

addEnglish(deskLinkEn);
