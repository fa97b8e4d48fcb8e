import {toSipError} from '../../errors.js';
import {PageDatabase, settled, visit} from '../util/open-database.js';
import {headOf, NO_ROWS, type JournalHead} from './journal-chain.js';
import type {JournalEntry, JournalRow} from './journal-row.js';

/** How a fact is compared with those of other rows. */
export interface JournalFact {
  readonly name: string;
  /**
   * `tabs`: other tabs of the account report it at the same time, and the first one writes it. `once`: it is written once
   * for all time. `own`: this tab alone reports it, and others compare theirs with it.
   */
  readonly by: 'tabs' | 'once' | 'own';
  /** The name of the fact that ends it: what is reported after that is another one. */
  readonly until?: string;
}

/** Writes an entry; the fact tells other tabs and pages what it reports. */
export type JournalReport = (entry: JournalEntry, fact?: JournalFact) => void;

/** A row, and what tells that it says the same as another one. */
export interface JournalRecord {
  readonly row: JournalRow;
  readonly fact?: JournalFact | undefined;
}

/** What became of rows: `written`, or not, because others were written first or some are written already. */
export type Appended = 'written' | 'stale' | {readonly twins: ReadonlySet<string>};

/** Where the rows of an account are. */
export interface JournalStore {
  /** Whether the rows survive the page. */
  readonly kept: boolean;
  head(): Promise<JournalHead>;
  /** Returns rows after a number, at most `count`; the newest rows without a number. Oldest first. */
  read(after: number | undefined, count?: number): Promise<readonly JournalRow[]>;
  /** Writes rows if the head is still the one they follow. */
  append(records: readonly JournalRecord[], head: JournalHead): Promise<Appended>;
  /** The number of the last row that the page's own server has, and the hash of it. */
  sent(): Promise<JournalHead>;
  setSent(sent: JournalHead): Promise<void>;
  erase(): Promise<void>;
}

/** Two tabs report the same within this time, in milliseconds. */
const SAME = 10_000;

/** Among how many of the newest rows of a fact a twin is looked for. */
const MOST_SAME = 50;

interface StoredRow {
  readonly account: string;
  readonly seq: number;
  readonly row: JournalRow;
  readonly fact?: string;
  /** The tabs that have reported it. */
  readonly tabs: readonly string[];
}

const journals = new PageDatabase({
  name: 'sip-elements-journal',
  stores: ['rows', 'sent'],
  strict: true,
  explain: (cause) => toSipError(cause, 'journal'),
  create: (created) => {
    const rows = created.createObjectStore('rows', {keyPath: ['account', 'seq']});
    rows.createIndex('fact', ['account', 'fact']);
    created.createObjectStore('sent', {keyPath: 'account'});
  },
});

/** The journal of an account in the browser's database (IndexedDB), which tabs share. */
export class DatabaseJournal implements JournalStore {
  readonly kept = true;
  readonly #account: string;
  readonly #tab: string;

  /** @param tab - Identifies this page. */
  constructor(account: string, tab: string) {
    this.#account = account;
    this.#tab = tab;
  }

  async head(): Promise<JournalHead> {
    return journals.transact('readonly', async (rows) => this.#head(rows));
  }

  async read(after: number | undefined, count = Infinity): Promise<readonly JournalRow[]> {
    return journals.transact('readonly', async (rows) => {
      const from = after ?? Math.max(0, (await this.#head(rows)).count - count);
      const range = IDBKeyRange.bound([this.#account, from], [this.#account, []], true);
      const most = count === Infinity ? undefined : count;
      return (await settled<StoredRow[]>(rows.getAll(range, most))).map(({row}) => Object.freeze(row));
    });
  }

  async append(records: readonly JournalRecord[], head: JournalHead): Promise<Appended> {
    return journals.transact('readwrite', async (rows) => {
      const now = await this.#head(rows);
      const twins = new Set<string>();
      for (const {row, fact} of records) if (fact && (await this.#join(rows, fact, row))) twins.add(row.id);
      if (twins.size) return {twins};
      if (now.count !== head.count || now.hash !== head.hash) return 'stale';
      for (const {row, fact} of records)
        rows.add({
          account: this.#account,
          seq: row.seq,
          row,
          tabs: [this.#tab],
          ...(fact && {fact: fact.name}),
        } satisfies StoredRow);
      return 'written';
    });
  }

  async sent(): Promise<JournalHead> {
    return journals.transact('readonly', async (rows, sent) => {
      const {count, hash} = (await settled<JournalHead | undefined>(sent.get(this.#account))) ?? NO_ROWS;
      const last = count > 0 && (await settled<StoredRow | undefined>(rows.get([this.#account, count])));
      // It may be the number of a row in a chain that was erased.
      return last && last.row.hash === hash ? {count, hash} : NO_ROWS;
    });
  }

  async setSent(head: JournalHead): Promise<void> {
    await journals.transact('readwrite', async (_, sent) => {
      sent.put({account: this.#account, ...head});
    });
  }

  async erase(): Promise<void> {
    await journals.transact('readwrite', async (rows, sent) => {
      rows.delete(IDBKeyRange.bound([this.#account], [this.#account, []]));
      sent.delete(this.#account);
    });
  }

  async #head(rows: IDBObjectStore): Promise<JournalHead> {
    const range = IDBKeyRange.bound([this.#account], [this.#account, []]);
    const cursor = await settled<IDBCursorWithValue | null>(rows.openCursor(range, 'prev'));
    return headOf(cursor ? [(cursor.value as StoredRow).row] : []);
  }

  /** Notes that this tab reports a row of another tab as well; returns whether there is one. */
  async #join(rows: IDBObjectStore, {name, by, until}: JournalFact, {time}: JournalRow): Promise<boolean> {
    if (by === 'own') return false;
    const reported = await this.#ofFact(rows, name, by === 'once' ? -Infinity : time - SAME);
    if (by === 'once') return reported.length > 0;
    const ends = until === undefined ? [] : await this.#ofFact(rows, until, time - SAME);
    // What one tab reports twice, others report twice, too: the first of each are twins.
    const twin = reported.findLast(
      ({row, seq, tabs}) =>
        row.time <= time + SAME &&
        !tabs.includes(this.#tab) &&
        !ends.some((end) => end.seq > seq && end.row.time <= time),
    );
    if (!twin) return false;
    rows.put({...twin, tabs: [...twin.tabs, this.#tab]});
    return true;
  }

  /** Returns rows of a fact, the newest first, down to one before the time. */
  async #ofFact(rows: IDBObjectStore, name: string, since: number): Promise<readonly StoredRow[]> {
    const found: StoredRow[] = [];
    await visit(rows.index('fact').openCursor([this.#account, name], 'prev'), ({value}) => {
      const stored = value as StoredRow;
      if (stored.row.time >= since) found.push(stored);
      return stored.row.time >= since && found.length < MOST_SAME;
    });
    return found;
  }
}

/** A journal that lasts as long as the page. */
export class MemoryJournal implements JournalStore {
  readonly kept = false;
  #rows: readonly JournalRow[] = [];
  readonly #once = new Set<string>();
  #sent = NO_ROWS;

  async head(): Promise<JournalHead> {
    return headOf(this.#rows);
  }

  async read(after?: number, count = Infinity): Promise<readonly JournalRow[]> {
    if (after === undefined) return count === Infinity ? this.#rows : this.#rows.slice(-count);
    return this.#rows.slice(after, count === Infinity ? undefined : after + count);
  }

  async append(records: readonly JournalRecord[], {count}: JournalHead): Promise<Appended> {
    const twins = records.filter(({fact}) => fact?.by === 'once' && this.#once.has(fact.name));
    if (twins.length) return {twins: new Set(twins.map(({row}) => row.id))};
    if (count !== this.#rows.length) return 'stale';
    this.#rows = [...this.#rows, ...records.map(({row}) => row)];
    for (const {fact} of records) if (fact?.by === 'once') this.#once.add(fact.name);
    return 'written';
  }

  async sent(): Promise<JournalHead> {
    return this.#rows[this.#sent.count - 1]?.hash === this.#sent.hash ? this.#sent : NO_ROWS;
  }

  async setSent(head: JournalHead): Promise<void> {
    this.#sent = head;
  }

  async erase(): Promise<void> {
    this.#rows = [];
    this.#once.clear();
    this.#sent = NO_ROWS;
  }
}
