/** Locks (W3C Web Locks): the browser releases a lock when the page or worker that holds it is gone. */

/** How long a browser may take to answer for a lock that is not waited for, in milliseconds: some never do. */
const ANSWER_MS = 3_000;

/** Options of `holdLock`. */
interface LockOptions {
  /** Releases the lock. */
  readonly signal?: AbortSignal;
  /** Does not wait while another page or worker holds the lock. */
  readonly ifAvailable?: boolean;
  /** Whether others have to see the lock: one that the browser refuses does not count as held. */
  readonly isVital?: boolean;
}

/**
 * Holds a lock until the signal is aborted, or the page or worker is gone. Resolves once the lock is held; with false if
 * it is not available.
 *
 * Without locks (a page without TLS), or with a browser that does not answer, nothing is known of others, and the lock counts
 * as held.
 */
export async function holdLock(
  name: string,
  {signal, ifAvailable = false, isVital = false}: LockOptions = {},
): Promise<boolean> {
  const {locks} = navigator as {locks?: LockManager};
  if (!locks) return !isVital;
  return new Promise((resolve) => {
    if (ifAvailable) setTimeout(resolve, ANSWER_MS, !isVital);
    const hold = async (lock: Lock | null): Promise<void> => {
      resolve(lock !== null);
      if (lock && !signal?.aborted)
        await new Promise((done) => signal?.addEventListener('abort', done, {once: true}));
    };
    // A frame with `sandbox`, and a browser without storage, has locks and refuses each.
    locks.request(name, {ifAvailable}, hold).catch(() => resolve(!isVital));
  });
}

/**
 * Runs a task while this page holds the lock. Resolves with its result; with undefined, if `ifAvailable`, while another page
 * or worker holds the lock.
 */
export async function withLock<T>(
  name: string,
  task: () => Promise<T>,
  {ifAvailable = false}: {readonly ifAvailable?: boolean} = {},
): Promise<T | undefined> {
  return navigator.locks.request(name, {ifAvailable}, async (lock) => (lock ? task() : undefined));
}

/** Calls the listener once nobody holds the lock any more, unless the signal is aborted first: its holder is gone. */
export function whenReleased(name: string, signal: AbortSignal, listener: () => void): void {
  navigator.locks.request(name, {signal}, listener).catch(() => {});
}
