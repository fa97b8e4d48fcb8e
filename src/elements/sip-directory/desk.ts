import type {CSSResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import '../../locales/desk/selection-en.js';
import {defineInner} from '../shared/define-inner.js';
import {RowSelecting} from '../shared/selection/row-selecting.js';
import {SelectionPlaceElement} from '../shared/selection/selection-place.js';
import {selectionOf, type Selected} from '../shared/selection/selection.js';
import {denseRow, selectableRow} from './dense.styles.js';
import type {Row} from './tree.js';
import type {TreeSelecting} from './tree-selecting.js';

export {RowSelecting, SelectionPlaceElement, selectionOf};

/** What a directory has at a desk: rows of one line, whose actions lie over them, and boxes that select. */
export const look: readonly CSSResult[] = [denseRow, selectableRow];

/** Returns what selects in a tree, for a client; defines the place of the bar. */
export function selecting(localize: LocalizeController, client: BaseClient): TreeSelecting {
  defineInner({'sip-selection-place': SelectionPlaceElement});
  const selection = selectionOf(client);
  const selectedOf = (row: Row): Selected | undefined => {
    if (row.kind === 'group') {
      const {number, name} = row.group;
      return {kind: 'group', number, name: name || number};
    }
    if (row.kind !== 'person' || row.person.number === client.options.user) return undefined;
    const {number, name, type} = client.identify(row.person);
    return {kind: 'person', number, name, type};
  };
  const rowSelecting = new RowSelecting(selection, selectedOf);
  return {
    client,
    selection,
    isSelected(row) {
      const selected = selectedOf(row);
      return !!selected && selection.has(selected);
    },
    labelOf(row) {
      const selected = selectedOf(row);
      return selected && localize.term('selectName', selected.name || selected.number);
    },
    press: (event, rows, row, from, onBox) =>
      rowSelecting.press(event, rows, rows.indexOf(row), from?.key, onBox),
    key: (event, rows, at) => rowSelecting.key(event, rows, at),
    moved: () => rowSelecting.moved(),
  };
}
