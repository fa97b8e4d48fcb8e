import {brief, isAnswered, surplus} from './conversation-limit.js';
import type {SipMessage} from './message.js';
import type {ConversationSummary, MessagesHost, MessagesState} from './messages-state.js';

/** What `SummaryList` needs from `SipMessages`. */
interface ListHost extends Pick<MessagesHost, 'tell'> {
  update(patch: Partial<MessagesState>): void;
  /** Whether the page has opened the conversation. */
  isOpen(number: string): boolean;
  /** Handles a conversation that is above the limit, and has left the list. */
  dropped(number: string): void;
}

/** The list of all conversations. Updates the state and reports unread messages. */
export class SummaryList {
  readonly #host: ListHost;
  #summaries = new Map<string, ConversationSummary>();

  constructor(host: ListHost) {
    this.#host = host;
  }

  get(number: string): ConversationSummary | undefined {
    return this.#summaries.get(number);
  }

  /** Replaces the list by the one in the store. */
  set(summaries: readonly ConversationSummary[]): void {
    this.#summaries = new Map(summaries.map((summary) => [summary.number, Object.freeze(summary)]));
    this.#publish();
  }

  add(messages: readonly SipMessage[], name: string, unread: boolean): void {
    const [first] = messages;
    if (!first) return;
    const before = this.#summaries.get(first.number);
    const last = messages.reduce<SipMessage | undefined>(
      (newest, message) => (newest && newest.time > message.time ? newest : message),
      before?.last,
    );
    this.#change({
      number: first.number,
      name: name || before?.name || '',
      unread: (before?.unread ?? 0) + (unread ? messages.length : 0),
      ...((before?.answered || isAnswered(messages)) && {answered: true}),
      ...(last && {last: brief(last)}),
    });
    if (!before) this.#limit(first.number);
  }

  /** Updates a conversation's last message if it has changed. */
  replace(message: SipMessage): void {
    const before = this.#summaries.get(message.number);
    if (before?.last?.id === message.id) this.#change({...before, last: brief(message)});
  }

  /** Updates a conversation from its remaining messages. */
  recount(number: string, messages: readonly SipMessage[]): void {
    const before = this.#summaries.get(number);
    const last = messages.at(-1);
    if (before && last) this.#change({...before, last: brief(last)});
    else this.clear(number);
  }

  markRead(number: string): void {
    const before = this.#summaries.get(number);
    if (before?.unread) this.#change({...before, unread: 0});
  }

  /** Removes a conversation, or all. */
  clear(number: string | undefined): void {
    this.#remove(number === undefined ? [...this.#summaries.keys()] : [number]);
  }

  /** Removes conversations above the limit, but neither the new one nor one that is open. */
  #limit(added: string): void {
    const stays = (number: string): boolean => number === added || this.#host.isOpen(number);
    const gone = surplus([...this.#summaries.values()], stays).map(({number}) => number);
    if (gone.length === 0) return;
    this.#remove(gone);
    for (const number of gone) this.#host.dropped(number);
  }

  #remove(numbers: readonly string[]): void {
    for (const each of numbers) {
      const unread = this.#summaries.get(each)?.unread;
      this.#summaries.delete(each);
      if (unread) this.#tell(each, 0);
    }
    this.#publish();
  }

  #change(summary: ConversationSummary): void {
    const before = this.#summaries.get(summary.number)?.unread ?? 0;
    this.#summaries.set(summary.number, Object.freeze(summary));
    this.#publish();
    if (summary.unread !== before) this.#tell(summary.number, summary.unread);
  }

  #tell(number: string, count: number): void {
    this.#host.tell('sip-message-unread', {number, count, unread: this.#unread});
  }

  get #unread(): number {
    return [...this.#summaries.values()].reduce((sum, {unread}) => sum + unread, 0);
  }

  #publish(): void {
    const conversations = [...this.#summaries.values()].sort(
      (one, other) => (other.last?.time ?? 0) - (one.last?.time ?? 0),
    );
    this.#host.update({conversations: Object.freeze(conversations), unread: this.#unread});
  }
}
