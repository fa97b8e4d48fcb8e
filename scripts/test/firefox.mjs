/**
 * The tests that run in Firefox without `--all`, and why: each file has found, or covers, a difference between the two
 * browsers. The others test what is the same in every browser; `npm run test:firefox:all` runs them too.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const FIREFOX_TESTS = {
  'core/captions/captions':
    'Sound reaches the page in blocks of another implementation, at the rate of its device.',
  'core/captions/recorded-captions': 'Captions are read by another implementation of tracks.',
  'core/recall/recall': 'Opus is encoded, and a file of it played, by another implementation.',
  'crowd/conference-element': 'A shared screen, several videos, windows without focus.',
  'crowd/patch': 'A voice may begin with a click in the page that measures it.',
  'e2e/calls/announcements': 'Sounds of a page are decoded, mixed and sent by another implementation.',
  'e2e/captions/captions': 'Sound of a call, private files and tracks of captions of other implementations.',
  'e2e/diagnosis/diagnosis': 'Addresses, permissions and the level of a microphone are told by other means.',
  'e2e/diagnosis/faults':
    'Devices, certificates and policies fail with other errors; the sound server mutes a microphone.',
  'e2e/pages/background':
    "Notifications are shown by Firefox itself, and their buttons by its service worker's.",
  'e2e/loading/content-security-policy':
    'Firefox reports what a policy forbids after the attempt has failed; a socket throws an error.',
  'e2e/pages/controls': 'A muted microphone and a call without sound until the first gesture.',
  'e2e/calls/devices': 'Devices are listed only after access, and really unplugged by the sound server.',
  'e2e/effects/effects':
    'Backgrounds are drawn, not passed by frames; events of tracks that a script dispatches reach few listeners.',
  'e2e/calls/hold': 'Firefox goes on sending a video on hold unless its encodings are off.',
  'e2e/calls/no-microphone': 'A refused or missing device fails with other errors.',
  'e2e/pages/recall': 'What was heard is encoded, kept over a reload and played by another implementation.',
  'e2e/calls/quality': 'STUN is asked every 4 to 6 s only, and statistics lack fields.',
  'e2e/calls/recordings': 'The last part of a recording may arrive after `stop`.',
  'e2e/calls/ringing': 'Autoplay and the output device of the ringer.',
  'e2e/loading/loader': 'Modules are preloaded, and their hashes checked, by another implementation.',
  'e2e/pages/small-phone': 'A window of its own has its own constructors and language.',
  'e2e/calls/sound':
    'Two loudspeakers of the sound server are recorded, and the level of what arrives is measured.',
  'e2e/calls/tones': 'DTMF is sent by another implementation.',
  'e2e/calls/two-phones': 'The whole way, from the green button to decoded frames.',
  'e2e/calls/upgrade':
    'A video line that is added, refused and taken back: `bundle-only`, transceiver directions.',
  'standard/encryption': 'Encoded frames pass a worker by another implementation.',
  'elements/bad-input': 'Attributes of every element, set to anything.',
  'elements/rendering': 'Every element drawn and audited.',
  'elements/sip-call/sip-call': 'Layout, autoplay and full screen.',
  'elements/sip-call/sip-call-small': 'A window of its own.',
  'elements/sip-conference/sip-conference': 'Layout and focus.',
  'elements/sip-check/sip-check': 'The whole check in a page without a gesture, and its list.',
  'elements/sip-devices/sip-devices': 'How devices are named and listed.',
  'elements/sip-directory/sip-directory': 'Keys in a tree, scrolling.',
  'elements/sip-keys/sip-keys': 'The colors of a menu that is open while the theme changes.',
  'elements/controls/sip-keypad': 'Names of keys, among them the space bar.',
  'elements/sip-messages/sip-messages': 'Scrolling, input methods.',
  'elements/sip-monitor/sip-monitor': 'Pictures that stand still are counted by other means.',
  'elements/controls/sip-record-button': 'The last part of a recording.',
  'elements/sip-upload/sip-upload': 'Files that are pasted or dropped.',
  'elements/sip-video/sip-video': 'Playing, mirrors, a picture that is taken away.',
  'media/recall/recall-store': 'Private files and locks of another implementation.',
  'standard/packet-time': 'Encoders of its own take the length of packets.',
  'standard/sent-quality': 'Bit rates, sizes and Opus are set in an encoder of its own.',
  'interop/freeswitch/permission': 'Firefox hides addresses by rules of its own.',
  'interop/freeswitch/table': 'Descriptions of Firefox at a server without BUNDLE.',
  'interop/kamailio': 'Descriptions of Firefox through a real server and rtpengine.',
  'interop/relay': 'Candidates of a TURN server.',
};
