/** English: always there, and what a missing term of another language falls back to. */
export const en = {
  $code: 'en',
  $name: 'English',
  $dir: 'ltr' as 'ltr' | 'rtl',

  registered: 'Registered',
  registering: 'Registering…',
  unregistered: 'Not registered',
  rejected: 'Registration refused',
  connecting: 'Connecting…',
  reconnecting: 'Reconnecting…',
  disconnected: 'Not connected',

  number: 'Number',
  keypad: 'Keypad',
  deleteDigit: 'Delete',
  call: 'Call',
  audioCall: 'Audio call',
  videoCall: 'Video call',
  calling: 'Calling…',
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  connect: 'Connect',
  tryAgain: 'Try again',
  serverPage: 'Open the server’s page',

  incomingAudio: 'Incoming call',
  incomingVideo: 'Incoming video call',
  answer: 'Answer',
  answerAudio: 'Answer with sound only',
  answerVideo: 'Answer with video',
  decline: 'Decline',

  ringing: 'Ringing…',
  connected: 'Connected',
  mute: 'Mute',
  unmute: 'Unmute',
  cameraOff: 'Turn camera off',
  cameraOn: 'Turn camera on',
  hangup: 'Hang up',
  notYet: 'Possible once the call stands',
  remoteHeld: 'The other side has put you on hold',
  callWith: (name: string) => `Call with ${name}`,
  picture: (name: string) => `Picture of ${name}`,
  ownPicture: 'Your own picture',
  unknown: 'Unknown number',

  suspect: 'The connection is poor',
  recovering: 'The call is being restored…',
  failed: 'Sound and picture are interrupted',

  enableSound: 'Enable sound',
  soundOn: 'Turn sound on',

  ended: 'The call has ended.',
  endedByYou: 'You ended the call.',
  declinedByYou: 'You declined the call.',
  callAgain: 'Call again',
  callBack: 'Call back',
  noCall: 'No call',
  noCallHint: 'A call appears here when it begins.',
  noClient: 'This element works inside a <sip-client>, or beside one that its attribute “for” names.',
};

/** What a language has a text for. */
export type Terms = typeof en;
