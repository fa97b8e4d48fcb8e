import {registerTranslation} from '@shoelace-style/localize';
import {en} from './en.js';

/** The English texts of the form that signs in, loaded with it. */
export const loginEn = {
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  server: 'Server',
  serverHint: 'Such as sip.example.com',
  user: 'User name',
  password: 'Password',
  enterServer: 'Enter the address of the server.',
  enterUser: 'Enter your user name.',
  enterPassword: 'Enter your password.',
  wrongServer: 'Enter an address such as wss://sip.example.com.',
  secureServer: 'This page needs a secure address, which begins with wss://.',
  wrongUser: 'Enter a user name without @ and blanks.',
};

// Updates both the registered language and the fallback that other languages use.
Object.assign(en, loginEn);
registerTranslation(en);
