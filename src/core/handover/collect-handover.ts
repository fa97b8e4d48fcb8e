import type {SipCall} from '../call/call.js';
import {isLookedAt} from '../call-kinds.js';
import {isWaiting} from '../call/newest-call.js';
import type {BaseClient} from '../client/client.js';
import {isIntercom} from '../intercom/is-intercom.js';
import type {Journal} from '../journal/journal.js';
import type {ConversationSummary} from '../messages/messages-state.js';
import type {Party} from '../types.js';
import {isForeign} from '../util/number.js';
import {randomUuid} from '../util/uuid.js';
import {MOST_HANDED, readHandover, type HandedCall, type HandedNote, type Handover} from './handover.js';

/** What a handover is made with. */
export interface HandoverOptions {
  readonly comment?: string;
  /** Whether the newest unread text of each sender is in it, not only how many there are. */
  readonly texts?: boolean;
}

/** Returns what the user of a client leaves to the next one: as it is now, except the end of the journal. */
export function collectHandover(
  client: BaseClient,
  journal: Journal | undefined,
  {comment = '', texts = false}: HandoverOptions = {},
): Handover {
  const named = (party: Party): Party => {
    const {number, name} = client.identify(party);
    return {number, name};
  };
  const since = signedInAt(journal);
  // Read as what is stored: of limited size, as plain text.
  return readHandover({
    id: randomUuid(),
    from: named({number: client.options.user, name: client.options.displayName}),
    time: Date.now(),
    since,
    comment,
    calls: client.calls.filter(isHanded).map((call) => ({...handedCall(call), ...named(call.remote)})),
    notes: notesOf(journal, since),
    alarms: client.state.alarms.map(({number, name, time, count}) => ({
      ...named({number, name}),
      time,
      count,
    })),
    texts: unreadOf(client.messages.state.conversations)
      .slice(0, MOST_HANDED)
      .map(({number, name, unread: count, last}) => ({
        ...named({number, name}),
        count,
        ...(texts && last?.direction === 'incoming' && {text: last.text}),
      })),
  })!;
}

/** Returns what the user has not read, the newest first; what strangers have written, who can write a lot, after all else. */
function unreadOf(conversations: readonly ConversationSummary[]): readonly ConversationSummary[] {
  const unread = conversations.filter((each) => each.unread > 0);
  const isOfStranger = ({number, answered}: ConversationSummary): boolean => isForeign(number) && !answered;
  return [...unread.filter((each) => !isOfStranger(each)), ...unread.filter(isOfStranger)];
}

/** Whether a call ends with the shift and matters to the next user: not a camera, nor a talk group. */
function isHanded(call: SipCall): boolean {
  return !isIntercom(call) && !isLookedAt(call.type) && call.type !== 'listen-in';
}

function handedCall(call: SipCall): Omit<HandedCall, keyof Party> {
  const {type, direction, state, began: time} = call;
  return {type, direction, phase: isWaiting(call) ? 'waiting' : state.held ? 'held' : 'active', time};
}

function signedInAt(journal: Journal | undefined): number | undefined {
  return journal?.rows.findLast(({kind, event}) => kind === 'session' && event === 'signed-in')?.time;
}

/** The notes of the shift, each with whom it is about. */
function notesOf(journal: Journal | undefined, since = 0): readonly HandedNote[] {
  const rows = journal?.rows ?? [];
  return rows
    .filter(({kind, time}) => kind === 'note' && time >= since)
    .map(({text = '', time, of}) => {
      const about = rows.find(({id}) => id === of);
      const {person, personName, number = '', name = ''} = about ?? {};
      return person ? {text, time, number: person, name: personName ?? ''} : {text, time, number, name};
    });
}
