import {createHash, randomUUID} from 'node:crypto';
import type {WebSocket} from 'ws';
import {ANSWERS_ONCE, API_CODE, API_HEADER} from '../../src/dispatch/protocol.js';
import type {Attempts} from '../attempts.js';
import {reasonOf, type Log} from '../log.js';
import type {Origin} from '../origin.js';
import {reads} from '../reads.js';
import type {Binding} from '../sip/index.js';
import type {Tokens} from '../sip/tokens.js';
import type {Users} from '../users.js';
import {parseRequest, replyText} from './envelope.js';
import type {ApiHandlers, ApiReply, ApiRequest} from './handlers.js';
import {loginInfo} from './login-info.js';
import type {Answers} from './answers.js';
import {ApiResponder} from './responder.js';

/** What an API socket needs. */
export interface ApiSocketOptions {
  readonly users: Users;
  readonly handlers: ApiHandlers;
  readonly origin: Origin;
  /** The client's address. */
  readonly remote: string;
  /** The wrong passwords of all users. */
  readonly attempts: Attempts;
  readonly tokens: Tokens;
  /** Earlier answers, on any carrier. */
  readonly answers: Answers;
  readonly log: Log;
  /** How long a socket may stay open without a login, in milliseconds (docs/protocol/clients.md#carrier-2). */
  readonly loginTimeout: number;
  /** Returns the Contact of the user's registration that last requested the login details. */
  contact(user: string): string | undefined;
  /** Called after each login. */
  loggedIn(socket: ApiSocket): void;
  /** Returns the registration of a login. */
  binding(socket: ApiSocket): Binding | undefined;
}

/** A login on a socket. */
export interface ApiLogin {
  readonly user: string;
  /** The registration that the login named, if any. */
  readonly instance: string | undefined;
  /** The Contact of the registration that last requested the login details, if any. */
  readonly contact: string | undefined;
}

/** The longest name of a user and of a registration in a login, in UTF-16 code units. */
const LONGEST = 1_000;

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');

/**
 * Carrier 2: one WebSocket of the JSON API, with its login (docs/protocol/sign-in.md#login).
 * ```
 * open ──reg.ws.login, no password──► challenged ──right password──► logged in ──reg.ws.logout──► open
 *   ▲                                     └──wrong password: 1005, too many: 1001──┐
 *   └──────────────────────────────────────────────────────────────────────────────┘
 * ```
 */
export class ApiSocket {
  readonly #id = randomUUID();
  readonly #socket: WebSocket;
  readonly #options: ApiSocketOptions;
  readonly #responder: ApiResponder;
  #challenge: {readonly user: string; readonly checkuuid: string} | undefined;
  #login: ApiLogin | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(socket: WebSocket, options: ApiSocketOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#responder = new ApiResponder(
      options.handlers,
      (text) => this.send(text),
      options.log,
      options.answers,
    );
    this.#limit();
    // Text and binary frames have the same content (docs/protocol/carriers.md#carrier-2).
    socket.on('message', (data: Buffer) => void this.#receive(data.toString('utf8')));
    socket.on('error', (error) => options.log(`api socket: ${error.message}`));
    socket.once('close', () => {
      clearTimeout(this.#timer);
      this.#login = undefined;
    });
  }

  /** The current login; undefined without one, and after the socket closed. */
  get login(): ApiLogin | undefined {
    return this.#login;
  }

  /** Writes a text frame; rejects if the socket is closed. */
  send(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.send(text, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Ends the login, and closes the socket. */
  close(reason: string): void {
    this.#login = undefined;
    this.#socket.close(1008, reason);
  }

  /** Ends the login; the socket stays open. */
  logout(): void {
    this.#login = undefined;
    this.#limit();
  }

  async #receive(text: string): Promise<void> {
    if (!reads(this.#socket)) return;
    const parsed = parseRequest(text);
    if ('refusal' in parsed) return this.#write(parsed.refusal);
    const {request} = parsed;
    const own = this.#own(request);
    if (own) return this.#write(replyText(request, own));
    const user = this.#login?.user;
    if (user === undefined) return this.#write(replyText(request, {code: API_CODE.notRegistered}));
    const who = {user, carrier: 2, binding: this.#options.binding(this)} as const;
    await this.#responder.answer(request, who, text.length);
  }

  /** Answers requests about the socket itself. */
  #own(request: ApiRequest): ApiReply | undefined {
    if (request.header === API_HEADER.login) return this.#logIn(request);
    if (!this.#login) return undefined;
    if (request.header === API_HEADER.loginInfo)
      return loginInfo(this.#options.origin, this.#options.users.echo);
    if (request.header !== API_HEADER.heartbeat && request.header !== API_HEADER.logout) return undefined;
    const {username} = request.body;
    if (username !== undefined && username !== this.#login.user) return {code: API_CODE.notAllowed};
    if (request.header === API_HEADER.logout) this.logout();
    return {code: API_CODE.none};
  }

  #logIn({body}: ApiRequest): ApiReply {
    const {username, password = '', token, instance: named} = body;
    const instance = typeof named === 'string' && named !== '' ? named : undefined;
    if (typeof username !== 'string' || username === '' || typeof password !== 'string') {
      return {code: API_CODE.badParameter};
    }
    // They are remembered.
    if (username.length > LONGEST || (instance?.length ?? 0) > LONGEST) return {code: API_CODE.badParameter};
    if (typeof token === 'string') {
      if (this.#options.tokens.userOf(token) !== username) return {code: API_CODE.wrongPassword};
      return this.#logsIn(username, instance);
    }
    if (password === '') {
      // Unknown users are challenged as well: only a password shows whether a name is valid.
      const checkuuid = randomUUID();
      this.#challenge = {user: username, checkuuid};
      return {code: API_CODE.passwordChallenge, body: {checkuuid}};
    }
    const challenge = this.#challenge;
    const secret = this.#options.users.get(username)?.password;
    this.#challenge = undefined;
    const {attempts, remote} = this.#options;
    const who = {
      user: username,
      remote,
      connection: this.#id,
      instance: instance && `<urn:uuid:${instance}>`,
    };
    if (attempts.wait(who) > 0) return {code: API_CODE.timeout};
    // A login with a password never gets 1014 (docs/protocol/clients.md#carrier-2).
    if (secret === undefined || challenge?.user !== username) return {code: API_CODE.wrongPassword};
    if (password.toLowerCase() !== md5(secret + challenge.checkuuid)) {
      attempts.failed(who);
      return {code: API_CODE.wrongPassword};
    }
    attempts.succeeded(who);
    return this.#logsIn(username, instance);
  }

  #logsIn(user: string, instance: string | undefined): ApiReply {
    this.#login = {user, instance, contact: this.#options.contact(user)};
    clearTimeout(this.#timer);
    this.#options.loggedIn(this);
    return {code: API_CODE.none, body: {[ANSWERS_ONCE]: '1'}};
  }

  #write(text: string): void {
    this.send(text).catch((thrown: unknown) => this.#options.log(`api socket: ${reasonOf(thrown)}`));
  }

  /**
   * Closes a socket without a login after a while: existing clients open sockets that never log in
   * (docs/protocol/clients.md#carrier-2).
   */
  #limit(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#socket.close(1000, 'No login'), this.#options.loginTimeout);
  }
}
