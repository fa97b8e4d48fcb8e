import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {PersonState} from '../../core/directory/people.js';
import {stateWord} from '../shared/people/state-word.js';
import {repeat} from '../shared/repeat.js';
import {RowWindow} from '../shared/row-window.js';
import {inner} from '../shared/styles/shared.styles.js';
import type {PlacedPerson} from './map-people.js';
import {styles} from './map-list.styles.js';
import type {MapChoice} from './map-view.js';

/** A row of the list. */
export interface MapListRow {
  readonly number: string;
  readonly name: string;
  /** The age of the position; empty if it is unknown. */
  readonly age: string;
  readonly old: boolean;
  readonly state: PersonState | undefined;
}

/**
 * The people in view as a list, for keyboards and screen readers: the arrow keys move a cursor, Space chooses.
 *
 * `choose` tells whom the user has chosen ({@link MapChoice}), `point` at whom the cursor is.
 */
export class MapListElement extends LitElement {
  static readonly parts = 'list, row';

  static override styles = [inner, styles];

  @property({attribute: false}) people: readonly PlacedPerson[] = [];
  @property({attribute: false}) selected: ReadonlySet<string> = new Set();
  @property({attribute: false}) rowOf!: (placed: PlacedPerson) => MapListRow;
  @property({attribute: false}) localize!: LocalizeController;
  /** Set anew when texts may have changed. */
  @property({attribute: false}) now = 0;

  @query('[role=listbox]') private readonly box!: HTMLElement | null;
  readonly #window = new RowWindow(this, () => this.people.length, '[role=option]');
  /** The number of the cursor's row. */
  #cursor = '';
  /** Whether the list is being pressed. */
  #pressed = false;

  override focus(options?: FocusOptions): void {
    this.box?.focus(options);
  }

  protected override render(): TemplateResult {
    const {localize, people} = this;
    if (!people.length) return html`<p class="none quiet">${localize.term('mapNobody')}</p>`;
    const at = this.#at;
    const {first, end} = this.#window.next();
    const drawn = people.slice(first, end).map((person, index) => ({person, index: first + index}));
    // The cursor's row is rendered even if it is out of view, because the list references it.
    if (at >= 0 && at < first) drawn.unshift({person: people[at]!, index: at});
    if (at >= end) drawn.push({person: people[at]!, index: at});
    return html`<div
      part="list"
      role="listbox"
      tabindex="0"
      aria-multiselectable="true"
      aria-label=${localize.term('mapPeopleInView')}
      aria-activedescendant=${at >= 0 ? idOf(people[at]!) : nothing}
      @keydown=${this.#onKey}
      @click=${this.#onClick}
      @pointerdown=${() => (this.#pressed = true)}
      @focus=${this.#onFocus}
      @blur=${() => this.#point('')}
      @scroll=${this.#window.onScroll}
    >
      <div class="before" role="none"></div>
      ${repeat(
        drawn,
        ({person}) => person.person.number,
        ({person, index}) => this.#renderRow(person, index, index === at),
      )}
      <div class="after" role="none"></div>
    </div>`;
  }

  protected override updated(): void {
    const {first, end} = this.#window.drawn;
    const at = this.#at;
    this.#window.measure(this.box ?? undefined, {
      before: at >= 0 && at < first ? 1 : 0,
      after: at >= end ? 1 : 0,
    });
  }

  #renderRow(placed: PlacedPerson, index: number, cursor: boolean): TemplateResult {
    const {localize} = this;
    const {number, name, age, old, state} = this.rowOf(placed);
    const word = stateWord(state, localize);
    const when = old ? localize.term('mapOld', age) : age;
    return html`<div
      id=${idOf(placed)}
      part="row"
      class="row ${cursor ? 'cursor' : ''}"
      role="option"
      data-number=${number}
      aria-selected=${this.selected.has(number) ? 'true' : 'false'}
      aria-setsize=${this.people.length}
      aria-posinset=${index + 1}
      title=${localize.listed([name, number, word, when])}
    >
      <span class="check"></span>
      <i class="lamp ${state ?? ''} ${old ? 'old' : ''}"></i>
      <span class="line party who"
        ><bdi class="name">${name}</bdi
        >${name === number ? nothing : html` <bdi class="quiet number">${number}</bdi>`}</span
      >
      <span class="hidden">${word}</span>
      ${
        old
          ? html`<span class="hidden">${when}</span
              ><span class="age quiet old" aria-hidden="true">${age}</span>`
          : html`<span class="age quiet">${age}</span>`
      }
    </div>`;
  }

  get #at(): number {
    return this.#cursor ? this.people.findIndex(({person}) => person.number === this.#cursor) : -1;
  }

  #choose(numbers: readonly string[], how: MapChoice['how']): void {
    this.dispatchEvent(new CustomEvent<MapChoice>('choose', {detail: {numbers, how}}));
  }

  #point(number: string): void {
    this.dispatchEvent(new CustomEvent('point', {detail: number}));
  }

  #move(index: number): void {
    const placed = this.people[Math.max(0, Math.min(this.people.length - 1, index))];
    if (!placed) return;
    this.#cursor = placed.person.number;
    this.#point(this.#cursor);
    this.#window.show(this.#at);
    this.requestUpdate();
  }

  readonly #onFocus = (): void => {
    // A press chooses its row itself.
    if (!this.#pressed) this.#move(Math.max(0, this.#at));
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    this.#pressed = false;
    const {key, altKey, ctrlKey, metaKey, shiftKey} = event;
    if (altKey) return;
    const at = this.#at;
    if (ctrlKey || metaKey) {
      if (key.toLowerCase() !== 'a') return;
      this.#choose(
        this.people.map(({person}) => person.number),
        'add',
      );
    } else if (key === ' ' || key === 'Enter') {
      if (this.#cursor) this.#choose([this.#cursor], 'toggle');
    } else {
      const {page} = this.#window;
      const to = {
        ArrowDown: at + 1,
        ArrowUp: at - 1,
        PageDown: at + page,
        PageUp: at - page,
        Home: 0,
        End: this.people.length - 1,
      }[key];
      if (to === undefined) return;
      this.#move(to);
      if (shiftKey) this.#choose([this.#cursor], 'add');
    }
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #onClick = (event: MouseEvent): void => {
    this.#pressed = false;
    const row = (event.target as Element).closest<HTMLElement>('[role=option]');
    const number = row?.dataset['number'];
    if (!number) return;
    this.#cursor = number;
    this.#choose([number], 'toggle');
    this.requestUpdate();
  };
}

const idOf = ({person}: PlacedPerson): string => `person-${person.number}`;
