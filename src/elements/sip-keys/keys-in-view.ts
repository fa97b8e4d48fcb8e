import type {ReactiveElement} from 'lit';
import type {ClientController} from '../../controllers/client-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {Person} from '../../core/directory/people.js';
import type {Party} from '../../core/types.js';
import {nameOf} from '../shared/people/people.js';
import type {RowSelecting} from '../shared/selection/row-selecting.js';
import type {Selected, Selection} from '../shared/selection/selection.js';
import {PagesController} from '../shared/tiles/pages-controller.js';
import {DESK} from './desk.js';
import {KeyBook, type PlacedKey} from './key-book.js';
import {KeyCursor} from './key-cursor.js';
import {
  idOf,
  writtenPages,
  type DialKey,
  type KeyPage,
  type WrittenKeyPages,
  type WrittenKeys,
} from './key-pages.js';
import {KeyPeople} from './key-people.js';

/** A panel of keys, as its parts know it. */
export interface KeysPanel extends ReactiveElement {
  readonly keys: WrittenKeys;
  readonly pages: WrittenKeyPages;
  readonly actions: string;
  readonly groupAction: string;
  readonly fixed: boolean;
}

/** A key as a row of a list that is selected in. */
interface KeyRow {
  readonly key: string;
}

/** The keys of the page in view: whose they are, what is known about them, and which of them are selected or have the focus. */
export class KeysInView {
  readonly people: KeyPeople;
  readonly cursor: KeyCursor;
  readonly pages: PagesController<KeyPage>;
  readonly #panel: KeysPanel;
  readonly #client: ClientController;
  readonly #localize: LocalizeController;
  #book: KeyBook | undefined;
  #readable = true;
  #selection: Selection | undefined;
  #selecting: RowSelecting<KeyRow> | undefined;

  constructor(panel: KeysPanel, client: ClientController, localize: LocalizeController) {
    this.#panel = panel;
    this.#client = client;
    this.#localize = localize;
    this.people = new KeyPeople(panel);
    this.cursor = new KeyCursor(panel);
    this.pages = new PagesController(panel, localize, () => this.#book?.pages ?? []);
  }

  get client(): BaseClient | undefined {
    return this.#client.client;
  }

  /** The keys of the client's user; undefined without a client. */
  get book(): KeyBook | undefined {
    return this.#book;
  }

  /** Whether the keys of the page can be read. */
  get readable(): boolean {
    return this.#readable;
  }

  /** What is selected in any element of the client. */
  get selection(): Selection | undefined {
    return this.#book && this.#selection;
  }

  /** Selects keys by the pointer and by the keyboard. */
  get selecting(): RowSelecting<KeyRow> | undefined {
    return this.#selecting;
  }

  /** The page in view. */
  get page(): KeyPage | undefined {
    return this.pages.shown;
  }

  /** The keys of the page in view, in their places. */
  get placed(): readonly PlacedKey[] {
    return this.page ? (this.#book?.keysOf(this.page) ?? []) : [];
  }

  /** The same keys as rows that are selected in. */
  get rows(): readonly KeyRow[] {
    return this.placed.map((key) => ({key: idOf(key)}));
  }

  /** Takes the keys of the user of the current client; returns whether it is another client. */
  follow(): boolean {
    const {client} = this;
    const changed = client !== this.#book?.client;
    if (changed) this.forget();
    if (changed && client) {
      this.#book = new KeyBook(client);
      this.show('');
      // It was loaded before this panel.
      const {RowSelecting, selectionOf} = DESK.value!;
      this.#selection = selectionOf(client);
      this.#selecting = new RowSelecting<KeyRow>(this.#selection, ({key}) => {
        const found = this.at(key);
        return found && !found.removed ? this.selectedOf(found) : undefined;
      });
      this.give();
    }
    return changed;
  }

  /** Takes the keys that the page has written. Calls with their numbers have the names that it has written. */
  give(): void {
    const {keys, pages} = this.#panel;
    const written = writtenPages(keys, pages, this.client?.options.clean);
    this.#readable = written !== undefined;
    this.#book?.give(written ?? []);
    const people = (written ?? []).flatMap((page) => page.keys.filter(({group, name}) => !group && name));
    this.#book?.client.setNames(this, people);
  }

  /** Forgets the keys, and the names of calls. */
  forget(): void {
    this.forgetNames();
    this.#book = undefined;
  }

  forgetNames(): void {
    this.#book?.client.setNames(this, []);
  }

  /** Shows a page; the cursor is on its first key. */
  show(id: string): void {
    this.pages.show(id);
    this.cursor.moveTo('');
    this.#selecting?.moved();
  }

  /** Returns the key with an id on the page in view. */
  at(id: string): PlacedKey | undefined {
    return this.placed.find((key) => idOf(key) === id);
  }

  /** Returns the name of the key with an id. */
  nameOf(id: string): string {
    const key = this.at(id);
    return key ? nameOf(this.partyOf(key), this.#localize) : '';
  }

  /** Returns whose key this is, with the name as it is known now. */
  partyOf({number, name, group}: DialKey): Party {
    const party = {number, name: name || this.people.nameOf({number, group})};
    return (!group && this.client?.identify(party)) || party;
  }

  personOf(key: DialKey): Person {
    const {number} = key;
    return {
      number,
      name: this.partyOf(key).name,
      type: key.type ?? this.people.typeOf(number),
      state: this.people.stateOf(number),
      group: '',
      raw: undefined,
    };
  }

  /** Returns what a key selects; undefined for the user's own. */
  selectedOf(key: DialKey): Selected | undefined {
    const {client} = this;
    const {number, group} = key;
    if (!client || (!group && number === client.options.user)) return undefined;
    const {name} = this.partyOf(key);
    if (group) return {kind: 'group', number, name: name || number};
    return {kind: 'person', number, name, type: key.type ?? this.people.typeOf(number)};
  }

  isSelected(key: PlacedKey): boolean {
    const selected = this.selectedOf(key);
    return !!selected && !key.removed && !!this.selection?.has(selected);
  }

  /** What is selected in any element of the client, and has no key on the page in view. */
  get unplaced(): readonly DialKey[] {
    const book = this.#book;
    const {page} = this;
    if (!book || !page) return [];
    return (this.selection?.state.items ?? [])
      .map(({kind, number, name, type}) => ({
        number,
        name,
        group: kind === 'group',
        ...(type !== undefined && {type}),
      }))
      .filter((key) => !book.has(page, key));
  }
}
