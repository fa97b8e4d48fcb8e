import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {PersonState} from '../../../core/directory/people.js';
import type {Terms} from '../../../locales/terms.js';

const STATES = {
  online: 'available',
  busy: 'inCall',
  offline: 'offline',
  ringing: 'ringing',
  away: 'away',
  idle: 'idle',
} as const satisfies Record<PersonState, keyof Terms>;

/** Returns the words for a person's state. */
export const stateWord = (state: PersonState | undefined, localize: LocalizeController): string =>
  localize.term(state ? STATES[state] : 'stateUnknown');
