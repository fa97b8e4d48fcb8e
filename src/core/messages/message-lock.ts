import {keptDurations} from '../../durations/kept.js';
import {holdLock} from '../../locks.js';

/** Signals to other tabs that this page is sending a message. */
export interface MessageLock {
  /** Resolves when they can see it; with false if they cannot, as without locks. */
  readonly held: Promise<boolean>;
  /** Releases the lock; called once the message's result is stored. */
  release(): void;
}

/** Holds the lock of a message. In a browser without locks, as on a page without TLS, it signals nothing. */
export function lockMessage(id: string, ifAvailable = false): MessageLock {
  const ending = new AbortController();
  const {signal} = ending;
  const held = holdLock(`sip-elements:message:${id}`, {signal, ifAvailable, isVital: true});
  return {held, release: () => ending.abort()};
}

/** Takes the lock of a message that another page has left; undefined if a page holds it, or there are no locks. */
export async function takeMessage(id: string): Promise<MessageLock | undefined> {
  const lock = lockMessage(id, true);
  return (await lock.held) ? lock : undefined;
}

/**
 * Resolves with the lock of a message once no other page holds it. Without locks, resolves with undefined once the message
 * is abandoned.
 *
 * @param since - When the message was written, in milliseconds since the epoch.
 */
export async function whenUnlocked(id: string, since: number): Promise<MessageLock | undefined> {
  const lock = lockMessage(id);
  if (await lock.held) return lock;
  await new Promise((resolve) => setTimeout(resolve, since + keptDurations.abandonedMessage - Date.now()));
  return undefined;
}
