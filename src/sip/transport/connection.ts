import type {ConnectionState} from '../../core/types.js';
import {SipError, toSipError} from '../../errors.js';
import {sipDurations} from '../../durations/sip.js';
import type {ReconnectPolicy} from '../../core/util/reconnect-policy.js';
import {stopwatch} from '../../stopwatch.js';
import {Reconnection} from '../../core/util/reconnection.js';
import {ServerReturn} from '../sharing/server-return.js';
import {KeepAlive, type KeepAliveTimes} from './keep-alive.js';
import {reach, type Reached, type ReachOptions} from './reach.js';
import type {SipTransport} from './transport.js';

/** Options of a connection. */
export interface ConnectionOptions extends ReachOptions {
  /** The servers, in the order of attempts. */
  readonly urls: readonly string[];
  readonly policy: ReconnectPolicy;
  readonly keepAlive: KeepAliveTimes;
  onState(state: ConnectionState, error?: SipError): void;
  onMessage(message: string): void;
  /** The registration has to be renewed now. */
  onRenew(): void;
  /** Sends a request that any server answers. */
  ask(): void;
  /** Whether a change of the server would disturb nothing now. */
  idle(): boolean;
  /** Whether a call is being set up: its answer is bound to this connection (RFC 3261 §18.2.2). */
  bound(): boolean;
  /** The connection has changed its server without a loss; resolves when the previous one is no longer needed. */
  onMoved(): Promise<void>;
}

/** A message that waits for the next transport. */
interface QueuedMessage {
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
 * between rounds. A silent server gets a rival: whichever of the two connections is heard first is kept. From another
 * server than the first, the connection returns when that can be reached again and nothing is disturbed by it.
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
  readonly #reconnection: Reconnection;
  /** Settles with the pending attempts. */
  #pending: Promise<void> | undefined;
  /** The pending attempt, and how long it takes so far, in milliseconds. */
  #attempt: {readonly ending: AbortController; readonly passed: () => number} | undefined;
  /** Ends the attempt to reach a server beside the silent one. */
  #rival: AbortController | undefined;
  #queued: QueuedMessage[] = [];
  /** The address of the current or last used server. */
  #url: string;
  /** Servers that asked not to be used, and until when, by the page's clock. */
  readonly #resting = new Map<string, number>();
  readonly #return = new ServerReturn();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#reconnection = new Reconnection(options.policy);
    this.#url = options.urls[0]!;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The address of the current or last used server. */
  get url(): string {
    return this.#url;
  }

  /** Resolves when connected, at once if it already is; while reconnecting, tries at once. */
  async connect(): Promise<void> {
    if (this.#state === 'connected') return;
    if (this.#state === 'disconnected') {
      this.#ending = new AbortController();
      this.#url = this.#options.urls[0]!;
      this.#return.reset();
      this.#change('connecting');
      this.#pending = this.#connectFirst(this.#ending.signal);
    }
    this.#reconnection.hurry();
    await this.#pending;
  }

  /** Whether other tabs use the same connection; undefined without one. */
  get shared(): boolean | undefined {
    return this.#state === 'connected' ? this.#transport?.shared !== undefined : undefined;
  }

  /** Closes the connection and rejects waiting messages; idempotent, never rejects. */
  async disconnect(): Promise<void> {
    const transport = this.#transport;
    this.#ending.abort();
    this.#detach();
    this.#rejectWaiting(new SipError('aborted', {subject: this.url}));
    this.#change('disconnected');
    await transport?.disconnect();
  }

  /**
   * Switches to the next server, as after a loss: the current one accepts the connection but serves nothing. Resolves
   * when connected.
   *
   * @param retryAfter - How long the server asks not to be used, in milliseconds.
   */
  async leave(error: SipError, retryAfter = 0): Promise<void> {
    if (this.#state !== 'connected') return;
    const {urls, log} = this.#options;
    log('warning', `${this.url}: ${error.code}`);
    this.#resting.set(this.url, performance.now() + retryAfter);
    this.#url = urls[(urls.indexOf(this.url) + 1) % urls.length]!;
    this.#lost(error, undefined, retryAfter);
    await this.#pending;
  }

  /**
   * Handles a sign that the connection may have broken unnoticed, or that the network may be back: probes the server, or
   * tries to reach it at once and begins the delays anew.
   *
   * @param onAlive - Called once the server has proved that the connection still works.
   */
  hint(onAlive?: () => void): void {
    this.#keepAlive?.probe(onAlive);
    if (this.#attempt && this.#attempt.passed() > sipDurations.staleAttempt) this.#attempt.ending.abort();
    this.#reconnection.restart();
  }

  /** Sends keep-alives at least this often, in milliseconds, to the current server. */
  keepAlive(interval: number): void {
    this.#keepAlive?.every(interval);
  }

  /** Announces that the page goes away, or signs out. */
  leaving(): void {
    this.#transport?.leaving?.();
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
    await new Promise<void>((resolve, reject) => this.#queued.push({message, resolve, reject}));
  }

  async #connectFirst(signal: AbortSignal): Promise<void> {
    try {
      await this.#tryServers(signal);
    } catch (error) {
      const failure = toSipError(error, this.url);
      if (!signal.aborted) this.#change('disconnected', failure);
      throw failure;
    } finally {
      this.#pending = undefined;
    }
  }

  /** Tries each server once; begins anew if a hint ends the attempt. @throws {SipError} the failure of the first server */
  async #tryServers(signal: AbortSignal): Promise<void> {
    for (;;) {
      const ending = new AbortController();
      this.#attempt = {ending, passed: stopwatch()};
      try {
        return this.#adopt(await this.#reach(this.#serversInTurn(), ending, signal));
      } catch (error) {
        if (signal.aborted || !ending.signal.aborted) throw error;
      } finally {
        this.#attempt = undefined;
      }
    }
  }

  /** @param signal - Ends the attempt as `ending` does. */
  async #reach(urls: readonly string[], ending: AbortController, signal: AbortSignal): Promise<Reached> {
    const end = (): void => ending.abort();
    signal.addEventListener('abort', end);
    try {
      return await reach(urls, this.#options, ending.signal);
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  /** The servers from the current one on, without those that rest if others do not. */
  #serversInTurn(): readonly string[] {
    const {urls} = this.#options;
    const first = urls.indexOf(this.url);
    const turn = [...urls.slice(first), ...urls.slice(0, first)];
    const ready = turn.filter((url) => !this.#isResting(url));
    return ready.length > 0 ? ready : turn;
  }

  #isResting(url: string): boolean {
    return (this.#resting.get(url) ?? 0) > performance.now();
  }

  #adopt({url, transport}: Reached): void {
    const {log} = this.#options;
    this.#url = url;
    this.#transport = transport;
    this.#watch(transport);
    transport.onmessage = (text) => {
      this.#rival?.abort();
      // The previous connection is no evidence for this one.
      if (transport === this.#transport ? this.#keepAlive!.hear(text) : text.trim() === '') return;
      log('debug', `received\n${text}`);
      this.#options.onMessage(text);
    };
    transport.onrenew = () => this.#options.onRenew();
    transport.onask = () => this.#options.idle();
    transport.onmoved = (moved) => {
      log('info', `connected to ${moved}`);
      this.#url = moved;
      this.#watch(transport);
      void this.#options.onMoved().catch(() => {});
    };
    transport.onstatechange = (state) => {
      if (state === 'closed') this.#lost(new SipError('connection-lost'));
    };
    log('info', `connected to ${url}`);
    this.#planReturn();
    this.#change('connected');
    this.#flush();
  }

  /** Checks from now on whether the server responds. */
  #watch(transport: SipTransport): void {
    this.#keepAlive?.stop();
    this.#keepAlive = new KeepAlive(transport, this.#options.keepAlive, {
      ask: () => this.#options.ask(),
      onSilence: () => void this.#challenge(transport),
      onDead: () => this.#lost(new SipError('connection-lost')),
    });
  }

  /**
   * @param next - The connection that takes its place at once.
   * @param retryAfter - How long the server asks not to be used, in milliseconds.
   */
  #lost(error: SipError, next?: Reached, retryAfter?: number): void {
    if (this.#state !== 'connected') return;
    this.#detach(error, retryAfter);
    this.#options.log('warning', 'the connection was lost');
    this.#change('reconnecting', error);
    // A listener may have disconnected.
    if (this.#ending.signal.aborted) void next?.transport.disconnect();
    else if (next) this.#adopt(next);
    else {
      // A listener may have connected, or lost the connection, again when this settles.
      const pending = this.#again(this.#ending.signal).finally(() => {
        if (this.#pending === pending) this.#pending = undefined;
      });
      this.#pending = pending;
      pending.catch(() => {});
    }
  }

  async #again(signal: AbortSignal): Promise<void> {
    const {url: subject} = this;
    try {
      await this.#reconnection.run(() => this.#tryServers(signal), {
        failure: new SipError('server-unreachable', {subject}),
        subject,
        signal,
      });
    } catch (error) {
      const failure = toSipError(error);
      this.#rejectWaiting(failure);
      if (!signal.aborted) this.#change('disconnected', failure);
      throw failure;
    }
  }

  /** Opens another connection beside a silent one, and keeps the one that is heard first. */
  async #challenge(silent: SipTransport): Promise<void> {
    if (this.#rival) return;
    if (silent.shared) return this.#options.bound() ? undefined : silent.challenge?.();
    const rival = (this.#rival = new AbortController());
    try {
      // A call stays at its server.
      const urls = this.#options.idle() ? this.#serversInTurn() : [this.url];
      const next = await this.#reach(urls, rival, this.#ending.signal);
      if (this.#transport === silent && !rival.signal.aborted && !this.#options.bound())
        this.#lost(new SipError('connection-lost'), next);
      else void next.transport.disconnect();
    } catch {
      // The silent connection is given up when its time is over.
    } finally {
      if (this.#rival === rival) this.#rival = undefined;
    }
  }

  /** Schedules the next attempt to return to a server before the current one. */
  #planReturn(): void {
    this.#return.cancel();
    const {urls} = this.#options;
    if (this.url === urls[0]) this.#return.reset();
    else if (!this.#transport?.shared) this.#return.plan(() => void this.#tryReturn(this.#transport));
  }

  async #tryReturn(from: SipTransport | undefined): Promise<void> {
    const {urls} = this.#options;
    const better = urls.slice(0, urls.indexOf(this.url)).filter((url) => !this.#isResting(url));
    const free = (): boolean =>
      this.#transport === from && this.#state === 'connected' && this.#options.idle();
    try {
      if (!free() || better.length === 0) return;
      this.#return.begin();
      const next = await reach(better, this.#options, this.#ending.signal);
      if (free()) await this.#move(next);
      else void next.transport.disconnect();
    } catch {
      // It is not back yet.
    } finally {
      if (this.#transport === from) this.#planReturn();
    }
  }

  /** Continues on another connection; the previous one still receives until everything has moved. */
  async #move(next: Reached): Promise<void> {
    const before = this.#transport!;
    before.onstatechange = undefined;
    this.#keepAlive?.stop();
    this.#adopt(next);
    await this.#options.onMoved().catch(() => {});
    before.onmessage = undefined;
    await before.disconnect();
  }

  #flush(): void {
    const waiting = this.#queued;
    this.#queued = [];
    for (const {message, resolve, reject} of waiting) this.send(message).then(resolve, reject);
  }

  #rejectWaiting(error: SipError): void {
    const waiting = this.#queued;
    this.#queued = [];
    for (const {reject} of waiting) reject(error);
  }

  #detach(error?: SipError, retryAfter?: number): void {
    this.#return.cancel();
    this.#rival?.abort();
    this.#rival = undefined;
    this.#keepAlive?.stop();
    this.#keepAlive = undefined;
    const transport = this.#transport;
    this.#transport = undefined;
    if (!transport) return;
    transport.onmessage = transport.onstatechange = transport.onmoved = transport.onask = undefined;
    void transport.disconnect(error, retryAfter);
  }

  #change(state: ConnectionState, error?: SipError): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState(state, error);
  }
}
