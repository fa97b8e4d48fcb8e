import type {Row} from './tree.js';

/** The maximum pause between two letters of a name, in milliseconds. */
const PAUSE = 700;

/** The effect of a key in the tree: move to a row, open or close a group, or act on the row. */
export type KeyMeaning =
  {readonly to: number} | {readonly group: string; readonly open: boolean} | {readonly act: true} | undefined;

/**
 * Returns the effect of a key in the tree pattern (WAI-ARIA Authoring Practices, “Tree View”).
 *
 * @param at - The row of the cursor.
 * @param page - The number of rows on a page.
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

/** Returns the row of the group that contains a row. */
function parentOf(rows: readonly Row[], at: number): number {
  const {level} = rows[at]!;
  let index = at;
  while (index > 0 && rows[index]!.level >= level) index -= 1;
  return index;
}

/** Finds the row whose name or number begins with the letters typed. */
export class Typeahead {
  #typed = '';
  #since = 0;

  /**
   * Returns the row for the next letter, searching from the cursor and wrapping; undefined if no row matches.
   *
   * @param time - When the key was pressed, as `Event.timeStamp`: a busy page handles it later.
   */
  find(letter: string, time: number, rows: readonly Row[], at: number): number | undefined {
    const goesOn = time - this.#since < PAUSE;
    this.#since = time;
    const before = goesOn ? this.#typed : '';
    this.#typed = before + letter.toLocaleLowerCase();
    // Repeating a letter moves to the next match.
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
