import {keptDurations} from '../../durations/kept.js';
import {SipError, toSipError} from '../../errors.js';
import {withLock} from '../../locks.js';
import {within} from '../../within.js';
import {Reconnection} from '../util/reconnection.js';
import {backoff} from '../util/reconnect-policy.js';
import {headOf} from './journal-chain.js';
import type {JournalRow} from './journal-row.js';
import type {JournalStore} from './journal-store.js';

/** Takes rows to the page's own server; resolves when the server has them, or rejects, and gets them again. */
export type JournalSink = (rows: readonly JournalRow[]) => Promise<void> | void;

/** How many rows a sink gets at once. */
const MOST = 100;

/** What a sender needs. */
export interface JournalSenderOptions {
  readonly store: JournalStore;
  /** The name of the lock that lets one tab of the account send at a time. */
  readonly lock: string;
  readonly sink: JournalSink;
  /** Called when all rows were sent, or a batch was, or failed. */
  readonly onChange: (sent: number, error: SipError | undefined) => void;
}

/** Sends the rows of a journal in their order, from the first one that was not acknowledged on. */
export class JournalSender {
  readonly #options: JournalSenderOptions;
  readonly #ending = new AbortController();
  readonly #reconnection: Reconnection;
  #running = false;
  #again = false;

  constructor(options: JournalSenderOptions) {
    this.#options = options;
    this.#reconnection = new Reconnection(
      backoff({first: keptDurations.journalSink, longest: keptDurations.journalSinkLongest}),
    );
    this.send();
  }

  /** Sends what was not sent; rows that are added meanwhile as well. */
  send(): void {
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    void this.#run().finally(() => (this.#running = false));
  }

  /** Sends nothing any more. */
  stop(): void {
    this.#ending.abort();
  }

  async #run(): Promise<void> {
    const {signal} = this.#ending;
    while (this.#again && !signal.aborted) {
      this.#again = false;
      try {
        let more = true;
        while (more && !signal.aborted) more = await this.#sendSome();
      } catch (error) {
        const failure = toSipError(error, 'journal.sink');
        if (signal.aborted) return;
        const attempt = async (): Promise<boolean> => this.#sendSome();
        await this.#reconnection.run(attempt, {failure, subject: 'journal.sink', signal}).catch(() => {});
        this.#again = true;
      }
    }
  }

  /** Sends the next rows; returns whether there were any. */
  async #sendSome(): Promise<boolean> {
    const {lock, store} = this.#options;
    const {locks} = navigator as {locks?: LockManager};
    // Other tabs have nothing of a journal in memory. A frame with `sandbox` has no other one, and refuses each lock.
    if (!store.kept || !locks) return this.#sendNext();
    return (await withLock(lock, () => this.#sendNext())) ?? false;
  }

  async #sendNext(): Promise<boolean> {
    const {store, sink, onChange} = this.#options;
    const {count} = await store.sent();
    const rows = await store.read(count, MOST);
    if (this.#ending.signal.aborted) return false;
    if (!rows.length) {
      // Another tab may have sent them.
      onChange(count, undefined);
      return false;
    }
    try {
      // Other tabs, and the next function, do not wait for one that never ends.
      await within(
        Promise.resolve(sink(rows)),
        keptDurations.journalSinkAnswer,
        () => new SipError('timeout'),
      );
      await store.setSent(headOf(rows));
      // All rows may have been erased meanwhile.
      onChange((await store.sent()).count, undefined);
    } catch (error) {
      onChange(count, toSipError(error, 'journal.sink'));
      throw error;
    }
    return true;
  }
}
