import {durations} from '../../durations.js';
import {isForeign} from '../util/number.js';
import {copied} from '../util/shortened.js';
import {LONGEST_TEXT, type JournalEntry, type JournalRow} from './journal-row.js';
import type {JournalReport} from './journal-store.js';

/** How many rows of strangers are written at once, at most; one more may be written each `durations.strangerRow`. */
const MOST_ROWS = 200;

/** How much text counts as one more row, in UTF-16 code units. */
const TEXT_OF_ROW = 500;

/** How many numbers of other domains are known. */
const MOST_KNOWN = 1_000;

/**
 * The rows of strangers: callers and writers of other domains or without a number, who can call and write as often as they
 * like. They must neither fill the disk nor push out what else has happened: beyond a limit they are counted, and a row says
 * how many were left out.
 *
 * A number that the user has called, or written to, is no stranger's.
 */
export class StrangerRows {
  readonly #report: JournalReport;
  readonly #known = new Set<string>();
  /** How many rows may be written now, and when that was computed, by the page's clock. */
  #allowed = MOST_ROWS;
  #computed = performance.now();
  #omitted = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param rows - What is written already.
   * @param report - Writes a row.
   */
  constructor(rows: readonly JournalRow[], report: JournalReport) {
    this.#report = report;
    for (const row of rows) this.know(row);
  }

  /** Whether a number is a stranger's. */
  has(number: string): boolean {
    return isForeign(number) && !this.#known.has(number);
  }

  /** Notes a number of another domain that the user calls, or writes to. */
  know({direction, number = ''}: Pick<JournalEntry, 'direction' | 'number'>): void {
    if (direction !== 'outgoing' || !number.includes('@')) return;
    this.#known.delete(number);
    this.#known.add(copied(number));
    const [oldest] = this.#known;
    if (this.#known.size > MOST_KNOWN) this.#known.delete(oldest!);
  }

  /** Writes a row of a stranger, or counts it. */
  readonly report: JournalReport = (entry, fact) => {
    const now = performance.now();
    this.#allowed = Math.min(MOST_ROWS, this.#allowed + (now - this.#computed) / durations.strangerRow);
    this.#computed = now;
    const length = Math.min(entry.text?.length ?? 0, LONGEST_TEXT);
    const needed = 1 + Math.floor(length / TEXT_OF_ROW);
    if (needed <= this.#allowed) {
      this.#allowed -= needed;
      return this.#report(entry, fact);
    }
    this.#omitted += 1;
    this.#timer ??= setTimeout(() => this.flush(), durations.strangerRowsOmitted);
  };

  /** Writes how many rows were left out, if any were. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const count = this.#omitted;
    this.#omitted = 0;
    if (count)
      this.#report({kind: 'strangers', event: 'omitted', count}, {name: 'strangers:omitted', by: 'tabs'});
  }
}
