/** The sentences of an error. Their readers differ: users see `en`, the author of the page reads `author`. */
export interface ErrorTexts {
  /** Tells the user in English what happened and what to do. */
  readonly en: string;
  /** What stands for the subject, and for its quotes, if the error has none. */
  readonly instead?: string;
  /** The sentence if the error has no subject, where other words change as well. */
  readonly unnamed?: string;
  /** The message of the error, if the author of the page can correct it: what to write, and where. */
  readonly author?: string;
}

/** What the embedding page writes on an `<iframe>`. */
const ALLOW = 'allow="camera; microphone; display-capture; autoplay"';

/** Returns the sentences for a feature that the page may not use. */
const forbidden = (en: string): ErrorTexts => ({
  en: `This page is not allowed to ${en}. Ask its operator to allow it.`,
  author: `This page is not allowed to ${en}. Write ${ALLOW} on its <iframe>, or allow it in the site’s Permissions-Policy.`,
});

/**
 * All codes of a `SipError`, with their sentences.
 *
 * `{subject}` is replaced by what the error refers to: a number, an address, a function's argument. A subject in brackets
 * or after a colon is omitted if there is none; other sentences have an `unnamed` version,
 * or what to write `instead`.
 */
export const ERROR_TEXTS = {
  // The connection
  'server-unreachable': {
    en: 'The server {subject} cannot be reached. Check the address and your network, then try again.',
    unnamed: 'The server cannot be reached. Check the address and your network, then try again.',
  },
  'certificate-refused': {
    en: '{subject} is not answering, or the browser does not trust its certificate. Check the address and port, or open the server page and accept the certificate. Then try again.',
    instead: 'The server',
  },
  'insecure-server': {
    en: 'Calls are not possible right now. Contact the operator of this page.',
    author:
      'A page over https may connect by wss: only: {subject}. Write wss:// and the server’s port for it.',
  },
  'forbidden-by-page': {
    en: 'This page is not allowed to connect to the server ({subject}). Check the address and port, or ask its operator to allow it.',
    author:
      'This page’s Content-Security-Policy forbids a connection: {subject}. It has: {expected}. Check the address and port, or add the address to connect-src.',
  },
  'untrusted-host': {
    en: 'The server refers to another host, {subject}, which this page does not know. Ask the operator of this page to allow it.',
    unnamed:
      'The server refers to another host that this page does not know. Ask the operator of this page to allow it.',
    author:
      'The server’s API is at {subject}. If it is yours, write trusted-hosts="{subject}" on <sip-client>.',
  },
  'connection-lost': {
    en: 'The connection to the server was lost. Check your network.',
  },
  'not-connected': {
    en: 'You are not connected to the server. Wait for the connection, or connect again.',
  },
  'insecure-page': {
    en: 'Microphone and camera work on secure pages only. Open this page over https or on localhost.',
  },
  'push-failed': {
    en: 'Notifications are blocked. Allow them in the browser’s settings, or try again later.',
  },
  // The registration
  'wrong-password': {
    en: 'The server rejected the user name or password. Check both.',
  },
  'token-refused': {
    en: 'The server rejected your sign-in. Sign in again.',
  },
  'credentials-failed': {
    en: 'Signing in failed because of an error in this page. Contact its operator.',
    author: 'The page’s credentials failed: {subject}.',
  },
  'config-failed': {
    en: 'Calls are not possible right now. Contact the operator of this page.',
    author: 'The page’s config failed: {subject}.',
  },
  'unknown-user': {
    en: 'The server does not know the user {subject}. Check the user name and the server.',
    unnamed: 'The server does not know this user. Check the user name and the server.',
  },
  'not-registered': {
    en: 'You are not registered with the server. Wait for the connection, or connect again.',
  },
  'registration-refused': {
    en: 'The server refused to register {subject}. Contact its administrator.',
    instead: 'you',
  },
  'logged-in-elsewhere': {
    en: 'This account is in use elsewhere. Sign in again to use it here.',
  },
  // The call
  'invalid-number': {
    en: '“{subject}” is not a valid number. Check it.',
    instead: 'This',
  },
  'unknown-number': {
    en: '{subject} was not found. Check the number.',
    unnamed: 'The number was not found. Check it.',
  },
  'number-offline': {
    en: '{subject} is not reachable right now. Try again later.',
    instead: 'The other side',
  },
  busy: {
    en: '{subject} is busy. Try again later.',
    instead: 'The other side',
  },
  declined: {
    en: '{subject} declined.',
    instead: 'The other side',
  },
  'call-refused': {
    en: 'The call to {subject} was not accepted. Try again later.',
    unnamed: 'The call was not accepted. Try again later.',
  },
  'no-answer': {
    en: '{subject} did not answer. Try again later.',
    instead: 'The other side',
  },
  cancelled: {
    en: 'The call was canceled before it was answered.',
  },
  'answered-elsewhere': {
    en: 'The call was answered on another device.',
  },
  'call-not-found': {
    en: 'The call was not found ({subject}). It may have ended already.',
  },
  'no-invite': {
    en: 'The server accepted the call but did not set it up. Try again. If this continues, contact the administrator.',
  },
  'session-expired': {
    en: 'The other side stopped responding. Try again.',
  },
  'call-lost': {
    en: 'The call’s connection was lost. Try again.',
  },
  'encryption-unavailable': {
    en: 'The call cannot be encrypted end to end ({subject}). It was ended.',
  },
  'not-acceptable': {
    en: '{subject} does not support this kind of call. If it has video, try audio only. Otherwise, contact the administrator.',
    instead: 'The other side',
  },
  'address-hidden': {
    en: 'The server needs this device’s network address, which the browser hides. Allow the microphone in the browser’s address bar, then call again. If there is none, contact the administrator.',
  },
  'kicked-out': {
    en: 'You were removed from the call.',
  },
  'too-many-calls': {
    en: 'You have reached the maximum number of calls: {subject}. End one, then try again.',
  },
  'wall-full': {
    en: 'The number of videos has reached its maximum: {subject}. Close one to show another.',
  },
  'invalid-state': {
    en: 'This is not possible right now. Try again in a moment.',
  },
  'patch-loop': {
    en: '{subject} is already connected to other calls and would hear itself. Take it out there first.',
    instead: 'One of the calls',
  },
  'tones-refused': {
    en: '{subject} does not accept DTMF tones. Say your choice, or contact the administrator.',
    instead: 'The other side',
  },
  'transfer-refused': {
    en: '{subject} did not accept the transfer. Give them the number, or contact the administrator.',
    instead: 'The other side',
  },
  'member-not-found': {
    en: '{subject} is no longer in the conference.',
    instead: 'This person',
  },
  'conference-full': {
    en: 'The server has no room for {subject} right now. Try again later, or remove another participant.',
    unnamed: 'The server has no room for more right now. Try again later, or remove another participant.',
  },
  'not-in-group': {
    en: 'You are not a member of the group {subject}. Contact its administrator.',
    unnamed: 'You are not a member of this group. Contact its administrator.',
  },
  'open-in-another-tab': {
    en: 'The group {subject} is open in another tab. Go to that tab, or leave the group there.',
    unnamed: 'This group is open in another tab. Go to that tab, or leave the group there.',
  },
  'floor-denied': {
    en: '{subject} is speaking. Wait until they finish, then press again.',
    instead: 'Someone else',
  },
  // The media
  'microphone-refused': {
    en: 'Microphone access is blocked. Allow it in the browser’s address bar or the system’s settings.',
  },
  'microphone-forbidden': forbidden('use the microphone'),
  'microphone-missing': {
    en: 'No microphone was found. Plug one in.',
  },
  'microphone-busy': {
    en: 'The microphone is in use by another program. Close that program.',
  },
  'camera-refused': {
    en: 'Camera access is blocked. Allow it in the browser’s address bar or the system’s settings.',
  },
  'camera-forbidden': forbidden('use the camera'),
  'camera-missing': {
    en: 'No camera was found. Plug one in.',
  },
  'camera-busy': {
    en: 'The camera is in use by another program. Close that program.',
  },
  'screen-cancelled': {
    en: 'No screen was chosen. To share one, start again.',
  },
  'screen-refused': {
    en: 'Screen sharing is blocked. Allow screen recording in the browser and system settings, then share again.',
  },
  'screen-forbidden': forbidden('share the screen'),
  'screen-missing': {
    en: 'No screen was found that can be shared.',
  },
  'screen-busy': {
    en: 'The browser cannot capture the screen. Close other programs that record it, then share again.',
  },
  'screen-unsupported': {
    en: 'This browser cannot share the screen. Use a current browser on a computer.',
  },
  'media-refused': {
    en: '{subject} does not accept video. The call continues with audio.',
    instead: 'The other side',
  },
  'microphone-replaced': {
    en: 'The chosen microphone is not connected, so another one is used. Plug in the chosen one, or choose another.',
  },
  'camera-replaced': {
    en: 'The chosen camera is not connected, so another one is used. Plug in the chosen one, or choose another.',
  },
  'processing-failed': {
    en: 'This page could not process your audio or video and sends it unchanged. Contact its operator.',
  },
  'camera-effect-failed': {
    en: 'The background could not be changed, so the camera is off. To use the camera, choose no effect.',
  },
  'effect-failed': {
    en: 'The effect could not start. Try again, or contact the operator of this page.',
    author: 'The effect could not start: {subject}. Check its folder and the Content-Security-Policy.',
  },
  'unknown-device': {
    en: 'The chosen device is not connected. Plug it in, or choose another one.',
  },
  'devices-hidden': {
    en: 'The browser shows device names after you allow access. Allow it, then choose.',
  },
  'output-unsupported': {
    en: 'This browser plays all audio on the system’s speaker. Choose the speaker in the system’s settings.',
  },
  'no-other-camera': {
    en: 'No other camera was found. Plug one in, then switch again.',
  },
  'playback-blocked': {
    en: 'The browser blocks sound until you click this page.',
  },
  'media-failed': {
    en: 'The call ended because no audio or video arrived. A firewall may be blocking it. Try another network.',
  },
  'no-picture': {
    en: 'There is no video right now. Wait until it appears, then try again.',
  },
  'no-video': {
    en: '{subject} has no camera that can be viewed. Ask the other side to connect and allow a camera.',
    unnamed: 'There is no camera that can be viewed. Ask the other side to connect and allow a camera.',
  },
  'no-relay': {
    en: 'Calls are not possible right now. Contact the operator of this page.',
    author:
      'There is no TURN server, which force-relay needs. Write its address, user and password into ice-servers.',
  },
  'relay-refused': {
    en: 'The TURN server refused the call: {subject}. Contact the administrator.',
    author:
      'The TURN server refused: {subject}. If this is 401, check user and password in ice-servers, which may have expired.',
  },
  'relay-unreachable': {
    en: 'The TURN server did not answer: {subject}. Check your network, or contact the administrator.',
    author:
      'The TURN server did not answer: {subject}. Check its address in ice-servers, and its certificate.',
  },
  'ice-servers-failed': {
    en: 'The call could not be set up because of an error in this page. Contact its operator.',
    author: 'The page’s iceServers failed: {subject}. No call was made.',
  },
  'recording-failed': {
    en: 'The recording failed. Anything recorded so far is kept. Start it again.',
  },
  'recording-declined': {
    en: 'Consent to record was not given. Ask for it, then start the recording again.',
  },
  'storage-full': {
    en: 'There is no space for more recordings. Save and delete old ones, or free up disk space, then record again. Anything recorded so far is kept.',
  },
  'recording-not-found': {
    en: 'The recording {subject} is not in this browser. It may have been deleted or may have expired.',
    unnamed: 'The recording is not in this browser. It may have been deleted or may have expired.',
  },
  'nothing-to-repeat': {
    en: 'Nothing was heard in the last minutes.',
  },
  'unsupported-browser': {
    en: 'This browser does not support a required feature: {subject}. Use a current version of Chrome, Edge, Firefox or Safari.',
  },
  // The documented functions, whose errors only the author of the page receives
  'bad-argument': {
    en: 'A function was called with an invalid argument: {subject}.',
  },
  'not-initialized': {
    en: 'Call init and connect first: {subject}.',
  },
  // Files
  'upload-failed': {
    en: '“{subject}” could not be uploaded because the server did not answer. Check your network, then upload it again.',
    instead: 'The file',
  },
  'file-unreadable': {
    en: '“{subject}” cannot be read. It may be empty, a folder, or moved. Choose it again, or choose another file.',
    instead: 'The file',
  },
  'file-too-large': {
    en: '“{subject}” is larger than the server allows. Choose a smaller file, or contact the administrator.',
    instead: 'The file',
  },
  'file-not-found': {
    en: 'The server cannot play “{subject}”. Choose another file.',
    instead: 'this file',
  },
  'file-playing': {
    en: '“{subject}” is already playing. Stop it first.',
    instead: 'This file',
  },
  'sound-unreachable': {
    en: '“{subject}” could not be loaded. Check your network, or choose another sound.',
    instead: 'The sound',
  },
  'sound-unsupported': {
    en: '“{subject}” is not a sound that this browser can play. Choose an MP3, WAV or OGG file.',
    instead: 'This',
  },
  'sound-too-long': {
    en: '“{subject}” is longer than 10 minutes. Choose a shorter sound.',
    instead: 'The sound',
  },
  // The server’s API
  'bad-parameter': {
    en: 'The server does not accept {subject}. Check your entry.',
    instead: 'this',
  },
  'not-allowed': {
    en: 'You do not have permission to do this ({subject}). Contact the administrator.',
  },
  unsupported: {
    en: 'The server does not support this action.',
  },
  'message-refused': {
    en: '{subject} did not accept the message. Try again later, or call.',
    instead: 'The other side',
  },
  'message-too-long': {
    en: 'The message is too long. Send it in several parts, or as a file.',
  },
  'no-dispatch-server': {
    en: 'Calls are not possible right now. Contact the operator of this page.',
    author:
      'This server is not a dispatch server. For any other SIP server write <sip-client profile="standard">.',
  },
  'bad-reply': {
    en: 'The server sent an invalid reply. If this continues, contact its administrator.',
  },
  'server-error': {
    en: 'The server could not complete the request ({subject}). Try again. If this continues, contact its administrator.',
  },
  timeout: {
    en: 'No response arrived in time ({subject}). Check your network and try again.',
  },
  aborted: {
    en: 'The action was canceled.',
  },
  internal: {
    en: 'Something went wrong. Try again.',
  },
} as const satisfies Readonly<Record<string, ErrorTexts>>;

/** The sentences for an invalid value of the page, if a valid one is known; no request was sent. */
export const UNUSABLE: ErrorTexts = {
  en: 'Calls are not possible right now: this page is not set up correctly ({subject}). Contact its operator.',
  author: '{subject} cannot be used. Write: {expected}',
};

/** The sentences for a missing value of the page. */
export const MISSING: ErrorTexts = {
  en: 'Calls are not possible right now: this page is not set up completely ({subject} is missing). Contact its operator.',
  author: '{subject} is missing. Write: {expected}',
};

/** The closed union of error codes. */
export type SipErrorCode = keyof typeof ERROR_TEXTS;

/** A sentence for the user, or two: with the subject, and without. */
export type ErrorSentence = string | readonly [named: string, unnamed: string];

/**
 * The sentences for users in another language: for each code, and `$unusable` and `$missing` for a value of the page. They
 * have `{subject}` where the English ones have it.
 */
export type ErrorSentences = Readonly<Record<SipErrorCode | '$unusable' | '$missing', ErrorSentence>>;
