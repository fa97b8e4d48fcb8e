import {html, nothing, type ReactiveElement, type TemplateResult} from 'lit';
import {live} from 'lit/directives/live.js';
import type {CommandController} from '../../../controllers/command-controller.js';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {BaseClient} from '../../../core/client/client.js';
import {numbersOf} from '../../../core/util/number.js';
import type {Party} from '../../../core/types.js';
import {toSipError, type SipError} from '../../../errors.js';
import {PeopleSearch} from '../../sip-directory/people-search.js';
import {GroupMembers} from './group-members.js';

const SEPARATOR = /[,;\uff0c\uff1b\u060c\u061b]/;

/** What the field needs of its element. */
export interface PeopleFieldContext {
  readonly host: ReactiveElement;
  readonly localize: LocalizeController;
  readonly commands: CommandController;
  /** Returns the client whose directory has the people. */
  readonly client: () => BaseClient | undefined;
  /**
   * Called with the error when the user leaves or enters a wrong text, and with undefined when the text changes or is right;
   * without it, the commands show the error.
   */
  readonly onCheck?: (wrong: SipError | undefined) => void;
  /** Whether the field is for one person: what follows a separator would be lost. */
  readonly single?: boolean;
  /** The term for a group, if the field also accepts those of the directory: each stands for its members. */
  readonly group?: 'group';
}

/** What the label of the field and what is wrong with it refer to; without an id, the field has its label inside. */
interface PeopleFieldMarks {
  readonly id?: string;
  readonly describedBy?: string | typeof nothing;
  readonly invalid?: 'true' | typeof nothing;
}

/** A field for people: accepts numbers separated by commas, and finds people and groups of the directory by name. */
export class PeopleField {
  readonly #context: PeopleFieldContext;
  readonly #label: 'memberNumbers' | 'watchWho' | 'messageRecipient';
  readonly #search: PeopleSearch;
  readonly #groups: GroupMembers | undefined;
  readonly #onTake: (people: readonly Party[]) => void;
  #text = '';

  /**
   * @param onTake - Called with the entered people.
   * @param label - The term of the field's label.
   */
  constructor(
    context: PeopleFieldContext,
    onTake: (people: readonly Party[]) => void,
    label: 'memberNumbers' | 'watchWho' | 'messageRecipient' = 'memberNumbers',
  ) {
    this.#context = context;
    this.#label = label;
    this.#onTake = onTake;
    this.#groups = context.group && new GroupMembers(context.client);
    this.#search = new PeopleSearch(
      async (text, signal) => {
        const client = context.client();
        await this.#groups?.load();
        return client?.capabilities.directory ? client.directory.search(text, {signal}) : [];
      },
      () => context.host.requestUpdate(),
    );
  }

  /** Whether the field is empty. */
  get empty(): boolean {
    return !this.#text.trim();
  }

  /** Empties the field. */
  clear(): void {
    this.#finish([]);
    this.#context.host.requestUpdate();
  }

  /**
   * Renders the field.
   *
   * @param onEmptyKey - Called with a key that an empty field does not handle.
   */
  render(
    onEmptyKey: (key: string) => void,
    {id, describedBy, invalid}: PeopleFieldMarks = {},
  ): TemplateResult {
    const {localize, group} = this.#context;
    const label = localize.term(this.#label);
    // `live`: a text accepted as soon as it was typed was never rendered, and is only in the field.
    const {people = [], text} = this.#search.state;
    const groups = this.#groups?.like(text) ?? [];
    return html`<input
        part="members-field"
        class="input"
        type="text"
        dir="auto"
        id=${id ?? nothing}
        aria-label=${id ? nothing : label}
        placeholder=${id ? nothing : label}
        aria-describedby=${describedBy ?? nothing}
        aria-invalid=${invalid ?? nothing}
        list=${people.length + groups.length ? 'people' : nothing}
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        enterkeyhint="done"
        .value=${live(this.#text)}
        @focus=${() => void this.#groups?.load()}
        @input=${this.#onInput}
        @change=${this.#onChange}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event, onEmptyKey)}
      />
      <datalist id="people">
        ${people.map(({number, name}) => html`<option value=${number}>${name || number}</option>`)}
        ${groups.map(({number, name}) => html`<option value=${number}>${name || number} (${localize.term(group!)})</option>`)}
      </datalist>`;
  }

  /**
   * Accepts the text; returns false and reports the failure if it is not a number. It also returns false for a group, whose
   * members follow: nobody is called before the user sees them.
   */
  take(): boolean {
    try {
      const taken = this.#read();
      if (this.#groups?.known.some(({number}) => taken.some((party) => party.number === number))) {
        void this.#takeMembers(this.#groups, taken);
        return false;
      }
      this.#finish(taken);
      return true;
    } catch (thrown) {
      this.#refuse(thrown);
      return false;
    } finally {
      this.#context.host.requestUpdate();
    }
  }

  /** Accepts people and the members of groups, unless the text has changed when they are known. */
  async #takeMembers(groups: GroupMembers, people: readonly Party[]): Promise<void> {
    const text = this.#text;
    try {
      const taken = await groups.expand(people);
      if (this.#text === text) this.#finish(taken);
    } catch (thrown) {
      if (this.#text === text) this.#refuse(thrown);
    } finally {
      this.#context.host.requestUpdate();
    }
  }

  #finish(taken: readonly Party[]): void {
    this.#text = '';
    this.#search.search('');
    this.#context.onCheck?.(undefined);
    if (taken.length) this.#onTake(taken);
  }

  #refuse(thrown: unknown): void {
    const {commands, onCheck} = this.#context;
    const error = toSipError(thrown);
    if (onCheck) {
      onCheck(error);
      commands.report(error);
    } else commands.fail(error);
  }

  /** Whether a separator follows an acceptable text; another text is wrong only once the user has finished it. */
  #isSeparated(): boolean {
    if (this.#context.single || !SEPARATOR.test(this.#text)) return false;
    if (!this.#context.onCheck) return true;
    try {
      return this.#read().length > 0;
    } catch {
      return false;
    }
  }

  /** Returns the people that the text names. @throws {SipError} */
  #read(): readonly Party[] {
    const text = this.#text.trim();
    const people = [...(this.#search.state.people ?? []), ...(this.#groups?.known ?? [])];
    const named = peopleCalled(text, people);
    return named ? [named] : numbersOf(text).map((number) => known(number, people));
  }

  /** Checks the text when the user leaves the field; it is accepted later. */
  readonly #onChange = (): void => {
    const {onCheck} = this.#context;
    if (!onCheck) return;
    try {
      this.#read();
      onCheck(undefined);
    } catch (error) {
      onCheck(toSipError(error));
    }
  };

  readonly #onInput = (event: Event): void => {
    const {inputType, isComposing} = event as InputEvent;
    this.#text = (event.target as HTMLInputElement).value;
    this.#context.commands.dismiss();
    this.#context.onCheck?.(undefined);
    if (isComposing) return;
    // Browsers report a chosen suggestion without the input type of typing.
    const chosen = !inputType || inputType === 'insertReplacementText';
    if ((chosen && this.#text.trim()) || this.#isSeparated()) this.take();
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
function peopleCalled(text: string, people: readonly Party[]): Party | undefined {
  const wanted = text.toLocaleLowerCase();
  if (!wanted || /^[+\d*#]/.test(wanted)) return undefined;
  const exact = people.filter(({name}) => name.toLocaleLowerCase() === wanted);
  const alike = people.filter(({name}) => name.toLocaleLowerCase().includes(wanted));
  return exact.length === 1 ? exact[0] : alike.length === 1 ? alike[0] : undefined;
}

function known(number: string, people: readonly Party[]): Party {
  return people.find((person) => person.number === number) ?? {number, name: ''};
}
