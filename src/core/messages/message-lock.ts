/** After what time nobody sends a message any more, where the browser does not tell whether its page is there, in milliseconds. */
const ABANDONED = 120_000;

/** The browser frees it when the page is gone that holds it (Web Locks). */
const nameOf = (id: string): string => `sip-elements:message:${id}`;

/** Tells other tabs that this page is about to send a message. */
export interface MessageLock {
  /** Resolves when they see it. */
  readonly held: Promise<void>;
  /** Says that what became of the message is kept. */
  release(): void;
}

/** Holds the lock of a message; a browser without locks, as on a page without TLS, tells nobody. */
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
 * Does something once no page holds the lock of a message any more; no other page does so meanwhile.
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

/** Rejects where the browser has no locks, or gives none. */
async function request(id: string, task: () => Promise<void>): Promise<void> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) throw new DOMException('There are no locks.', 'NotSupportedError');
  await locks.request(nameOf(id), task);
}
