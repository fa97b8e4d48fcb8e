import {holdLock, whenReleased} from '../../locks.js';
import {isParty} from '../util/is-party.js';
import {isTime, readStored, removeStored, writeStored} from '../util/stored.js';
import type {JournalEntry, JournalPerson} from './journal-row.js';

/** What the journal has of a roll call. */
export type RollCallEntry = Pick<JournalEntry, 'number' | 'name' | 'cause' | 'of'> &
  Required<Pick<JournalEntry, 'people'>>;

/** A roll call that runs in this page. */
export interface RunningRollCall {
  /** Stores what is known so far, for the case that the page is gone before the end. */
  keep(entry: RollCallEntry): void;
  /** Writes the result; returns the id of its row. */
  end(entry: RollCallEntry): string;
}

/** Writes the row of a roll call, and resolves when it is on the disk. Only the first row of each roll call is written. */
type RollCallReport = (entry: RollCallEntry, fact: string) => {row: string; written: Promise<void>};

/** The version of what is stored; any other is dropped. */
const VERSION = 1;

const PREFIX = 'sip-elements:running-roll-call:';

/**
 * The roll calls of an account that run. What is known of each is in the browser's storage, and its page holds a lock: once
 * the page is gone, another page of the account writes the row, which the page itself no longer can.
 */
export class RunningRollCalls {
  readonly #account: string;
  readonly #report: RollCallReport;

  /** @param account - `user@domain`; empty if nothing is to survive the page. */
  constructor(account: string, report: RollCallReport) {
    this.#account = account;
    this.#report = report;
  }

  begin(id: string): RunningRollCall {
    const key = this.#account && this.#keyOf(id);
    const ending = new AbortController();
    if (key) void holdLock(PREFIX + id, {signal: ending.signal});
    return {
      keep: (entry) => {
        writeStored(key, VERSION, {entry});
      },
      end: (entry) => {
        const {row, written} = this.#report(entry, id);
        void written.then(() => {
          removeStored(key);
          ending.abort();
        });
        return row;
      },
    };
  }

  /** Writes the rows of roll calls whose pages are gone: now, or as soon as they are. */
  completeOthers(): void {
    // A roll call of another tab may run for long: what waits for it must not keep the journal of a client that is gone.
    const reference = new WeakRef(this);
    for (const id of this.#account ? this.#ids() : [])
      whenReleased(PREFIX + id, new AbortController().signal, () => {
        const rollCalls = reference.deref();
        if (rollCalls) rollCalls.#complete(id);
      });
  }

  #complete(id: string): void {
    const key = this.#keyOf(id);
    const entry = readEntry(readStored(key, VERSION)?.['entry']);
    if (!entry) return void removeStored(key);
    const {written} = this.#report({...entry, cause: 'call-lost'}, id);
    void written.then(() => removeStored(key));
  }

  #keyOf(id: string): string {
    return `${PREFIX}${id}:${this.#account}`;
  }

  /** The roll calls that are stored. */
  #ids(): readonly string[] {
    const end = `:${this.#account}`;
    try {
      return Object.keys(localStorage).flatMap((key) =>
        key.startsWith(PREFIX) && key.endsWith(end) ? [key.slice(PREFIX.length, -end.length)] : [],
      );
    } catch {
      // The page may not use storage: nothing is there.
      return [];
    }
  }
}

/** Reads what any script of the page may have written. */
function readEntry(stored: unknown): RollCallEntry | undefined {
  const {people, number, name, of} = (stored ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(people)) return undefined;
  return {
    people: people.filter(isPerson),
    ...(typeof number === 'string' && {number}),
    ...(typeof name === 'string' && {name}),
    ...(typeof of === 'string' && {of}),
  };
}

function isPerson(value: unknown): value is JournalPerson {
  if (!isParty(value)) return false;
  const {result, time} = value as Partial<Record<'result' | 'time', unknown>>;
  return typeof result === 'string' && (time === undefined || isTime(time));
}
