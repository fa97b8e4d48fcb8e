import {LONGEST_DELAY_MS} from '../../core/util/longest-delay.js';
import {sipDurations} from '../../durations/sip.js';
import {namesTag} from '../headers/header-values.js';
import type {Headers} from '../headers/identity.js';

/** The interval and minimum of this side, in seconds: as RFC 4028 §4 recommends, and the smallest that §5 allows. */
const SESSION_EXPIRES_S = 1_800;
const MIN_SE_S = 90;

/** How often servers may require a longer interval. */
const MOST_RAISES = 5;

/** The headers of a first INVITE. */
export const FIRST_OFFER: readonly string[] = offered(SESSION_EXPIRES_S, MIN_SE_S);

/**
 * Detects that the other side is gone (RFC 4028). One side refreshes the session by a re-INVITE at half its interval.
 * If no refresh is accepted, the session is over a third of the interval, at most 32 seconds, before its end.
 *
 * Any accepted re-INVITE from either side refreshes the session, and sets its interval and refresher again.
 */
export class SessionTimer {
  readonly #refresh: () => void;
  readonly #expire: () => void;
  #interval = SESSION_EXPIRES_S;
  #least = MIN_SE_S;
  /** Whether it is still unknown if the session has an interval. */
  #open = true;
  #active = false;
  #refreshes = false;
  #due = false;
  #suspended = false;
  #expired = false;
  #stopped = false;
  #raises = 0;
  #refreshing: ReturnType<typeof setTimeout> | undefined;
  #ending: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param refresh - Makes an offer, which refreshes the session.
   * @param expire - Called when the session was not refreshed in time and is over.
   */
  constructor(refresh: () => void, expire: () => void) {
    this.#refresh = refresh;
    this.#expire = expire;
  }

  /** Whether this side has to refresh the session now. */
  get due(): boolean {
    return this.#due;
  }

  /** The headers of this side's next INVITE. */
  get headers(): readonly string[] {
    if (this.#active) return offered(this.#interval, this.#least, this.#refreshes ? 'uac' : 'uas');
    return this.#open ? offered(this.#interval, this.#least) : [];
  }

  /** Handles a 2xx to this side's INVITE (§7.2). */
  accepted(response: Headers): void {
    const {interval, refresher} = read(response);
    this.#begin(interval, refresher !== 'uas');
  }

  /** Handles a 422 to this side's INVITE (§7.3); returns whether to send another. */
  raise(response: Headers): boolean {
    const least = Number(first(response, 'min-se')?.split(';')[0]);
    if (!(least > this.#interval) || this.#raises++ >= MOST_RAISES) return false;
    this.#interval = this.#least = least;
    return true;
  }

  /** Handles the other side's INVITE as it is accepted; returns the headers of its 2xx (§9). */
  answered(request: Headers): readonly string[] {
    const {interval, refresher} = read(request);
    const able = namesTag(request.getHeaders('supported'), 'timer');
    // If the other side does not support timers, a proxy has requested them.
    const chosen = able ? (refresher ?? 'uac') : 'uas';
    this.#begin(interval, chosen === 'uas');
    if (!interval) return [];
    return [`Session-Expires: ${interval};refresher=${chosen}`, ...(able ? ['Require: timer'] : [])];
  }

  /** Handles the loss of the connection: the session cannot expire until `resume`. */
  suspend(): void {
    this.#suspended = true;
  }

  /**
   * Handles the return of the connection: the session does not expire before the pending offer has had its time. From that
   * offer on this side refreshes it: a server such as FreeSWITCH goes on sending requests to the lost connection.
   */
  resume(): void {
    this.#suspended = false;
    this.#refreshes = true;
    if (this.#expired && !this.#stopped) this.#endIn(sipDurations.transaction);
  }

  /** Stops the timer; idempotent. */
  stop(): void {
    this.#stopped = true;
    this.#clear();
  }

  #begin(interval: number, refreshes: boolean): void {
    this.#clear();
    this.#open = this.#due = this.#expired = false;
    this.#active = interval > 0 && !this.#stopped;
    if (!this.#active) return;
    this.#interval = interval;
    this.#refreshes = refreshes;
    const length = Math.min(Math.max(interval * 1_000, sipDurations.sessionInterval), LONGEST_DELAY_MS);
    const end = length - Math.min(sipDurations.transaction, length / 3);
    if (refreshes) this.#refreshIn(length / 2, end);
    this.#endIn(end);
  }

  /** Refreshes the session; retries at half of the remaining time if the refresh fails and time allows. */
  #refreshIn(delay: number, left: number): void {
    this.#refreshing = setTimeout(() => {
      const next = (left - delay) / 2;
      if (next > sipDurations.transaction) this.#refreshIn(next, left - delay);
      this.#due = true;
      // While suspended, the offer after `resume` refreshes the session.
      if (!this.#suspended) this.#refresh();
    }, delay);
  }

  #endIn(delay: number): void {
    this.#ending = setTimeout(() => {
      this.#expired = true;
      if (!this.#suspended) this.#expire();
    }, delay);
  }

  #clear(): void {
    clearTimeout(this.#refreshing);
    clearTimeout(this.#ending);
  }
}

function offered(interval: number, least: number, refresher?: 'uac' | 'uas'): string[] {
  const expires = `Session-Expires: ${interval}${refresher ? `;refresher=${refresher}` : ''}`;
  // The other side may have chosen less than this side's minimum.
  return least <= interval ? [expires, `Min-SE: ${least}`] : [expires];
}

/**
 * Reads the interval in seconds, 0 if there is none, and the refresher: the sender of the request (`uac`) or its
 * receiver.
 */
function read(message: Headers): {interval: number; refresher: string | undefined} {
  const value = first(message, 'session-expires') ?? '';
  return {
    interval: Number(/^\s*(\d{1,10})\s*(?:;|$)/.exec(value)?.[1] ?? 0),
    refresher: /;\s*refresher\s*=\s*(uac|uas)\b/i.exec(value)?.[1]?.toLowerCase(),
  };
}

function first(message: Headers, name: string): string | undefined {
  return message.getHeaders(name)[0];
}
