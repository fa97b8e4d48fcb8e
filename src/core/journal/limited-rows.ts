import {keptDurations} from '../../durations/kept.js';
import {dropOldest} from '../util/collections/newest.js';
import {isForeign} from '../util/number.js';
import {copied} from '../util/shortened.js';
import {LONGEST_TEXT, type JournalEntry, type JournalRow} from './journal-row.js';
import type {JournalReport} from './journal-store.js';

/** How many rows are written at once, at most: of all strangers together, and of each number of a user. */
const MOST_OF_STRANGERS = 200;
const MOST_OF_USER = 1_000;

/** How much text counts as one more row, in UTF-16 code units. */
const TEXT_OF_ROW = 500;

/** How many numbers are known: of other domains, and of users who have caused rows. */
const MOST_KNOWN = 1_000;

/** How many rows were left out, and what they have in common. */
interface OmittedRows {
  readonly entry: JournalEntry;
  readonly count: number;
}

/** How many rows may be written, and which were left out beyond that. */
class Allowance {
  readonly #most: number;
  readonly #pause: () => number;
  #allowed: number;
  /** When that was computed, by the page's clock. */
  #computed = performance.now();
  #omitted = new Map<string, OmittedRows>();

  /**
   * @param most - How many rows are written at once.
   * @param pause - Returns in which time one more may be written, in milliseconds.
   */
  constructor(most: number, pause: () => number) {
    this.#most = this.#allowed = most;
    this.#pause = pause;
  }

  /** Takes a row; returns false if it may not be written. */
  take({text = ''}: JournalEntry): boolean {
    const now = performance.now();
    this.#allowed = Math.min(this.#most, this.#allowed + (now - this.#computed) / this.#pause());
    this.#computed = now;
    const needed = 1 + Math.floor(Math.min(text.length, LONGEST_TEXT) / TEXT_OF_ROW);
    if (needed > this.#allowed) return false;
    this.#allowed -= needed;
    return true;
  }

  /** Counts a row that is left out with those of the same name. */
  omit(name: string, entry: JournalEntry): void {
    this.#omitted.set(name, {entry, count: (this.#omitted.get(name)?.count ?? 0) + 1});
  }

  /** Returns what was left out, by its name; nothing of it the next time. */
  takeOmitted(): ReadonlyMap<string, OmittedRows> {
    const omitted = this.#omitted;
    this.#omitted = new Map();
    return omitted;
  }
}

/**
 * The rows that others cause, and the user does nothing for: calls that are not answered, texts, members who come and go. They
 * must neither fill the disk nor push out what else has happened: beyond a limit they are counted, and a row says how many
 * were left out.
 *
 * Strangers are callers and writers of other domains or without a number, who can call and write as often as they like. All
 * of them have one limit. A number that the user has called, or written to, is no stranger's: it has a limit of its own, as
 * each number of the user's own domain has.
 */
export class LimitedRows {
  readonly #report: JournalReport;
  readonly #known = new Set<string>();
  readonly #strangers = new Allowance(MOST_OF_STRANGERS, () => keptDurations.strangerRow);
  readonly #users = new Map<string, Allowance>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param rows - What is written already.
   * @param report - Writes a row.
   */
  constructor(rows: readonly JournalRow[], report: JournalReport) {
    this.#report = report;
    for (const row of rows) this.know(row);
  }

  /** Notes a number of another domain that the user calls, or writes to. */
  know({direction, number = ''}: Pick<JournalEntry, 'direction' | 'number'>): void {
    if (direction !== 'outgoing' || !number.includes('@')) return;
    this.#known.delete(number);
    this.#known.add(copied(number));
    dropOldest(this.#known, MOST_KNOWN);
  }

  /** Writes a row, or counts it. */
  readonly report: JournalReport = (entry, fact) => {
    const {kind, direction, number = '', name, person} = entry;
    const isStranger = this.#isStranger(number) || (person !== undefined && this.#isStranger(person));
    const allowance = isStranger ? this.#strangers : this.#ofUser(number);
    if (allowance.take(entry)) return this.#report(entry, fact);
    if (isStranger) allowance.omit('strangers:omitted', {kind: 'strangers', event: 'omitted'});
    else
      allowance.omit(copied(`${kind}:${number}:omitted`), {
        ...{kind, event: 'omitted', number},
        ...(direction && {direction}),
        ...(name && {name}),
      });
    this.#timer ??= setTimeout(() => this.flush(), keptDurations.rowsOmitted);
  };

  /** Writes how many rows were left out, if any were. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const allowance of [this.#strangers, ...this.#users.values()]) this.#flush(allowance);
  }

  #isStranger(number: string): boolean {
    return isForeign(number) && !this.#known.has(number);
  }

  #flush(allowance: Allowance): void {
    for (const [name, {entry, count}] of allowance.takeOmitted())
      this.#report({...entry, count}, {name, by: 'tabs'});
  }

  #ofUser(number: string): Allowance {
    const allowance = this.#users.get(number) ?? new Allowance(MOST_OF_USER, () => keptDurations.userRow);
    this.#users.delete(number);
    this.#users.set(copied(number), allowance);
    const [oldest] = this.#users;
    if (this.#users.size > MOST_KNOWN) {
      this.#flush(oldest![1]);
      this.#users.delete(oldest![0]);
    }
    return allowance;
  }
}
