import type {Row} from './tree.js';

/** How long somebody may take between two letters of a name, in milliseconds. */
const PAUSE = 700;

/** What a key means in the tree: another row, or a group that opens or closes. */
export type KeyMeaning =
  {readonly to: number} | {readonly group: string; readonly open: boolean} | {readonly act: true} | undefined;

/**
 * What the keys of the tree pattern mean (WAI-ARIA Authoring Practices, “Tree View”).
 *
 * @param at - The row where the cursor is.
 * @param page - How many rows a page has.
 */
export function meaningOf(key: string, rows: readonly Row[], at: number, page: number): KeyMeaning {
  const row = rows[at];
  const last = rows.length - 1;
  const to = (index: number): KeyMeaning => ({to: Math.min(Math.max(index, 0), last)});
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'PageDown':
      return to(at + page);
    case 'PageUp':
      return to(at - page);
    case 'Home':
      return to(0);
    case 'End':
      return to(last);
    case 'ArrowRight':
      if (row?.kind !== 'group') return undefined;
      return row.expanded ? to(at + 1) : {group: row.group.number, open: true};
    case 'ArrowLeft':
      if (row?.kind === 'group' && row.expanded) return {group: row.group.number, open: false};
      return row && row.level > 1 ? to(parentOf(rows, at)) : undefined;
    case 'Enter':
    case ' ':
      if (row?.kind === 'group') return {group: row.group.number, open: !row.expanded};
      return key === 'Enter' ? {act: true} : undefined;
    default:
      return undefined;
  }
}

/** The row of the group that a row is in. */
function parentOf(rows: readonly Row[], at: number): number {
  const {level} = rows[at]!;
  let index = at;
  while (index > 0 && rows[index]!.level >= level) index -= 1;
  return index;
}

/** Finds the row whose name, or number, begins with what somebody types. */
export class Typeahead {
  #typed = '';
  #since = 0;

  /** The row for another letter, from the cursor on and around; undefined where none fits. */
  find(letter: string, rows: readonly Row[], at: number): number | undefined {
    const now = performance.now();
    const goesOn = now - this.#since < PAUSE;
    this.#since = now;
    const before = goesOn ? this.#typed : '';
    this.#typed = before + letter.toLocaleLowerCase();
    // The same letter again goes on to the next one.
    const repeats = Array.from(this.#typed).every((each) => each === this.#typed[0]);
    const wanted = repeats ? this.#typed[0]! : this.#typed;
    const start = repeats ? at + 1 : at;
    for (let step = 0; step < rows.length; step += 1) {
      const index = (start + step) % rows.length;
      if (namesOf(rows[index]!).some((name) => name.toLocaleLowerCase().startsWith(wanted))) return index;
    }
    return undefined;
  }
}

function namesOf(row: Row): readonly string[] {
  if (row.kind === 'group') return [row.group.name, row.group.number];
  return row.kind === 'person' ? [row.person.name, row.person.number] : [];
}
