import type {Session} from 'sip.js';
import type {IncomingInviteRequest, IncomingRequestMessage} from 'sip.js/lib/core/index.js';
import type {Headers} from '../headers/identity.js';

/** What a dialog does for its timer. */
export interface SessionTimerOptions {
  /** Makes an offer, which refreshes the session. */
  refresh(): void;
  /** Nothing was heard in time: the session is over. */
  expire(): void;
}

/** What this side asks for, in seconds: the interval that RFC 4028 §4 recommends, and the least that §5 allows. */
const INTERVAL = 1_800;
const LEAST = 90;

/** How long a request may take (64 × T1 of RFC 3261 §17), in milliseconds. */
const REQUEST = 32_000;

/** What a browser's timers can wait for, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** How often a server may ask for a longer interval. */
const PATIENCE = 5;

/** The headers of a first INVITE. */
export const FIRST_OFFER: readonly string[] = offered(INTERVAL, LEAST);

/**
 * Finds out that the other side is gone (RFC 4028): one of the two refreshes the session at half its interval by a
 * re-INVITE, and where none is taken the session is over a third of the interval, 32 seconds at most, before its end.
 *
 * Any re-INVITE that is accepted refreshes it, whoever sent it, and says anew how long it lasts, and who refreshes.
 */
export class SessionTimer {
  readonly #with: SessionTimerOptions;
  #interval = INTERVAL;
  #least = LEAST;
  /** Nobody has said yet whether the session has an interval. */
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

  constructor(using: SessionTimerOptions) {
    this.#with = using;
  }

  /** Whether the session is to be refreshed by this side now. */
  get due(): boolean {
    return this.#due;
  }

  /** The headers of an INVITE of this side's. */
  get headers(): readonly string[] {
    if (this.#active) return offered(this.#interval, this.#least, this.#refreshes ? 'uac' : 'uas');
    return this.#open ? offered(this.#interval, this.#least) : [];
  }

  /** Takes a 2xx to an INVITE of this side's (§7.2). */
  accepted(response: Headers): void {
    const {interval, refresher} = read(response);
    this.#begin(interval, refresher !== 'uas');
  }

  /** Takes a 422 to an INVITE of this side's (§7.3); whether it is worth another one. */
  raise(response: Headers): boolean {
    const least = Number(first(response, 'min-se')?.split(';')[0]);
    if (!(least > this.#interval) || this.#raises++ >= PATIENCE) return false;
    this.#interval = this.#least = least;
    return true;
  }

  /** Takes an INVITE of the other side's that is accepted at this moment; the headers of its 2xx (§9). */
  answered(request: Headers): readonly string[] {
    const {interval, refresher} = read(request);
    const supported = [...request.getHeaders('supported'), ...request.getHeaders('k')].join();
    const able = /(^|[\s,])timer([\s,]|$)/i.test(supported);
    // Where it does not know timers, a proxy has asked.
    const chosen = able ? (refresher ?? 'uac') : 'uas';
    this.#begin(interval, chosen === 'uas');
    if (!interval) return [];
    return [`Session-Expires: ${interval};refresher=${chosen}`, ...(able ? ['Require: timer'] : [])];
  }

  /** The connection is lost: nothing can be said or heard until `resume`. */
  suspend(): void {
    this.#suspended = true;
  }

  /** The connection is back, and an offer is under way: the session is not over before that has had its time. */
  resume(): void {
    this.#suspended = false;
    if (this.#expired && !this.#stopped) this.#endIn(REQUEST);
  }

  /** Ends it; idempotent. */
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
    const length = Math.min(interval * 1_000, LONGEST);
    const end = length - Math.min(REQUEST, length / 3);
    if (refreshes) this.#refreshIn(length / 2, end);
    this.#endIn(end);
  }

  /** Refreshes, and once more at half of what is left where that came to nothing and there is time for it. */
  #refreshIn(delay: number, left: number): void {
    this.#refreshing = setTimeout(() => {
      const next = (left - delay) / 2;
      if (next > REQUEST) this.#refreshIn(next, left - delay);
      this.#due = true;
      // Otherwise `resume` is followed by an offer.
      if (!this.#suspended) this.#with.refresh();
    }, delay);
  }

  #endIn(delay: number): void {
    this.#ending = setTimeout(() => {
      this.#expired = true;
      if (!this.#suspended) this.#with.expire();
    }, delay);
  }

  #clear(): void {
    clearTimeout(this.#refreshing);
    clearTimeout(this.#ending);
  }
}

/** Adds headers to the 2xx of each re-INVITE that the session takes, for which sip.js has no place. */
export function addToAnswers(
  session: Session,
  headers: (request: IncomingRequestMessage) => readonly string[],
): void {
  const {dialog} = session;
  const delegate = dialog?.delegate;
  if (!dialog || !delegate) return;
  const added = (request: IncomingInviteRequest): IncomingInviteRequest => {
    const accept: IncomingInviteRequest['accept'] = (options = {statusCode: 200}) =>
      request.accept({
        ...options,
        extraHeaders: [...(options.extraHeaders ?? []), ...headers(request.message)],
      });
    return Object.create(request, {accept: {value: accept}}) as IncomingInviteRequest;
  };
  dialog.delegate = {...delegate, onInvite: (request) => delegate.onInvite?.(added(request))};
}

function offered(interval: number, least: number, refresher?: 'uac' | 'uas'): string[] {
  const expires = `Session-Expires: ${interval}${refresher ? `;refresher=${refresher}` : ''}`;
  // The other side may have chosen less than this side would.
  return least <= interval ? [expires, `Min-SE: ${least}`] : [expires];
}

/** Seconds, 0 where there is no interval; and who refreshes: the side that sent the request or the other one. */
function read(message: Headers): {interval: number; refresher: string | undefined} {
  const value = first(message, 'session-expires') ?? first(message, 'x') ?? '';
  return {
    interval: Number(/^\s*(\d{1,10})\s*(?:;|$)/.exec(value)?.[1] ?? 0),
    refresher: /;\s*refresher\s*=\s*(uac|uas)\b/i.exec(value)?.[1]?.toLowerCase(),
  };
}

function first(message: Headers, name: string): string | undefined {
  return message.getHeaders(name)[0];
}
