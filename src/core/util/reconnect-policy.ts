import type {SipError} from '../../errors.js';

/** Decides how long to wait before the next attempt to reconnect. */
export interface ReconnectPolicy {
  /**
   * @param attempt - 0 for the first attempt after the loss.
   * @param elapsed - Milliseconds since the connection was lost; omitted for the failures of a server that is there.
   * @returns Milliseconds to wait; undefined to give up. A longer `Retry-After` of a server takes precedence.
   */
  nextDelay(attempt: number, elapsed?: number): number | undefined;
}

/** The longest wait of a client in the first minute after it lost its server, in milliseconds. */
export const PROMPT = 4_000;

/** Options of `backoff`, in milliseconds. */
export interface BackoffOptions {
  readonly first?: number;
  readonly longest?: number;
  /** The longest wait soon after the connection was lost; `longest` by default. */
  readonly prompt?: number;
  /** The time after which it gives up; never by default. */
  readonly patience?: number;
  readonly random?: () => number;
}

/** A lost connection may take this many times as long as the longest wait of `prompt`, until waits become longer. */
const PATIENT = 15;

/**
 * Doubles the wait up to a maximum. The first attempt follows within half of `first`. With `prompt`, the maximum grows with
 * the time since the connection was lost: a server that was only restarted is noticed soon, and one that is away for long
 * is spared. Each wait is random within its upper half, so that the clients of a restarted server do not all reconnect at
 * once (RFC 5626 §4.5).
 */
export function backoff(options: BackoffOptions = {}): ReconnectPolicy {
  const {
    first = 1_000,
    longest = 30_000,
    prompt = longest,
    patience = Infinity,
    random = Math.random,
  } = options;
  return {
    nextDelay(attempt, elapsed) {
      if (elapsed !== undefined && elapsed >= patience) return undefined;
      if (attempt === 0) return (first / 2) * random();
      const most = elapsed === undefined ? longest : Math.max(prompt, elapsed / PATIENT);
      const ceiling = Math.min(longest, most, first * 2 ** (attempt - 1));
      return ceiling / 2 + (ceiling / 2) * random();
    },
  };
}

/** The delay that the server requires with its refusal, in seconds (RFC 3261 §20.33); 0 if it requires none. */
export function retryAfterOf(error: SipError): number {
  return (error.cause as {retryAfter?: number} | undefined)?.retryAfter ?? 0;
}

/** The longest wait that a server can ask for, in milliseconds. */
const LONGEST_ASKED = 3_600_000;

/**
 * Returns the wait that a server asks for by `Retry-After` (RFC 3261 §20.33), in milliseconds, and up to a quarter more:
 * the clients to which a server said the same must not all return at once.
 *
 * @param seconds - The value of the header; 0 if there is none.
 */
export function askedDelay(seconds: number, random = Math.random): number {
  return Math.min(seconds * 1_000, LONGEST_ASKED) * (1 + random() / 4);
}
