import {html, type ReactiveController, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {onwardKey} from '../shared/onward-key.js';
import {dragPerson} from '../shared/people/dragged-person.js';
import {unregisteredReason} from '../shared/registration.js';
import {repeat} from '../shared/repeat.js';
import {OwnRules} from '../shared/styles/own-rules.js';
import type {KeyArranging} from './key-arranging.js';
import type {PlacedKey} from './key-book.js';
import {bondOf, callWith} from './key-calls.js';
import type {KeyCommands} from './key-commands.js';
import {idOfEvent, isOfButton} from './key-events.js';
import type {KeyMenus} from './key-menus.js';
import {idOf} from './key-pages.js';
import {renderKey, type KeyView} from './key-view.js';
import type {KeysInView, KeysPanel} from './keys-in-view.js';

/** The least width of a key, in rem and pixels, in a wide panel and in a narrow one. */
const LEAST = {wide: 9, narrow: 7.5} as const;
/** The width from which a panel is wide, and what is around and between its keys, in pixels. */
const WIDE = 480;
const AROUND = 18;
const GAP = 6;

/** What the grid of the keys uses. */
interface GridParts {
  readonly keys: KeysInView;
  readonly commands: KeyCommands;
  readonly menus: KeyMenus;
  readonly arranging: KeyArranging;
  readonly localize: LocalizeController;
}

/** The keys of the page in view as a grid, which fills the width, and is used by the pointer and by keys. */
export class KeyGrid implements ReactiveController {
  readonly #panel: KeysPanel;
  readonly #parts: GridParts;
  readonly #rules: OwnRules;
  readonly #resizes = new ResizeObserver(() => this.#measure());
  #columns = 4;

  constructor(panel: KeysPanel, parts: GridParts) {
    this.#panel = panel;
    this.#parts = parts;
    this.#rules = new OwnRules(panel);
    panel.addController(this);
  }

  hostConnected(): void {
    this.#resizes.observe(this.#panel);
  }

  hostDisconnected(): void {
    this.#resizes.disconnect();
  }

  hostUpdate(): void {
    this.#rules.set(`.keys{grid-template-columns:repeat(${this.#columns},minmax(0,1fr))}`);
  }

  render(client: BaseClient): TemplateResult {
    const {keys, arranging, localize} = this.#parts;
    const {placed} = keys;
    const columns = this.#columns;
    const reason = unregisteredReason(client, localize);
    const rows = Array.from({length: Math.ceil(placed.length / columns)}, (_, index) =>
      placed.slice(index * columns, (index + 1) * columns),
    );
    return html`<div
      part="grid"
      class="grid"
      role="grid"
      aria-label=${localize.term('speedDial')}
      aria-multiselectable="true"
      aria-colcount=${columns}
      @click=${this.#onClick}
      @mousedown=${this.#onMousedown}
      @pointerdown=${arranging.arranger.onPointerdown}
      @keydown=${this.#onKeydown}
      @keyup=${this.#onKeyup}
      @focusin=${this.#onFocusin}
      @contextmenu=${this.#onContextMenu}
      @dragstart=${this.#onDrag}
    >
      ${rows.map(
        (row) =>
          html`<div class="keys" role="row">
            ${repeat(row, idOf, (key) => renderKey(this.#viewOf(client, key, reason)))}
          </div>`,
      )}
    </div>`;
  }

  #viewOf(client: BaseClient, key: PlacedKey, reason: string | undefined): KeyView {
    const {keys, commands, menus, arranging, localize} = this.#parts;
    const {group, number} = key;
    const id = idOf(key);
    return {
      id,
      party: keys.partyOf(key),
      group,
      own: !group && number === client.options.user,
      removed: key.removed,
      state: group ? undefined : keys.people.stateOf(number),
      count: group ? keys.people.countOf(number) : undefined,
      bond: group
        ? commands.hasStarted(number)
          ? 'connected'
          : undefined
        : bondOf(callWith(number, client)),
      picksUp: commands.picksUp(key),
      look: arranging.arranger.classOf(id),
      selected: keys.isSelected(key),
      cursor: id === keys.cursor.id,
      arranging: arranging.active,
      reason,
      menu: menus.of(key),
      localize,
    };
  }

  #measure(): void {
    const {clientWidth} = this.#panel;
    if (!clientWidth) return;
    const rem = Math.max(16, parseFloat(getComputedStyle(document.documentElement).fontSize));
    const least = rem * (clientWidth < WIDE ? LEAST.narrow : LEAST.wide);
    const columns = Math.max(1, Math.floor((clientWidth - AROUND + GAP) / (least + GAP)));
    if (columns === this.#columns) return;
    this.#columns = columns;
    this.#panel.requestUpdate();
  }

  #keyOf(event: Event): PlacedKey | undefined {
    return this.#parts.keys.at(idOfEvent(event));
  }

  readonly #onFocusin = (event: Event): void => {
    const key = this.#keyOf(event);
    if (key) this.#parts.keys.cursor.moveTo(idOf(key));
  };

  /** A range is selected by Shift: the browser would select its text. */
  readonly #onMousedown = (event: MouseEvent): void => {
    if (!event.shiftKey) return;
    event.preventDefault();
    this.#parts.keys.cursor.cellOf(idOfEvent(event))?.focus();
  };

  readonly #onClick = (event: MouseEvent): void => {
    const {keys, commands, menus, arranging} = this.#parts;
    const key = this.#keyOf(event);
    const {page, cursor} = keys;
    if (!key || !page) return;
    const id = idOf(key);
    const from = cursor.id;
    cursor.moveTo(id);
    const button = (event.target as Element).closest('button');
    if (button?.classList.contains('more')) return menus.prepare(key);
    if (button) return key.removed ? arranging.putBack(page, key) : arranging.remove(page, key);
    const {rows} = keys;
    const at = rows.findIndex((row) => row.key === id);
    if (!key.removed && keys.selecting?.press(event, rows, at, from, false)) return;
    if (arranging.active) void cursor.focusOn(id);
    else commands.press(key);
  };

  readonly #onContextMenu = (event: Event): void => {
    const {keys, arranging} = this.#parts;
    const more = keys.cursor.cellOf(idOfEvent(event))?.querySelector<HTMLElement>('.more');
    if (!more || arranging.active) return;
    event.preventDefault();
    more.click();
  };

  readonly #onDrag = (event: DragEvent): void => {
    const key = this.#keyOf(event);
    if (key && !key.group) dragPerson(event, this.#parts.keys.personOf(key));
  };

  /** Firefox presses what has the focus when Space is released. */
  readonly #onKeyup = (event: KeyboardEvent): void => {
    if (event.key === ' ' && !isOfButton(event)) event.preventDefault();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const {keys, commands, arranging} = this.#parts;
    if (event.isComposing || isOfButton(event)) return;
    if (event.altKey) return this.#onAltKey(event);
    const found = this.#keyOf(event);
    const {page, cursor, rows, selecting} = keys;
    if (!found || !page) return;
    const {key} = event;
    const id = idOf(found);
    const at = rows.findIndex((row) => row.key === id);
    const selects = !found.removed && !(key === 'Escape' && arranging.active);
    const isArrow = key.startsWith('Arrow');
    if (selects && !isArrow && selecting?.key(event, rows, at) !== undefined) return event.preventDefault();
    const target = this.#targetOf(event, at, rows.length);
    if (target !== undefined) {
      event.preventDefault();
      if (event.shiftKey && isArrow) selecting?.press(event as never, rows, target, id, false);
      else selecting?.moved();
      return void cursor.focusOn(rows[target]!.key);
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (key === 'Enter') {
      event.preventDefault();
      if (!event.repeat && !arranging.active) commands.press(found);
    } else if (key === 'PageDown' || key === 'PageUp') {
      event.preventDefault();
      this.#turn(key === 'PageDown' ? 1 : -1, at);
    } else if (arranging.active && (key === 'Delete' || key === 'Backspace')) {
      event.preventDefault();
      if (found.removed) arranging.putBack(page, found);
      else arranging.remove(page, found);
    }
  };

  /** Returns the place to which a key leads; undefined for other keys. */
  #targetOf(event: KeyboardEvent, at: number, count: number): number | undefined {
    const columns = this.#columns;
    const begin = at - (at % columns);
    const all = event.ctrlKey || event.metaKey;
    const key = onwardKey(event);
    const to = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at + columns,
      ArrowUp: at - columns,
      Home: all ? 0 : begin,
      End: all ? count - 1 : Math.min(begin + columns, count) - 1,
    }[key];
    if (to === undefined || (all && key !== 'Home' && key !== 'End')) return undefined;
    // Below the last whole row, the cursor goes to the last key.
    if (key === 'ArrowDown' && to >= count) return begin + columns < count ? count - 1 : at;
    return to < 0 || to >= count ? at : to;
  }

  /** Returns the id of the page that follows the one in view, or is before it; undefined if there is none. */
  #pageBeside(step: number): string | undefined {
    const {keys} = this.#parts;
    const pages = keys.book?.pages ?? [];
    return pages[pages.indexOf(keys.page!) + step]?.id;
  }

  /** Shows the next page or the one before, and keeps the place of the cursor. */
  #turn(step: number, at: number): void {
    const {keys} = this.#parts;
    const page = this.#pageBeside(step);
    if (!page) return;
    keys.show(page);
    const {placed} = keys;
    const key = placed[Math.min(at, placed.length - 1)];
    if (key) return void keys.cursor.focusOn(idOf(key));
    void this.#panel.updateComplete.then(() =>
      this.#panel.renderRoot.querySelector('sip-tile-pages')?.focus(),
    );
  }

  /** Alt with the arrow keys moves a key, with Page Down and Page Up to another page. */
  #onAltKey(event: KeyboardEvent): void {
    const {arranging} = this.#parts;
    if (this.#panel.fixed) return;
    const {key, ctrlKey, metaKey, shiftKey} = event;
    const step = {PageDown: 1, PageUp: -1}[key];
    if (step === undefined || ctrlKey || metaKey || shiftKey) return arranging.arranger.onKeydown(event);
    const found = this.#keyOf(event);
    const page = this.#pageBeside(step);
    event.preventDefault();
    if (found && page) arranging.moveToPage(idOf(found), page);
  }
}
