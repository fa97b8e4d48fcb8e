import {addEnglish} from '../add-terms.js';

/** The English texts of a call's encryption, loaded with its sign. */
export const encryptionEn = {
  encryptionTitle: 'Encryption',
  encryptionNone: 'Not encrypted',
  encryptionExchanging: 'Securing…',
  encryptionUnverified: 'Encrypted',
  encryptionVerified: 'Verified',
  encryptionFailed: 'Cannot decrypt',
  encryptionNoneText: 'Only the path to the server is encrypted. The server can hear and see this call.',
  encryptionExchangingText: 'Keys are being exchanged. You hear each other in a moment.',
  encryptionUnverifiedText:
    'This call is end-to-end encrypted. Read the code to each other: if both see the same one, no one is listening in.',
  encryptionVerifiedText: 'This call is end-to-end encrypted, and you have verified the other side.',
  encryptionFailedText: 'What arrives cannot be decrypted. Hang up and call again.',
  encryptionCode: (code: string) => `Code: ${code}`,
  encryptionMatches: 'The codes match',
};

addEnglish(encryptionEn);
