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
  const {lock, hold, show} = newLock();
  request(id, {}, hold).catch(show);
  return lock;
}

/** Takes the lock of a message that another page has left; undefined if a page holds it, or there are no locks. */
export async function takeMessage(id: string): Promise<MessageLock | undefined> {
  return new Promise((resolve) => {
    const {lock, hold} = newLock();
    const task = async (granted: Lock | null): Promise<void> => {
      if (!granted) return resolve(undefined);
      resolve(lock);
      await hold();
    };
    request(id, {ifAvailable: true}, task).catch(() => resolve(undefined));
  });
}

/**
 * Runs a task once no page holds the lock of a message; no other page runs it at the same time.
 *
 * @param since - When the message was written, in milliseconds since the epoch.
 * @param task - Gets the lock, which is held until the task releases it; undefined if the browser has no locks.
 */
export async function whenUnlocked(
  id: string,
  since: number,
  task: (lock?: MessageLock) => Promise<void>,
): Promise<void> {
  let begun = false;
  const run = async (): Promise<void> => {
    begun = true;
    const {lock, hold} = newLock();
    const held = hold();
    await task(lock);
    await held;
  };
  try {
    await request(id, {}, run);
  } catch (error) {
    if (begun) throw error;
    await new Promise((resolve) => setTimeout(resolve, since + ABANDONED - Date.now()));
    await task();
  }
}

/**
 * Creates a lock that is not held yet. The browser holds it while it runs `hold`, which ends on `release`. `show` resolves
 * `held` in a browser without locks.
 */
function newLock(): {
  readonly lock: MessageLock;
  readonly hold: () => Promise<void>;
  readonly show: () => void;
} {
  let [release, show] = [(): void => {}, (): void => {}];
  const over = new Promise<void>((resolve) => (release = resolve));
  const held = new Promise<void>((resolve) => (show = resolve));
  const hold = async (): Promise<void> => {
    show();
    await over;
  };
  return {lock: {held, release}, hold, show};
}

/** Rejects if the browser has no locks, or grants none. */
async function request(
  id: string,
  options: LockOptions,
  task: (granted: Lock | null) => Promise<void>,
): Promise<void> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) throw new DOMException('There are no locks.', 'NotSupportedError');
  await locks.request(nameOf(id), options, task);
}
