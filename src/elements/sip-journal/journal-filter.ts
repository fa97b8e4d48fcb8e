import type {JournalDraft} from '../../core/journal/journal-row.js';

/** Which rows a `<sip-journal>` shows: all, those of the last hour, since the user signed in, or SOS calls and what belongs to them. */
export type JournalView = 'all' | 'hour' | 'shift' | 'sos';

/** Each view, in the order of the choice. */
export const JOURNAL_VIEWS: readonly JournalView[] = ['all', 'hour', 'shift', 'sos'];

/** What rows are looked for. */
export interface JournalFilter {
  readonly view: JournalView;
  /** The number of a person, conference or group; empty for all. */
  readonly number: string;
  /** A text in any field that a person reads; empty for all. */
  readonly text: string;
  /** Returns the name of a number that had none when its row was written; empty if unknown. */
  readonly nameOf: (number: string | undefined) => string;
}

const HOUR = 3_600_000;

/** Returns the rows that a filter lets through, the newest first. */
export function filteredRows(
  rows: readonly JournalDraft[],
  {view, number, text, nameOf}: JournalFilter,
  now: number,
): readonly JournalDraft[] {
  const isInView = inView(rows, view, now);
  const wanted = text.trim().toLowerCase();
  return rows
    .filter(
      (row) =>
        isInView(row) &&
        (!number || row.number === number || row.person === number || hasPerson(row, number)) &&
        (!wanted || textsOf(row, nameOf).some((each) => each?.toLowerCase().includes(wanted))),
    )
    .reverse();
}

function inView(
  rows: readonly JournalDraft[],
  view: JournalView,
  now: number,
): (row: JournalDraft) => boolean {
  if (view === 'all') return () => true;
  if (view === 'sos') {
    const sos = rows.filter(({kind}) => kind === 'sos');
    const ids = new Set(sos.map(({id}) => id));
    const calls = new Set(sos.map(({call}) => call));
    return ({id, of, call}) =>
      ids.has(id) || (of !== undefined && ids.has(of)) || (call !== undefined && calls.has(call));
  }
  const signedIn = rows.findLast(({kind, event}) => kind === 'session' && event === 'signed-in');
  const since = view === 'hour' ? now - HOUR : (signedIn?.time ?? 0);
  return ({time}) => time >= since;
}

function hasPerson({people}: JournalDraft, number: string): boolean {
  return people?.some((person) => person.number === number) ?? false;
}

function textsOf(row: JournalDraft, nameOf: JournalFilter['nameOf']): readonly (string | undefined)[] {
  const {number, name = nameOf(number), person, personName = nameOf(person), text, people = []} = row;
  return [number, name, person, personName, text, ...people.flatMap((each) => [each.number, each.name])];
}
