import type {WebSocket} from 'ws';
import {
  API_CODE,
  API_HEADER,
  API_REPLY_TYPE,
  API_REQUEST_TYPE,
  API_USER,
} from '../../src/dispatch/protocol.js';
import type {Attempts} from '../attempts.js';
import type {Log} from '../log.js';
import type {Origin} from '../origin.js';
import type {Binding, IncomingMessage, SipConnection, SipHub} from '../sip/index.js';
import type {Tokens} from '../sip/tokens.js';
import type {Users} from '../users.js';
import {Answers} from './answers.js';
import {ApiSocket} from './api-socket.js';
import {eventText, parseRequest, replyText} from './envelope.js';
import type {ApiEvents, ApiHandlers, ApiReply, ApiRequest} from './handlers.js';
import {loginInfo} from './login-info.js';
import {ApiResponder} from './responder.js';

/** The most logins of one user: each costs time with every event. */
const MOST_LOGINS = 40;

/** What the API needs. */
export interface ApiServerOptions {
  readonly hub: SipHub;
  readonly users: Users;
  /** The wrong passwords of all users. */
  readonly attempts: Attempts;
  readonly tokens: Tokens;
  readonly log: Log;
  /** How long a WebSocket may stay open without a login, in milliseconds. */
  readonly loginTimeout: number;
}

/** The JSON API on both carriers, and its events (docs/protocol/carriers.md). */
export class ApiServer implements ApiEvents {
  /** The handler of each request; the parts of the server add theirs. */
  readonly handlers: ApiHandlers = new Map();
  readonly #options: ApiServerOptions;
  readonly #sockets = new Set<ApiSocket>();
  readonly #answers = new Answers();
  readonly #responders = new WeakMap<SipConnection, ApiResponder>();
  /** The Contact of the registration that last requested the login details of carrier 2, by user. */
  readonly #asked = new Map<string, string>();

  constructor(options: ApiServerOptions) {
    this.#options = options;
  }

  /** The number of open WebSockets of carrier 2. */
  get size(): number {
    return this.#sockets.size;
  }

  /** Accepts a WebSocket of carrier 2. */
  accept(socket: WebSocket, origin: Origin, remote: string): ApiSocket {
    const {users, attempts, tokens, log, loginTimeout} = this.#options;
    const api = new ApiSocket(socket, {
      users,
      attempts,
      tokens,
      log,
      loginTimeout,
      origin,
      remote,
      handlers: this.handlers,
      answers: this.#answers,
      contact: (user) => this.#asked.get(user),
      loggedIn: (by) => this.#makeRoom(by),
      binding: (of) => this.#bindingOf(of) ?? this.#newest(of),
    });
    this.#sockets.add(api);
    socket.once('close', () => this.#sockets.delete(api));
    return api;
  }

  /** Handles a MESSAGE to the API (carrier 1) from an authenticated sender. */
  receive(connection: SipConnection, message: IncomingMessage): void {
    if (mediaType(message.contentType) !== API_REQUEST_TYPE) return message.answer(415);
    message.answer(200);
    const deliver = (text: string): Promise<void> => this.#post(connection, message.from, text);
    const parsed = parseRequest(message.content);
    if ('refusal' in parsed) return void deliver(parsed.refusal);
    const {request} = parsed;
    const binding = this.#options.hub.bindingOn(connection, message.from);
    const own = this.#own(connection, request, binding);
    if (own) return void deliver(replyText(request, own));
    void this.#responder(connection, message.from).answer(
      request,
      {user: message.from, carrier: 1, binding},
      message.content.length,
    );
  }

  async sendEvent(
    target: string | Binding,
    header: string,
    body: Readonly<Record<string, unknown>>,
  ): Promise<boolean> {
    const text = eventText(header, body);
    const bindings = typeof target === 'string' ? this.#options.hub.bindings(target) : [target];
    const taken = await Promise.all(bindings.map((binding) => this.#sendTo(binding, text)));
    return taken.includes(true);
  }

  /** Answers requests about the carriers themselves. */
  #own(connection: SipConnection, request: ApiRequest, binding: Binding | undefined): ApiReply | undefined {
    switch (request.header) {
      case API_HEADER.loginInfo:
        if (binding) this.#asked.set(binding.user, binding.contact);
        return loginInfo(connection.origin, this.#options.users.echo);
      case API_HEADER.heartbeat:
        return {code: API_CODE.none};
      case API_HEADER.logout:
        // It may come on this carrier (docs/protocol/clients.md#carrier-2), and concerns the login of this
        // registration.
        this.#socketOf(binding)?.logout();
        return {code: API_CODE.none};
      case API_HEADER.login:
        return {code: API_CODE.operationFailed};
      default:
        return undefined;
    }
  }

  async #sendTo(binding: Binding, text: string): Promise<boolean> {
    const socket = this.#socketOf(binding);
    if (socket) {
      return socket.send(text).then(
        () => true,
        () => false,
      );
    }
    const status = await binding.connection.message(binding, API_USER, text, API_REPLY_TYPE);
    return status >= 200 && status < 300;
  }

  async #post(connection: SipConnection, user: string, text: string): Promise<void> {
    const status = await connection.message(connection.recipient(user), API_USER, text, API_REPLY_TYPE);
    if (status >= 300) this.#options.log(`${user} answered the API's message with ${status}`);
  }

  #responder(connection: SipConnection, user: string): ApiResponder {
    const known = this.#responders.get(connection);
    if (known) return known;
    const made = new ApiResponder(
      this.handlers,
      (text) => this.#post(connection, user, text),
      this.#options.log,
      this.#answers,
    );
    this.#responders.set(connection, made);
    return made;
  }

  /** Ends the oldest login of a user who has logged in too often. */
  #makeRoom(newest: ApiSocket): void {
    const {user} = newest.login!;
    const others = [...this.#sockets].filter((socket) => socket !== newest && socket.login?.user === user);
    if (others.length >= MOST_LOGINS) others[0]!.close('Too many logins');
  }

  #newest(socket: ApiSocket): Binding | undefined {
    return socket.login && this.#options.hub.newest(socket.login.user);
  }

  /**
   * Returns the registration of a login: the one that it named, or the user's only one, or the one that last requested
   * the login details.
   */
  #bindingOf({login}: ApiSocket): Binding | undefined {
    if (!login) return undefined;
    const {user, instance, contact} = login;
    const bindings = this.#options.hub.bindings(user);
    if (instance !== undefined) return bindings.find((binding) => matches(binding, instance));
    return bindings.length === 1 ? bindings[0] : bindings.find((binding) => binding.contact === contact);
  }

  /** Returns the newest login of a registration. */
  #socketOf(binding: Binding | undefined): ApiSocket | undefined {
    if (!binding) return undefined;
    return [...this.#sockets].findLast((socket) => {
      const own = this.#bindingOf(socket);
      return own?.user === binding.user && own.contact === binding.contact;
    });
  }
}

/** Whether a login's `instance` identifies a registration: by `+sip.instance`, by the Contact, or by its user part. */
function matches(binding: Binding, instance: string): boolean {
  const bare = (text: string): string =>
    text
      .replace(/["<>]/g, '')
      .replace(/^urn:uuid:/i, '')
      .toLowerCase();
  const names = [binding.instance, binding.contact, binding.uri.user];
  return names.some((name) => name !== undefined && bare(name) === bare(instance));
}

function mediaType(contentType: string): string {
  return contentType.split(';')[0]?.trim().toLowerCase() ?? '';
}
