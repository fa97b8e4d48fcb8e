import {registerTranslation} from '@shoelace-style/localize';
import {en} from './en.js';

/** The English texts of an intercom, loaded with its panel. */
export const intercomEn = {
  intercom: 'Intercom',
  groupNumber: 'Group number',
  joining: 'Joining…',
  leave: 'Leave',
  joinHint: 'Once you join, you hear the group. Hold the button to talk.',
  noIntercoms: 'This server does not support intercoms.',
  noIntercomNow: 'This intercom no longer exists.',
  intercomEnded: 'The intercom has ended.',
  holdToTalk: 'Hold to talk',
  pressToTalk: 'Press to talk',
  releaseToStop: 'Release to stop',
  pressToStop: 'Press to stop',
  releaseToCancel: 'Release to cancel',
  pressToCancel: 'Press to cancel',
  holdHint: 'Hold the button, or the space bar while the button has the focus.',
  holdKeyHint: (key: string) => `Hold the button or the ${key} key.`,
  pressHint: 'Press the button, or the space bar while the button has the focus.',
  pressKeyHint: (key: string) => `Press the button or the ${key} key.`,
  keyWhileTyping: 'The key does nothing while you type.',
  keyOnControls: 'The key does nothing while a field or another button has the focus.',
  letGoHint: 'Everyone in the group hears you.',
  floorQueuedHint: 'Keep holding. You can talk when it’s your turn.',
  floorQueuedPressHint: 'You can talk when it’s your turn.',
  floorRevoked: 'Your turn has ended. Press again to continue.',
  notHeard: 'You can only listen: there is no microphone.',
};

// Updates both the registered language and the fallback that other languages use.
Object.assign(en, intercomEn);
registerTranslation(en);
