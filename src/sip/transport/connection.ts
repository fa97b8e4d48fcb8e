import type {ConnectionState} from '../../core/types.js';
import {SipError, toSipError} from '../../errors.js';
import {AttemptPause} from '../../core/util/attempt-pause.js';
import {KeepAlive, type KeepAliveTimes} from './keep-alive.js';
import type {Log} from '../log.js';
import type {ReconnectPolicy} from '../../core/util/reconnect-policy.js';
import type {SipTransport, TransportFactory} from './transport.js';

/** Options of a connection. */
export interface ConnectionOptions {
  /** The servers, in the order of attempts. */
  readonly urls: readonly string[];
  readonly createTransport: TransportFactory;
  readonly policy: ReconnectPolicy;
  readonly keepAlive: KeepAliveTimes;
  readonly log: Log;
  onState(state: ConnectionState, error?: SipError): void;
  onMessage(message: string): void;
  /** Sends a request that any server answers. */
  ask(): void;
}

/** A message that waits for the next transport. */
interface Waiting {
  readonly message: string;
  readonly resolve: () => void;
  readonly reject: (error: SipError) => void;
}

/** Messages that wait for the next transport: responses, and requests whose failure would go unreported. */
const WAITS = /^(?:SIP\/2\.0|ACK|BYE|CANCEL|NOTIFY) /;

/**
 * The connection to the server over successive transports; the layers above survive the loss of a transport.
 *
 * ```
 * disconnected ── connect() ──► connecting ──► connected ◄──► reconnecting
 *       ▲                           │              │                │
 *       └───────── failed, disconnect() ───────────┴── given up ────┘
 * ```
 * If a server cannot be reached, the next is tried at once, starting from the last used one; the policy's delays apply
 * between rounds.
 *
 * While reconnecting, responses and requests whose failure would go unreported are queued, so that a BYE or an answer
 * still reaches the server. Other requests fail: their failure would be reported before they could be sent.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  #state: ConnectionState = 'disconnected';
  #transport: SipTransport | undefined;
  #keepAlive: KeepAlive | undefined;
  #ending = new AbortController();
  readonly #pause = new AttemptPause();
  /** Settles with the pending attempts. */
  #pending: Promise<void> | undefined;
  #waiting: Waiting[] = [];
  /** The index of the current or last used server. */
  #used = 0;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The address of the current or last used server. */
  get url(): string {
    return this.#options.urls[this.#used]!;
  }

  /** Resolves when connected, at once if it already is; while reconnecting, tries at once. */
  async connect(): Promise<void> {
    if (this.#state === 'connected') return;
    if (this.#state === 'disconnected') {
      this.#ending = new AbortController();
      this.#used = 0;
      this.#change('connecting');
      this.#pending = this.#first(this.#ending.signal);
    }
    this.#pause.end();
    await this.#pending;
  }

  /** Closes the connection and rejects waiting messages; idempotent, never rejects. */
  async disconnect(): Promise<void> {
    const transport = this.#transport;
    this.#ending.abort();
    this.#pause.end();
    this.#detach();
    this.#giveUpWaiting(new SipError('aborted', {subject: this.url}));
    this.#change('disconnected');
    await transport?.disconnect();
  }

  /**
   * Switches to the next server, as after a loss: the current one accepts the connection but serves nothing. Resolves
   * when connected.
   */
  async leave(error: SipError): Promise<void> {
    if (this.#state !== 'connected') return;
    const {urls, log} = this.#options;
    log('warning', `${this.url}: ${error.code}`);
    this.#used = (this.#used + 1) % urls.length;
    this.#lost(error);
    await this.#pending;
  }

  /** Resolves when the message was passed to the transport. Rejects with `not-connected` or `aborted`. */
  async send(message: string): Promise<void> {
    if (this.#state === 'connected') {
      try {
        this.#options.log('debug', `sent\n${message}`);
        this.#keepAlive?.sent(message);
        return await this.#transport!.send(message);
      } catch (error) {
        this.#lost(toSipError(error));
      }
    }
    // The state may have changed during the send.
    if (this.#state !== 'reconnecting' || !WAITS.test(message))
      throw new SipError('not-connected', {subject: this.url});
    await new Promise<void>((resolve, reject) => this.#waiting.push({message, resolve, reject}));
  }

  async #first(signal: AbortSignal): Promise<void> {
    try {
      await this.#round(signal);
    } catch (error) {
      const failure = toSipError(error, this.url);
      if (!signal.aborted) this.#change('disconnected', failure);
      throw failure;
    } finally {
      this.#pending = undefined;
    }
  }

  /** Tries each server once. @throws {SipError} the failure of the first server */
  async #round(signal: AbortSignal): Promise<void> {
    const {urls, log} = this.#options;
    const first = this.#used;
    let failure: unknown;
    for (let turn = 0; turn < urls.length; turn++) {
      this.#used = (first + turn) % urls.length;
      try {
        await this.#open(signal);
        return;
      } catch (error) {
        // Another connect() may have started meanwhile.
        if (signal.aborted) throw error;
        failure ??= error;
        log('warning', `${this.url}: ${toSipError(error).code}`);
      }
    }
    this.#used = first;
    throw failure;
  }

  async #open(signal: AbortSignal): Promise<void> {
    const {createTransport, log} = this.#options;
    const {url} = this;
    const transport = (this.#transport = createTransport(url));
    log('info', `connecting to ${url}`);
    await transport.connect();
    if (signal.aborted) {
      void transport.disconnect();
      throw new SipError('aborted', {subject: url});
    }
    const keepAlive = (this.#keepAlive = new KeepAlive(
      transport,
      this.#options.keepAlive,
      () => this.#options.ask(),
      () => this.#lost(new SipError('connection-lost')),
    ));
    transport.onmessage = (text) => {
      if (keepAlive.hear(text)) return;
      log('debug', `received\n${text}`);
      this.#options.onMessage(text);
    };
    transport.onstatechange = (state) => {
      if (state === 'closed') this.#lost(new SipError('connection-lost'));
    };
    log('info', `connected to ${url}`);
    this.#change('connected');
    this.#flush();
  }

  #lost(error: SipError): void {
    if (this.#state !== 'connected') return;
    this.#detach(error);
    this.#options.log('warning', 'the connection was lost');
    this.#change('reconnecting', error);
    // A listener may have disconnected.
    if (this.#ending.signal.aborted) return;
    this.#pending = this.#again(this.#ending.signal);
    this.#pending.catch(() => {});
  }

  async #again(signal: AbortSignal): Promise<void> {
    const since = Date.now();
    let last: unknown;
    try {
      for (let attempt = 0; !signal.aborted; attempt++) {
        const delay = this.#options.policy.nextDelay(attempt, Date.now() - since);
        if (delay === undefined) break;
        await this.#pause.wait(delay);
        if (signal.aborted) break;
        try {
          return await this.#round(signal);
        } catch (error) {
          last = error;
        }
      }
    } finally {
      this.#pending = undefined;
    }
    const failure = signal.aborted
      ? new SipError('aborted', {subject: this.url})
      : toSipError(last ?? new SipError('server-unreachable', {subject: this.url}));
    this.#giveUpWaiting(failure);
    if (!signal.aborted) this.#change('disconnected', failure);
    throw failure;
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const {message, resolve, reject} of waiting) this.send(message).then(resolve, reject);
  }

  #giveUpWaiting(error: SipError): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const {reject} of waiting) reject(error);
  }

  #detach(error?: SipError): void {
    this.#keepAlive?.stop();
    this.#keepAlive = undefined;
    const transport = this.#transport;
    this.#transport = undefined;
    if (!transport) return;
    transport.onmessage = transport.onstatechange = undefined;
    void transport.disconnect(error);
  }

  #change(state: ConnectionState, error?: SipError): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState(state, error);
  }
}
