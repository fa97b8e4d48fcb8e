import {publicAddress} from '../../core/util/url.js';

/** What the user writes into the form. It is passed by a function: an event would carry the password over the page. */
export interface Account {
  readonly server: string;
  readonly user: string;
  readonly password: string;
}

/** The server and the user that signed in last. Never a password: every page of the origin can read this. */
interface KnownAccount {
  readonly server?: string;
  readonly user?: string;
}

const KEY = 'sip-elements/account';

/** Returns what was remembered; nothing if the browser allows no storage. */
export function recallAccount(): KnownAccount {
  try {
    const known = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, unknown> | null;
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    return {server: text(known?.['server']), user: text(known?.['user'])};
  } catch {
    return {};
  }
}

/** Remembers the account, if the browser allows it; of the address only what is not secret. */
export function rememberAccount({server, user}: Required<KnownAccount>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({server: publicAddress(server), user}));
  } catch {
    // The user writes them again.
  }
}
