import {keptDurations} from '../../durations/kept.js';
import {toSipError, type SipError} from '../../errors.js';
import {AttemptPause} from '../util/attempt-pause.js';
import {chained, headOf, NO_ROWS, type JournalHead} from './journal-chain.js';
import type {JournalDraft, JournalRow} from './journal-row.js';
import type {JournalFact, JournalStore} from './journal-store.js';

/** A row that waits to be written. */
interface WaitingRow {
  readonly draft: JournalDraft;
  readonly fact?: JournalFact | undefined;
}

/** Called by a writer. */
export interface JournalWriterDelegate {
  onWritten(rows: readonly JournalRow[]): void;
  /** Called when other rows wait, or the reason has changed why they cannot be written. */
  onWaiting(waiting: readonly JournalDraft[], error: SipError | undefined): void;
}

/**
 * Writes rows at the end of a chain that other tabs write as well. What cannot be written waits in memory, and is tried
 * again with the next row, and from time to time.
 */
export class JournalWriter {
  readonly #store: JournalStore;
  readonly #delegate: JournalWriterDelegate;
  readonly #pause = new AttemptPause();
  #waiting: WaitingRow[] = [];
  #head: JournalHead = NO_ROWS;
  #error: SipError | undefined;
  #running: Promise<void> | undefined;
  #telling = false;

  constructor(store: JournalStore, delegate: JournalWriterDelegate) {
    this.#store = store;
    this.#delegate = delegate;
  }

  /** Adds a row, which is written as soon as possible. */
  add(draft: JournalDraft, fact?: JournalFact): void {
    const isThere = ({fact: other}: WaitingRow): boolean => other?.name === fact?.name;
    if (fact?.by === 'once' && this.#waiting.some(isThere)) return;
    this.#waiting.push({draft, fact});
    this.#tell();
    this.#pause.end();
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Forgets the head of the chain, which was erased. */
  restart(): void {
    this.#head = NO_ROWS;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length) {
      try {
        await this.#write([...this.#waiting]);
      } catch (error) {
        this.#error = toSipError(error, 'journal');
        this.#tell();
        await this.#pause.wait(keptDurations.journalRetry);
      }
    }
  }

  async #write(batch: readonly WaitingRow[]): Promise<void> {
    const rows = await chained(
      batch.map(({draft}) => draft),
      this.#head,
    );
    const records = rows.map((row, index) => ({row, fact: batch[index]!.fact}));
    const appended = await this.#store.append(records, this.#head);
    if (appended === 'stale') {
      this.#head = await this.#store.head();
      return;
    }
    const done = appended === 'written' ? new Set(rows.map(({id}) => id)) : appended.twins;
    this.#waiting = this.#waiting.filter(({draft}) => !done.has(draft.id));
    this.#error = undefined;
    this.#tellNow();
    if (appended !== 'written') return;
    this.#head = headOf(rows);
    this.#delegate.onWritten(rows);
  }

  /** Tells once of all changes of a moment. */
  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      this.#tellNow();
    });
  }

  #tellNow(): void {
    this.#delegate.onWaiting(
      this.#waiting.map(({draft}) => draft),
      this.#error,
    );
  }
}
