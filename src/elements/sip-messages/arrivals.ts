import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {Conversation} from '../../core/messages/conversation.js';
import type {SipMessage} from '../../core/messages/message.js';

/** What has arrived in a conversation since somebody looked: where it begins, how much it is, and what is read out of it. */
export class Arrivals {
  readonly #localize: LocalizeController;
  /** The newest message when it was looked at last. */
  #newest: SipMessage | undefined;
  #unreadFrom: string | undefined;
  #fresh = 0;
  #text = '';

  constructor(localize: LocalizeController) {
    this.#localize = localize;
  }

  /** The id of the first message that nobody has read. */
  get unreadFrom(): string | undefined {
    return this.#unreadFrom;
  }

  /** How many have arrived unseen. */
  get fresh(): number {
    return this.#fresh;
  }

  /** What is read out. */
  get text(): string {
    return this.#text;
  }

  /** Begins anew, with a conversation that is opened. */
  begin(conversation?: Conversation): void {
    const {messages = [], unread = 0} = conversation?.state ?? {};
    this.#newest = messages.at(-1);
    this.#unreadFrom = unread ? messages.filter(isIncoming).at(-unread)?.id : undefined;
    this.#fresh = 0;
    this.#text = '';
  }

  /** Takes note of what has arrived; `seen` where somebody looks at the newest message. */
  follow(messages: readonly SipMessage[], name: string, seen: () => boolean): void {
    const newest = messages.at(-1);
    if (newest?.id === this.#newest?.id) return;
    const since = this.#newest?.time ?? -Infinity;
    const known = messages.findLastIndex(({time}) => time <= since);
    this.#newest = newest;
    const added = messages.slice(known + 1).filter(isIncoming);
    const last = added.at(-1);
    if (!last) return;
    this.#text = this.#localize.term('messageFrom', name, (last.file?.name ?? last.text).slice(0, 200));
    if (seen()) return;
    this.#fresh += added.length;
    this.#unreadFrom ??= added[0]!.id;
  }

  /** Somebody looks at the newest message; whether some were unseen until now. */
  look(): boolean {
    const unseen = this.#fresh > 0;
    this.#fresh = 0;
    return unseen;
  }

  /** Somebody answers: all is read. */
  answer(): void {
    this.#unreadFrom = undefined;
  }
}

function isIncoming({direction}: SipMessage): boolean {
  return direction === 'incoming';
}
