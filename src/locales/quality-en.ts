import {registerTranslation} from '@shoelace-style/localize';
import {en} from './en.js';

/** The English texts of call quality, loaded with its view. */
export const qualityEn = {
  quality: (level: string) => `Connection quality: ${level}`,
  qualityTitle: 'Connection quality',
  qualityUnknown: 'not measured yet',
  qualityGood: 'good',
  qualityFair: 'fair',
  qualityPoor: 'poor',
  qualityBad: 'bad',
  qualityStalled: 'nothing arrives',
  voiceQuality: 'Voice quality (MOS)',
  mosOf: (mos: string) => `${mos} of 4.5`,
  flowReceived: 'Received',
  flowSent: 'Sent',
  packetLoss: 'Packet loss',
  jitter: 'Jitter',
  roundTrip: 'Round trip',
  bitrate: 'Bit rate',
  audioCodec: 'Sound',
  videoCodec: 'Picture',
  pictureSize: 'Picture size',
  voiceChart: (low: string, high: string) =>
    `Voice quality in the last four minutes: MOS from ${low} to ${high}`,
  lossChart: (most: string) => `Packet loss in the last four minutes: ${most} at most`,
  noSoundArrives: 'No sound arrives.',
  noPictureArrives: 'No picture arrives.',
  stalledNoRelay:
    'The network does not let it through, and no TURN server is set up. Try another network, or ask whoever runs this service.',
  stalledNoRoute: 'A firewall seems to block the way to the other side. Try another network.',
  stalledDisconnected:
    'The connection to the other side is interrupted. Check your network: the call goes on when it is back.',
  stalledEncryption: 'The two sides have not agreed on encryption. Hang up and call again.',
  stalledLost: 'The other side sends, but a firewall or router on the way keeps it. Try another network.',
  stalledNotSent: 'The other side sends nothing: its microphone or camera may be off or blocked.',
  stalledUnknown:
    'The connection stands, but nothing is sent by the other side or the server. If it stays so, call again.',
};

// Updates both the registered language and the fallback that other languages use.
Object.assign(en, qualityEn);
registerTranslation(en);
