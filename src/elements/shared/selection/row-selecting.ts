import type {Selected, Selection} from './selection.js';

/** Selects rows of a list by the pointer and by keys, as lists of files do. What a range covers is added. */
export class RowSelecting<Row extends {readonly key: string}> {
  readonly #selection: Selection;
  readonly #selectedOf: (row: Row) => Selected | undefined;
  /** The key of the row from which a range goes. */
  #anchor: string | undefined;

  /**
   * @param selectedOf - Returns what a row selects; undefined if it cannot be selected, such as the user's own. Called only for
   *   rows that are selected.
   */
  constructor(selection: Selection, selectedOf: (row: Row) => Selected | undefined) {
    this.#selection = selection;
    this.#selectedOf = selectedOf;
  }

  /**
   * Handles a press on a row with Ctrl, Shift, or on its checkbox; returns false for any other press.
   *
   * @param at - The place of the row.
   * @param from - The key of the row from which a range goes if nothing was pressed before.
   */
  press(
    {ctrlKey, metaKey, shiftKey}: MouseEvent,
    rows: readonly Row[],
    at: number,
    from: string | undefined,
    onBox: boolean,
  ): boolean {
    if (shiftKey) {
      this.#anchor ??= from;
      this.#addRange(rows, at);
    } else if (onBox || ctrlKey || metaKey) this.#toggle(rows[at]);
    else {
      this.#anchor = rows[at]?.key;
      return false;
    }
    return true;
  }

  /**
   * Handles a key; returns where the cursor goes, or undefined if the key selects nothing.
   *
   * @param at - The place of the cursor.
   */
  key(
    {key, ctrlKey, metaKey, shiftKey, altKey}: KeyboardEvent,
    rows: readonly Row[],
    at: number,
  ): number | undefined {
    if (altKey) return undefined;
    if (key === ' ') {
      if (shiftKey) this.#addRange(rows, at);
      else this.#toggle(rows[at]);
      return at;
    }
    if (shiftKey && (key === 'ArrowDown' || key === 'ArrowUp')) {
      const to = Math.min(Math.max(at + (key === 'ArrowDown' ? 1 : -1), 0), rows.length - 1);
      this.#anchor ??= rows[at]?.key;
      this.#addRange(rows, to);
      return to;
    }
    if (key.toLowerCase() === 'a' && (ctrlKey || metaKey) && !shiftKey) {
      this.#selection.add(this.#selectedIn(rows).filter(({kind}) => kind === 'person'));
      return at;
    }
    if (key === 'Escape' && this.#selection.state.items.length) {
      this.#selection.clear();
      return at;
    }
    return undefined;
  }

  /** Forgets from where a range goes, as the cursor moves. */
  moved(): void {
    this.#anchor = undefined;
  }

  #toggle(row: Row | undefined): void {
    const selected = row && this.#selectedOf(row);
    if (!selected) return;
    this.#anchor = row.key;
    this.#selection.toggle(selected);
  }

  /** Adds the rows up to this one: people, or groups if the range has no people. */
  #addRange(rows: readonly Row[], at: number): void {
    const from = rows.findIndex(({key}) => key === this.#anchor);
    const [first, last] = [Math.min(from < 0 ? at : from, at), Math.max(from, at)];
    const covered = this.#selectedIn(rows.slice(first, last + 1));
    const people = covered.filter(({kind}) => kind === 'person');
    this.#selection.add(people.length ? people : covered);
    if (from < 0) this.#anchor = rows[at]?.key;
  }

  #selectedIn(rows: readonly Row[]): readonly Selected[] {
    return rows.flatMap((row) => this.#selectedOf(row) ?? []);
  }
}
