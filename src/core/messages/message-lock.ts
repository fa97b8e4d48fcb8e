/** The time after which an unsent message counts as abandoned if the browser has no locks, in milliseconds. */
const ABANDONED = 120_000;

/** The name of a message's lock (Web Locks), which the browser releases when the page that holds it is closed. */
const nameOf = (id: string): string => `sip-elements:message:${id}`;

/** Signals to other tabs that this page is sending a message. */
export interface MessageLock {
  /** Resolves when they can see it. */
  readonly held: Promise<void>;
  /** Releases the lock; called once the message's result is stored. */
  release(): void;
}

/** Holds the lock of a message. In a browser without locks, as on a page without TLS, it signals nothing. */
export function lockMessage(id: string): MessageLock {
  let release!: () => void;
  const over = new Promise<void>((resolve) => (release = resolve));
  const held = new Promise<void>((resolve) => {
    const hold = async (): Promise<void> => {
      resolve();
      await over;
    };
    request(id, hold).catch(() => resolve());
  });
  return {held, release};
}

/**
 * Runs a task once no page holds the lock of a message; no other page runs it at the same time.
 *
 * @param since - When the message was written, in milliseconds since the epoch.
 */
export async function whenUnlocked(id: string, since: number, task: () => Promise<void>): Promise<void> {
  let begun = false;
  const run = (): Promise<void> => {
    begun = true;
    return task();
  };
  try {
    await request(id, run);
  } catch (error) {
    if (begun) throw error;
    await new Promise((resolve) => setTimeout(resolve, since + ABANDONED - Date.now()));
    await task();
  }
}

/** Rejects if the browser has no locks, or grants none. */
async function request(id: string, task: () => Promise<void>): Promise<void> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) throw new DOMException('There are no locks.', 'NotSupportedError');
  await locks.request(nameOf(id), task);
}
