import {entryOf, type CallOutcome, type HistoryEntry, type Noted} from './history-entry.js';
import {LocalStore} from './history-store.js';
import type {HistoryMode} from '../client/options.js';
import {StateTarget} from '../util/state-target.js';
import {randomUuid} from '../util/uuid.js';

/** What a history looks like at one moment. */
export interface HistoryState {
  /** The calls that are over, newest first. */
  readonly entries: readonly HistoryEntry[];
  /** How many missed calls nobody has taken note of. */
  readonly unseen: number;
}

/** How a history is kept. */
export interface HistoryOptions {
  /** `user@domain`. */
  readonly account: string;
  readonly mode: HistoryMode;
  /** How many entries are kept. */
  readonly limit: number;
}

/** Two tabs tell of one call within this time, in milliseconds. */
const SAME = 5_000;
/** What says most of a call that two tabs have noted. */
const RANK: readonly CallOutcome[] = ['taken', 'made', 'refused', 'elsewhere', 'missed', 'unanswered'];

/** The histories that share the browser's storage; held weakly, since they end with their clients. */
const shared = new Set<WeakRef<CallHistory>>();
/** Reads anew what another tab, or another client of this page, has written. */
const reread = (key: string | null, but?: CallHistory): void => {
  for (const reference of shared) {
    const history = reference.deref();
    if (!history) shared.delete(reference);
    else if (history !== but) history.reread(key);
  }
};
if (typeof window !== 'undefined') window.addEventListener('storage', ({key}) => reread(key));

/**
 * The calls of an account that are over: missed, taken, made, refused.
 *
 * Kept in the browser's storage, where it is allowed: names, numbers and times, no secrets. Tabs of one account share
 * it. Follow `statechange`.
 */
export class CallHistory extends StateTarget<HistoryState> {
  readonly #mode: HistoryMode;
  readonly #limit: number;
  #store: LocalStore | undefined;

  /** @internal A client has one. */
  constructor({account, mode, limit}: HistoryOptions) {
    super({entries: Object.freeze([]), unseen: 0});
    this.#mode = mode;
    this.#limit = limit;
    if (mode !== 'local') return;
    this.#store = new LocalStore(account);
    shared.add(new WeakRef(this));
    this.reread(this.#store.key);
  }

  /** The calls that are over, newest first. */
  get entries(): readonly HistoryEntry[] {
    return this.state.entries;
  }

  /** @internal Notes a call that ended just now. */
  note(noted: Noted): void {
    if (this.#mode === 'none') return;
    const entry = entryOf(noted, randomUuid());
    this.#change((entries) => {
      const twin = entries.find(({sid, time}) => sid === entry.sid && Math.abs(time - entry.time) < SAME);
      if (!twin) return [entry, ...entries];
      if (RANK.indexOf(twin.outcome) <= RANK.indexOf(entry.outcome)) return entries;
      return [entry, ...entries.filter((other) => other !== twin)];
    });
  }

  /** Takes entries out, by their ids; gives back those that were there, for `restore`. */
  remove(...ids: readonly string[]): readonly HistoryEntry[] {
    return this.#take(({id}) => ids.includes(id));
  }

  /** Takes everything out; gives it back, for `restore`. */
  clear(): readonly HistoryEntry[] {
    return this.#take(() => true);
  }

  /** Puts back what was taken out. */
  restore(entries: readonly HistoryEntry[]): void {
    this.#change((now) => [...entries.filter(({id}) => !now.some((other) => other.id === id)), ...now]);
  }

  /** A person has taken note of all that was missed. */
  markSeen(): void {
    if (!this.state.unseen) return;
    this.#change((entries) =>
      entries.map((entry) => (entry.seen ? entry : Object.freeze({...entry, seen: true}))),
    );
  }

  /** @internal The storage has changed at the key; everywhere where it is null. */
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

  /** Changes what is kept by now, which may be more than is known here. */
  #change(change: (entries: readonly HistoryEntry[]) => readonly HistoryEntry[]): void {
    const before = this.#store?.read() ?? this.state.entries;
    const after = change(before);
    if (after === before) return;
    this.#show(after);
    if (!this.#store) return;
    if (this.#store.write(this.state.entries)) reread(this.#store.key, this);
    // It lasts as long as the client then.
    else this.#store = undefined;
  }

  #show(entries: readonly HistoryEntry[]): void {
    const known = new Map(this.entries.map((entry) => [entry.id, entry]));
    // An entry that is the same stays the same object, so that who shows it need not do so again.
    const kept = (entry: HistoryEntry): HistoryEntry => {
      const before = known.get(entry.id);
      return before?.seen === entry.seen ? before : entry;
    };
    const shown = entries
      .map(kept)
      .sort((one, other) => other.time - one.time)
      .slice(0, this.#limit);
    this.update({
      entries: Object.freeze(shown),
      unseen: shown.filter(({outcome, seen}) => outcome === 'missed' && !seen).length,
    });
  }
}
