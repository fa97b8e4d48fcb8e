import {addEnglish} from '../add-terms.js';

/** The English texts of call quality, loaded with its view. */
export const qualityEn = {
  quality: (level: string) => `Connection quality: ${level}`,
  qualityTitle: 'Connection quality',
  qualityUnknown: 'Not measured yet',
  qualityGood: 'Good',
  qualityFair: 'Fair',
  qualityPoor: 'Poor',
  qualityBad: 'Bad',
  qualityStalled: 'No data',
  voiceQuality: 'Voice quality (MOS)',
  mosOf: (mos: string) => `${mos} of 4.5`,
  flowReceived: 'Received',
  flowSent: 'Sent',
  packetLoss: 'Packet loss',
  jitter: 'Jitter',
  roundTrip: 'Round-trip time',
  bitrate: 'Bit rate',
  audioCodec: 'Audio codec',
  videoCodec: 'Video codec',
  pictureSize: 'Resolution',
  voiceChart: (low: string, high: string) =>
    `Voice quality in the last four minutes: MOS from ${low} to ${high}.`,
  lossChart: (most: string) => `Packet loss in the last four minutes: ${most} at most.`,
  noSoundArrives: 'No audio received.',
  noPictureArrives: 'No video received.',
  stalledNoRelay:
    'Your network blocks the connection, and there is no TURN server. Try another network, or contact the administrator.',
  stalledNoRoute: 'A firewall may be blocking the connection. Try another network.',
  stalledDisconnected:
    'The connection was interrupted. Check your network. The call continues when the connection is back.',
  stalledEncryption: 'Encryption could not be set up. Hang up and call again.',
  stalledLost: 'A firewall or router is blocking what the other side sends. Try another network.',
  stalledNotSent: 'The other side is not sending. Its microphone or camera may be off or blocked.',
  stalledUnknown:
    'You are connected, but the other side or the server is not sending anything. If this continues, call again.',
};

addEnglish(qualityEn);
