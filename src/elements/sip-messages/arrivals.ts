import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {Conversation} from '../../core/messages/conversation.js';
import type {SipMessage} from '../../core/messages/message.js';

/**
 * The messages that have arrived in a conversation since the user last looked: the first one, their number, and the
 * announcement.
 */
export class Arrivals {
  readonly #localize: LocalizeController;
  /** The newest message at the last check. */
  #newest: SipMessage | undefined;
  #unreadFrom: string | undefined;
  #fresh = 0;
  #text = '';

  constructor(localize: LocalizeController) {
    this.#localize = localize;
  }

  /** The id of the first unread message. */
  get unreadFrom(): string | undefined {
    return this.#unreadFrom;
  }

  /** The number of messages that have arrived unseen. */
  get fresh(): number {
    return this.#fresh;
  }

  /** The text for screen readers. */
  get text(): string {
    return this.#text;
  }

  /** Starts over with an opened conversation. */
  begin(conversation?: Conversation): void {
    const {messages = [], unread = 0} = conversation?.state ?? {};
    this.#newest = messages.at(-1);
    this.#unreadFrom = unread ? messages.filter(isIncoming).at(-unread)?.id : undefined;
    this.#fresh = 0;
    this.#text = '';
  }

  /** Records new messages; `seen` returns whether the user sees the newest message. */
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

  /** Marks all as seen; returns whether some were unseen. */
  look(): boolean {
    const unseen = this.#fresh > 0;
    this.#fresh = 0;
    return unseen;
  }

  /** Marks all as read, because the user replies. */
  answer(): void {
    this.#unreadFrom = undefined;
  }
}

function isIncoming({direction}: SipMessage): boolean {
  return direction === 'incoming';
}
