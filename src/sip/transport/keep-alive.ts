import type {SipTransport} from './transport.js';

const PING = '\r\n\r\n';
const PONG = '\r\n';

/** Waiting times of the keep-alive, in milliseconds. */
export interface KeepAliveTimes {
  /** Between pings. */
  readonly interval: number;
  /** For the pong, for a sign of life after a probe, and for one after a request, until it probes. */
  readonly patience: number;
}

/** The times of RFC 5626 §3.5.1, somewhat shorter than the minute after which proxies drop an idle socket. */
export const KEEP_ALIVE_TIMES: KeepAliveTimes = Object.freeze({interval: 30_000, patience: 10_000});

/** Requests that every server answers, at once or by a 100. */
const ANSWERED = /^(?:REGISTER|INVITE) /;

/**
 * Finds out whether the server still hears us: sends a double CRLF and expects a single one (RFC 5626 §3.5.1), answers
 * the server's own, and probes when nothing at all follows a REGISTER or an INVITE, and when the device may have slept or
 * changed its network.
 *
 * A missing pong counts only if the server has sent one before: not every server answers pings. A connection may be dead
 * before that: then the REGISTER finds out.
 */
export class KeepAlive {
  readonly #transport: SipTransport;
  readonly #times: KeepAliveTimes;
  readonly #onDead: () => void;
  readonly #ask: () => void;
  readonly #ending = new AbortController();
  #ticking: ReturnType<typeof setInterval> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  /** Probes unless something is heard before. */
  #doubt: ReturnType<typeof setTimeout> | undefined;
  #answersPings = false;
  #lastTick = Date.now();

  /**
   * @param ask - Sends a request that any server answers, for a probe of one that answers no pings.
   * @param onDead - Told once that nothing is heard any more.
   */
  constructor(transport: SipTransport, times: KeepAliveTimes, ask: () => void, onDead: () => void) {
    this.#transport = transport;
    this.#times = times;
    this.#ask = ask;
    this.#onDead = onDead;
    this.#ticking = setInterval(() => this.#tick(), times.interval);
    this.#send(PING);
    const {signal} = this.#ending;
    const probe = (): void => this.probe();
    window.addEventListener('online', probe, {signal});
    window.addEventListener('pageshow', probe, {signal});
    document.addEventListener(
      'visibilitychange',
      () => {
        if (document.visibilityState === 'visible') probe();
      },
      {signal},
    );
  }

  /** Takes what arrives; true where it was a keep-alive and no message. */
  hear(text: string): boolean {
    clearTimeout(this.#deadline);
    clearTimeout(this.#doubt);
    this.#deadline = this.#doubt = undefined;
    if (text.trim() !== '') return false;
    if (text === PING) this.#send(PONG);
    else this.#answersPings = true;
    return true;
  }

  /** Takes note of what is sent: if nothing follows what every server answers, it probes. */
  sent(message: string): void {
    if (this.#deadline || !ANSWERED.test(message)) return;
    this.#doubt ??= setTimeout(() => this.probe(), this.#times.patience);
  }

  /** Asks for a sign of life: whatever arrives within the patience will do. */
  probe(): void {
    this.#expect();
    this.#send(PING);
    if (!this.#answersPings) this.#ask();
  }

  /** Stops it; idempotent. */
  stop(): void {
    clearInterval(this.#ticking);
    clearTimeout(this.#deadline);
    clearTimeout(this.#doubt);
    this.#ending.abort();
  }

  #tick(): void {
    const late = Date.now() - this.#lastTick > 2 * this.#times.interval;
    this.#lastTick = Date.now();
    // A tick that comes late was slept through.
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
