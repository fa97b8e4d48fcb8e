import {holdLock} from '../../locks.js';
import {randomUuid} from '../../core/util/uuid.js';

const KEY = 'sip-elements.instance';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** This page's ids that no client currently uses, by account. */
const free = new Map<string, string[]>();
/** All ids of this page. */
const taken = new Set<string>();

/**
 * Returns the instance id of this page's client for the account (RFC 5626 §4.1), a UUID.
 *
 * The id survives a reload, so that a registration replaces that of the previous page and leaves no stale one behind.
 * Each tab has its own id, since two tabs are two phones. Session storage is per tab, but a duplicated tab starts with
 * a copy. So a page claims the id by a lock, which it holds while it is shown. Two clients of one page have one id
 * each. If storage is not allowed, the id is new for each page.
 *
 * @param release - When aborted, returns the id to the page.
 */
export async function claimInstance(account: string, release: AbortSignal): Promise<string> {
  const instance = free.get(account)?.pop() ?? (await stored(account)) ?? (await fresh(account));
  taken.add(instance);
  const giveBack = (): void => void free.set(account, [...(free.get(account) ?? []), instance]);
  if (release.aborted) giveBack();
  else release.addEventListener('abort', giveBack, {once: true});
  return instance;
}

async function stored(account: string): Promise<string | undefined> {
  const instance = readId(`${KEY}.${account}`);
  return instance && !taken.has(instance) && (await claimed(instance)) ? instance : undefined;
}

async function fresh(account: string): Promise<string> {
  const instance = randomUuid();
  keepId(`${KEY}.${account}`, instance);
  await claimed(instance);
  return instance;
}

/** Whether this page now holds the id. */
async function claimed(instance: string): Promise<boolean> {
  const shown = new AbortController();
  // A held lock would keep the page out of the back/forward cache.
  addEventListener('pagehide', () => shown.abort(), {once: true});
  return holdLock(`${KEY}.${instance}`, {signal: shown.signal, ifAvailable: true});
}

/** Returns an id that this tab keeps; undefined if it has none. */
export function readId(key: string): string | undefined {
  try {
    const value = sessionStorage.getItem(key);
    return value && UUID.test(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps an id in this tab, over a reload. */
export function keepId(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // A private window or a sandboxed frame: the id lives as long as the page.
  }
}
