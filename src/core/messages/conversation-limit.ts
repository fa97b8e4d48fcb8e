import type {SipMessage} from './message.js';
import type {ConversationSummary} from './messages-state.js';
import {isForeign} from '../util/number.js';

/** The maximum number of an account's conversations. */
export const CONVERSATIONS = 1_000;
/** How many conversations of users of other domains go at once: each is looked for among all. */
const AT_ONCE = 50;
/** How much of its last message a list shows, in UTF-16 code units. */
const SHOWN = 1_000;

/** Returns a message without what a list of conversations does not show: a stranger's texts may be long. */
export function brief(message: SipMessage): SipMessage {
  return message.text.length > SHOWN ? Object.freeze({...message, text: message.text.slice(0, SHOWN)}) : message;
}

/**
 * Returns the conversations that go when there are more than an account may have: the oldest of users of other domains,
 * or else the oldest of those to whom the user has not written. A stranger may use a new number for every message.
 *
 * @param stays - Whether a conversation stays in any case, such as the one just added.
 */
export function surplus<T extends ConversationSummary>(
  all: readonly T[],
  stays: (number: string) => boolean,
): readonly T[] {
  if (all.length <= CONVERSATIONS) return [];
  return all
    .filter(({number}) => !stays(number))
    .sort((one, other) => worth(one) - worth(other) || (one.last?.time ?? 0) - (other.last?.time ?? 0))
    .slice(0, AT_ONCE)
    .filter((each, index) => index < all.length - CONVERSATIONS || worth(each) === 0);
}

/** How much a user would miss a conversation, compared with others. */
function worth({answered, number}: ConversationSummary): number {
  if (answered) return 2;
  return isForeign(number) ? 0 : 1;
}
