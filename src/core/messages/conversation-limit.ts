import {groupOf, type SipMessage} from './message.js';
import type {ConversationSummary} from './messages-state.js';
import {isForeign} from '../util/number.js';
import {shortened} from '../util/shortened.js';

/** The maximum number of an account's conversations. */
export const CONVERSATIONS = 1_000;
/** How many conversations of users of other domains go at once, at most: each is looked for among all. */
const AT_ONCE = 50;
/** A younger conversation goes only if another one takes its place, in milliseconds. */
const YOUNG_MS = 3_600_000;
/** How many messages of a user of another domain are kept as long as the user has not written to them. */
export const UNANSWERED_MESSAGES = 200;
/** How much text of these, in UTF-16 code units. */
export const UNANSWERED_TEXT = 200_000;
/** How much of its last message a list shows, in UTF-16 code units. */
const SHOWN = 1_000;

/** How many texts the conversation with a group keeps: each has the numbers and names of all its recipients. */
const GROUP_TEXTS = 500;

/** Returns how many messages a conversation keeps. */
export function limitOf(number: string, limit: number): number {
  return groupOf(number) === undefined ? limit : Math.min(limit, GROUP_TEXTS);
}

/** Returns a message without what a list of conversations does not show: a stranger's texts may be long, and recipients many. */
export function brief(message: SipMessage): SipMessage {
  const {recipients, ...rest} = message;
  return message.text.length > SHOWN || recipients
    ? Object.freeze({...rest, text: shortened(message.text, SHOWN)})
    : message;
}

/** Whether the user has written one of the messages. */
export function isAnswered(messages: readonly Pick<SipMessage, 'direction'>[]): boolean {
  return messages.some(({direction}) => direction === 'outgoing');
}

/** Returns how many messages of a user of another domain, newest first, are kept as long as they are not answered. */
export function unansweredCount(newestFirst: readonly Pick<SipMessage, 'text'>[]): number {
  let length = 0;
  const end = newestFirst.findIndex(({text}, index) => {
    length += text.length;
    return index >= UNANSWERED_MESSAGES || (index > 0 && length > UNANSWERED_TEXT);
  });
  return end < 0 ? newestFirst.length : end;
}

/**
 * Returns the conversations that go when there are more than an account may have: the oldest of users of other domains,
 * or else the oldest of those to whom the user has not written. A stranger may use a new number for every message.
 *
 * So that this is rare, up to half of the users of other domains go at once, of those whom nothing has come from for an hour.
 *
 * @param stays - Whether a conversation stays in any case, such as the one just added.
 */
export function surplus<T extends ConversationSummary>(
  all: readonly T[],
  stays: (number: string) => boolean,
): readonly T[] {
  if (all.length <= CONVERSATIONS) return [];
  const sorted = all
    .filter(({number}) => !stays(number))
    .sort((one, other) => worth(one) - worth(other) || timeOf(one) - timeOf(other));
  const old = sorted.filter((each) => worth(each) === 0 && timeOf(each) < Date.now() - YOUNG_MS);
  const half = sorted.filter((each) => worth(each) === 0).length / 2;
  return sorted.slice(
    0,
    Math.max(all.length - CONVERSATIONS, Math.min(AT_ONCE, old.length, Math.floor(half))),
  );
}

function timeOf({last}: ConversationSummary): number {
  return last?.time ?? 0;
}

/** How much a user would miss a conversation, compared with others. */
function worth({answered, number}: ConversationSummary): number {
  if (answered) return 2;
  return isForeign(number) ? 0 : 1;
}
