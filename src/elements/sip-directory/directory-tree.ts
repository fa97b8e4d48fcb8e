import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {onwardKey} from '../shared/onward-key.js';
import {dragPerson} from '../shared/people/dragged-person.js';
import {repeat} from '../shared/repeat.js';
import {RowWindow} from '../shared/row-window.js';
import {inner} from '../shared/styles/shared.styles.js';
import type {Person} from '../../core/directory/people.js';
import {MENU_ID, type MenuAction, type RowAction} from './actions.js';
import {DirectoryMenuElement} from './directory-menu.js';
import {DirectoryRowElement, labelOf, type RowSettings} from './directory-row.js';
import {styles} from './directory-tree.styles.js';
import type {DirectoryModel} from './model.js';
import {meaningOf, Typeahead} from './tree-keys.js';
import type {Row} from './tree.js';

/**
 * The tree of a `<sip-directory>`: renders the rows in view, and moves a cursor by keyboard and pointer.
 *
 * The tree itself has the focus and references the cursor's row (`aria-activedescendant`), so that scrolling never
 * loses the focus.
 */
export class DirectoryTreeElement extends LitElement {
  static readonly parts = `tree, row, ${DirectoryRowElement.parts}, ${DirectoryMenuElement.parts}`;

  static override styles = [inner, styles];

  @property({attribute: false}) model!: DirectoryModel;
  /** What all rows share; set anew whenever a row may have changed. */
  @property({attribute: false}) settings!: RowSettings;
  /** Whether the rows are about to change. */
  @property({attribute: false}) busy = false;

  @query('[role=tree]') private readonly box!: HTMLElement;
  readonly #window = new RowWindow(this, () => this.model.rows.length);
  readonly #typeahead = new Typeahead();
  /** The key of the cursor's row. */
  #cursor = '';
  #kept = {before: 0, after: 0};
  /** The person whose menu was opened last, and what it offers. */
  #menu:
    | {
        readonly number: string;
        readonly actions: readonly MenuAction[];
        readonly hiddenActions: readonly RowAction[];
      }
    | undefined;

  constructor() {
    super();
    new FocusKeeper(this, '[role=tree]');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.model.showRows([]);
  }

  override focus(options?: FocusOptions): void {
    this.box.focus(options);
  }

  /** The person in the cursor's row. */
  get chosen(): Person | undefined {
    const row = this.model.rows[this.#at];
    return row?.kind === 'person' ? (this.model.personOf(row.person.number) ?? row.person) : undefined;
  }

  /** Moves the cursor to the top. */
  reset(): void {
    this.#cursor = '';
    this.box.scrollTop = 0;
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const {rows} = this.model;
    const at = this.#at;
    const {first, end} = this.#window.next();
    const drawn = rows.slice(first, end);
    // Undefined if the last row is gone, and the panel is about to remove the tree.
    const cursor = rows[at];
    this.#kept = {before: cursor && at < first ? 1 : 0, after: cursor && at >= end ? 1 : 0};
    // The cursor's row is rendered even if it is out of view, because its buttons may have the focus.
    if (cursor && this.#kept.before) drawn.unshift(cursor);
    if (cursor && this.#kept.after) drawn.push(cursor);
    return html`<div
        part="tree"
        role="tree"
        tabindex="0"
        aria-label=${this.settings.localize.term('directory')}
        aria-multiselectable=${this.settings.selecting ? 'true' : nothing}
        aria-busy=${this.busy ? 'true' : nothing}
        aria-activedescendant=${cursor ? idOf(cursor) : nothing}
        @keydown=${this.#onKey}
        @mousedown=${this.#onMousedown}
        @click=${this.#onClick}
        @contextmenu=${this.#onContextMenu}
        @dragstart=${this.#onDrag}
        @scroll=${this.#window.onScroll}
      >
        <div class="before" role="none"></div>
        ${repeat(
          drawn,
          ({key}) => key,
          (row) => this.#renderRow(row, row === cursor),
        )}
        <div class="after" role="none"></div>
      </div>
      ${this.#renderMenu()}`;
  }

  #renderMenu(): TemplateResult {
    const menu = this.#menu;
    return html`<sip-directory-menu
      id=${MENU_ID}
      popover
      exportparts=${DirectoryMenuElement.parts}
      .settings=${this.settings}
      .person=${menu && this.model.personOf(menu.number)}
      .actions=${menu?.actions ?? []}
      .hiddenActions=${menu?.hiddenActions ?? []}
      @beforetoggle=${this.#onMenuClosing}
    ></sip-directory-menu>`;
  }

  protected override updated(): void {
    this.#window.measure(this.box, this.#kept);
    const {first, end} = this.#window.drawn;
    this.model.showRows(this.model.rows.slice(first, end));
  }

  #renderRow(given: Row, active: boolean): TemplateResult {
    const row = this.model.identified(given);
    const {kind, level, position, size} = row;
    const {settings} = this;
    const selected = settings.selecting?.isSelected(row) ?? false;
    const place = kind === 'person' ? this.model.places.get(row.person.number) : undefined;
    return html`<sip-directory-row
      id=${idOf(row)}
      part="row"
      exportparts=${DirectoryRowElement.parts}
      class="${kind} ${active ? 'active' : ''} ${settings.look && settings.dense ? 'dense' : ''} ${selected ? 'selected' : ''}"
      role="treeitem"
      data-key=${row.key}
      data-number=${kind === 'person' ? row.person.number : nothing}
      draggable=${kind === 'person' && row.person.number !== settings.own ? 'true' : nothing}
      aria-level=${level}
      aria-posinset=${position}
      aria-setsize=${size}
      aria-expanded=${kind === 'group' ? (row.expanded ? 'true' : 'false') : nothing}
      aria-selected=${settings.selecting && !settings.selecting.labelOf(row) ? nothing : (settings.selecting ? selected : active) ? 'true' : 'false'}
      aria-busy=${kind === 'note' && row.loading ? 'true' : nothing}
      aria-label=${labelOf(row, settings, place) ?? nothing}
      .row=${row}
      .settings=${settings}
      .active=${active}
      .selected=${selected}
      .place=${place}
      @menu=${({currentTarget}: Event) =>
        row.kind === 'person' &&
        this.#openMenu(row.key, row.person, (currentTarget as DirectoryRowElement).hiddenActions)}
      .count=${kind === 'group' ? this.model.countOf(row.group.number) : undefined}
    ></sip-directory-row>`;
  }

  /** The index of the cursor; 0 if its row is gone. */
  get #at(): number {
    return Math.max(
      0,
      this.model.rows.findIndex(({key}) => key === this.#cursor),
    );
  }

  #moveTo(index: number): void {
    const row = this.model.rows[index];
    if (!row) return;
    this.#cursor = row.key;
    this.#window.show(index);
    this.requestUpdate();
  }

  /** Runs the first action of a row, as Enter does. */
  #actOn(row: Row): void {
    const {actions, own, onAct, onRetry} = this.settings;
    if (row.kind === 'note' && row.error) return onRetry(row.group.number);
    if (row.kind === 'person' && actions[0] && row.person.number !== own) onAct(row.person, actions[0]);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const {ctrlKey, altKey, metaKey, isComposing} = event;
    if (this.#selectByKey(event)) return;
    if (ctrlKey || altKey || metaKey || isComposing) return;
    const key = onwardKey(event);
    const onButton = event.target !== this.box;
    // A focused button handles its own keys.
    if (onButton && (key === 'Enter' || key === ' ')) return;
    const rows = this.model.rows;
    const at = this.#at;
    const meaning = meaningOf(key, rows, at, this.#window.page);
    const isLetter = !meaning && key.length === 1 && key !== ' ';
    const found = isLetter ? this.#typeahead.find(key, event.timeStamp, rows, at) : undefined;
    if (!meaning && found === undefined) return;
    event.preventDefault();
    if (onButton) this.focus();
    if (found !== undefined) this.#moveTo(found);
    else if (meaning && 'to' in meaning) {
      this.settings.selecting?.moved();
      this.#moveTo(meaning.to);
    } else if (meaning && 'group' in meaning) this.model.toggle(meaning.group, meaning.open);
    else if (rows[at]) this.#actOn(rows[at]);
  };

  /** Selects by a key that does; returns false for any other key. */
  #selectByKey(event: KeyboardEvent): boolean {
    const {selecting} = this.settings;
    const onButton = event.target !== this.box;
    if (!selecting || event.isComposing || (onButton && event.key === ' ')) return false;
    const to = selecting.key(event, this.model.rows, this.#at);
    if (to === undefined) return false;
    event.preventDefault();
    if (onButton) this.focus();
    this.#moveTo(to);
    return true;
  }

  #openMenu(key: string, person: Person, hiddenActions: readonly RowAction[]): void {
    this.#cursor = key;
    this.#menu = {number: person.number, actions: this.settings.menuOf(person), hiddenActions};
    this.requestUpdate();
  }

  readonly #onMenuClosing = ({newState, currentTarget}: ToggleEvent): void => {
    if (newState !== 'closed' || !(currentTarget as DirectoryMenuElement).matches(':focus-within')) return;
    const row = this.renderRoot.querySelector('.active');
    (row?.shadowRoot?.querySelector<HTMLElement>('.more') ?? this.box).focus({preventScroll: true});
  };

  /** Opens the menu of the row under the pointer, or of the cursor's row for the keyboard. */
  readonly #onContextMenu = (event: Event): void => {
    const row = this.#rowOf(event) ?? (event.target === this.box ? this.model.rows[this.#at] : undefined);
    if (row?.kind !== 'person') return;
    const found = this.renderRoot.querySelector(`#${CSS.escape(idOf(row))}`);
    const more = found?.shadowRoot?.querySelector<HTMLElement>('.more');
    if (!more?.checkVisibility()) return;
    event.preventDefault();
    more.click();
  };

  readonly #onDrag = (event: DragEvent): void => {
    const row = this.#rowOf(event);
    if (row?.kind === 'person') dragPerson(event, row.person);
  };

  /** A range is selected by Shift: the browser would select its text. */
  readonly #onMousedown = (event: MouseEvent): void => {
    if (!event.shiftKey || !this.settings.selecting) return;
    event.preventDefault();
    this.focus();
  };

  readonly #onClick = (event: MouseEvent): void => {
    const row = this.#rowOf(event);
    if (!row) return;
    const {selecting} = this.settings;
    const [target] = event.composedPath();
    const onBox = target instanceof Element && target.matches('.box');
    const onButton = target instanceof Element && !onBox && !!target.closest('button');
    // A range goes from the cursor if nothing was selected before.
    const selects =
      !onButton && selecting?.press(event, this.model.rows, row, this.model.rows[this.#at], onBox);
    this.#cursor = row.key;
    if (selects) {
      if (onBox) this.focus();
      return this.requestUpdate();
    }
    if (row.kind === 'group') this.model.toggle(row.group.number, !row.expanded);
    this.requestUpdate();
  };

  #rowOf({target}: Event): Row | undefined {
    const key = (target as HTMLElement).dataset['key'];
    return this.model.rows.find((row) => row.key === key);
  }
}

function idOf({key}: Row): string {
  return `row-${encodeURIComponent(key)}`;
}
