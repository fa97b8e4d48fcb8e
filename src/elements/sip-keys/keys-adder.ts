import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {ClientController} from '../../controllers/client-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {isNumber} from '../../core/util/number.js';
import '../../locales/desk/keys-en.js';
import {checkIcon} from '../shared/icons/controls.js';
import {searchIcon} from '../shared/icons/later.js';
import {usersIcon} from '../shared/icons/phone.js';
import {nameOf} from '../shared/people/people.js';
import {stateWord} from '../shared/people/state-word.js';
import {repeat} from '../shared/repeat.js';
import {form} from '../shared/styles/form.styles.js';
import {lampStyles} from '../shared/styles/lamp.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {plusIcon} from '../shared/tiles/icons.js';
import {DirectoryModel} from '../sip-directory/model.js';
import type {Row} from '../sip-directory/tree.js';
import {idOf, type DialKey} from './key-pages.js';

/** How many people and groups are shown at most. */
const MOST = 50;

/** Someone who can be added, as a row shows it. */
interface Found {
  readonly key: DialKey;
  /** The class of the lamp; undefined for a group. */
  readonly lamp: string | undefined;
  /** The state in words, or that it is a group. */
  readonly word: string;
}

/**
 * The field by which people and groups of the directory are found and added to a page of keys, as in a `<sip-directory>`; what is
 * found lies over the keys.
 *
 * @fires {CustomEvent<DialKey>} choose - The user chose someone: adds them, or removes them if they are on the page.
 */
export class KeysAdderElement extends LitElement {
  static readonly parts = 'search, found';

  static override styles = [
    inner,
    form,
    lampStyles,
    css`
      :host {
        position: relative;
        display: block;
        min-inline-size: 0;
      }
      .field {
        position: relative;
        display: grid;
        align-items: center;
      }
      .field > .icon {
        position: absolute;
        inset-inline-start: var(--_space-3);
        inline-size: 1.125rem;
        block-size: 1.125rem;
        color: var(--_quiet);
        pointer-events: none;
      }
      .field > .input {
        block-size: var(--_small);
        padding-inline-start: 2.375rem;
      }
      .found {
        position: absolute;
        z-index: 3;
        inset-block-start: calc(100% + var(--_space-1));
        inset-inline: 0;
        max-inline-size: 28rem;
        max-block-size: min(20rem, 60vh);
        margin: 0;
        padding: var(--_space-1);
        overflow-y: auto;
        overscroll-behavior: contain;
        border: 1px solid var(--_border);
        border-radius: var(--_radius-m);
        background: var(--_surface);
        box-shadow: 0 0.5rem 2rem rgb(8 11 15 / 28%);
        list-style: none;
      }
      .found > p {
        padding: var(--_space-2) var(--_space-3);
        font-size: var(--_text-s);
      }
      .row {
        display: flex;
        align-items: center;
        gap: var(--_space-2);
        min-block-size: var(--_small);
        padding-inline: var(--_space-2);
        border-radius: var(--_radius-s);
        cursor: pointer;
      }
      .row:hover,
      .row.active {
        background: var(--_fill);
      }
      .row.active {
        box-shadow: inset 0 0 0 2px var(--_accent);
      }
      .row > .icon {
        flex: none;
        inline-size: 1rem;
        block-size: 1rem;
        color: var(--_quiet);
      }
      .row > .icon:last-child {
        color: var(--_accent);
      }
      .row .name {
        font-weight: 600;
      }
      .row .lamp {
        margin-inline: 0.1875rem;
      }
      .row .word {
        margin-inline-start: auto;
        flex: none;
        font-size: var(--_text-s);
      }
      @media (forced-colors: active) {
        .row.active {
          outline: 2px solid Highlight;
          outline-offset: -2px;
        }
      }
    `,
  ];

  /** Whether someone is on the page in view. */
  @property({attribute: false}) has: (key: DialKey) => boolean = () => false;

  @query('input') private readonly field!: HTMLInputElement;

  readonly #client = new ClientController(this);
  readonly #localize = new LocalizeController(this);
  readonly #model = new DirectoryModel(this, {
    client: () => this.#client.client,
    numbers: () => '',
    wordsOf: (state) => stateWord(state, this.#localize),
  });
  #text = '';
  /** The place of the cursor among what was found. */
  #active = -1;

  override focus(options?: FocusOptions): void {
    this.field.focus(options);
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const label = localize.term('searchToAdd');
    const found = this.#found;
    const open = this.#text !== '';
    return html`<div class="field">
        ${searchIcon}
        <input
          part="search"
          class="input"
          type="text"
          dir="auto"
          role="combobox"
          aria-label=${label}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-expanded=${open ? 'true' : 'false'}
          aria-controls=${open ? 'found' : nothing}
          aria-activedescendant=${open && found[this.#active] ? `found-${this.#active}` : nothing}
          placeholder=${label}
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          enterkeyhint="done"
          .value=${live(this.#text)}
          @input=${this.#onInput}
          @compositionend=${this.#onInput}
          @keydown=${this.#onKeydown}
        />
      </div>
      <div class="hidden" role="status">${open ? this.#announcement(found.length) : ''}</div>
      ${open ? this.#renderFound(found) : nothing}`;
  }

  #renderFound(found: readonly Found[]): TemplateResult {
    const localize = this.#localize;
    const pending = this.#model.search.state.pending && !!this.#client.client?.capabilities.directory;
    return html`<div
      id="found"
      part="found"
      class="found"
      role="listbox"
      aria-multiselectable="true"
      aria-label=${localize.term('searchToAdd')}
      @mousedown=${(event: Event) => event.preventDefault()}
    >
      ${repeat(
        found,
        ({key}) => idOf(key),
        (each, index) => this.#renderRow(each, index),
      )}
      ${
        found.length === 0
          ? html`<p class="quiet" role="option" aria-disabled="true" aria-selected="false">
              ${localize.term(pending ? 'searching' : 'noPeople')}
            </p>`
          : nothing
      }
    </div>`;
  }

  #renderRow({key, lamp, word}: Found, index: number): TemplateResult {
    const localize = this.#localize;
    const name = nameOf(key, localize);
    const there = this.has(key);
    // The field has the focus and the keys (WAI-ARIA combobox).
    // eslint-disable-next-line lit-a11y/click-events-have-key-events
    return html`<div
      id="found-${index}"
      class="row ${index === this.#active ? 'active' : ''}"
      role="option"
      data-number=${key.number}
      aria-selected=${there ? 'true' : 'false'}
      aria-label=${localize.listed([
        localize.term('addKey', name),
        name === key.number ? '' : key.number,
        word,
        there ? localize.term('keyIsThere') : '',
      ])}
      title=${there ? localize.term('keyIsThere') : nothing}
      @click=${() => this.#choose(key)}
    >
      ${lamp === undefined ? usersIcon : html`<i class="lamp ${lamp}"></i>`}
      <bdi class="line name">${name}</bdi>
      ${name === key.number ? nothing : html`<bdi class="quiet number">${key.number}</bdi>`}
      <span class="quiet word">${word}</span>
      ${there ? checkIcon : plusIcon}
    </div>`;
  }

  #announcement(count: number): string {
    const {pending} = this.#model.search.state;
    return pending ? '' : this.#localize.term('peopleFound', String(count));
  }

  /** What fits the text: groups, people, and the number that was typed if nobody has it. */
  get #found(): readonly Found[] {
    const {client} = this.#client;
    if (!this.#text || !client) return [];
    const rows = this.#model.search.active ? this.#model.rows.filter(({level}) => level === 1) : [];
    const found = rows.slice(0, MOST).flatMap((row): Found[] => this.#foundOf(this.#model.identified(row)));
    const typed = this.#text.trim();
    const known = found.some(({key}) => key.number === typed);
    if (known || !/^\+?[\d*#]+$/.test(typed) || !isNumber(typed) || typed === client.options.user)
      return found;
    const {number, name} = client.identify({number: typed, name: ''});
    return [...found, {key: {number, name, group: false}, lamp: '', word: ''}];
  }

  #foundOf(row: Row): Found[] {
    const localize = this.#localize;
    if (row.kind === 'group') {
      const {number, name} = row.group;
      return [{key: {number, name, group: true}, lamp: undefined, word: localize.term('groupKey')}];
    }
    if (row.kind !== 'person' || row.person.number === this.#client.client?.options.user) return [];
    const {number, name, type, state} = row.person;
    const key = {number, name, group: false, ...(type !== undefined && {type})};
    return [{key, lamp: state ?? '', word: state ? stateWord(state, localize) : ''}];
  }

  #setText(text: string): void {
    this.#text = text;
    this.#active = -1;
    this.#model.search.search(text);
    this.requestUpdate();
  }

  #choose(key: DialKey): void {
    this.dispatchEvent(new CustomEvent<DialKey>('choose', {detail: key}));
    this.requestUpdate();
  }

  #moveTo(index: number): void {
    this.#active = index;
    this.requestUpdate();
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector('.row.active')?.scrollIntoView({block: 'nearest'}),
    );
  }

  readonly #onInput = ({target, type, isComposing}: InputEvent): void => {
    // An unfinished composition is the letters of a word, not the word.
    if (type !== 'input' || !isComposing) this.#setText((target as HTMLInputElement).value);
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const {key, isComposing, altKey, ctrlKey, metaKey} = event;
    if (isComposing || altKey || ctrlKey || metaKey || !this.#text) return;
    const found = this.#found;
    const last = found.length - 1;
    if (key === 'ArrowDown') this.#moveTo(this.#active < last ? this.#active + 1 : 0);
    else if (key === 'ArrowUp') this.#moveTo(this.#active > 0 ? this.#active - 1 : last);
    else if (key === 'Escape') this.#setText('');
    else if (key === 'Enter') {
      const chosen = found[Math.max(0, this.#active)];
      if (chosen && !event.repeat) this.#choose(chosen.key);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
