const KEY = 'sip-elements.instance';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The instance id of this page's client for the account (RFC 5626 §4.1), a UUID.
 *
 * It outlives a reload, so that a registration replaces the one of the page before and leaves no ghost behind. Each tab
 * has its own, since two tabs are two phones: session storage is per tab, but a duplicated tab is born with a copy, and
 * two clients of one page share it, so the id is claimed by a lock, which its page holds as long as it lives. Where
 * storage is not allowed the id is new for each page.
 *
 * @param release - Gives the id back when it is aborted.
 */
export async function claimInstance(account: string, release: AbortSignal): Promise<string> {
  const key = `${KEY}.${account}`;
  const stored = read(key);
  if (stored && (await claimed(stored, release))) return stored;
  const fresh = crypto.randomUUID?.() ?? randomUuid();
  write(key, fresh);
  await claimed(fresh, release);
  return fresh;
}

/** Whether this client now holds the id. Without locks (an insecure page) nobody can say; then it may be used. */
async function claimed(id: string, release: AbortSignal): Promise<boolean> {
  const locks = (navigator as {locks?: LockManager}).locks;
  if (!locks) return true;
  return new Promise((resolve) => {
    const held = locks.request(`${KEY}.${id}`, {ifAvailable: true}, (lock) => {
      resolve(lock !== null);
      if (!lock || release.aborted) return undefined;
      return new Promise<void>((free) => {
        release.addEventListener('abort', () => free(), {once: true});
        // A held lock would keep the page out of the back/forward cache.
        window.addEventListener('pagehide', () => free(), {once: true, signal: release});
      });
    });
    held.catch(() => resolve(true));
  });
}

function read(key: string): string | undefined {
  try {
    const value = sessionStorage.getItem(key);
    return value && UUID.test(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // A private window or a sandboxed frame: the id lives as long as the page.
  }
}

/** `crypto.randomUUID` exists on secure pages only. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
