import {md5} from '@noble/hashes/legacy.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';
import type {CheckedCredentials} from '../core/sign-in/credentials.js';
import type {Timeouts} from '../core/client/options.js';
import {whenBack} from '../core/util/when-back.js';
import {sipDurations} from '../durations/sip.js';
import {SipError, toSipError} from '../errors.js';
import type {Log} from '../sip/log.js';
import type {ApiExchange, Carrier} from './api.js';
import {firstOf, makeRequest, textOf, textOfFrame, UNREPORTED} from './envelope.js';
import {ANSWERS_ONCE, API_CODE, API_HEADER} from './protocol.js';
import {UNHEARD, type ApiLink} from './shared-link.js';

/** Options of an API connection. */
export interface ApiConnectionOptions {
  readonly exchange: ApiExchange;
  readonly timeouts: Timeouts;
  readonly log: Log;
  /** Opens the connection, without handlers. */
  open(signal: AbortSignal): Promise<ApiLink>;
  /** Called once if the connection ends without `close`. */
  onLost(error: SipError): void;
}

/** The account that logs in. */
export interface ApiLogin {
  readonly username: string;
  readonly credentials: CheckedCredentials;
  /** The registration to which the login belongs. */
  readonly instance: string;
}

/**
 * Carrier 2: one connection of the JSON API, with its login and heartbeat (docs/protocol/sign-in.md#login).
 *
 * ```
 * connect() ──► open ──login()──► logged in ──► closed
 *     └───────────┴──────── lost, close() ────────►
 * ```
 */
export class ApiConnection implements Carrier {
  readonly #options: ApiConnectionOptions;
  #socket: ApiLink | undefined;
  #username: string | undefined;
  #answersOnce = false;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;
  readonly #ending = new AbortController();

  constructor(options: ApiConnectionOptions) {
    this.#options = options;
  }

  /** Whether requests may be sent here: it is open and logged in. */
  get ready(): boolean {
    return this.#username !== undefined && this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Whether the server executes a repeated request only once. */
  get answersOnce(): boolean {
    return this.#answersOnce;
  }

  /**
   * Opens the socket.
   *
   * @throws {SipError} `server-unreachable`, `certificate-refused`, `insecure-server`, `forbidden-by-page`; `aborted` if it
   * was closed meanwhile.
   */
  async connect(): Promise<void> {
    try {
      this.#socket = await this.#options.open(this.#ending.signal);
    } catch (error) {
      this.#end();
      throw error;
    }
    const socket = this.#socket;
    if (this.#isOver) {
      this.#socket = undefined;
      socket.close();
      throw new SipError('aborted', {subject: 'api'});
    }
    socket.onclose = () => this.fail(new SipError('connection-lost'));
    socket.onmessage = ({data}: MessageEvent<string | ArrayBuffer>) => {
      this.#scheduleHeartbeat();
      this.#options.exchange.receive(textOfFrame(data), this);
    };
  }

  /**
   * Logs in with the token, or with the password and the server's challenge.
   *
   * @throws {SipError} `wrong-password`, `token-refused`, `credentials-failed` if the server wants a password, or the server's other reason to refuse the login.
   */
  async login({username, credentials: {password, token}, instance}: ApiLogin): Promise<void> {
    const ask = (answer: string, more = {}) =>
      this.#options.exchange.request(
        makeRequest(API_HEADER.login, {username, password: answer, instance, ...more}),
        this,
      );
    let reply = await ask('', token === undefined ? {} : {token});
    if (reply.code === API_CODE.wrongPassword && token !== undefined)
      throw new SipError('token-refused', {subject: username, apiCode: reply.code});
    if (reply.code === API_CODE.passwordChallenge) {
      if (password === undefined)
        throw new SipError('credentials-failed', {
          subject: 'credentials, password',
          expected: '{password}, which the API of this server asks for',
        });
      const challenge = textOf(firstOf(reply)['checkuuid']);
      if (!challenge) throw new SipError('bad-reply', {subject: API_HEADER.login});
      reply = await ask(bytesToHex(md5(utf8ToBytes(password + challenge))));
    }
    if (reply.code === undefined) throw new SipError('bad-reply', {subject: API_HEADER.login});
    if (reply.code !== API_CODE.none) throw toSipError({apiCode: reply.code}, username);
    // The page may have closed it when it received the reply.
    if (this.#isOver) throw new SipError('aborted', {subject: 'api'});
    this.#answersOnce = textOf(firstOf(reply)[ANSWERS_ONCE]) === '1';
    this.#username = username;
    this.#scheduleHeartbeat();
    // The socket may have broken unnoticed.
    whenBack(() => {
      if (this.ready) void this.#beat();
    }, this.#ending.signal);
  }

  async send(text: string): Promise<void> {
    if (this.#socket?.readyState !== WebSocket.OPEN) throw new SipError('connection-lost');
    this.#socket.send(text);
    this.#scheduleHeartbeat();
  }

  /** Logs out and closes the socket; idempotent, never rejects. */
  async close(): Promise<void> {
    const username = this.#username;
    if (username !== undefined && this.ready) {
      this.#username = undefined;
      const logout = makeRequest(API_HEADER.logout, {username});
      await this.#options.exchange
        .request(logout, this, AbortSignal.timeout(sipDurations.apiLogout))
        .catch(() => {});
    }
    this.#end();
  }

  /** Ends the connection as lost; idempotent. */
  fail(error: SipError): void {
    if (this.#isOver) return;
    this.#options.log('warning', `the API's socket is lost: ${error.message}`);
    this.#end(UNHEARD);
    this.#options.onLost(error);
  }

  /** Schedules a heartbeat for when nothing is sent or received for a while. */
  #scheduleHeartbeat(): void {
    clearTimeout(this.#idle);
    if (this.#username === undefined || this.#isOver) return;
    this.#idle = setTimeout(() => void this.#beat(), this.#options.timeouts.heartbeat);
  }

  async #beat(): Promise<void> {
    const heartbeat = makeRequest(API_HEADER.heartbeat, {username: this.#username});
    try {
      // Any other reply proves the connection, even from a server without heartbeats.
      const {code} = await this.#options.exchange.request({...heartbeat, [UNREPORTED]: true}, this);
      if (code === API_CODE.notRegistered) this.fail(new SipError('not-registered', {apiCode: code}));
    } catch (error) {
      const failure = toSipError(error);
      if (failure.code !== 'bad-reply') this.fail(failure);
    }
  }

  #end(why?: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#ending.abort();
    this.#username = undefined;
    clearTimeout(this.#idle);
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) {
      socket.onclose = socket.onmessage = null;
      socket.close(why);
    }
    this.#options.exchange.drop(new SipError('connection-lost'), this);
  }
}
