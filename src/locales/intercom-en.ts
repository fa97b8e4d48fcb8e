import {registerTranslation} from '@shoelace-style/localize';
import {en} from './en.js';

/** The English texts of an intercom, loaded with its panel. */
export const intercomEn = {
  intercom: 'Intercom',
  groupNumber: 'Group number',
  joining: 'Joining…',
  leave: 'Leave',
  joinHint: 'Once you join, you hear the group. Use the button to talk.',
  noIntercoms: 'This server does not support intercoms.',
  noIntercomNow: 'This intercom does not exist or has ended.',
  intercomEnded: 'The intercom has ended.',
  holdToTalk: 'Hold to talk',
  pressToTalk: 'Press to talk',
  releaseToStop: 'Release to stop',
  pressToStop: 'Press to stop',
  releaseToCancel: 'Release to cancel',
  pressToCancel: 'Press to cancel',
  holdHint: 'Hold the button, or the space bar while the button has focus.',
  holdKeyHint: (key: string) => `Hold the button or the ${key} key.`,
  pressHint: 'Press the button, or the space bar while the button has focus.',
  pressKeyHint: (key: string) => `Press the button or the ${key} key.`,
  keyWhileTyping: 'The key does not work while you type.',
  keyOnControls: 'The key does not work while a field or another button has focus.',
  heardHint: 'Everyone in the group can hear you.',
  floorQueuedHint: 'Keep holding. You can talk when it’s your turn.',
  floorQueuedPressHint: 'You can talk when it’s your turn.',
  floorRevoked: 'Your turn has ended. Press again to talk.',
  notHeard: 'Your microphone is not available. You can only listen.',
  groupMembers: 'Members',
  groupJoined: (count: string, total: string) => `${count} of ${total} joined`,
  memberAway: 'Not joined',
  speakingNow: 'Speaking',
  queueLength: (count: string) => `${count} waiting`,
  queueNext: 'You’re next',
  queuePosition: (position: string) => `Number ${position} in line`,
  secondsLeft: (count: string) => (count === '1' ? '1 second left' : `${count} seconds left`),
  floorTimeUp: 'Your talk time is up. Press again to talk.',
  floorPreempted: 'A speaker with priority took over. Press again to talk.',
};

// Updates both the registered language and the fallback that other languages use.
Object.assign(en, intercomEn);
registerTranslation(en);
