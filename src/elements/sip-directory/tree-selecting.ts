import type {BaseClient} from '../../core/client/client.js';
import type {Selection} from '../shared/selection/selection.js';
import type {Row} from './tree.js';

/** Selects people and groups of a tree. */
export interface TreeSelecting {
  readonly client: BaseClient;
  readonly selection: Selection;
  isSelected(row: Row): boolean;
  /** Returns what the box of a row is called; undefined if the row cannot be selected. */
  labelOf(row: Row): string | undefined;
  /**
   * Handles a press on a row that selects; returns false for any other press.
   *
   * @param from - The row of the cursor.
   */
  press(event: MouseEvent, rows: readonly Row[], row: Row, from: Row | undefined, onBox: boolean): boolean;
  /** Handles a key that selects, and returns where the cursor goes; undefined for any other key. */
  key(event: KeyboardEvent, rows: readonly Row[], at: number): number | undefined;
  /** The cursor was moved. */
  moved(): void;
}
