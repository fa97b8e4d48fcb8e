import type {SipMessage} from './message.js';

/** How many messages a search finds at most. */
export const MOST_FOUND = 50;

/** Returns whether a message contains a text, whatever its case: in its words, or in the name of its file. */
export function containing(text: string): (message: SipMessage) => boolean {
  const wanted = text.trim().toLocaleLowerCase();
  return ({text: content, file}) =>
    wanted !== '' &&
    (content.toLocaleLowerCase().includes(wanted) || !!file?.name.toLocaleLowerCase().includes(wanted));
}

/** Returns the newest of the messages, the newest first. */
export function newest(messages: readonly SipMessage[]): readonly SipMessage[] {
  return [...messages].sort((one, other) => other.time - one.time).slice(0, MOST_FOUND);
}
