import {css, html, nothing, render, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {BaseClient} from '../../../core/client/client.js';
import {isNumber} from '../../../core/util/number.js';
import type {Party} from '../../../core/types.js';
import {callable} from '../last-dialed.js';
import {avatar, nameOf} from './people.js';

/** The typing pause after which the server's directory is searched, in milliseconds. */
const PAUSE = 200;
/** The number of people suggested. */
const MOST = 8;
/** The number of people suggested for an empty field. */
const RECENT = 5;

/** The styles of the suggestions. */
export const comboboxStyles = css`
  .found {
    overflow-y: auto;
    overscroll-behavior: contain;
    border: 1px solid var(--_border);
  }
  .found ul {
    margin: 0;
    padding: var(--_space-1);
    list-style: none;
  }
  .found li {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    min-block-size: 2.75rem;
    padding: var(--_space-1) var(--_space-2);
    border-radius: var(--_radius-s);
    cursor: pointer;
  }
  .found li:hover,
  .found [aria-selected='true'] {
    background: var(--_fill);
  }
  .found [aria-selected='true'] {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .found .avatar {
    inline-size: 2rem;
    block-size: 2rem;
    font-size: var(--_text-s);
  }
  .found .words {
    flex: 1;
    display: grid;
    min-inline-size: 0;
  }
  .found .name {
    font-weight: 600;
  }
  .found .words .quiet {
    font-size: var(--_text-s);
  }
`;

/** What a combobox needs. */
export interface PeopleComboboxOptions {
  readonly field: HTMLInputElement;
  /** An empty element in the same root, in which the suggestions are shown. */
  readonly box: HTMLElement;
  readonly localize: LocalizeController;
  readonly client: () => BaseClient | undefined;
  /** Whether an empty field suggests the people called last, and the suggestions stay without the focus. */
  readonly recent?: boolean;
  /** Called with the person whom the user has chosen, by the key Enter or by pressing. */
  readonly onChoose: (party: Party, by: 'enter' | 'press') => void;
}

/** What was found for a text. */
interface Found {
  readonly text: string;
  readonly people: readonly Party[];
}

/**
 * Suggests people for a field as the user types: from the history and from the server's directory (WAI-ARIA Authoring
 * Practices, “Combobox”: list autocomplete with manual selection). Nothing is selected until the user moves to it, so
 * that Enter takes a number as it is written.
 */
export class PeopleCombobox {
  readonly #options: PeopleComboboxOptions;
  readonly #listening = new AbortController();
  /** Stays while nothing is shown: screen readers announce a region only if it was there before its text. */
  readonly #status = document.createElement('div');
  #asking = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #found: Found = {text: '', people: []};
  #open = false;
  #active = -1;

  constructor(options: PeopleComboboxOptions) {
    const {field, box} = options;
    const {signal} = this.#listening;
    this.#options = options;
    this.#status.className = 'hidden';
    this.#status.role = 'status';
    box.after(this.#status);
    field.setAttribute('role', 'combobox');
    field.setAttribute('aria-autocomplete', 'list');
    field.addEventListener('input', this.#onInput, {signal});
    field.addEventListener('focus', this.#onFocus, {signal});
    if (!options.recent) field.addEventListener('blur', () => this.close(), {signal});
    field.addEventListener('keydown', this.#onKey, {signal, capture: true});
    // The focus stays in the field.
    box.addEventListener('pointerdown', (event) => event.preventDefault(), {signal});
    box.addEventListener('mousedown', (event) => event.preventDefault(), {signal});
    this.#draw();
  }

  /** Whether people are suggested. */
  get open(): boolean {
    return this.#open;
  }

  /** Searches for the text in the field now, as after typing. */
  search(): void {
    const text = this.#text;
    this.#stop();
    this.#active = -1;
    if (!text && !this.#options.recent) return this.close();
    this.#show({text, people: this.#local(text)});
    if (text && this.#options.client()?.capabilities.directory)
      this.#timer = setTimeout(() => void this.#ask(text), PAUSE);
  }

  /**
   * Resolves with the person whom a name means: the one with exactly this name, or else the only one found if the name
   * cannot be a number. Resolves with undefined if nobody is found, or several people, whom it then suggests. For a text that
   * can be a number it suggests people once; the second time the text is the number. Resolves with null if the text has
   * changed meanwhile.
   */
  async find(name: string): Promise<Party | null | undefined> {
    const text = name.trim();
    const again = this.#open && this.#found.text === text && isNumber(text);
    this.#stop();
    this.#show({text, people: this.#local(text)});
    await this.#ask(text);
    // The user went on typing.
    if (this.#text !== text || this.#found.text !== text) return null;
    const {people} = this.#found;
    const exact = people.filter((person) => same(person.name, text) || same(person.number, text));
    const only = exact.length || isNumber(text) ? exact : people;
    if (only.length === 1 || again) {
      this.close();
      return only.length === 1 ? only[0] : undefined;
    }
    this.#active = people.length && !isNumber(text) ? 0 : -1;
    this.#draw();
    return undefined;
  }

  /** Removes the suggestions. */
  close(): void {
    this.#stop();
    this.#open = false;
    this.#active = -1;
    this.#draw();
  }

  /** Ends the combobox. */
  end(): void {
    this.#listening.abort();
    this.close();
    this.#status.remove();
  }

  get #text(): string {
    return this.#options.field.value.trim();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#asking = new AbortController();
  }

  async #ask(text: string): Promise<void> {
    const client = this.#options.client();
    if (!client?.capabilities.directory) return;
    const {signal} = this.#asking;
    try {
      const people = await client.directory.search(text, {signal});
      if (!signal.aborted) this.#show({text, people: merged(this.#local(text), people, client.options.user)});
    } catch {
      // What the history has is still suggested.
    }
  }

  /** The people of the history whom a text means; without a text, those called last. */
  #local(text: string): readonly Party[] {
    const client = this.#options.client();
    const wanted = text.toLocaleLowerCase();
    const called = (client?.history.entries ?? []).filter(callable);
    const people = called
      .map((entry) => client!.identify(entry))
      .filter(({name, number}) => `${name} ${number}`.toLocaleLowerCase().includes(wanted));
    return merged(people, [], client?.options.user).slice(0, text ? MOST : RECENT);
  }

  #show(found: Found): void {
    const chosen = this.#found.people[this.#active]?.number;
    const client = this.#options.client();
    const people = found.people.map((person) => client?.identify(person) ?? person);
    this.#found = {...found, people};
    this.#open = people.length > 0;
    // What the user has moved to stays the same person.
    this.#active = chosen === undefined ? -1 : people.findIndex(({number}) => number === chosen);
    this.#draw();
  }

  #draw(): void {
    const {field, box, localize} = this.#options;
    const {people, text} = this.#found;
    field.setAttribute('aria-expanded', String(this.#open));
    if (this.#open) field.setAttribute('aria-controls', 'people');
    else field.removeAttribute('aria-controls');
    if (this.#active >= 0) field.setAttribute('aria-activedescendant', `person-${this.#active}`);
    else field.removeAttribute('aria-activedescendant');
    box.toggleAttribute('hidden', !this.#open);
    render(this.#open ? this.#list() : nothing, box);
    this.#status.textContent = this.#open && text ? localize.term('peopleFound', String(people.length)) : '';
    box.querySelector('[aria-selected=true]')?.scrollIntoView({block: 'nearest'});
  }

  #list(): TemplateResult {
    const {localize} = this.#options;
    const {people, text} = this.#found;
    return html`<ul
      id="people"
      role="listbox"
      aria-label=${localize.term(text ? 'suggestions' : 'recentPeople')}
    >
      ${people.map(
        (person, index) =>
          // The field has the focus and the keys (WAI-ARIA combobox).
          // eslint-disable-next-line lit-a11y/click-events-have-key-events
          html`<li
            id=${`person-${index}`}
            part="suggestion"
            role="option"
            aria-selected=${index === this.#active ? 'true' : 'false'}
            @click=${() => this.#choose(person, 'press')}
          >
            ${avatar(person)}
            <span class="words"
              ><bdi class="name line">${nameOf(person, localize)}</bdi>${
                person.name ? html`<bdi class="quiet number line">${person.number}</bdi>` : nothing
              }</span
            >
          </li>`,
      )}
    </ul>`;
  }

  #choose(person: Party, by: 'enter' | 'press'): void {
    this.close();
    this.#options.onChoose({number: person.number, name: person.name}, by);
  }

  readonly #onInput = (event: Event): void => {
    // An unfinished composition is the letters of a word, not the word.
    if (!(event as InputEvent).isComposing) this.search();
  };

  readonly #onFocus = (): void => {
    if (this.#options.recent && !this.#text) this.search();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const {people} = this.#found;
    const {key, isComposing, altKey, ctrlKey, metaKey} = event;
    if (isComposing || ctrlKey || metaKey) return;
    if (key === 'ArrowDown' && !this.#open && !altKey) this.search();
    if (!this.#open) return;
    const person = people[this.#active];
    if (key === 'ArrowDown') this.#active = this.#active + 1 < people.length ? this.#active + 1 : 0;
    else if (key === 'ArrowUp') this.#active = this.#active > 0 ? this.#active - 1 : people.length - 1;
    else if (key === 'Escape' && !this.#options.recent) this.close();
    else if (key === 'Enter' && person && !event.repeat) this.#choose(person, 'enter');
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.#draw();
  };
}

/** Joins two lists, each number once, without the user's own; a name that only one list has is kept. */
function merged(one: readonly Party[], other: readonly Party[], own = ''): readonly Party[] {
  const found = new Map<string, Party>();
  for (const {number, name} of [...one, ...other]) {
    if (number === own) continue;
    found.set(number, {number, name: found.get(number)?.name || name});
  }
  return [...found.values()].slice(0, MOST);
}

const same = (one: string, other: string): boolean => one.toLocaleLowerCase() === other.toLocaleLowerCase();
