/** Says how long to wait before the next attempt to reconnect. */
export interface ReconnectPolicy {
  /**
   * @param attempt - 0 for the first attempt after the loss.
   * @param elapsed - Milliseconds since the loss.
   * @returns Milliseconds to wait; undefined to give up. A server's `Retry-After` counts where it is longer.
   */
  nextDelay(attempt: number, elapsed: number): number | undefined;
}

/** What a backoff may be set to, in milliseconds. */
export interface BackoffOptions {
  readonly first?: number;
  readonly longest?: number;
  /** After this time it gives up; never by default. */
  readonly patience?: number;
  readonly random?: () => number;
}

/**
 * Doubles the wait up to a longest one. Each wait is drawn from its upper half, so that the clients of a server that
 * comes back do not return all at once (RFC 5626 §4.5). The first attempt follows at once, within half of `first`.
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
