import {addEnglish, namedText} from '../add-terms.js';

const STEPS = {
  'secure-page': 'Secure page',
  'microphone-permission': 'Microphone access',
  'camera-permission': 'Camera access',
  microphone: 'Microphone',
  camera: 'Camera',
  network: 'Local network',
  server: 'Server',
  'sign-in': 'Sign-in',
  stun: 'STUN',
  'turn-udp': 'TURN over UDP',
  'turn-tcp': 'TURN over TCP',
  'turn-tls': 'TURN over TLS',
  relay: 'Behind firewalls',
  call: 'Test call',
  quality: 'Voice quality',
  bandwidth: 'Bandwidth',
};

const VERDICTS = {
  passed: 'OK',
  warning: 'Limited',
  failed: 'Failed',
  skipped: 'Skipped',
  waiting: 'Waiting',
  running: 'Checking…',
};

/** What was found, and what to do; errors of the client have their own sentences. */
const FINDINGS = {
  'page-secure': 'This page may use your microphone and camera.',
  'permission-given': 'Access is allowed.',
  'permission-open': 'The browser asks you when it is needed. Choose “Allow” then.',
  'microphone-works': 'Your microphone is heard.',
  'microphone-silent':
    'No sound came from the microphone. Speak during the check, turn off its mute switch, or choose another one.',
  'camera-works': 'Your camera sends a picture.',
  'camera-black': 'The camera’s picture is black. Open its cover, or choose another one.',
  'addresses-found': 'This computer is connected to a network.',
  'no-addresses':
    'The browser may not use any network for calls. Ask your administrator about its WebRTC policy.',
  'browser-offline': 'This computer is offline. Check the cable or the Wi-Fi.',
  'server-reached': 'The server answers.',
  'server-connected': 'The server is connected.',
  'not-a-websocket':
    'A server answers at this address, but not with SIP. Check the path and the port of the server address.',
  'local-network-refused':
    'The browser may not connect to your local network. Allow it in the site settings beside the address bar.',
  'server-not-reached': 'Not possible without the server.',
  'signed-in': 'The server accepts your account.',
  'stun-works': 'The STUN server answers.',
  'stun-silent':
    'The STUN server does not answer. UDP may be blocked: try another network, or ask your administrator.',
  'no-stun': 'No STUN server is configured.',
  'turn-works': 'The TURN server forwards media.',
  'turn-silent': 'The TURN server does not answer. A firewall may block it: ask your administrator.',
  'turn-refused': 'The TURN server refused. Ask your administrator.',
  'turn-password':
    'The TURN server rejected the user name or password. It may have expired: reload the page, or ask your administrator.',
  'no-turn-of-kind': 'No such server is configured.',
  'relay-works': 'Calls also work behind firewalls.',
  'no-turn':
    'No TURN server is configured. Calls may have no sound in other networks: ask your administrator.',
  'udp-blocked':
    'Your network blocks UDP. Calls work, but sound and picture may stutter: ask your administrator to allow UDP.',
  'no-relay':
    'No TURN server can be used. Calls may have no sound: try another network, or ask your administrator.',
  'media-returned': 'The test call works: what you send comes back.',
  'media-local': 'This browser can send and receive sound. The network was not tested.',
  'no-route': 'Sound found no way through the network. Try another network, or ask your administrator.',
  'no-media': 'The call was connected, but nothing arrived. A firewall may block it: try another network.',
  'no-sound': 'The call was connected, but it was silent. Check the microphone and speak during the check.',
  'no-picture': 'No picture arrived. Check the camera.',
  'quality-good': 'Voices are clear.',
  'quality-fair': 'Voices may be hard to understand at times. Move closer to the Wi-Fi, or use a cable.',
  'quality-poor': 'Voices are hard to understand. Use a cable or another network.',
  'bandwidth-enough': 'Enough for video.',
  'bandwidth-sound-only': 'Enough for voice, but not for video. Turn off your camera in calls.',
  'bandwidth-low': 'Too little even for voice. Use another network.',
  'call-running': 'Not tested during a call.',
  'not-measured': 'There is nothing to measure.',
  'too-slow': 'This took too long. Try again.',
  aborted: 'The check was stopped.',
};

/** The English texts of the check, loaded with its panel. */
export const checkEn = {
  check: 'Call check',
  checkIntro: 'Find out whether calls work from here. It takes about half a minute.',
  checkStart: 'Check',
  checkAgain: 'Check again',
  checkStop: 'Stop',
  checkStep: (step: string) => namedText(STEPS, step),
  checkVerdict: (verdict: string) => namedText(VERDICTS, verdict),
  checkFinding: (code: string) => namedText(FINDINGS, code),
  checkProgress: (done: string, all: string) => `${done} of ${all} steps`,
  checkPassed: 'Calls work from here.',
  checkLimited: 'Calls work, with limitations.',
  checkFailed: 'Calls may not work from here.',
  checkStopped: 'The check was stopped.',
  checkReport: 'Report',
  checkReportNote: 'This is what your support receives. It has no passwords and no texts of messages.',
  checkMasked: 'Hide phone numbers',
  checkDownload: 'Download',
  checkSend: 'Send to support',
  checkSent: 'The report was handed over.',
};

addEnglish(checkEn);
