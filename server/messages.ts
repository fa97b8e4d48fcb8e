import {API_REPLY_TYPE, API_REQUEST_TYPE} from '../src/dispatch/protocol.js';
import {reasonOf, type Log} from './log.js';
import {passedOn, type Binding, type IncomingMessage, type SipHub} from './sip/index.js';
import type {Users} from './users.js';

/** Only the server sends these: a user who sent one to another user could forge its replies. */
const OWN: ReadonlySet<string> = new Set([API_REQUEST_TYPE, API_REPLY_TYPE]);

/** Existing clients show everything as text, so these types go only to parties whose `Accept` lists them (§8.12). */
const ON_DEMAND: ReadonlySet<string> = new Set([
  'message/cpim',
  'message/imdn+xml',
  'application/im-iscomposing+xml',
]);

/** What the relay needs. */
export interface MessageRelayOptions {
  readonly hub: SipHub;
  readonly users: Users;
  readonly log: Log;
  /** The most messages that are kept for one user. */
  readonly limit: number;
  /** The most bytes that they may take together. */
  readonly bytes: number;
}

/** A message that waits for its recipient. */
interface Kept extends Pick<IncomingMessage, 'from' | 'to' | 'content' | 'contentType'> {
  /** When it was sent, as its `Date` (RFC 3428 §4). */
  readonly date: string;
}

/**
 * Delivers each MESSAGE to every registration of its recipient. Messages to an absent recipient are kept in memory and
 * delivered at the next registration, the oldest first.
 */
export class MessageRelay {
  readonly #options: MessageRelayOptions;
  readonly #kept = new Map<string, Kept[]>();
  /** The users whose messages are being delivered, and whether they have registered again in the meantime. */
  readonly #delivering = new Map<string, boolean>();

  constructor(options: MessageRelayOptions) {
    this.#options = options;
    // The REGISTER is answered first.
    options.hub.onBindingMade(({user}) => setImmediate(() => this.#deliverKept(user)));
  }

  /**
   * Answers a message with its result.
   *
   * 404 unknown number, 415 a type that no client there accepts, 200 if a client accepted it, 202 if it is kept, 480 if
   * the recipient is absent and it is not kept; otherwise the client's answer, as far as it concerns the sender.
   */
  async relay(message: IncomingMessage): Promise<void> {
    message.answer(await this.#relay(message));
  }

  async #relay(message: IncomingMessage): Promise<number> {
    const {users} = this.#options;
    if (OWN.has(typeOf(message))) return 415;
    if (!users.get(message.to)) return 404;
    // It must not overtake waiting messages.
    const status = this.#kept.has(message.to) ? undefined : await this.#deliver(message);
    return status ?? this.#keep(message);
  }

  /** Returns the status for the sender; undefined if the recipient is absent. */
  async #deliver(message: Omit<Kept, 'date'>, date?: string): Promise<number | undefined> {
    const {hub, users} = this.#options;
    const type = typeOf(message);
    const bindings = hub.bindings(message.to);
    if (bindings.length === 0) return undefined;
    const takers = bindings.filter((binding) => !ON_DEMAND.has(type) || accepts(binding, type));
    if (takers.length === 0) return 415;
    const from = {number: message.from, name: users.get(message.from)?.name ?? ''};
    const headers = date === undefined ? [] : [`Date: ${date}`];
    const statuses = await firstTaken(
      takers.map((binding) =>
        binding.connection.message(binding, from, message.content, message.contentType, headers),
      ),
    );
    const taken = statuses.find((status) => status < 300);
    if (taken !== undefined) return taken;
    // The sockets closed or no client answered: the recipient is absent.
    const refusals = statuses.filter((status) => status !== 408 && status !== 503);
    return refusals.length ? passedOn(Math.max(...refusals)) : undefined;
  }

  #keep(message: IncomingMessage): number {
    const {to, from, content, contentType} = message;
    const waiting = this.#kept.get(to) ?? [];
    if (ON_DEMAND.has(typeOf(message)) || waiting.length >= this.#options.limit) return 480;
    if (bytesOf([...waiting, message]) > this.#options.bytes) return 480;
    waiting.push({to, from, content, contentType, date: new Date().toUTCString()});
    this.#kept.set(to, waiting);
    // The recipient may have registered in the meantime.
    if (this.#options.hub.bindings(to).length) this.#deliverKept(to);
    return 202;
  }

  #deliverKept(user: string): void {
    if (!this.#kept.has(user)) return;
    if (this.#delivering.has(user)) return void this.#delivering.set(user, true);
    this.#delivering.set(user, false);
    this.#empty(user)
      .catch((thrown: unknown) => this.#options.log(`kept messages: ${reasonOf(thrown)}`))
      .finally(() => {
        const again = this.#delivering.get(user);
        this.#delivering.delete(user);
        if (again) this.#deliverKept(user);
      });
  }

  /** Delivers messages in order until the recipient is absent again; the sender can no longer learn of refusals. */
  async #empty(user: string): Promise<void> {
    const waiting = this.#kept.get(user) ?? [];
    for (let next = waiting[0]; next; next = waiting[0]) {
      const status = await this.#deliver(next, next.date);
      if (status === undefined) return;
      if (status >= 300) this.#options.log(`a kept message to ${user} was refused: ${status}`);
      waiting.shift();
    }
    this.#kept.delete(user);
  }
}

const bytesOf = (messages: readonly Pick<Kept, 'content'>[]): number =>
  messages.reduce((sum, {content}) => sum + Buffer.byteLength(content), 0);

/** Returns all statuses, or only one if a client accepted; a dead socket must not delay that. */
async function firstTaken(answers: readonly Promise<number>[]): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    for (const answer of answers)
      answer.then((status) => {
        if (status < 300) resolve([status]);
      }, reject);
    Promise.all(answers).then(resolve, reject);
  });
}

function typeOf({contentType}: Pick<IncomingMessage, 'contentType'>): string {
  return contentType.split(';')[0]?.trim().toLowerCase() ?? '';
}

function accepts(binding: Binding, type: string): boolean {
  return binding.accept.some((named) => named.split(';')[0]?.trim() === type);
}
