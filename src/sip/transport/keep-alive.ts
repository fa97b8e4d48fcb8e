import type {SipTransport} from './transport.js';

const PING = '\r\n\r\n';
const PONG = '\r\n';

/** Times of the keep-alive, in milliseconds. */
export interface KeepAliveTimes {
  /** Between pings. */
  readonly interval: number;
  /** How long it waits for a pong, for a message after a probe, and for one after a request until it probes. */
  readonly response: number;
}

/** Times of RFC 5626 §3.5.1, somewhat shorter than the minute after which proxies drop an idle socket. */
export const KEEP_ALIVE_TIMES: KeepAliveTimes = Object.freeze({interval: 30_000, response: 10_000});

/** Requests that every server answers, at once or with a 100. */
const ANSWERED = /^(?:REGISTER|INVITE) /;

/** What a keep-alive asks of its connection. */
export interface KeepAliveDelegate {
  /** Sends a request that any server answers, to probe one that answers no pings. */
  ask(): void;
  /** A probe has had no answer for a while. */
  onSilence(): void;
  /** Called once when the server is no longer heard. */
  onDead(): void;
}

/** The part of the time for a response after which a silent server gets a rival. */
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
  #pingTimer: ReturnType<typeof setInterval> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #silenceTimer: ReturnType<typeof setTimeout> | undefined;
  /** Probes unless a message arrives first. */
  #probeTimer: ReturnType<typeof setTimeout> | undefined;
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
    clearInterval(this.#pingTimer);
    this.#pingTimer = setInterval(() => this.#ping(), Math.min(interval, this.#times.interval));
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
    this.#probeTimer ??= setTimeout(() => this.probe(), this.#times.response);
  }

  /** Probes the server: any message in time proves the connection, which `onAlive` reports. */
  probe(onAlive?: () => void): void {
    if (onAlive) this.#onAlive = onAlive;
    this.#expectResponse();
    this.#send(PING);
    if (!this.#answersPings) this.#delegate.ask();
  }

  /** Stops the keep-alive; idempotent. */
  stop(): void {
    clearInterval(this.#pingTimer);
    this.#onAlive = undefined;
    this.#clear();
  }

  #ping(): void {
    this.#send(PING);
    if (this.#answersPings) this.#expectResponse();
  }

  #expectResponse(): void {
    if (this.#deadline) return;
    const {response} = this.#times;
    this.#silenceTimer = setTimeout(() => this.#delegate.onSilence(), response * RIVAL_SHARE);
    this.#deadline = setTimeout(() => {
      this.stop();
      this.#delegate.onDead();
    }, response);
  }

  /** Cancels what the server's silence would have led to. */
  #clear(): void {
    for (const timer of [this.#deadline, this.#silenceTimer, this.#probeTimer]) clearTimeout(timer);
    this.#deadline = this.#silenceTimer = this.#probeTimer = undefined;
  }

  #send(text: string): void {
    this.#transport.send(text).catch(() => {});
  }
}
