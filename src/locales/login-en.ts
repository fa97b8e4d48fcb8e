import {addEnglish} from './add-terms.js';

/** The English texts of the form that signs in, loaded with it. */
export const loginEn = {
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  server: 'Server',
  serverHint: 'Example: sip.example.com',
  user: 'User name',
  password: 'Password',
  enterServer: 'Enter the server address.',
  enterUser: 'Enter your user name.',
  enterPassword: 'Enter your password.',
  wrongServer: 'Enter a server address such as sip.example.com.',
  secureServer: 'Enter an address that begins with wss://. This page allows secure connections only.',
  wrongUser: 'Enter a user name without @ or spaces.',
};

addEnglish(loginEn);
