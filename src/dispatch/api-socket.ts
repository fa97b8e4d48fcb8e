import type {CheckedCredentials} from '../core/sign-in/credentials.js';
import type {Timeouts} from '../core/client/options.js';
import type {ApiState} from '../core/types.js';
import {SipError, toSipError, type SipErrorCode} from '../errors.js';
import type {Log} from '../sip/log.js';
import type {ReconnectPolicy} from '../core/util/reconnect-policy.js';
import {Reconnection} from '../core/util/reconnection.js';
import type {ApiExchange} from './api.js';
import {ApiConnection} from './api-connection.js';
import type {ApiLink} from './shared-link.js';

/** Options of the API's socket. */
export interface ApiSocketOptions {
  readonly exchange: ApiExchange;
  readonly timeouts: Timeouts;
  readonly policy: ReconnectPolicy;
  readonly log: Log;
  readonly username: string;
  /** The registration to which a login belongs. */
  instance(): string;
  /**
   * Asks the page for credentials.
   *
   * @param url - The address that they are sent to.
   */
  credentials(refused: boolean, url: string): Promise<CheckedCredentials>;
  /** Finds the socket's address; called before each attempt. */
  findUrl(): Promise<string>;
  /** Opens a connection to the address, without handlers. */
  openLink(url: string, signal: AbortSignal): Promise<ApiLink>;
  onState(state: ApiState): void;
}

/** Errors that another attempt would not change. */
const FINAL: ReadonlySet<SipErrorCode> = new Set([
  'wrong-password',
  'token-refused',
  'unknown-user',
  'bad-parameter',
  'unsupported',
  'no-dispatch-server',
  'not-allowed',
  'forbidden-by-page',
  'untrusted-host',
]);

/** Errors that other credentials may not have. */
const REFUSED: ReadonlySet<SipErrorCode> = new Set(['wrong-password', 'token-refused']);

/**
 * Keeps an API connection open while it is wanted, replacing lost ones.
 *
 * ```
 * closed ──open()──► opening ◄──lost──► open
 *   ▲                   │                │
 *   └── refused, close() ────────────────┘
 * ```
 */
export class ApiSocket {
  readonly #options: ApiSocketOptions;
  #state: ApiState = 'closed';
  #connection: ApiConnection | undefined;
  #ending = new AbortController();
  #opening: Promise<void> | undefined;
  readonly #reconnection: Reconnection;

  constructor(options: ApiSocketOptions) {
    this.#options = options;
    this.#reconnection = new Reconnection(options.policy);
  }

  /** The connection that is logged in, if there is one. */
  get connection(): ApiConnection | undefined {
    return this.#connection?.ready ? this.#connection : undefined;
  }

  /** Resolves when logged in, at once if already; skips the delay of a pending retry. */
  async open(): Promise<void> {
    if (this.#state === 'open') return;
    if (this.#state === 'closed') {
      this.#ending = new AbortController();
      this.#change('opening');
      this.#opening = this.#first(this.#ending.signal);
    }
    this.#reconnection.hurry();
    await this.#opening;
  }

  /** Makes a pending retry at once. */
  hurry(): void {
    this.#reconnection.hurry();
  }

  /** Logs out and closes the socket; idempotent, never rejects. */
  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    this.#ending.abort();
    this.#change('closed');
    await connection?.close();
  }

  async #first(signal: AbortSignal): Promise<void> {
    try {
      await this.#attempt(signal);
    } catch (error) {
      if (!signal.aborted) this.#change('closed');
      throw toSipError(error);
    }
  }

  async #again(signal: AbortSignal): Promise<void> {
    try {
      await this.#reconnection.run(() => this.#attempt(signal), {
        failure: new SipError('connection-lost'),
        subject: 'api',
        signal,
        isFinal: ({code}) => FINAL.has(code),
      });
    } catch (error) {
      if (!signal.aborted) this.#change('closed');
      throw error;
    }
  }

  async #attempt(signal: AbortSignal): Promise<void> {
    const {exchange, timeouts, log} = this.#options;
    const giveUpIfEnded = (): void => {
      if (signal.aborted) throw new SipError('aborted', {subject: 'api'});
    };
    giveUpIfEnded();
    const url = await this.#options.findUrl();
    giveUpIfEnded();
    const connection = new ApiConnection({
      open: (ending) => this.#options.openLink(url, ending),
      exchange,
      timeouts,
      log,
      onLost: () => this.#lost(connection),
    });
    this.#connection = connection;
    try {
      await connection.connect();
      await this.#logIn(connection, url);
    } catch (error) {
      if (this.#connection === connection) this.#connection = undefined;
      void connection.close();
      giveUpIfEnded();
      throw error;
    }
    this.#change('open');
  }

  /** Logs in; after a refusal, asks for the credentials again once. */
  async #logIn(connection: ApiConnection, url: string): Promise<void> {
    const {username} = this.#options;
    const instance = this.#options.instance();
    const credentials = await this.#options.credentials(false, url);
    try {
      await connection.login({username, credentials, instance});
    } catch (error) {
      if (!REFUSED.has(toSipError(error).code)) throw error;
      const renewed = await this.#options.credentials(true, url);
      if (JSON.stringify(renewed) === JSON.stringify(credentials)) throw error;
      await connection.login({username, credentials: renewed, instance});
    }
  }

  #lost(connection: ApiConnection): void {
    if (this.#connection !== connection || this.#state !== 'open') return;
    this.#connection = undefined;
    const {signal} = this.#ending;
    // A state listener may call `open`, which awaits this promise, or `close`.
    this.#opening = Promise.resolve().then(() => this.#again(signal));
    this.#opening.catch(() => {});
    this.#change('opening');
  }

  #change(state: ApiState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}
