import type {SipMessage} from './message.js';
import {StateTarget} from '../util/state-target.js';

/** What a conversation looks like at one moment. */
export interface ConversationState {
  /** As the other side calls itself; empty where it does not. */
  readonly name: string;
  /** The newest last. */
  readonly messages: readonly SipMessage[];
  /** How many of the last ones of the other side's nobody has read here. */
  readonly unread: number;
  /** Whether there are older ones than these, to be had by `loadOlder()`. */
  readonly older: boolean;
}

/** Reads messages that are older than one, the newest last. */
export type ReadOlder = (than: SipMessage | undefined, count: number) => Promise<readonly SipMessage[]>;

/** The messages that were exchanged with one number. Follow `statechange`. */
export class Conversation extends StateTarget<ConversationState> {
  readonly number: string;
  readonly #limit: number;
  readonly #read: ReadOlder;
  #reading: Promise<void> | undefined;
  #begun: Promise<void> | undefined;

  /** @internal Conversations are opened by `client.messages`. */
  constructor(number: string, limit: number, read: ReadOlder) {
    super({name: '', messages: Object.freeze([]), unread: 0, older: true});
    this.number = number;
    this.#limit = limit;
    this.#read = read;
  }

  /** @internal Loads the newest messages, once. */
  async begin(): Promise<void> {
    await (this.#begun ??= this.loadOlder(100));
  }

  /** Loads older messages, `count` at most; does nothing where there are none, or they are on their way. */
  async loadOlder(count = 200): Promise<void> {
    if (!this.state.older) return;
    this.#reading ??= this.#loadOlder(count).finally(() => (this.#reading = undefined));
    await this.#reading;
  }

  /** @internal Shows messages: new ones in their place by time, known ones anew. */
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
      // One that is older than what is loaded is loaded with the others of its time.
      ({id, time}) => !known.has(id) && !(this.state.older && first && time < first.time),
    );
    const sorted = fresh.every(({time}, index) => time >= (fresh[index - 1]?.time ?? newest));
    merged.push(...fresh);
    if (!sorted) merged.sort((one, other) => one.time - other.time);
    this.#set(merged);
  }

  /** @internal Takes messages away; all of them without ids. */
  forget(ids?: readonly string[]): void {
    const gone = new Set(ids);
    if (ids) this.#set(this.state.messages.filter(({id}) => !gone.has(id)));
    else this.update({messages: Object.freeze([]), older: false});
  }

  /** @internal */
  describe(change: Partial<Pick<ConversationState, 'name' | 'unread'>>): void {
    this.update(change);
  }

  async #loadOlder(count: number): Promise<void> {
    const [first] = this.state.messages;
    const read = await this.#read(first, count);
    const known = new Set(this.state.messages.map(({id}) => id));
    const older = read.filter(({id}) => !known.has(id));
    this.update({
      messages: Object.freeze([...older, ...this.state.messages]),
      // Those that came meanwhile are newer.
      older: read.length === count && this.state.messages.length + older.length < this.#limit,
    });
  }

  #set(messages: readonly SipMessage[]): void {
    this.update({messages: Object.freeze(messages.slice(-this.#limit))});
  }
}
