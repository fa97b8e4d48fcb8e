import {writeStored} from '../util/stored.js';
import type {CallOutcome, HistoryEntry} from './history-entry.js';

const OUTCOMES: readonly CallOutcome[] = ['missed', 'taken', 'elsewhere', 'refused', 'made', 'unanswered'];
/** The version of the stored data; any other is dropped. */
const VERSION = 1;

/** The browser's storage, shared by tabs; it may be denied or full. */
export class LocalStore {
  readonly key: string;

  /** @param account - `user@domain`. */
  constructor(account: string) {
    this.key = `sip-elements:history:${account}`;
  }

  /** Returns the stored entries, newest first; undefined if the storage cannot be read. */
  read(): readonly HistoryEntry[] | undefined {
    try {
      const text = localStorage.getItem(this.key);
      return text === null ? [] : parse(text);
    } catch {
      return undefined;
    }
  }

  /** Stores the entries; returns whether it succeeded. */
  write(entries: readonly HistoryEntry[]): boolean {
    return writeStored(this.key, VERSION, entries.length ? {entries} : undefined);
  }
}

function parse(text: string): readonly HistoryEntry[] {
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return [];
  }
  const {version, entries} = (kept ?? {}) as {version?: unknown; entries?: unknown};
  if (version !== VERSION || !Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown) => (isEntry(entry) ? [Object.freeze({...entry})] : []));
}

/** Checks an entry, which any script of the page may have written. */
function isEntry(value: unknown): value is HistoryEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Readonly<Record<keyof HistoryEntry, unknown>>;
  return (
    [entry.id, entry.sid, entry.number, entry.name, entry.type].every((text) => typeof text === 'string') &&
    (entry.direction === 'incoming' || entry.direction === 'outgoing') &&
    (entry.media === 'audio' || entry.media === 'video') &&
    OUTCOMES.some((outcome) => outcome === entry.outcome) &&
    [entry.time, entry.duration].every((number) => Number.isFinite(number) && (number as number) >= 0) &&
    (entry.time as number) <= 8.64e15 &&
    (entry.cause === undefined || typeof entry.cause === 'string') &&
    [entry.autoAnswered, entry.recorded].every((flag) => flag === undefined || flag === true) &&
    typeof entry.seen === 'boolean'
  );
}
