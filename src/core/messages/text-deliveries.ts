import {SipError} from '../../errors.js';
import type {Party} from '../types.js';
import {setNewest} from '../util/collections/newest.js';
import {fewAtOnce} from '../util/collections/few-at-once.js';
import {StateTarget} from '../util/state-target.js';
import {randomUuid} from '../util/uuid.js';
import type {UploadOptions} from '../uploads/uploads.js';
import {groupConversation, type MessageRecipient, type MessageState, type SipMessage} from './message.js';

/** How many people a text can be sent to at once. */
export const MOST_RECIPIENTS = 500;
/** How many texts are sent at the same time. */
const AT_ONCE = 4;
/** How many deliveries are followed. */
const FOLLOWED = 200;

/** What became of a text for one recipient. */
export interface RecipientState extends MessageRecipient {
  /** `unknown` if the message is no longer in the conversation with them. */
  readonly state: MessageState | 'unknown';
  readonly delivered?: true | undefined;
  readonly read?: true | undefined;
  readonly error?: SipMessage['error'];
}

/** A snapshot of a delivery. */
export interface TextDeliveryState {
  readonly recipients: readonly RecipientState[];
}

/** The group to which a file is sent, and how it is uploaded. */
export interface GroupFileOptions extends UploadOptions {
  readonly group: Party;
}

/** What the messages to all recipients have in common. */
type CopyFields = Pick<SipMessage, 'copyOf' | 'time' | 'lost'>;

/** What deliveries need of the messages of an account. */
export interface TextDeliveriesHost {
  /** Throws `invalid-number` if nothing can be sent to a number; returns that of its conversation otherwise. */
  recipient(number: string): string;
  /** Stores a text to a group, which `send` sends to each recipient. */
  addText(
    group: Party,
    text: string,
    more: Pick<SipMessage, 'id' | 'recipients' | 'time'>,
  ): Promise<SipMessage>;
  /** Adds a file to a group, which `send` uploads. */
  addFile(
    group: Party,
    file: Blob,
    more: Pick<SipMessage, 'id' | 'recipients'>,
    options: UploadOptions,
  ): Promise<SipMessage>;
  /** Stores a message to one recipient. */
  create(number: string, text: string, more: CopyFields & Pick<SipMessage, 'id'>): Promise<SipMessage>;
  /** Sends a message that was created; one to a group to each recipient, a file once it is uploaded. */
  send(message: SipMessage): Promise<unknown>;
  /** Sends a message that was created when there is a connection. */
  queue(message: SipMessage): Promise<unknown>;
  retry(id: string): Promise<unknown>;
  find(ids: readonly string[]): Promise<readonly SipMessage[]>;
  /** Returns a time after all others. */
  now(number: string): number;
}

/** What becomes of a text that was sent to several people, for each of them. `statechange` reports changes. */
export class TextDelivery extends StateTarget<TextDeliveryState> {
  readonly #host: TextDeliveriesHost;
  readonly #places: ReadonlyMap<string, number>;

  /** @internal Created by `client.messages`. */
  constructor(
    host: TextDeliveriesHost,
    recipients: readonly MessageRecipient[],
    state: RecipientState['state'],
  ) {
    super({recipients: Object.freeze(recipients.map((each) => Object.freeze({...each, state})))});
    this.#host = host;
    this.#places = new Map(recipients.map(({id}, place) => [id, place]));
  }

  /** Sends the text again to those whom it could not be sent to, or to one number of them. */
  async retry(number?: string): Promise<void> {
    const failed = this.state.recipients.filter(
      (each) => each.state === 'failed' && (number === undefined || each.number === number),
    );
    await fewAtOnce(failed, AT_ONCE, ({id}) => this.#host.retry(id).catch(() => {}));
  }

  /** @internal Notes messages that have changed, if they are some of these. */
  note(messages: readonly SipMessage[]): void {
    const mine = messages.filter(({id}) => this.#places.has(id));
    if (!mine.length) return;
    const recipients = [...this.state.recipients];
    for (const {id, state, delivered, read, error} of mine) {
      const place = this.#places.get(id)!;
      const {number, name} = recipients[place]!;
      recipients[place] = Object.freeze({number, name, id, state, delivered, read, error});
    }
    this.update({recipients: Object.freeze(recipients)});
  }

  /** @internal Notes messages once they are read, unless they have changed meanwhile: what was read is older then. */
  async load(reading: Promise<readonly SipMessage[]>): Promise<readonly SipMessage[]> {
    const before = this.state.recipients;
    const read = await reading;
    const now = this.state.recipients;
    this.note(read.filter(({id}) => now[this.#places.get(id)!] === before[this.#places.get(id)!]));
    return read;
  }

  /** @internal Whether the message with the id was removed. */
  isForgotten(id: string): boolean {
    return this.state.recipients[this.#places.get(id)!]!.state === 'unknown';
  }

  /** @internal Notes that messages were removed. */
  forget(isGone: (recipient: RecipientState) => boolean): void {
    if (!this.state.recipients.some(isGone)) return;
    const recipients = this.state.recipients.map((each) =>
      isGone(each)
        ? Object.freeze({number: each.number, name: each.name, id: each.id, state: 'unknown'} as const)
        : each,
    );
    this.update({recipients: Object.freeze(recipients)});
  }
}

/** Sends texts to several people, and follows what becomes of them; loaded when it is first needed. */
export class TextDeliveries {
  readonly #host: TextDeliveriesHost;
  /** By the id of the text to a group, or one of their own. */
  readonly #followed = new Map<string, TextDelivery>();

  constructor(host: TextDeliveriesHost) {
    this.#host = host;
  }

  /** See `SipMessages.sendToAll`. */
  async sendToAll(people: readonly Party[], text: string, group: Party | undefined): Promise<TextDelivery> {
    const recipients = this.#recipientsOf(people);
    const id = randomUuid();
    const delivery = this.#follow(id, new TextDelivery(this.#host, recipients, 'sending'));
    const copiedAt = this.#host.now('');
    if (group) {
      const time = this.#host.now(groupConversation(group.number));
      await this.#host.send(await this.#host.addText(group, text, {id, recipients, time}));
    } else await this.#distribute(delivery, text, {time: copiedAt});
    return delivery;
  }

  /** See `SipMessages.sendFileToAll`. */
  async sendFileToAll(
    people: readonly Party[],
    file: Blob,
    {group, ...options}: GroupFileOptions,
  ): Promise<TextDelivery> {
    if (!group?.number)
      throw new SipError('bad-parameter', {subject: 'a file without a group', expected: 'group'});
    const recipients = this.#recipientsOf(people);
    const id = randomUuid();
    const delivery = this.#follow(id, new TextDelivery(this.#host, recipients, 'sending'));
    await this.#host.send(await this.#host.addFile(group, file, {id, recipients}, options));
    return delivery;
  }

  /**
   * Sends a message to a group, whose file is uploaded, to its recipients.
   *
   * @param isLeft - Whether another page has begun: those for whom it has stored a message get no second one.
   */
  async distribute(
    {id, number, text, time, lost, recipients = []}: SipMessage,
    isLeft: boolean,
  ): Promise<void> {
    const delivery = this.#followed.get(id) ?? new TextDelivery(this.#host, recipients, 'sending');
    const copyOf = Object.freeze({number, id});
    // The conversation with the group is the newest one.
    const more = {time: time - 1, copyOf, ...(lost && {lost})};
    await this.#distribute(this.#follow(id, delivery), text, more, isLeft);
  }

  /** Stores a message to each recipient, and sends them. */
  async #distribute(delivery: TextDelivery, text: string, more: CopyFields, isLeft = false): Promise<void> {
    const {recipients} = delivery.state;
    const stored = isLeft ? await delivery.load(this.#host.find(recipients.map(({id}) => id))) : [];
    const known = new Set(stored.map(({id}) => id));
    const created: SipMessage[] = [];
    // All are stored before the first one is sent: the next page sends the rest if this one ends.
    // What fails is reported by the message's own state.
    const create = async ({number, id}: MessageRecipient): Promise<void> => {
      if (known.has(id) || delivery.isForgotten(id)) return;
      created.push(await this.#host.create(number, text, {id, ...more}));
    };
    await fewAtOnce(recipients, AT_ONCE, (recipient) => create(recipient).catch(() => {}));
    const send = (message: SipMessage): Promise<unknown> =>
      isLeft ? this.#host.queue(message) : this.#host.send(message);
    void fewAtOnce(created, AT_ONCE, (message) => send(message).catch(() => {}));
  }

  /** See `SipMessages.delivery`. */
  async of({id, state, recipients = []}: SipMessage): Promise<TextDelivery> {
    const known = this.#followed.get(id);
    if (known) return this.#follow(id, known);
    // Until it is sent, those who have no message yet get one.
    const absent = state === 'sent' ? 'unknown' : state;
    const delivery = this.#follow(id, new TextDelivery(this.#host, recipients, absent));
    await delivery.load(this.#host.find(recipients.map((each) => each.id)));
    return delivery;
  }

  /** Notes messages that have changed, in this tab or another one. */
  note(messages: readonly SipMessage[]): void {
    for (const delivery of this.#followed.values()) delivery.note(messages);
  }

  /** Notes that messages were removed. */
  forget(isGone: (recipient: RecipientState) => boolean): void {
    for (const delivery of this.#followed.values()) delivery.forget(isGone);
  }

  #follow(id: string, delivery: TextDelivery): TextDelivery {
    setNewest(this.#followed, id, delivery, FOLLOWED);
    return delivery;
  }

  /** @throws {SipError} `invalid-number`; `bad-parameter` if there are none, or too many. */
  #recipientsOf(people: readonly Party[]): readonly MessageRecipient[] {
    const found = new Map<string, MessageRecipient>();
    for (const {number: given, name} of people) {
      const number = this.#host.recipient(given);
      if (!found.has(number)) found.set(number, Object.freeze({number, name, id: randomUuid()}));
    }
    if (!found.size || found.size > MOST_RECIPIENTS)
      throw new SipError('bad-parameter', {
        subject: `${found.size} recipients`,
        expected: `1 to ${MOST_RECIPIENTS}`,
      });
    return Object.freeze([...found.values()]);
  }
}
