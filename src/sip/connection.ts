import type {ConnectionState} from '../core/types.js';
import {SipError, toSipError} from '../errors.js';
import {AttemptPause} from '../core/attempt-pause.js';
import {KeepAlive, type KeepAliveTimes} from './keep-alive.js';
import type {Log} from './log.js';
import type {ReconnectPolicy} from '../core/reconnect-policy.js';
import type {SipTransport, TransportFactory} from './transport.js';

/** What a connection needs to know. */
export interface ConnectionOptions {
  readonly url: string;
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

/**
 * The way to the server, over one transport after another: what is above it outlives the loss of a transport.
 *
 * ```
 * disconnected ── connect() ──► connecting ──► connected ◄──► reconnecting
 *       ▲                           │              │                │
 *       └───────── failed, disconnect() ───────────┴── given up ────┘
 * ```
 * Messages sent while it reconnects wait, so that a BYE or an answer reaches the server after all.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  #state: ConnectionState = 'disconnected';
  #transport: SipTransport | undefined;
  #keepAlive: KeepAlive | undefined;
  #ending = new AbortController();
  readonly #pause = new AttemptPause();
  /** Settles with the attempt or the attempts that are under way. */
  #pending: Promise<void> | undefined;
  #waiting: Waiting[] = [];

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Resolves when it stands, at once where it does; while it reconnects, tries at once. */
  async connect(): Promise<void> {
    if (this.#state === 'connected') return;
    if (this.#state === 'disconnected') {
      this.#ending = new AbortController();
      this.#change('connecting');
      this.#pending = this.#first(this.#ending.signal);
    }
    this.#pause.end();
    await this.#pending;
  }

  /** Closes it, gives up what waits; idempotent, never rejects. */
  async disconnect(): Promise<void> {
    const transport = this.#transport;
    this.#ending.abort();
    this.#pause.end();
    this.#detach();
    this.#giveUpWaiting(new SipError('aborted', {subject: this.#options.url}));
    this.#change('disconnected');
    await transport?.disconnect();
  }

  /** Resolves when the message is on its way. Rejects with `not-connected` or `aborted`. */
  async send(message: string): Promise<void> {
    if (this.#state === 'connected') {
      try {
        this.#options.log('debug', `sent\n${message}`);
        return await this.#transport!.send(message);
      } catch (error) {
        this.#lost(toSipError(error));
      }
    }
    // The state may just have changed under the send.
    if (this.#state !== 'reconnecting') throw new SipError('not-connected', {subject: this.#options.url});
    await new Promise<void>((resolve, reject) => this.#waiting.push({message, resolve, reject}));
  }

  async #first(signal: AbortSignal): Promise<void> {
    try {
      await this.#open(signal);
    } catch (error) {
      const failure = toSipError(error, this.#options.url);
      if (!signal.aborted) this.#change('disconnected', failure);
      throw failure;
    } finally {
      this.#pending = undefined;
    }
  }

  async #open(signal: AbortSignal): Promise<void> {
    const {url, createTransport, log} = this.#options;
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
    this.#change('connected');
    this.#flush();
  }

  #lost(error: SipError): void {
    if (this.#state !== 'connected') return;
    this.#detach();
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
          return await this.#open(signal);
        } catch (error) {
          last = error;
        }
      }
    } finally {
      this.#pending = undefined;
    }
    const failure = signal.aborted
      ? new SipError('aborted', {subject: this.#options.url})
      : toSipError(last ?? new SipError('server-unreachable', {subject: this.#options.url}));
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

  #detach(): void {
    this.#keepAlive?.stop();
    this.#keepAlive = undefined;
    const transport = this.#transport;
    this.#transport = undefined;
    if (!transport) return;
    transport.onmessage = transport.onstatechange = undefined;
    void transport.disconnect();
  }

  #change(state: ConnectionState, error?: SipError): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState(state, error);
  }
}
