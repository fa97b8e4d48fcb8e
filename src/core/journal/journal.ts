import {SipError, type SipErrorCode} from '../../errors.js';
import {StateTarget} from '../util/state-target.js';
import {shortened} from '../util/shortened.js';
import {plainName} from '../util/plain-name.js';
import {randomUuid} from '../util/uuid.js';
import {verifyJournal, type JournalCheck, type JournalHead} from './journal-chain.js';
import {journalCsv, journalJson} from './journal-file.js';
import type {JournalHost} from './journal-host.js';
import {JournalRecorder} from './journal-recorder.js';
import type {MemberEvent} from './journaled-call.js';
import {
  LONGEST_TEXT,
  type JournalDraft,
  type JournalEntry,
  type JournalPerson,
  type JournalRow,
} from './journal-row.js';
import {RunningRollCalls, type RunningRollCall} from './running-roll-calls.js';
import {JournalSender, type JournalSink} from './journal-sender.js';
import {
  DatabaseJournal,
  MemoryJournal,
  type JournalFact,
  type JournalReport,
  type JournalStore,
} from './journal-store.js';
import {JournalWriter} from './journal-writer.js';
import {LimitedRows} from './limited-rows.js';

/** A snapshot of a journal. */
export interface JournalState {
  /** The newest rows, at most 20,000, oldest first. */
  readonly rows: readonly JournalRow[];
  /** Rows that are in memory alone, because the browser could not write them yet; oldest first. */
  readonly waiting: readonly JournalDraft[];
  /** Whether rows survive the page. */
  readonly kept: boolean;
  /** Why rows wait: `storage-full`, or `internal` if the browser refuses. */
  readonly error?: SipErrorCode | undefined;
  /** The number of the last row that the sink has taken; undefined without a sink. */
  readonly sent?: number | undefined;
  /** Why the sink could not take rows, which it gets again. */
  readonly sinkError?: SipErrorCode | undefined;
}

/** How many rows are in memory. */
const MOST_ROWS = 20_000;

/** A page that begins within this time after the last row, in milliseconds, continues the shift of the page before. */
const RETURN = 1_800_000;

/**
 * What has happened in a shift: calls, floors, texts, recordings, sign-ins and losses of connection, each as a row that
 * never changes. Each row has the hash of the one before, so that a changed or missing row shows.
 *
 * The option `journalStorage` turns it on. All tabs of an account write one journal.
 *
 * ```ts
 * const journal = await client.openJournal();
 * journal.sink = async (rows) => {
 *   const {ok} = await fetch('/journal', {method: 'POST', body: JSON.stringify(rows)});
 *   if (!ok) throw new Error('The journal was not taken.');
 * };
 * ```
 */
export class Journal extends StateTarget<JournalState> {
  readonly #client: JournalHost;
  readonly #account: string;
  readonly #store: JournalStore;
  readonly #writer: JournalWriter;
  readonly #rollCalls: RunningRollCalls;
  #channel: BroadcastChannel | undefined;
  #sink: JournalSink | undefined;
  #sender: JournalSender | undefined;
  /** Reads what other tabs have written, one read after the other. */
  #reading: Promise<void> = Promise.resolve();

  private constructor(client: JournalHost, account: string, store: JournalStore) {
    super({rows: Object.freeze([]), waiting: Object.freeze([]), kept: store.kept});
    this.#client = client;
    this.#account = account;
    this.#store = store;
    this.#writer = new JournalWriter(store, {
      onWritten: (rows) => {
        this.#add(rows);
        this.#channel?.postMessage('rows');
        this.#sender?.send();
      },
      onWaiting: (waiting, error) => this.update({waiting: Object.freeze(waiting), error: error?.code}),
    });
    this.#rollCalls = new RunningRollCalls(store.kept ? account : '', (entry, id) => ({
      row: this.#report(
        {kind: 'roll-call', event: entry.of ? 'repeated' : 'ended', ...entry},
        {name: `roll-call:${id}`, by: 'once'},
      ),
      written: this.written(),
    }));
  }

  /**
   * @internal Begins the journal of a client.
   *
   * @throws {SipError} `unsupported` if `journalStorage` is `none`, or on a page without TLS, which cannot
   * compute hashes.
   */
  static async begin(client: JournalHost): Promise<Journal> {
    const {journalStorage = 'none'} = client;
    const {user, domain} = client.options;
    if (journalStorage === 'none' || !isSecureContext)
      throw new SipError('unsupported', {subject: 'journal'});
    const account = `${user}@${domain}`;
    const store =
      journalStorage === 'local' ? new DatabaseJournal(account, randomUuid()) : new MemoryJournal();
    const journal = new Journal(client, account, store);
    if (journalStorage === 'local') journal.#openChannel();
    await journal.#read();
    const report: JournalReport = (entry, fact) => void journal.#report(entry, fact);
    new JournalRecorder(client, {
      report,
      limited: new LimitedRows(journal.rows, report),
      isOpen: (call) => journal.#isOpen(call),
      membersOf: (call) => journal.#membersOf(call),
      beginningOf: (call) => journal.#beginningOf(call),
      isReturn: () => journal.#isReturn(),
    });
    journal.#rollCalls.completeOthers();
    return journal;
  }

  /** The newest rows, at most 20,000, oldest first. */
  get rows(): readonly JournalRow[] {
    return this.state.rows;
  }

  /**
   * Takes rows to the page's own server, in their order, at most 100 at a time: those that it has not taken yet, and then
   * each new one. If it throws or rejects, it gets the same rows again, later and later up to a minute; the next page goes
   * on where this one has ended. One tab of the account sends at a time. Without locks (a page without TLS) a row may come
   * twice: `seq` and `hash` show that.
   */
  get sink(): JournalSink | undefined {
    return this.#sink;
  }

  set sink(sink: JournalSink | undefined) {
    this.#sender?.stop();
    this.#sink = sink;
    this.#sender = undefined;
    this.update({sent: undefined, sinkError: undefined});
    if (!sink) return;
    this.#sender = new JournalSender({
      store: this.#store,
      lock: `sip-elements:journal:${this.#account}`,
      sink,
      onChange: (sent, error) => this.update({sent, sinkError: error?.code}),
    });
  }

  /**
   * Writes a note to a row, as a row of its own; returns its id.
   *
   * @param row - The id of the row.
   * @throws {SipError} `bad-parameter` if the note is empty, or there is no such row.
   */
  note(row: string, text: string): string {
    return this.#writeTo(row, 'note', text);
  }

  /**
   * Writes that the user has acknowledged a row, such as an SOS call, as a row of its own; returns its id.
   *
   * @param row - The id of the row.
   * @throws {SipError} `bad-parameter` if there is no such row.
   */
  acknowledge(row: string): string {
    return this.#writeTo(row, 'acknowledgement');
  }

  /** @internal Writes that the shift was handed over, or taken over from somebody. */
  noteShift(
    event: 'handed-over' | 'taken-over',
    entry: Pick<JournalEntry, 'text' | 'person' | 'personName'>,
  ): void {
    this.#report({kind: 'session', event, ...entry});
  }

  /** @internal Begins a roll call; its row has `of` if it is one for those who were absent in an earlier one. */
  beginRollCall(): RunningRollCall {
    return this.#rollCalls.begin(randomUuid());
  }

  /** Resolves when all rows that were added are written. */
  async written(): Promise<void> {
    await this.#writer.settled();
  }

  /** Returns the number of written rows and the hash of the last one: kept elsewhere, it shows what is missing at the end. */
  async head(): Promise<JournalHead> {
    return this.#store.head();
  }

  /**
   * Checks the hashes of all written rows.
   *
   * @param known - The head at an earlier time, kept elsewhere.
   */
  async verify(known?: JournalHead): Promise<JournalCheck> {
    return verifyJournal(await this.#store.read(0), known);
  }

  /**
   * Returns all written rows as a file: `json`, which can be checked, or `csv` for spreadsheets. Rows stay as they were written;
   * the file also has the names, as known now, of numbers that had none.
   */
  async export(format: 'json' | 'csv' = 'json'): Promise<File> {
    const rows = await this.#store.read(0);
    const {hash = '', seq: count = 0} = rows.at(-1) ?? {};
    const nameOf = (number: string): string => this.#client.identify({number, name: ''}).name;
    const text =
      format === 'csv'
        ? journalCsv(rows, nameOf)
        : journalJson(this.#account, rows, {head: {count, hash}, nameOf});
    const day = new Date().toISOString().slice(0, 10);
    return new File([text], `journal-${day}.${format}`, {
      type: format === 'csv' ? 'text/csv' : 'application/json',
    });
  }

  /** Erases all rows of the account; the next row begins a new chain. Export the journal before. */
  async erase(): Promise<void> {
    await this.#store.erase();
    this.#writer.restart();
    this.#forget();
    this.#channel?.postMessage('erased');
  }

  /** Notes that all rows were erased: the sink has nothing of the next chain. */
  #forget(): void {
    this.update({rows: Object.freeze([]), ...(this.#sink && {sent: 0})});
  }

  #report(entry: JournalEntry, fact?: JournalFact): string {
    const draft: JournalDraft = {...plain(entry), id: randomUuid(), time: Date.now(), account: this.#account};
    this.#writer.add(Object.freeze(draft), fact);
    return draft.id;
  }

  #writeTo(id: string, kind: 'note' | 'acknowledgement', text = ''): string {
    const {rows, waiting} = this.state;
    const row = [...rows, ...waiting].find((each) => each.id === id);
    if (!row) throw new SipError('bad-parameter', {subject: 'row'});
    if (kind === 'note' && !text.trim()) throw new SipError('bad-parameter', {subject: 'text'});
    return this.#report({kind, event: 'written', of: row.id, ...(text && {text})});
  }

  #openChannel(): void {
    if (!('BroadcastChannel' in globalThis)) return;
    const channel = (this.#channel = new BroadcastChannel(`sip-elements:journal:${this.#account}`));
    // The browser keeps a channel with a listener, which must not keep the journal of a client that is gone.
    const reference = new WeakRef(this);
    channel.onmessage = ({data}) => {
      const journal = reference.deref();
      if (!journal) return channel.close();
      if (data === 'erased') journal.#forget();
      void journal.#read();
    };
  }

  async #read(): Promise<void> {
    this.#reading = this.#reading.then(async () => {
      const {rows} = this.state;
      const last = rows.at(-1)?.seq;
      try {
        this.#add(await this.#store.read(last, last === undefined ? MOST_ROWS : undefined));
      } catch {
        // Rows that cannot be read may still be written: the writer reports what the browser refuses.
      }
    });
    await this.#reading;
  }

  /** Adds rows that were read or written; either may come first. */
  #add(added: readonly JournalRow[]): void {
    const {rows} = this.state;
    const last = rows.at(-1)?.seq ?? 0;
    const [first] = added;
    const next = added.filter(({seq}) => seq > last);
    if (!next.length) return;
    // Another tab has written between: its rows are read first.
    if (last && first && first.seq > last + 1) return void this.#read();
    this.update({rows: Object.freeze([...rows, ...next].slice(-MOST_ROWS))});
  }

  #isOpen(call: string): boolean {
    const last = this.rows.findLast(
      ({call: id, kind}) => id === call && kind !== 'recording' && kind !== 'acknowledgement',
    );
    // A member who was called and has not joined does not end the conference.
    return !!last && last.event !== 'ended' && (last.event !== 'refused' || last.person !== undefined);
  }

  #membersOf(call: string): ReadonlyMap<string, MemberEvent> {
    return new Map(
      this.rows.flatMap(({call: id, event, person}): [string, MemberEvent][] =>
        id === call && person !== undefined && (event === 'joined' || event === 'left' || event === 'refused')
          ? [[person, event]]
          : [],
      ),
    );
  }

  #beginningOf(call: string): string | undefined {
    const {rows, waiting} = this.state;
    const isBeginning = ({call: id, kind, event}: JournalDraft): boolean =>
      id === call && kind === 'sos' && event === 'began';
    return (waiting.find(isBeginning) ?? rows.findLast(isBeginning))?.id;
  }

  #isReturn(): boolean {
    const {rows} = this;
    const last = rows.at(-1);
    const session = rows.findLast(({kind}) => kind === 'session');
    return !!last && !!session && session.event !== 'signed-out' && Date.now() - last.time < RETURN;
  }
}

/** How many people a row has. */
const MOST_PEOPLE = 1_000;

/** Fields that name somebody, and how long they may be: a number tells by its end of which domain it is. */
const NAMES: ReadonlyMap<string, number> = new Map([
  ['number', LONGEST_TEXT],
  ['name', 200],
  ['person', LONGEST_TEXT],
  ['personName', 200],
]);

/** Returns a person with what others wrote as plain text of limited length. */
function plainPerson({number, name, result, time}: JournalPerson): JournalPerson {
  return Object.freeze({
    number: plainName(number, 200),
    name: plainName(name, 200),
    result: shortened(result, 100),
    ...(time !== undefined && {time}),
  });
}

/** Returns an entry with what others wrote as plain text of limited length, and without empty fields. */
function plain({people, ...entry}: JournalEntry): JournalEntry {
  const fields = Object.entries(entry).flatMap(([name, value]: readonly [string, unknown]) => {
    if (typeof value !== 'string') return value === undefined ? [] : [[name, value] as const];
    const longest = NAMES.get(name);
    const text = longest ? plainName(value, longest) : shortened(value, LONGEST_TEXT);
    return text ? [[name, text] as const] : [];
  });
  const list = people && Object.freeze(people.slice(0, MOST_PEOPLE).map(plainPerson));
  return {...(Object.fromEntries(fields) as unknown as JournalEntry), ...(list && {people: list})};
}
