/** Options of `holdLock`. */
interface LockWish {
  /** Releases the lock. */
  readonly signal?: AbortSignal;
  /** Does not wait while another page or worker holds the lock. */
  readonly ifAvailable?: boolean;
}

/**
 * Holds a lock until the signal is aborted, or the page or worker is gone. Resolves once the lock is held; with false if
 * it is not available.
 *
 * Without locks (a page without TLS, a frame with `sandbox`) nothing is known of others, and the lock counts as held.
 */
export async function holdLock(name: string, {signal, ifAvailable = false}: LockWish = {}): Promise<boolean> {
  const {locks} = navigator as {locks?: LockManager};
  if (!locks) return true;
  return new Promise((resolve) => {
    const hold = async (lock: Lock | null): Promise<void> => {
      resolve(lock !== null);
      if (lock && !signal?.aborted)
        await new Promise((done) => signal?.addEventListener('abort', done, {once: true}));
    };
    locks.request(name, {ifAvailable}, hold).catch(() => resolve(true));
  });
}

/** Calls the listener once nobody holds the lock any more, unless the signal is aborted first: its holder is gone. */
export function whenReleased(name: string, signal: AbortSignal, listener: () => void): void {
  navigator.locks.request(name, {signal}, listener).catch(() => {});
}
