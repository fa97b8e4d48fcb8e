import type {BaseClient} from '../../core/client/client.js';
import {readStored, storageKey, writeStored} from '../../core/util/stored.js';

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
    this.#key = client ? storageKey('drafts', client.options) : '';
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
    const drafts = [...this.#texts].slice(-MOST);
    if (this.#key) this.#kept = writeStored(this.#key, VERSION, drafts.length ? {drafts} : undefined);
  }

  /** The stored drafts; undefined if none are stored, or the storage is denied. */
  get #stored(): Map<string, string> | undefined {
    const stored = readStored(this.#key, VERSION);
    if (!stored) return undefined;
    const {drafts} = stored;
    return new Map(Array.isArray(drafts) ? drafts.filter(isDraft) : []);
  }
}

function isDraft(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((text) => typeof text === 'string');
}
