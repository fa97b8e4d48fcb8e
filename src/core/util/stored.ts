/** What tells where an account stores something: options of its client. */
interface Account {
  readonly user: string;
  readonly domain: string;
  readonly historyStorage: string;
}

/** Returns the `localStorage` key of something that an account stores; empty if its client stores nothing. */
export function storageKey(what: string, {user, domain, historyStorage}: Account): string {
  return historyStorage === 'local' ? `sip-elements:${what}:${user}@${domain}` : '';
}

/**
 * Reads what is stored under a `localStorage` key, which any script of the page may have written. Nothing of another version
 * is returned; undefined if nothing can be read, or the key is empty.
 */
export function readStored(key: string, version: number): Readonly<Record<string, unknown>> | undefined {
  if (!key) return undefined;
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? '{}') as Readonly<Record<string, unknown>>;
    return stored['version'] === version ? stored : {};
  } catch {
    return undefined;
  }
}

/** Whether something is stored under a `localStorage` key; false if the key is empty. */
export function isStored(key: string): boolean {
  if (!key) return false;
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

/** Stores something under a `localStorage` key, or removes it; returns whether the page may and there is room. */
export function writeStored(key: string, version: number, content: object | undefined): boolean {
  if (!key) return false;
  if (!content) return removeStored(key);
  try {
    localStorage.setItem(key, JSON.stringify({version, ...content}));
    return true;
  } catch {
    return false;
  }
}

/** Removes what is stored under a `localStorage` key; returns whether the page may use storage; false if the key is empty. */
export function removeStored(key: string): boolean {
  if (!key) return false;
  try {
    localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

/** Whether a value is a time that a `Date` can have, in milliseconds since the epoch: others cannot be written. */
export function isTime(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}
