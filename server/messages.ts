import {API_REPLY_TYPE, API_REQUEST_TYPE} from '../src/dispatch/protocol.js';
import {copied} from '../src/core/util/shortened.js';
import {unwrap} from './cpim.js';
import {reasonOf, type Log} from './log.js';
import {passedOn, type Binding, type IncomingMessage, type SipHub} from './sip/index.js';
import type {Users} from './users.js';

const CPIM = 'message/cpim';

/** What this server takes for each of its users: it unwraps messages for clients that cannot. */
const TAKEN = ['text/plain', CPIM];

/** Statuses of an absent recipient: no client answered, its socket closed, or no page of it is open at the moment. */
const ABSENT: ReadonlySet<number> = new Set([408, 480, 503]);

/** How long a message of the same sender with the same id counts as the same, in milliseconds, and how many there are. */
const SAME = 300_000;
const MOST_KNOWN = 10_000;

/** Only the server sends these: a user who sent one to another user could forge its replies. */
const OWN: ReadonlySet<string> = new Set([API_REQUEST_TYPE, API_REPLY_TYPE]);

/**
 * Existing clients show everything as text, so these types go only to parties whose `Accept` lists them
 * (docs/protocol/clients.md#messages).
 */
const ON_DEMAND: ReadonlySet<string> = new Set([CPIM, 'message/imdn+xml', 'application/im-iscomposing+xml']);

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
  /** What became of the latest messages with ids: a client sends one again if its socket was cut before the answer. */
  readonly #known = new Map<string, {readonly status: Promise<number>; readonly at: number}>();

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
    message.answer(await this.#once(message));
  }

  /** Returns the types that are accepted for a user (RFC 3261 §11.2); none for a number that is none. */
  acceptedBy(user: string): readonly string[] {
    const {hub, users} = this.#options;
    if (!users.account(user)) return [];
    const bindings = hub.bindings(user);
    const named = [...ON_DEMAND].filter((type) => bindings.some((binding) => accepts(binding, type)));
    return [...new Set([...TAKEN, ...named])];
  }

  /** Relays a message, unless the same one was relayed shortly before. */
  async #once(message: IncomingMessage): Promise<number> {
    const id = typeOf(message) === CPIM ? unwrap(message.content)?.id : undefined;
    if (id === undefined) return this.#relay(message);
    const key = copied(`${message.from} ${message.to} ${id}`);
    const before = this.#known.get(key);
    const known = before && performance.now() - before.at < SAME ? await before.status : 500;
    if (known < 300) return known;
    const status = this.#relay(message);
    this.#known.delete(key);
    this.#known.set(key, {status, at: performance.now()});
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KNOWN) this.#known.delete(oldest!);
    return status;
  }

  async #relay(message: IncomingMessage): Promise<number> {
    const {users} = this.#options;
    const type = typeOf(message);
    if (OWN.has(type)) return 415;
    if (type === CPIM && OWN.has(typeOf(unwrap(message.content) ?? message))) return 415;
    if (!users.account(message.to)) return 404;
    // It must not overtake waiting messages.
    const status = this.#kept.has(message.to) ? undefined : await this.#deliver(message);
    return status ?? this.#keep(message);
  }

  /** Returns the status for the sender; undefined if the recipient is absent. */
  async #deliver(message: Omit<Kept, 'date'>, date?: string): Promise<number | undefined> {
    const {hub, users} = this.#options;
    const bindings = hub.bindings(message.to);
    if (bindings.length === 0) return undefined;
    const takers = bindings.flatMap((binding) => {
      const taken = takenBy(binding, message);
      return taken ? [{binding, ...taken}] : [];
    });
    if (takers.length === 0) return 415;
    const from = {number: message.from, name: users.get(message.from)?.name ?? ''};
    const headers = date === undefined ? [] : [`Date: ${date}`];
    const statuses = await firstTaken(
      takers.map(({binding, content, contentType}) =>
        binding.connection.message(binding, from, content, contentType, headers),
      ),
    );
    const taken = statuses.find((status) => status < 300);
    if (taken !== undefined) return taken;
    const refusals = statuses.filter((status) => !ABSENT.has(status));
    return refusals.length ? passedOn(Math.max(...refusals)) : undefined;
  }

  #keep(message: IncomingMessage): number {
    const {to, from, content, contentType} = message;
    const waiting = this.#kept.get(to) ?? [];
    const type = typeOf(message);
    if (ON_DEMAND.has(type) && type !== CPIM) return 480;
    const {limit, bytes} = this.#options;
    // One sender leaves half of the room to others.
    const same = waiting.filter((kept) => kept.from === from);
    if (waiting.length >= limit || same.length >= limit / 2) return 480;
    if (bytesOf([...waiting, message]) > bytes || bytesOf([...same, message]) > bytes / 2) return 480;
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

/** What a client gets of a message: as it is, without its wrapping, or nothing. */
function takenBy(
  binding: Binding,
  message: Pick<IncomingMessage, 'content' | 'contentType'>,
): Pick<IncomingMessage, 'content' | 'contentType'> | undefined {
  const type = typeOf(message);
  if (!ON_DEMAND.has(type) || accepts(binding, type)) return message;
  const inner = type === CPIM ? unwrap(message.content) : undefined;
  return inner && !ON_DEMAND.has(typeOf(inner)) ? inner : undefined;
}

function accepts(binding: Binding, type: string): boolean {
  return binding.accept.some((named) => named.split(';')[0]?.trim() === type);
}
