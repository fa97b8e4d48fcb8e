import type {SipTransport} from './transport.js';

const PING = '\r\n\r\n';
const PONG = '\r\n';

/** Times of the keep-alive, in milliseconds. */
export interface KeepAliveTimes {
  /** Between pings. */
  readonly interval: number;
  /** How long it waits for a pong, for a message after a probe, and for one after a request until it probes. */
  readonly patience: number;
}

/** Times of RFC 5626 §3.5.1, somewhat shorter than the minute after which proxies drop an idle socket. */
export const KEEP_ALIVE_TIMES: KeepAliveTimes = Object.freeze({interval: 30_000, patience: 10_000});

/** Requests that every server answers, at once or with a 100. */
const ANSWERED = /^(?:REGISTER|INVITE) /;

/** Callbacks of a keep-alive to its connection. */
export interface KeepAliveDelegate {
  /** Sends a request that any server answers, to probe one that answers no pings. */
  ask(): void;
  /** A probe has had no answer for a while. */
  onSilence(): void;
  /** Called once when the server is no longer heard. */
  onDead(): void;
}

/** The part of the patience after which a silent server gets a rival. */
const RIVAL_SHARE = 0.2;

/**
 * Finds out whether the server still hears us. Sends a double CRLF and expects a single one (RFC 5626 §3.5.1), and
 * answers the server's pings. Probes on request, and if nothing at all follows a REGISTER or an INVITE.
 *
 * A missing pong counts only if the server has sent one before: not every server answers pings. Otherwise a REGISTER
 * finds out about a dead connection.
 */
export class KeepAlive {
  readonly #transport: SipTransport;
  readonly #times: KeepAliveTimes;
  readonly #delegate: KeepAliveDelegate;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  /** Probes unless a message arrives first. */
  #doubt: ReturnType<typeof setTimeout> | undefined;
  #answersPings = false;
  #onAlive: (() => void) | undefined;

  constructor(transport: SipTransport, times: KeepAliveTimes, delegate: KeepAliveDelegate) {
    this.#transport = transport;
    this.#times = times;
    this.#delegate = delegate;
    this.every(times.interval);
    this.#send(PING);
  }

  /** Pings at least this often, in milliseconds. */
  every(interval: number): void {
    clearInterval(this.#ticking);
    this.#ticking = setInterval(() => this.#tick(), Math.min(interval, this.#times.interval));
  }

  /** Handles an arriving text; returns true if it was a keep-alive rather than a message. */
  hear(text: string): boolean {
    this.#clear();
    const onAlive = this.#onAlive;
    this.#onAlive = undefined;
    onAlive?.();
    if (text.trim() !== '') return false;
    if (text === PING) this.#send(PONG);
    else this.#answersPings = true;
    return true;
  }

  /** Notes a sent message; if it needs an answer and nothing arrives, probes. */
  sent(message: string): void {
    if (this.#deadline || !ANSWERED.test(message)) return;
    this.#doubt ??= setTimeout(() => this.probe(), this.#times.patience);
  }

  /** Probes the server: any message within the patience proves the connection, which `onAlive` reports. */
  probe(onAlive?: () => void): void {
    if (onAlive) this.#onAlive = onAlive;
    this.#expect();
    this.#send(PING);
    if (!this.#answersPings) this.#delegate.ask();
  }

  /** Stops the keep-alive; idempotent. */
  stop(): void {
    clearInterval(this.#ticking);
    this.#onAlive = undefined;
    this.#clear();
  }

  #tick(): void {
    this.#send(PING);
    if (this.#answersPings) this.#expect();
  }

  #expect(): void {
    if (this.#deadline) return;
    const {patience} = this.#times;
    this.#silence = setTimeout(() => this.#delegate.onSilence(), patience * RIVAL_SHARE);
    this.#deadline = setTimeout(() => {
      this.stop();
      this.#delegate.onDead();
    }, patience);
  }

  /** Cancels the consequences of the server's silence. */
  #clear(): void {
    for (const timer of [this.#deadline, this.#silence, this.#doubt]) clearTimeout(timer);
    this.#deadline = this.#silence = this.#doubt = undefined;
  }

  #send(text: string): void {
    this.#transport.send(text).catch(() => {});
  }
}
