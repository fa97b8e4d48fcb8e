import {html, nothing, type ReactiveElement, type TemplateResult} from 'lit';
import {live} from 'lit/directives/live.js';
import type {CommandController} from '../../../controllers/command-controller.js';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {BaseClient} from '../../../core/client/client.js';
import {numbersOf} from '../../../core/util/number.js';
import type {Person} from '../../../core/directory/people.js';
import type {Party} from '../../../core/types.js';
import {toSipError} from '../../../errors.js';
import {PeopleSearch} from '../../sip-directory/people-search.js';

const SEPARATOR = /[,;\uff0c\uff1b]/;

/** What the field needs of its element. */
export interface PeopleFieldContext {
  readonly host: ReactiveElement;
  readonly localize: LocalizeController;
  readonly commands: CommandController;
  /** Returns the client whose directory has the people. */
  readonly client: () => BaseClient | undefined;
}

/** A field for people: accepts numbers separated by commas, and finds people of the directory by name. */
export class PeopleField {
  readonly #context: PeopleFieldContext;
  readonly #label: 'memberNumbers' | 'watchWho';
  readonly #search: PeopleSearch;
  readonly #onTake: (people: readonly Party[]) => void;
  #text = '';

  /**
   * @param onTake - Called with the entered people.
   * @param label - The term of the field's label.
   */
  constructor(
    context: PeopleFieldContext,
    onTake: (people: readonly Party[]) => void,
    label: 'memberNumbers' | 'watchWho' = 'memberNumbers',
  ) {
    this.#context = context;
    this.#label = label;
    this.#onTake = onTake;
    this.#search = new PeopleSearch(
      async (text, signal) => {
        const client = context.client();
        return client?.capabilities.directory ? client.directory.search(text, {signal}) : [];
      },
      () => context.host.requestUpdate(),
    );
  }

  /** Whether the field is empty. */
  get empty(): boolean {
    return !this.#text.trim();
  }

  /**
   * Renders the field.
   *
   * @param onEmptyKey - Called with a key that an empty field does not handle.
   */
  render(onEmptyKey: (key: string) => void): TemplateResult {
    const label = this.#context.localize.term(this.#label);
    // `live`: a text accepted as soon as it was typed was never rendered, and is only in the field.
    const {people = []} = this.#search.state;
    return html`<input
        part="members-field"
        class="input"
        type="text"
        aria-label=${label}
        placeholder=${label}
        list=${people.length ? 'people' : nothing}
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        enterkeyhint="done"
        .value=${live(this.#text)}
        @input=${this.#onInput}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event, onEmptyKey)}
      />
      <datalist id="people">
        ${people.map(({number, name}) => html`<option value=${number}>${name || number}</option>`)}
      </datalist>`;
  }

  /** Accepts the text; returns false and reports the failure if it is not a number. */
  take(): boolean {
    const text = this.#text.trim();
    const people = this.#search.state.people ?? [];
    try {
      const named = peopleCalled(text, people);
      const taken = named ? [named] : numbersOf(text).map((number) => known(number, people));
      this.#text = '';
      this.#search.search('');
      if (taken.length) this.#onTake(taken);
      return true;
    } catch (error) {
      this.#context.commands.tell(toSipError(error));
      return false;
    } finally {
      this.#context.host.requestUpdate();
    }
  }

  readonly #onInput = (event: Event): void => {
    const {inputType, isComposing} = event as InputEvent;
    this.#text = (event.target as HTMLInputElement).value;
    this.#context.commands.dismiss();
    if (isComposing) return;
    // Browsers report a chosen suggestion without the input type of typing.
    const chosen = !inputType || inputType === 'insertReplacementText';
    if ((chosen && this.#text.trim()) || SEPARATOR.test(this.#text)) this.take();
    else this.#search.search(this.#text);
  };

  #onKey(event: KeyboardEvent, onEmptyKey: (key: string) => void): void {
    const {key, isComposing, repeat} = event;
    if (isComposing) return;
    if (key === 'Enter') {
      event.preventDefault();
      if (repeat) return;
      if (this.empty) onEmptyKey(key);
      else this.take();
    } else if (!this.#text && !repeat) onEmptyKey(key);
  }
}

/** Returns the person with exactly this name, or the only one found by it. */
function peopleCalled(text: string, people: readonly Person[]): Party | undefined {
  const wanted = text.toLocaleLowerCase();
  if (!wanted || /^[+\d*#]/.test(wanted)) return undefined;
  const exact = people.filter(({name}) => name.toLocaleLowerCase() === wanted);
  const alike = people.filter(({name}) => name.toLocaleLowerCase().includes(wanted));
  return exact.length === 1 ? exact[0] : alike.length === 1 ? alike[0] : undefined;
}

function known(number: string, people: readonly Person[]): Party {
  return people.find((person) => person.number === number) ?? {number, name: ''};
}
