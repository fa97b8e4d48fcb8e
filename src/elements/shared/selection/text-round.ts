import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {BaseClient} from '../../../core/client/client.js';
import type {Conversation} from '../../../core/messages/conversation.js';
import type {SipMessage} from '../../../core/messages/message.js';
import type {Party} from '../../../core/types.js';
import {StateTarget, type StateSource} from '../../../core/util/state-target.js';
import type {ReportLine, ReportView, SelectionTask} from './report.js';

/** How many texts are sent at the same time. */
const AT_ONCE = 4;

/** A text to one of the recipients. */
interface Sending extends Party {
  /** The message and its conversation, once they are known; otherwise `failed` says that there is none. */
  readonly id?: string | undefined;
  readonly conversation?: Conversation | undefined;
  readonly failed?: boolean | undefined;
}

interface TextRoundState {
  readonly sendings: readonly Sending[];
}

/** Sends one text to each of several people, as a message in the conversation with each, and follows what becomes of it. */
export class TextRound extends StateTarget<TextRoundState> implements SelectionTask {
  readonly #client: BaseClient;
  readonly #text: string;

  constructor(client: BaseClient, people: readonly Party[], text: string) {
    super({sendings: people.map(({number, name}) => ({number, name}))});
    this.#client = client;
    this.#text = text;
  }

  get sources(): readonly (StateSource<object> | undefined)[] {
    return [this, ...this.state.sendings.map(({conversation}) => conversation)];
  }

  /** Sends the texts, a few at a time. */
  async run(): Promise<void> {
    const waiting = this.state.sendings.map(({number}) => number);
    const work = async (): Promise<void> => {
      for (let number = waiting.shift(); number !== undefined; number = waiting.shift())
        await this.#send(number);
    };
    await Promise.all(Array.from({length: AT_ONCE}, work));
  }

  /** What was sent stays sent. */
  end(): void {}

  view(localize: LocalizeController): ReportView {
    const lines = this.state.sendings.map((sending) => this.#lineOf(sending, localize));
    const sent = lines.filter(({tone}) => tone === 'reached').length;
    return {
      title: localize.term('textsSent', String(sent), String(lines.length)),
      lines,
      again: 'sendPersonAgain',
    };
  }

  #lineOf(sending: Sending, localize: LocalizeController): ReportLine {
    const {number, name, failed} = sending;
    const message = this.#messageOf(sending);
    const {state, delivered, read} = message ?? {};
    if (failed || state === 'failed')
      return {
        number,
        name,
        text: localize.term('reportNotSent'),
        tone: 'missed',
        again: () => void this.#again(sending, message),
      };
    const sent = state === 'sent';
    const term = read ? 'reportRead' : delivered ? 'reportDelivered' : sent ? 'reportSent' : 'reportSending';
    return {number, name, text: localize.term(term), tone: sent ? 'reached' : 'waiting'};
  }

  #messageOf({conversation, id}: Sending): SipMessage | undefined {
    return conversation?.state.messages.find((message) => message.id === id);
  }

  async #send(number: string): Promise<void> {
    const {messages} = this.#client;
    this.#set(number, {failed: undefined, id: undefined, conversation: undefined});
    try {
      // Before, so that the message is found while it is on its way.
      const conversation = await messages.open(number);
      const before = new Set(conversation.state.messages.map(({id}) => id));
      const sending = messages.send(number, this.#text);
      sending.catch(() => {});
      const mine = (): SipMessage | undefined =>
        conversation.state.messages.findLast(
          ({id, direction, text}) => !before.has(id) && direction === 'outgoing' && text === this.#text,
        );
      const note = (): void => {
        const message = mine();
        if (message) this.#set(number, {id: message.id, conversation});
      };
      conversation.addEventListener('statechange', note);
      try {
        const {id} = await sending;
        this.#set(number, {id, conversation});
      } finally {
        note();
        conversation.removeEventListener('statechange', note);
      }
    } catch {
      this.#set(number, {failed: true});
    }
  }

  /** Sends a message again that has failed, or a new one if there was none. */
  async #again(sending: Sending, message: SipMessage | undefined): Promise<void> {
    const {number} = sending;
    if (!message) return this.#send(number);
    this.#set(number, {failed: undefined});
    await this.#client.messages.retry(message.id).catch(() => this.#set(number, {failed: true}));
  }

  #set(number: string, patch: Partial<Sending>): void {
    this.update({
      sendings: this.state.sendings.map((each) => (each.number === number ? {...each, ...patch} : each)),
    });
  }
}
