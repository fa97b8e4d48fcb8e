import type {BaseClient} from '../../core/client/client.js';

/** The version of the stored data; any other is dropped. */
const VERSION = 1;
/** How many drafts an account keeps. */
const MOST = 100;

/**
 * The texts that were written and not sent, by number. Stored for each account in the browser's storage, if messages are
 * stored there: they survive the page, and tabs share them.
 */
export class Drafts {
  #client: BaseClient | undefined;
  #key = '';
  #texts = new Map<string, string>();
  /** Whether the storage has the texts. */
  #kept = true;

  /** Follows a client's account. */
  follow(client: BaseClient | undefined): void {
    if (client === this.#client) return;
    this.#client = client;
    const {user = '', domain = '', historyStorage} = client?.options ?? {};
    this.#key = historyStorage === 'local' ? `sip-elements:drafts:${user}@${domain}` : '';
    this.#kept = true;
    this.#texts = this.#stored ?? new Map<string, string>();
  }

  /** The numbers that have a draft. */
  get numbers(): readonly string[] {
    return [...this.#texts.keys()];
  }

  /** Returns the draft for a number; empty if there is none. */
  get(number: string): string {
    return this.#texts.get(number) ?? '';
  }

  /** Keeps the draft for a number; an empty one is forgotten. */
  set(number: string, text: string): void {
    // Another tab may have written other drafts meanwhile.
    if (this.#kept) this.#texts = this.#stored ?? this.#texts;
    this.#texts.delete(number);
    if (text.trim()) this.#texts.set(number, text);
    if (this.#key) this.#kept = write(this.#key, [...this.#texts].slice(-MOST));
  }

  /** The stored drafts; undefined if none are stored, or the storage is denied. */
  get #stored(): Map<string, string> | undefined {
    return this.#key ? read(this.#key) : undefined;
  }
}

/** Reads the drafts, which any script of the page may have written; undefined if the storage is denied. */
function read(key: string): Map<string, string> | undefined {
  try {
    const {version, drafts} = JSON.parse(localStorage.getItem(key) ?? '{}') as Readonly<
      Record<string, unknown>
    >;
    if (version !== VERSION || !Array.isArray(drafts)) return new Map();
    return new Map(drafts.filter(isDraft));
  } catch {
    return undefined;
  }
}

function isDraft(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((text) => typeof text === 'string');
}

/** Returns whether the storage took the drafts; if it is denied or full, they last as long as the page. */
function write(key: string, drafts: readonly (readonly [string, string])[]): boolean {
  try {
    if (drafts.length) localStorage.setItem(key, JSON.stringify({version: VERSION, drafts}));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}
