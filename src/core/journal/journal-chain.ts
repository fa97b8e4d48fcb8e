import type {JournalDraft, JournalRow} from './journal-row.js';

/** The end of a chain: the number of its rows, and the hash of the last one. */
export interface JournalHead {
  readonly count: number;
  /** Empty if there is no row. */
  readonly hash: string;
}

/** The head of a chain without rows. */
export const NO_ROWS: JournalHead = Object.freeze({count: 0, hash: ''});

/**
 * Why a chain is broken: a row was `changed`, rows are `missing` before it, it is in the wrong `order`, rows at the end are
 * missing (`truncated`), or it is not a row at all (`unreadable`).
 */
export type JournalProblem = 'changed' | 'missing' | 'order' | 'truncated' | 'unreadable';

/** The result of a check. */
export interface JournalCheck {
  readonly valid: boolean;
  /** The number of rows that were read, and the hash of the last one. */
  readonly head: JournalHead;
  readonly problem?: JournalProblem;
  /** The number of the first row that is not right. */
  readonly row?: number;
}

/**
 * Returns the text of a row that is hashed: its JSON without `hash`, all fields sorted by their names, without spaces (RFC
 * 8785).
 */
export function canonicalText(row: object): string {
  return JSON.stringify({...row, hash: undefined}, sortFields);
}

/** Sorts the fields of an object that is written as JSON; lists keep their order. */
function sortFields(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Returns the SHA-256 of a row's canonical text, in hexadecimal digits. */
export async function hashOf(row: object): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalText(row));
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Returns drafts as the rows that follow a head. */
export async function chained(
  drafts: readonly JournalDraft[],
  head: JournalHead,
): Promise<readonly JournalRow[]> {
  const rows: JournalRow[] = [];
  let {count, hash} = head;
  for (const draft of drafts) {
    const row = {...draft, seq: (count += 1), previous: hash};
    hash = await hashOf(row);
    rows.push(Object.freeze({...row, hash}));
  }
  return rows;
}

/** Returns the head of a chain with the rows. */
export function headOf(rows: readonly JournalRow[]): JournalHead {
  const last = rows.at(-1);
  return last ? {count: last.seq, hash: last.hash} : NO_ROWS;
}

/**
 * Checks a chain from its first row on.
 *
 * @param rows - What was exported.
 * @param known - The count and the hash of an earlier or the same time, kept elsewhere: a chain alone cannot show that rows
 * at its end are missing, or that all of it was written anew.
 */
export async function verifyJournal(rows: readonly unknown[], known?: JournalHead): Promise<JournalCheck> {
  let head = NO_ROWS;
  for (const value of rows) {
    const before = head;
    const expected = before.count + 1;
    const broken = (problem: JournalProblem): JournalCheck => ({
      valid: false,
      head: before,
      problem,
      row: expected,
    });
    const row = (typeof value === 'object' && value !== null ? value : {}) as Partial<JournalRow>;
    const {seq, hash, previous} = row;
    if (!Number.isSafeInteger(seq) || typeof hash !== 'string') return broken('unreadable');
    if (hash !== (await hashOf(row))) return broken('changed');
    if (seq !== expected) return broken(hasNumber(rows, expected) ? 'order' : 'missing');
    if (previous !== before.hash) return broken('changed');
    if (known?.count === expected && known.hash !== hash) return broken('changed');
    head = {count: expected, hash};
  }
  if (known && known.count > head.count)
    return {valid: false, head, problem: 'truncated', row: head.count + 1};
  return {valid: true, head};
}

function hasNumber(rows: readonly unknown[], seq: number): boolean {
  return rows.some((row) => (row as Partial<JournalRow> | null)?.seq === seq);
}
