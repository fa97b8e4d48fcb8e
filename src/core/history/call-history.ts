import {isLine} from '../call-kinds.js';
import {isForeign} from '../util/number.js';
import {entryOf, type CallOutcome, type HistoryEntry, type Noted} from './history-entry.js';
import {LocalStore} from './history-store.js';
import {durations} from '../../durations/page.js';
import {StateTarget, type StateEventMap} from '../util/state-target.js';
import {randomUuid} from '../util/uuid.js';

/** A snapshot of a history. */
export interface HistoryState {
  /** The calls that have ended, newest first. */
  readonly entries: readonly HistoryEntry[];
  /** The number of missed calls that the user has not seen. */
  readonly unseen: number;
}

/** The events of a history. */
export interface HistoryEventMap extends StateEventMap {
  /** A call has ended, or never began, whether or not the history stores it. */
  noted: CustomEvent<Noted>;
}

/** Where a history is stored: in the browser, in memory while the client lives, or nowhere. */
export type HistoryMode = 'local' | 'memory' | 'none';

/** Options of a history. */
export interface HistoryOptions {
  /** `user@domain`. */
  readonly account: string;
  readonly mode: HistoryMode;
  /** The maximum number of entries. */
  readonly limit: number;
  /** Called when the user has cleared the history. */
  readonly onClear?: () => void;
}

/** Two tabs note the same call within this time, in milliseconds. */
const SAME = 5_000;
/** The outcomes by how much they say about a call that two tabs have noted, the most informative first. */
const RANK: readonly CallOutcome[] = ['taken', 'made', 'refused', 'elsewhere', 'missed', 'unanswered'];

/** The histories that share the browser's storage, held weakly because they end with their clients. */
const shared = new Set<WeakRef<CallHistory>>();
const forEachShared = (task: (history: CallHistory) => void): void => {
  for (const reference of shared) {
    const history = reference.deref();
    if (history) task(history);
    else shared.delete(reference);
  }
};
/** Rereads the storage after another tab, or another client of this page, has written. */
const reread = (key: string | null, but?: CallHistory): void =>
  forEachShared((history) => history !== but && history.reread(key));
if (typeof window !== 'undefined') {
  window.addEventListener('storage', ({key}) => reread(key));
  window.addEventListener('pagehide', () => forEachShared((history) => history.flush()));
}

/** How many calls are added one by one, until further ones of the same moment are added together. */
const ONE_BY_ONE = 5;

/**
 * The past calls of an account: missed, taken, made, refused.
 *
 * Stored in the browser's storage, if allowed: names, numbers and times, no secrets. Tabs of one account share it.
 * `statechange` reports changes.
 */
export class CallHistory extends StateTarget<HistoryState, HistoryEventMap> {
  readonly #mode: HistoryMode;
  readonly #limit: number;
  readonly #onClear: HistoryOptions['onClear'];
  #store: LocalStore | undefined;
  /** Calls that have ended since the last change. */
  #waiting: readonly HistoryEntry[] = [];
  #singles = ONE_BY_ONE;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @internal Created by its client. */
  constructor({account, mode, limit, onClear}: HistoryOptions) {
    super({entries: Object.freeze([]), unseen: 0});
    this.#mode = mode;
    this.#limit = limit;
    this.#onClear = onClear;
    if (mode !== 'local') return;
    this.#store = new LocalStore(account);
    shared.add(new WeakRef(this));
    this.reread(this.#store.key);
  }

  /** The calls that have ended, newest first. */
  get entries(): readonly HistoryEntry[] {
    return this.state.entries;
  }

  /** @internal Adds a call that has just ended. Of a flood, which must not keep the page busy, many are added together. */
  note(noted: Noted): void {
    this.dispatchEvent(new CustomEvent('noted', {detail: noted}));
    if (this.#mode === 'none') return;
    const waiting = [...this.#waiting, entryOf(noted, randomUuid())];
    if (waiting.length > this.#limit) waiting.splice(Math.max(0, waiting.findIndex(isNoise)), 1);
    this.#waiting = waiting;
    this.#timer ??= setTimeout(this.#onTime, durations.historyBatch);
    if (this.#singles === 0) return;
    this.#singles -= 1;
    this.flush();
  }

  /** @internal Adds the calls that wait. */
  flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length > 0) this.#change((entries) => waiting.reduce(withEntry, entries));
  }

  readonly #onTime = (): void => {
    this.#timer = undefined;
    if (this.#waiting.length === 0) this.#singles = ONE_BY_ONE;
    else this.#timer = setTimeout(this.#onTime, durations.historyBatch);
    this.flush();
  };

  /** Removes entries by their ids; returns the removed ones, for `restore`. */
  remove(...ids: readonly string[]): readonly HistoryEntry[] {
    return this.#take(({id}) => ids.includes(id));
  }

  /** Removes all entries; returns them, for `restore`. */
  clear(): readonly HistoryEntry[] {
    const taken = this.#take(() => true);
    this.#onClear?.();
    return taken;
  }

  /** Restores removed entries. */
  restore(entries: readonly HistoryEntry[]): void {
    this.#change((now) => [...entries.filter(({id}) => !now.some((other) => other.id === id)), ...now]);
  }

  /** Marks all missed calls as seen by the user. */
  markSeen(): void {
    if (!this.state.unseen) return;
    this.#change((entries) =>
      entries.map((entry) => (entry.seen ? entry : Object.freeze({...entry, seen: true}))),
    );
  }

  /** @internal Rereads the storage after a change of the key; of all keys if it is null. */
  reread(key: string | null): void {
    if (key !== null && key !== this.#store?.key) return;
    const kept = this.#store?.read();
    if (kept) this.#show(kept);
  }

  #take(goes: (entry: HistoryEntry) => boolean): readonly HistoryEntry[] {
    const taken: HistoryEntry[] = [];
    this.#change((entries) => entries.filter((entry) => !goes(entry) || !taken.push(entry)));
    return taken;
  }

  /** Changes the stored entries, of which another tab may have added some. */
  #change(change: (entries: readonly HistoryEntry[]) => readonly HistoryEntry[]): void {
    this.flush();
    const before = this.#store?.read() ?? this.state.entries;
    const after = change(before);
    if (after === before) return;
    this.#show(after);
    if (!this.#store) return;
    if (this.#store.write(this.state.entries)) reread(this.#store.key, this);
    // The history lasts only as long as the client then.
    else this.#store = undefined;
  }

  #show(entries: readonly HistoryEntry[]): void {
    const known = new Map(this.entries.map((entry) => [entry.id, entry]));
    // An unchanged entry stays the same object, so that lists need not render it again.
    const kept = (entry: HistoryEntry): HistoryEntry => {
      const before = known.get(entry.id);
      return before?.seen === entry.seen ? before : entry;
    };
    const sorted = entries.map(kept).sort((one, other) => other.time - one.time);
    // Strangers, who can call as often as they like, push out no more than half of the user's calls.
    let noise = 0;
    const shown = sorted
      .filter((entry) => !isNoise(entry) || (noise += 1) <= Math.ceil(this.#limit / 2))
      .slice(0, this.#limit);
    this.update({
      entries: Object.freeze(shown),
      unseen: shown.filter(({outcome, seen}) => outcome === 'missed' && !seen).length,
    });
  }
}

/** Adds an entry, unless another tab has noted the same call with more. */
function withEntry(entries: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] {
  // Barging in has the id of the call that was listened to.
  const twin = entries.find(
    ({sid, type, time}) =>
      sid === entry.sid && isLine(type) === isLine(entry.type) && Math.abs(time - entry.time) < SAME,
  );
  if (!twin) return [entry, ...entries];
  if (RANK.indexOf(twin.outcome) <= RANK.indexOf(entry.outcome)) return entries;
  return [entry, ...entries.filter((other) => other !== twin)];
}

/** Whether a call is one of another domain, or of nobody, that the user has not answered here. */
function isNoise({direction, outcome, number, autoAnswered}: HistoryEntry): boolean {
  return direction === 'incoming' && (outcome !== 'taken' || autoAnswered === true) && isForeign(number);
}
