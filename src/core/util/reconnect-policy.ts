/** Decides how long to wait before the next attempt to reconnect. */
export interface ReconnectPolicy {
  /**
   * @param attempt - 0 for the first attempt after the loss.
   * @param elapsed - Milliseconds since the loss.
   * @returns Milliseconds to wait; undefined to give up. A longer `Retry-After` of a server takes precedence.
   */
  nextDelay(attempt: number, elapsed: number): number | undefined;
}

/** Options of `backoff`, in milliseconds. */
export interface BackoffOptions {
  readonly first?: number;
  readonly longest?: number;
  /** The time after which it gives up; never by default. */
  readonly patience?: number;
  readonly random?: () => number;
}

/**
 * Doubles the wait up to a maximum. Each wait is random within its upper half, so that the clients of a restarted
 * server do not all reconnect at once (RFC 5626 §4.5). The first attempt follows within half of `first`.
 */
export function backoff(options: BackoffOptions = {}): ReconnectPolicy {
  const {first = 1_000, longest = 30_000, patience = Infinity, random = Math.random} = options;
  return {
    nextDelay(attempt, elapsed) {
      if (elapsed >= patience) return undefined;
      if (attempt === 0) return (first / 2) * random();
      const ceiling = Math.min(longest, first * 2 ** (attempt - 1));
      return ceiling / 2 + (ceiling / 2) * random();
    },
  };
}
