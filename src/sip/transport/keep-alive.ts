import {whenBack} from '../../core/util/when-back.js';
import type {SipTransport} from './transport.js';

const PING = '\r\n\r\n';
const PONG = '\r\n';

/** Times of the keep-alive, in milliseconds. */
export interface KeepAliveTimes {
  /** Between pings. */
  readonly interval: number;
  /** For the pong, for any message after a probe, and for any message after a request before it probes. */
  readonly patience: number;
}

/** Times of RFC 5626 §3.5.1, somewhat shorter than the minute after which proxies drop an idle socket. */
export const KEEP_ALIVE_TIMES: KeepAliveTimes = Object.freeze({interval: 30_000, patience: 10_000});

/** Requests that every server answers, at once or with a 100. */
const ANSWERED = /^(?:REGISTER|INVITE) /;

/**
 * Finds out whether the server still hears us. Sends a double CRLF and expects a single one (RFC 5626 §3.5.1), and
 * answers the server's pings. Probes if nothing at all follows a REGISTER or an INVITE, or if the device may have slept
 * or changed its network.
 *
 * A missing pong counts only if the server has sent one before: not every server answers pings. Otherwise a REGISTER
 * finds out about a dead connection.
 */
export class KeepAlive {
  readonly #transport: SipTransport;
  readonly #times: KeepAliveTimes;
  readonly #onDead: () => void;
  readonly #ask: () => void;
  readonly #ending = new AbortController();
  #ticking: ReturnType<typeof setInterval> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  /** Probes unless a message arrives first. */
  #doubt: ReturnType<typeof setTimeout> | undefined;
  #answersPings = false;
  #lastTick = Date.now();

  /**
   * @param ask - Sends a request that any server answers, to probe one that answers no pings.
   * @param onDead - Called once when the server is no longer heard.
   */
  constructor(transport: SipTransport, times: KeepAliveTimes, ask: () => void, onDead: () => void) {
    this.#transport = transport;
    this.#times = times;
    this.#ask = ask;
    this.#onDead = onDead;
    this.#ticking = setInterval(() => this.#tick(), times.interval);
    this.#send(PING);
    whenBack(() => this.probe(), this.#ending.signal);
  }

  /** Handles an arriving text; returns true if it was a keep-alive rather than a message. */
  hear(text: string): boolean {
    clearTimeout(this.#deadline);
    clearTimeout(this.#doubt);
    this.#deadline = this.#doubt = undefined;
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

  /** Probes the server: any message within the patience proves the connection. */
  probe(): void {
    this.#expect();
    this.#send(PING);
    if (!this.#answersPings) this.#ask();
  }

  /** Stops the keep-alive; idempotent. */
  stop(): void {
    clearInterval(this.#ticking);
    clearTimeout(this.#deadline);
    clearTimeout(this.#doubt);
    this.#ending.abort();
  }

  #tick(): void {
    const late = Date.now() - this.#lastTick > 2 * this.#times.interval;
    this.#lastTick = Date.now();
    // A late tick means that the device slept.
    if (late) return this.probe();
    this.#send(PING);
    if (this.#answersPings) this.#expect();
  }

  #expect(): void {
    this.#deadline ??= setTimeout(() => {
      this.stop();
      this.#onDead();
    }, this.#times.patience);
  }

  #send(text: string): void {
    this.#transport.send(text).catch(() => {});
  }
}
