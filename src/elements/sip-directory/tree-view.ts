import {html, nothing, type ReactiveElement, type TemplateResult} from 'lit';
import type {Position} from '../../core/directory/people.js';
import {dragPerson} from '../shared/people/dragged-person.js';
import {repeat} from '../shared/repeat.js';
import {RowWindow} from '../shared/row-window.js';
import {directoryRow, idOf, type RowContext} from './row.js';
import {meaningOf, Typeahead} from './tree-keys.js';
import type {Row} from './tree.js';

/** The properties that all rows share. */
export interface TreeContext extends Omit<RowContext, 'active' | 'place'> {
  readonly placeOf: (number: string) => Position | undefined;
}

/** The options of a tree view. */
export interface TreeViewOptions {
  rows(): readonly Row[];
  toggle(group: string, open: boolean): void;
  /** Handles Enter on a row that is not a group. */
  act(row: Row): void;
}

/**
 * Renders the rows of the tree in view, and moves a cursor by keyboard and pointer.
 *
 * The tree itself has the focus and references the cursor's row (`aria-activedescendant`), so that scrolling never
 * loses the focus.
 */
export class TreeView {
  readonly #host: ReactiveElement;
  readonly #options: TreeViewOptions;
  readonly #window: RowWindow;
  readonly #typeahead = new Typeahead();
  /** The key of the cursor's row. */
  #cursor = '';
  #kept = {before: 0, after: 0};

  constructor(host: ReactiveElement, options: TreeViewOptions) {
    this.#host = host;
    this.#options = options;
    this.#window = new RowWindow(host, () => options.rows().length);
  }

  /** The rows rendered because they are in view, or nearly. */
  get shown(): readonly Row[] {
    const {first, end} = this.#window.drawn;
    return this.#box ? this.#options.rows().slice(first, end) : [];
  }

  /** Renders the tree; requires at least one row. */
  render(context: TreeContext, busy: boolean): TemplateResult {
    const rows = this.#options.rows();
    const at = this.#at;
    const {first, end} = this.#window.next();
    const drawn = rows.slice(first, end);
    this.#kept = {before: at < first ? 1 : 0, after: at >= end ? 1 : 0};
    // The cursor's row is rendered even if it is out of view, because its buttons may have the focus.
    if (this.#kept.before) drawn.unshift(rows[at]!);
    if (this.#kept.after) drawn.push(rows[at]!);
    const {localize, placeOf} = context;
    return html`<div
      part="tree"
      role="tree"
      tabindex="0"
      aria-label=${localize.term('directory')}
      aria-busy=${busy ? 'true' : nothing}
      aria-activedescendant=${idOf(rows[at]!)}
      @keydown=${this.#onKey}
      @click=${this.#onClick}
      @dragstart=${this.#onDrag}
      @scroll=${this.#window.onScroll}
    >
      <div class="before" role="none"></div>
      ${repeat(
        drawn,
        ({key}) => key,
        (row) => {
          const place = row.kind === 'person' ? placeOf(row.person.number) : undefined;
          return directoryRow(row, {...context, active: row === rows[at], place});
        },
      )}
      <div class="after" role="none"></div>
    </div>`;
  }

  /** Measures the rendered rows. */
  measure(): void {
    this.#window.measure(this.#box, this.#kept);
  }

  /** Focuses the tree; returns false if it is not rendered. */
  focus(): boolean {
    this.#box?.focus();
    return this.#box !== undefined;
  }

  /** Moves the cursor to the top. */
  reset(): void {
    this.#cursor = '';
    if (this.#box) this.#box.scrollTop = 0;
  }

  get #box(): HTMLElement | undefined {
    return this.#host.renderRoot.querySelector<HTMLElement>('[role=tree]') ?? undefined;
  }

  /** The index of the cursor; 0 if its row is gone. */
  get #at(): number {
    const index = this.#options.rows().findIndex(({key}) => key === this.#cursor);
    return Math.max(0, index);
  }

  #moveTo(index: number): void {
    const row = this.#options.rows()[index];
    if (!row) return;
    this.#cursor = row.key;
    this.#window.show(index);
    this.#host.requestUpdate();
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const {key, ctrlKey, altKey, metaKey, isComposing} = event;
    if (ctrlKey || altKey || metaKey || isComposing) return;
    const onButton = event.target !== this.#box;
    // A focused button handles its own keys.
    if (onButton && (key === 'Enter' || key === ' ')) return;
    const rows = this.#options.rows();
    const at = this.#at;
    const meaning = meaningOf(key, rows, at, this.#window.page);
    const isLetter = !meaning && key.length === 1 && key !== ' ';
    const found = isLetter ? this.#typeahead.find(key, rows, at) : undefined;
    if (!meaning && found === undefined) return;
    event.preventDefault();
    if (onButton) this.focus();
    if (found !== undefined) this.#moveTo(found);
    else if (meaning && 'to' in meaning) this.#moveTo(meaning.to);
    else if (meaning && 'group' in meaning) this.#options.toggle(meaning.group, meaning.open);
    else this.#options.act(rows[at]!);
  };

  readonly #onDrag = (event: DragEvent): void => {
    const row = this.#rowOf(event);
    if (row?.kind === 'person') dragPerson(event, row.person);
  };

  #rowOf({target}: Event): Row | undefined {
    const key = (target as Element).closest<HTMLElement>('[data-key]')?.dataset['key'];
    return this.#options.rows().find((each) => each.key === key);
  }

  readonly #onClick = (event: MouseEvent): void => {
    const target = event.target as Element;
    const row = this.#rowOf(event);
    if (!row) return;
    this.#cursor = row.key;
    if (row.kind === 'group' && !target.closest('button'))
      this.#options.toggle(row.group.number, !row.expanded);
    this.#host.requestUpdate();
  };
}
