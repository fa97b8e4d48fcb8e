import {isAnswered, unansweredCount} from './conversation-limit.js';
import type {SipMessage} from './message.js';
import {isForeign} from '../util/number.js';
import {StateTarget} from '../util/state-target.js';

/** A snapshot of a conversation. */
export interface ConversationState {
  /** The other side's display name; empty if there is none. */
  readonly name: string;
  /** The loaded messages, newest last. */
  readonly messages: readonly SipMessage[];
  /** The number of the other side's latest messages that the user has not read. */
  readonly unread: number;
  /** Whether there are older messages, which `loadOlder()` loads. */
  readonly older: boolean;
  /** Whether the other side is writing a message. */
  readonly composing: boolean;
}

/** Reads messages that are older than a given one, newest last. */
export type ReadOlder = (than: SipMessage | undefined, count: number) => Promise<readonly SipMessage[]>;

/** The messages exchanged with one number. `statechange` reports changes. */
export class Conversation extends StateTarget<ConversationState> {
  readonly number: string;
  readonly #limit: number;
  readonly #read: ReadOlder;
  #reading: Promise<void> | undefined;
  #begun: Promise<void> | undefined;

  /** @internal Conversations are opened by `client.messages`. */
  constructor(number: string, limit: number, read: ReadOlder) {
    super({name: '', messages: Object.freeze([]), unread: 0, older: true, composing: false});
    this.number = number;
    this.#limit = limit;
    this.#read = read;
  }

  /** @internal Loads the newest messages, once. */
  async begin(): Promise<void> {
    await (this.#begun ??= this.loadOlder(100));
  }

  /** @internal Whether the page has opened it. */
  get begun(): boolean {
    return this.#begun !== undefined;
  }

  /** Loads at most `count` older messages; does nothing if there are none, or they are already loading. */
  async loadOlder(count = 200): Promise<void> {
    if (!this.state.older) return;
    this.#reading ??= this.#loadOlder(count).finally(() => (this.#reading = undefined));
    await this.#reading;
  }

  /** @internal Adds new messages in order of time, and replaces known ones. */
  show(messages: readonly SipMessage[]): void {
    const before = this.state.messages;
    const changed = new Map(messages.map((message) => [message.id, message]));
    const known = new Set<string>();
    const merged = before.map((message) => {
      const now = changed.get(message.id);
      if (now) known.add(message.id);
      return now ?? message;
    });
    const [first] = before;
    const newest = before.at(-1)?.time ?? -Infinity;
    const fresh = messages.filter(
      // A message older than the loaded ones is loaded with the others of its time.
      ({id, time}) => !known.has(id) && !(this.state.older && first && time < first.time),
    );
    const sorted = fresh.every(({time}, index) => time >= (fresh[index - 1]?.time ?? newest));
    merged.push(...fresh);
    if (!sorted) merged.sort((one, other) => one.time - other.time);
    this.#set(merged);
  }

  /** @internal Removes messages; all of them if there are no ids. */
  forget(ids?: readonly string[]): void {
    const gone = new Set(ids);
    if (ids) this.#set(this.state.messages.filter(({id}) => !gone.has(id)));
    else this.update({messages: Object.freeze([]), older: false});
  }

  /** @internal */
  describe(change: Partial<Pick<ConversationState, 'name' | 'unread' | 'composing'>>): void {
    this.update(change);
  }

  async #loadOlder(count: number): Promise<void> {
    const [first] = this.state.messages;
    const read = await this.#read(first, count);
    const known = new Set(this.state.messages.map(({id}) => id));
    const older = read.filter(({id}) => !known.has(id));
    this.update({
      // A message that arrived or changed meanwhile may be newer or older.
      messages: Object.freeze([...older, ...this.state.messages].sort((one, other) => one.time - other.time)),
      older: read.length === count && this.state.messages.length + older.length < this.#limit,
    });
  }

  #set(messages: readonly SipMessage[]): void {
    const isLimited = isForeign(this.number) && !isAnswered(messages);
    const count = isLimited ? unansweredCount(messages.toReversed()) : messages.length;
    this.update({messages: Object.freeze(messages.slice(-Math.min(count, this.#limit)))});
  }
}
