import {md5} from '@noble/hashes/legacy.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';
import {
  constructOutgoingResponse,
  type IncomingRequestMessage,
  IncomingResponseMessage,
  LoggerFactory,
  Parser,
} from 'sip.js/lib/core/index.js';
import {SipError} from '../../../src/errors.js';
import {decodedUser} from '../../../src/sip/headers/grammar.js';
import type {SipTransport, TransportFactory, TransportState} from '../../../src/sip/transport/transport.js';

/** One end of a connection to the server in memory. */
export class WireTransport implements SipTransport {
  onmessage: ((message: string) => void) | undefined;
  onstatechange: ((state: TransportState) => void) | undefined;
  onmoved: ((url: string) => void) | undefined;
  readonly sent: string[] = [];
  /** Whether nothing passes any more, and neither side notices. */
  blocked = false;
  readonly #wire: Wire;
  #state: TransportState = 'idle';
  #onClosed: (() => void) | undefined;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  get state(): TransportState {
    return this.#state;
  }

  get shared(): string | undefined {
    return this.#wire.shared;
  }

  async connect(): Promise<void> {
    this.#change('connecting');
    this.#wire.opening++;
    const closed = new Promise<void>((resolve) => (this.#onClosed = resolve));
    await Promise.race([this.#wire.gate ?? Promise.resolve(), closed]);
    this.#wire.opening--;
    if (this.#isClosed) throw new SipError('aborted', {subject: 'wire'});
    if (!this.#wire.reachable) {
      this.#change('closed');
      throw new SipError('server-unreachable', {subject: 'wire'});
    }
    this.#wire.connections.add(this);
    this.#change('open');
  }

  async disconnect(): Promise<void> {
    this.#onClosed?.();
    this.#wire.drop(this);
    this.#change('closed');
  }

  async send(message: string): Promise<void> {
    if (this.#state !== 'open') throw new SipError('connection-lost');
    this.sent.push(message);
    if (message.trim()) this.#wire.messages.push(message);
    else this.#wire.keepAlives.push(message);
    if (!this.blocked) queueMicrotask(() => this.#wire.receive(message, this));
  }

  /** Takes what the server sends. */
  deliver(message: string): void {
    if (this.#state === 'open' && !this.blocked) queueMicrotask(() => this.onmessage?.(message));
  }

  /** The connection breaks. */
  break(): void {
    this.#wire.drop(this);
    this.#change('closed');
  }

  get #isClosed(): boolean {
    return this.#state === 'closed';
  }

  #change(state: TransportState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.onstatechange?.(state);
  }
}

/** A request as it reached the server. */
export interface Arrived {
  readonly request: IncomingRequestMessage;
  readonly from: WireTransport;
  reply(status: number, headers?: string[], reason?: string): void;
}

/**
 * A SIP server in memory: a registrar that challenges and a proxy that puts requests through to the newest registration,
 * as stateless as can be. A test changes what it does by `handle`.
 */
export class Wire {
  readonly connections = new Set<WireTransport>();
  /** Every message that a client sent, in order. */
  readonly messages: string[] = [];
  /** Every ping and pong that a client sent (RFC 5626 §3.5.1). */
  readonly keepAlives: string[] = [];
  /** The users, with their passwords; an empty one is not asked for. */
  readonly users: Map<string, string>;
  /** The address of the connection, if other tabs use it. */
  shared: string | undefined;
  reachable = true;
  /** Connections open when this has resolved; at once without it. */
  gate: Promise<void> | undefined;
  /** How many connections are being opened. */
  opening = 0;
  answersPings = true;
  /** Handles a request before the server does; returns true if it is handled. */
  handle: ((arrived: Arrived) => boolean) | undefined;
  /** Changes the body of a message on its way through. */
  rewrite: ((body: string, message: string) => string) | undefined;
  /** Changes a message on its way through, headers and all. */
  edit: ((message: string) => string) | undefined;
  readonly #bindings = new Map<string, WireTransport>();
  readonly #contacts = new Map<string, WireTransport>();
  readonly #branches = new Map<string, WireTransport>();
  readonly #logger = silentLogger();

  constructor(users: Readonly<Record<string, string>>) {
    this.users = new Map(Object.entries(users));
  }

  readonly createTransport: TransportFactory = () => new WireTransport(this);

  /** The connection over which the user is registered. */
  connectionOf(user: string): WireTransport | undefined {
    return this.#bindings.get(user);
  }

  /** Whether the user has a registration. */
  registered(user: string): boolean {
    return this.#bindings.has(user);
  }

  /** Breaks every connection, or those of the user. */
  cut(user?: string): void {
    const cut = user ? [this.#bindings.get(user)!] : [...this.connections];
    for (const connection of cut) connection.break();
  }

  /** Whether the digest of a request is right (RFC 3261 §22.4). */
  accepts(authorization: string, method: string, password: string): boolean {
    return digestMatches(authorization, method, password);
  }

  drop(connection: WireTransport): void {
    this.connections.delete(connection);
    for (const [user, bound] of this.#bindings) if (bound === connection) this.#bindings.delete(user);
  }

  receive(sent: string, from: WireTransport): void {
    const text = this.#rewritten(this.edit?.(sent) ?? sent);
    if (text.trim() === '') {
      if (text === '\r\n\r\n' && this.answersPings) from.deliver('\r\n');
      return;
    }
    const message = Parser.parseMessage(text, this.#logger);
    // A refusal repeats what could not be read.
    if (!message && /^SIP\/2\.0 400/.test(text)) return;
    if (!message) throw new Error(`The wire cannot read:\n${text}`);
    const contact = message.hasHeader('contact') ? message.parseHeader('contact', 0) : undefined;
    if (contact?.uri?.user) this.#contacts.set(contact.uri.user, from);
    if (message instanceof IncomingResponseMessage) this.#branches.get(message.viaBranch)?.deliver(text);
    else this.#request(message, text, from);
  }

  /** Sends a request of the server's own, or anything else, to the user. */
  tell(user: string, text: string): void {
    this.#bindings.get(user)?.deliver(text);
  }

  #rewritten(text: string): string {
    const [head = '', body = ''] = text.split('\r\n\r\n');
    if (!this.rewrite || !body) return text;
    const changed = this.rewrite(body, text);
    const length = new TextEncoder().encode(changed).length;
    return `${head.replace(/^Content-Length: \d+/m, `Content-Length: ${length}`)}\r\n\r\n${changed}`;
  }

  #request(request: IncomingRequestMessage, text: string, from: WireTransport): void {
    const reply: Arrived['reply'] = (statusCode, extraHeaders = [], reasonPhrase) =>
      from.deliver(
        constructOutgoingResponse(request, {
          statusCode,
          extraHeaders,
          ...(reasonPhrase ? {reasonPhrase} : {}),
          ...(request.toTag ? {} : {toTag: 'wire'}),
        }).message,
      );
    if (this.handle?.({request, from, reply})) return;
    if (request.method === 'REGISTER') return this.#register(request, from, reply);
    if (request.method === 'OPTIONS' && !request.ruri?.user) return reply(200);
    const escaped = request.ruri?.user ?? '';
    const user = decodedUser(escaped);
    const target = this.#contacts.get(escaped) ?? this.#bindings.get(user);
    if (target && this.connections.has(target)) {
      if (request.method !== 'ACK') this.#branches.set(request.viaBranch, from);
      target.deliver(text);
    } else if (request.method !== 'ACK') {
      reply(this.users.has(user) || target ? 480 : 404);
    }
  }

  #register(request: IncomingRequestMessage, from: WireTransport, reply: Arrived['reply']): void {
    const user = request.from.uri.user ?? '';
    const password = this.users.get(user);
    if (password === undefined) return reply(404);
    if (password !== '') {
      const authorization = request.getHeader('authorization');
      if (!authorization)
        return reply(401, [
          'WWW-Authenticate: Digest realm="wire", nonce="n0nce", qop="auth", algorithm=MD5',
        ]);
      if (!digestMatches(authorization, 'REGISTER', password)) return reply(403);
    }
    const contact = request.getHeader('contact')!;
    const expires = Number(/expires=(\d+)/.exec(contact)?.[1] ?? 60);
    if (expires > 0) this.#bindings.set(user, from);
    else this.#bindings.delete(user);
    reply(200, [`Contact: ${contact}`]);
  }
}

function digestMatches(header: string, method: string, password: string): boolean {
  const field = (name: string): string =>
    new RegExp(`(?:^|[ ,])${name}="?([^",]+)"?`).exec(header)?.[1] ?? '';
  const hash = (text: string): string => bytesToHex(md5(utf8ToBytes(text)));
  const secret = hash(`${field('username')}:${field('realm')}:${password}`);
  const request = hash(`${method}:${field('uri')}`);
  const parts = [secret, field('nonce'), field('nc'), field('cnonce'), field('qop'), request];
  return hash(parts.join(':')) === field('response');
}

function silentLogger(): ReturnType<LoggerFactory['getLogger']> {
  const factory = new LoggerFactory();
  factory.builtinEnabled = false;
  return factory.getLogger('wire');
}
