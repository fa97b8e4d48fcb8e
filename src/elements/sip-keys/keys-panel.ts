import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import {isConference} from '../../core/conference/is-conference.js';
import type {Person} from '../../core/directory/people.js';
import type {Party} from '../../core/types.js';
import {SipError} from '../../errors.js';
import '../../locales/desk/keys-en.js';
import '../../locales/desk/selection-en.js';
import '../../locales/desk/pages-en.js';
import {barButton, listBar} from '../shared/buttons/list-bar.js';
import {answered} from '../shared/calls/answer-controls.js';
import {absenceNote, emptyNote} from '../shared/empty-note.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {sirenIcon} from '../shared/icons.js';
import {phoneIncomingIcon} from '../shared/icons/later.js';
import {commandNotice, errorNotice, notice} from '../shared/notice.js';
import {onwardKey} from '../shared/onward-key.js';
import {dragPerson} from '../shared/people/dragged-person.js';
import {offerAction} from '../shared/people/directory-action.js';
import {PeopleDrop} from '../shared/people/people-drop.js';
import {nameOf} from '../shared/people/people.js';
import {isRegistered, unregisteredReason} from '../shared/registration.js';
import {repeat} from '../shared/repeat.js';
import {moveByArrow} from '../shared/row-popovers.js';
import type {RowSelecting} from '../shared/selection/row-selecting.js';
import {ACTIONS, LINES, type SelectionAction} from '../shared/selection/selection-actions.js';
import type {SelectionPlaceElement} from '../shared/selection/selection-place.js';
import type {Selected, Selection} from '../shared/selection/selection.js';
import {inner} from '../shared/styles/shared.styles.js';
import {MOST_PAGES} from '../shared/tiles/page-limits.js';
import {TileArranger} from '../shared/tiles/tile-arranger.js';
import type {PageSign, PageTab, TilePagesElement} from '../shared/tiles/tile-pages.js';
import {
  menuOf,
  menuReason,
  offeredActions,
  runAction,
  type DirectoryAction,
  type MenuAction,
  type RowAction,
} from '../sip-directory/actions.js';
import {DirectoryMenuElement} from '../sip-directory/directory-menu.js';
import {DESK} from './desk.js';
import {layoutGridIcon, pencilIcon, plusIcon, rotateCcwIcon} from './icons.js';
import {KeyBook, type PlacedKey} from './key-book.js';
import {bondOf, callWith, type KeyBond} from './key-calls.js';
import {
  idOf,
  writtenPages,
  type DialKey,
  type KeyPage,
  type WrittenKeyPages,
  type WrittenKeys,
} from './key-pages.js';
import {KeyPeople} from './key-people.js';
import {renderKey, type KeyView} from './key-view.js';
import {KeysAdderElement} from './keys-adder.js';
import {styles} from './keys-panel.styles.js';

/** What the press of a group's key does, and what its menu offers. */
export type GroupAction = SelectionAction;

/** The least width of a key, in rem and pixels, in a wide panel and in a narrow one. */
const LEAST = {wide: 9, narrow: 7.5} as const;
/** The width from which a panel is wide, and what is around and between its keys, in pixels. */
const WIDE = 480;
const AROUND = 18;
const GAP = 6;

/** The parts of the bar of a selection. */
const SELECTION_PARTS =
  'selection, selection-count, clear-selection, selection-action, selection-report, selection-text, notice';

/** How keys are written, for the author of a page. */
const KEYS = '[{"number": "1002", "name": "Anna"}, {"number": "8100", "group": true}]';

/**
 * The contents of a `<sip-keys>`.
 *
 * @fires {CustomEvent<{pages: readonly KeyPage[]}>} sip-keys-change - See `<sip-keys>`.
 */
export class KeysPanelElement extends LitElement {
  static readonly parts = [
    'panel, grid, key, more, remove, put-back, edit, page-add, pages, page, page-name, page-remove, add, add-selected, restore',
    'undo, retry, notice, selection, selection-count, clear-selection, selection-action, selection-report, selection-text',
    KeysAdderElement.parts,
    DirectoryMenuElement.parts,
    'menu, group-action',
  ].join();

  static override styles = [inner, styles];

  /** The properties are those of `<sip-keys>`. */
  @property({attribute: false}) keys: WrittenKeys = '';
  @property({attribute: false}) pages: WrittenKeyPages = '';
  @property({attribute: false}) actions = '';
  @property({attribute: false}) groupAction = '';
  @property({attribute: false}) fixed = false;

  @query('sip-selection-place') private readonly place!: SelectionPlaceElement | null;
  @query('sip-tile-pages') private readonly tabs!: TilePagesElement | null;
  @query('sip-keys-adder') private readonly adder!: KeysAdderElement | null;

  readonly #client = new ClientController(this);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #people = new KeyPeople(this);
  readonly #sheet = new CSSStyleSheet();
  readonly #resizes = new ResizeObserver(() => this.#measure());
  #columns = 4;
  #rules = '';
  #book: KeyBook | undefined;
  /** Whether the keys of the page can be read. */
  #readable = true;
  #selecting:
    {readonly selection: Selection; readonly rows: RowSelecting<{readonly key: string}>} | undefined;
  /** The id of the page in view; the first page if there is no such page. */
  #page = '';
  /** The id of the key that Tab leads to. */
  #cursor = '';
  /** The key whose menu was opened last, and what it offers. */
  #menu:
    | {readonly key: DialKey; readonly first: readonly RowAction[]; readonly actions: readonly MenuAction[]}
    | undefined;
  /** What the user can undo: how the keys were before. */
  #undo: {readonly text: string; readonly own: readonly KeyPage[] | undefined} | undefined;
  #announcement = '';
  /** Whether a page had no room for what was added last. */
  #full = false;
  /** The conferences that the keys of groups have started. */
  readonly #started = new Map<string, SipCall>();
  readonly #arranger = new TileArranger(this, {
    tiles: () => this.#cells,
    idOf: (cell) => cell.dataset['id'] ?? '',
    isOfTile: (event) => !isOfButton(event),
    pageAt: (x, y) => (this.#pagesInView.length > 1 ? (this.tabs?.pageAt(x, y) ?? '') : ''),
    onMove: (ids, moved) => this.#onMove(ids, moved),
    onMoveToPage: (moved, page) => this.#moveToPage(moved, page),
  });
  readonly #drop = new PeopleDrop({host: this, commands: this.#commands}, (people) =>
    this.#add(people.map((party) => this.#keyOf(party))),
  );

  constructor() {
    super();
    new StateController(this, () => {
      const {client} = this.#client;
      return [client, this.#selection, ...(client?.state.calls ?? [])];
    });
    new FocusKeeper(this, () => () => this.#cellOf(this.#cursor) ?? this.#cells[0] ?? this.#card);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes.observe(this);
    if (this.#book) this.#give(this.#book);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#book?.client.setNames(this, []);
  }

  override focus(options?: FocusOptions): void {
    (this.#cellOf(this.#cursor) ?? this.#cells[0] ?? this.#card)?.focus(options);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot() as ShadowRoot;
    root.adoptedStyleSheets.push(this.#sheet);
    return root;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const {client} = this.#client;
    if (client && client !== this.#book?.client) this.#begin(client);
    if (!client) this.#forget();
    const book = this.#book;
    if (book && (changed.has('keys') || changed.has('pages'))) this.#give(book);
    if (this.fixed && book?.arranging) this.#arrange(false);
    for (const [number, call] of this.#started)
      if (call.state.phase === 'released') this.#started.delete(number);
    this.#people.follow(client, this.#shown?.keys ?? []);
    const ids = this.#placed.map(idOf);
    if (!ids.includes(this.#cursor)) this.#cursor = ids[0] ?? '';
    const rules = `.keys{grid-template-columns:repeat(${this.#columns},minmax(0,1fr))}`;
    if (rules !== this.#rules) this.#sheet.replaceSync((this.#rules = rules));
  }

  protected override firstUpdated(): void {
    // The buttons of the keys open the menus, which are there then.
    void this.updateComplete.then(() => this.requestUpdate());
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {client} = this.#client;
    const book = this.#book;
    const arranging = !!book?.arranging;
    return html`<div
        part="panel"
        class="card ${arranging ? 'arranging' : ''} ${this.#drop.over ? 'over' : ''}"
        role="group"
        tabindex="-1"
        aria-label=${localize.term('speedDial')}
        @dragenter=${arranging ? this.#drop.onDrag : nothing}
        @dragover=${arranging ? this.#drop.onDrag : nothing}
        @dragleave=${this.#drop.onLeave}
        @drop=${arranging ? this.#drop.onDrop : nothing}
        @keydown=${this.#onPanelKeydown}
      >
        <div class="hidden" role="status">${this.#announcement}</div>
        ${client && book ? this.#renderWith(client, book) : absenceNote(layoutGridIcon, this.#client, localize)}
      </div>
      ${this.#renderMenus(client)}`;
  }

  #renderWith(client: BaseClient, book: KeyBook): TemplateResult {
    const empty = book.pages.every((page) => book.keysOf(page).length === 0);
    return html`${this.#renderBar(book)} ${book.arranging ? this.#renderAdder(book) : nothing}
      <div class="body">
        <div class="notices">${this.#renderNotices(book)}</div>
        ${empty && !book.arranging ? this.#renderEmpty() : this.#renderPages(client, book)}
      </div>
      ${book.arranging ? html`<p class="quiet foot">${this.#localize.term('editKeysHint')}</p>` : nothing}
      <sip-selection-place
        ?hidden=${book.arranging}
        exportparts=${SELECTION_PARTS}
        hint="keysHint"
        @leave=${() => this.focus()}
      ></sip-selection-place>`;
  }

  #renderBar(book: KeyBook): TemplateResult {
    const localize = this.#localize;
    const {arranging} = book;
    const word = (text: string): TemplateResult => html`<span class="wide">${text}</span>`;
    const edit = localize.term('editKeys');
    const restore = localize.term('restoreKeys');
    const add = localize.term('newPage');
    return listBar(
      html`<b class="line">${localize.term('speedDial')}</b>`,
      this.fixed
        ? nothing
        : html`${
            arranging && book.canRestore
              ? barButton('restore', restore, html`${rotateCcwIcon}${word(restore)}`, () =>
                  this.#restore(book),
                )
              : nothing
          }
          ${
            arranging && book.pages.length < MOST_PAGES
              ? barButton('page-add', add, html`${plusIcon}${word(add)}`, () => void this.#addPage(book))
              : nothing
          }
          ${barButton('edit', edit, pencilIcon, () => this.#arrange(!arranging), {pressed: arranging})}`,
    );
  }

  #renderAdder(book: KeyBook): TemplateResult {
    const localize = this.#localize;
    const page = this.#shown!;
    const fresh = this.#freshSelected(book, page);
    return html`<div class="adder">
      <sip-keys-adder
        exportparts=${KeysAdderElement.parts}
        .has=${(key: DialKey) => book.has(page, key)}
        @choose=${({detail}: CustomEvent<DialKey>) => this.#toggle(book, page, detail)}
      ></sip-keys-adder>
      ${
        fresh.length > 0
          ? html`<button part="add-selected" class="pill" type="button" @click=${() => this.#add(fresh)}>
              ${plusIcon}<span class="line">${localize.term('addSelectedKeys', String(fresh.length))}</span>
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderNotices(book: KeyBook): unknown {
    const localize = this.#localize;
    const undo = this.#undo;
    return [
      commandNotice(this.#commands, localize),
      this.#readable
        ? nothing
        : errorNotice(new SipError('bad-parameter', {subject: 'keys', expected: KEYS}), undefined, {
            localize,
          }),
      this.#full
        ? notice(localize.term('keysFull'), {localize, warns: true, onDismiss: () => this.#forgetUndo()})
        : nothing,
      undo
        ? notice(undo.text, {
            localize,
            informs: true,
            onDismiss: () => this.#forgetUndo(),
            links: html`<button part="undo" class="link" type="button" @click=${() => this.#takeBack(book)}>
              ${localize.term('undo')}
            </button>`,
          })
        : nothing,
    ];
  }

  #renderEmpty(): TemplateResult {
    const localize = this.#localize;
    if (this.fixed) return emptyNote(layoutGridIcon, localize.term('keysUnset'));
    return html`<div class="none">
      ${emptyNote(layoutGridIcon, localize.term('keysEmptyHint'), localize.term('keysEmpty'))}
      <button part="add" class="pill accent" type="button" @click=${() => this.#arrange(true)}>
        ${plusIcon}<span>${localize.term('addKeys')}</span>
      </button>
    </div>`;
  }

  #renderPages(client: BaseClient, book: KeyBook): TemplateResult {
    const shown = this.#shown!;
    const placed = this.#placed;
    const {arranging} = book;
    return html`<sip-tile-pages
      exportparts="pages, page, page-name, page-remove"
      .pages=${this.#tabsOf(client, book)}
      .shown=${shown.id}
      .arranging=${arranging}
      .over=${this.#arranger.overPage}
      @show=${({detail}: CustomEvent<string>) => this.#show(detail)}
      @rename=${({detail}: CustomEvent<string>) => this.#change(() => book.renamePage(shown.id, detail))}
      @remove=${() => this.#removePage(book, shown)}
    >
      ${
        placed.length > 0
          ? this.#renderGrid(client, placed)
          : emptyNote(layoutGridIcon, this.#localize.term('keysEmptyPage'))
      }
    </sip-tile-pages>`;
  }

  #renderGrid(client: BaseClient, placed: readonly PlacedKey[]): TemplateResult {
    const columns = this.#columns;
    const reason = unregisteredReason(client, this.#localize);
    const rows = Array.from({length: Math.ceil(placed.length / columns)}, (_, index) =>
      placed.slice(index * columns, (index + 1) * columns),
    );
    return html`<div
      part="grid"
      class="grid"
      role="grid"
      aria-label=${this.#localize.term('speedDial')}
      aria-multiselectable="true"
      aria-colcount=${columns}
      @click=${this.#onClick}
      @mousedown=${this.#onMousedown}
      @pointerdown=${this.#arranger.onPointerdown}
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
    const id = idOf(key);
    const call = key.group ? undefined : callWith(key.number, client);
    return {
      id,
      party: this.#partyOf(key),
      group: key.group,
      own: !key.group && key.number === client.options.user,
      removed: key.removed,
      state: key.group ? undefined : this.#people.stateOf(key.number),
      count: key.group ? this.#people.countOf(key.number) : undefined,
      bond: key.group ? (this.#started.has(key.number) ? 'connected' : undefined) : bondOf(call),
      look: this.#arranger.classOf(id),
      selected: this.#isSelected(key),
      cursor: id === this.#cursor,
      arranging: !!this.#book?.arranging,
      reason,
      menu: this.renderRoot.querySelector(key.group ? '#group-menu' : '#menu'),
      localize: this.#localize,
    };
  }

  #renderMenus(client: BaseClient | undefined): TemplateResult {
    const localize = this.#localize;
    const menu = this.#menu;
    const reason = unregisteredReason(client, localize);
    return html`<sip-directory-menu
        id="menu"
        part="menu"
        popover
        exportparts=${DirectoryMenuElement.parts}
        .settings=${{
          localize,
          reason,
          menuReason: (person: Person, action: MenuAction) =>
            reason ?? (client && menuReason(person, action, client, localize)),
          onAct: (person: Person, action: DirectoryAction) => this.#act(person, action),
        }}
        .person=${menu && !menu.key.group ? this.#personOf(menu.key) : undefined}
        .actions=${menu?.actions ?? []}
        .hiddenActions=${menu?.first ?? []}
        @beforetoggle=${this.#onMenuToggle}
      ></sip-directory-menu>
      <div
        id="group-menu"
        part="menu"
        class="menu"
        popover
        role="menu"
        aria-label=${localize.term('moreFor', menu ? nameOf(this.#partyOf(menu.key), localize) : '')}
        @keydown=${this.#onMenuKeydown}
        @beforetoggle=${this.#onMenuToggle}
        @toggle=${({newState, currentTarget}: ToggleEvent) =>
          newState === 'open' &&
          (currentTarget as Element).querySelector('button')?.focus({preventScroll: true})}
      >
        ${this.#groupActions(client).map((action) => {
          const {icon, term, hint} = ACTIONS[action];
          return html`<button
            part="group-action"
            class="item"
            type="button"
            role="menuitem"
            tabindex="-1"
            data-action=${action}
            aria-disabled=${reason ? 'true' : nothing}
            title=${reason ?? localize.term(hint)}
            @click=${() => !reason && this.#onGroupAction(action)}
          >
            ${icon}<span>${localize.term(term)}</span>
          </button>`;
        })}
      </div>`;
  }

  get #card(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.card');
  }

  get #cells(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role=gridcell]')];
  }

  #cellOf(id: string): HTMLElement | undefined {
    return this.#cells.find((cell) => cell.dataset['id'] === id);
  }

  get #pagesInView(): readonly KeyPage[] {
    return this.#book?.pages ?? [];
  }

  /** The page in view. */
  get #shown(): KeyPage | undefined {
    const pages = this.#pagesInView;
    return pages.find(({id}) => id === this.#page) ?? pages[0];
  }

  /** The keys in view, in their places. */
  get #placed(): readonly PlacedKey[] {
    return this.#shown ? (this.#book?.keysOf(this.#shown) ?? []) : [];
  }

  get #selection(): Selection | undefined {
    return this.#selecting?.selection;
  }

  #begin(client: BaseClient): void {
    this.#forget();
    this.#book = new KeyBook(client);
    this.#page = this.#cursor = this.#announcement = '';
    this.#undo = undefined;
    this.#started.clear();
    // It was loaded before this panel.
    const {RowSelecting, selectionOf} = DESK.value!;
    const selection = selectionOf(client);
    const rows = new RowSelecting<{readonly key: string}>(selection, ({key}) => {
      const found = this.#placed.find((each) => idOf(each) === key);
      return found && !found.removed ? this.#selectedOf(found) : undefined;
    });
    this.#selecting = {selection, rows};
    this.#give(this.#book);
  }

  #give(book: KeyBook): void {
    const written = writtenPages(this.keys, this.pages, this.#client.client?.options.clean);
    this.#readable = written !== undefined;
    book.give(written ?? []);
    // Calls with these numbers have the names that the page has written.
    const people = (written ?? []).flatMap(({keys}) => keys.filter(({group, name}) => !group && name));
    book.client.setNames(this, people);
  }

  #forget(): void {
    this.#book?.client.setNames(this, []);
    this.#book = undefined;
  }

  #titleOf({name}: KeyPage, index: number): string {
    return name.trim() || this.#localize.term('pageNumber', String(index + 1));
  }

  #tabsOf(client: BaseClient, book: KeyBook): readonly PageTab[] {
    return book.pages.map((page, index) => ({
      id: page.id,
      name: page.name,
      title: this.#titleOf(page, index),
      selected: book.keysOf(page).filter((key) => this.#isSelected(key)).length,
      signs: this.#signsOf(client, page),
    }));
  }

  /** Who on a page calls the user. */
  #signsOf(client: BaseClient, page: KeyPage): readonly PageSign[] {
    const localize = this.#localize;
    const bonds = new Set(
      page.keys.flatMap((key) => (key.group ? [] : [bondOf(callWith(key.number, client))])),
    );
    if (bonds.has('sos')) return [{look: 'alarm', icon: sirenIcon, text: localize.term('sosCall')}];
    if (bonds.has('waiting'))
      return [{look: 'waiting', icon: phoneIncomingIcon, text: localize.term('callsYou')}];
    return [];
  }

  #selectedOf({number, name, group, type}: DialKey): Selected | undefined {
    const {client} = this.#client;
    if (!client || (!group && number === client.options.user)) return undefined;
    if (group) return {kind: 'group', number, name: this.#partyOf({number, name, group}).name || number};
    const {name: known} = this.#partyOf({number, name, group});
    return {kind: 'person', number, name: known, type: type ?? this.#people.typeOf(number)};
  }

  /** Returns the name of someone as it is known now. */
  #partyOf({number, name, group}: DialKey): Party {
    const party = {number, name: name || this.#people.nameOf({number, group})};
    return (!group && this.#client.client?.identify(party)) || party;
  }

  #isSelected(key: PlacedKey): boolean {
    const selected = this.#selectedOf(key);
    return !!selected && !key.removed && !!this.#selection?.has(selected);
  }

  /** What is selected in any element of the client, and has no key on a page. */
  #freshSelected(book: KeyBook, page: KeyPage): readonly DialKey[] {
    const items = this.#selection?.state.items ?? [];
    return items
      .map(({kind, number, name, type}) => ({
        number,
        name,
        group: kind === 'group',
        ...(type !== undefined && {type}),
      }))
      .filter((key) => !book.has(page, key));
  }

  #keyOf({number, name}: Party): DialKey {
    return {number, name, group: false};
  }

  #personOf(key: DialKey): Person {
    const {number} = key;
    return {
      number,
      name: this.#partyOf(key).name,
      type: key.type ?? this.#people.typeOf(number),
      state: this.#people.stateOf(number),
      group: '',
      raw: undefined,
    };
  }

  /** What can be done with a group. */
  #groupActions(client: BaseClient | undefined): readonly GroupAction[] {
    return LINES.flat().filter((action) => client?.capabilities[ACTIONS[action].needs]);
  }

  /** Does what the press of a key does. */
  #press(key: PlacedKey): void {
    const {client} = this.#client;
    if (!client || key.removed || this.#commands.pending) return;
    if (!key.group && key.number === client.options.user) return;
    if (!isRegistered(client)) return this.#commands.fail(new SipError('not-registered'));
    if (key.group) {
      // A second press calls nobody again.
      if (this.#started.has(key.number)) return;
      const possible = this.#groupActions(client);
      const action = possible.find((each) => each === this.groupAction) ?? possible[0];
      if (action) this.#actOnGroup(key, action);
      return;
    }
    const call = callWith(key.number, client);
    const bond: KeyBond | undefined = bondOf(call);
    if (!call || !bond) this.#act(this.#personOf(key), 'call');
    else if (bond === 'waiting' || bond === 'sos') void this.#commands.run(() => answered(call, call.media));
    else if (bond === 'held') void this.#commands.run(() => client.activate(call));
  }

  #act(person: Person, action: DirectoryAction): void {
    const {client} = this.#client;
    if (!client || this.#commands.pending) return;
    if (!isRegistered(client)) return this.#commands.fail(new SipError('not-registered'));
    if (offerAction(this, action, person))
      void this.#commands.run(async () => runAction(action, person.number, client));
  }

  #actOnGroup(key: DialKey, action: GroupAction): void {
    const {client} = this.#client;
    const selected = this.#selectedOf(key);
    if (!client || !selected) return;
    void this.#commands.run(async () => {
      const before = new Set(client.state.calls);
      await this.place?.act(action, [selected]);
      const started = client.state.calls.find((call) => !before.has(call) && isConference(call));
      if (started) this.#started.set(key.number, started);
    });
  }

  #onGroupAction(action: GroupAction): void {
    const key = this.#menu?.key;
    this.renderRoot.querySelector<HTMLElement>('#group-menu')?.hidePopover();
    if (key?.group) this.#actOnGroup(key, action);
  }

  #show(id: string): void {
    this.#page = id;
    this.#cursor = '';
    this.#selecting?.rows.moved();
    this.requestUpdate();
  }

  #arrange(arranging: boolean): void {
    const book = this.#book;
    if (!book || arranging === book.arranging) return;
    book.arrange(arranging);
    if (this.#arranger.arranging !== arranging) this.#arranger.toggle();
    this.#forgetUndo();
    if (arranging) void this.updateComplete.then(() => this.adder?.focus());
  }

  /** Changes the keys, and tells the page. */
  #change(change: () => void): void {
    change();
    this.#undo = undefined;
    this.#full = false;
    this.requestUpdate();
    const pages = this.#book?.own ?? [];
    this.dispatchEvent(new CustomEvent('sip-keys-change', {detail: {pages}, bubbles: true, composed: true}));
  }

  #say(text: string): void {
    this.#announcement = text;
    this.requestUpdate();
  }

  #toggle(book: KeyBook, page: KeyPage, key: DialKey): void {
    if (book.has(page, key)) this.#remove(book, page, key);
    else this.#add([key]);
  }

  #add(keys: readonly DialKey[]): void {
    const book = this.#book;
    const page = this.#shown;
    if (!book || !page) return;
    const fresh = keys.filter((key) => !book.has(page, key));
    if (fresh.length === 0) return;
    let added = 0;
    this.#change(() => (added = book.add(page.id, fresh)));
    const localize = this.#localize;
    this.#full = added < fresh.length;
    if (added === 0) return;
    if (keys.length === 1) this.#say(localize.term('keyAdded', nameOf(keys[0]!, localize)));
    else this.#say(localize.term('keysAdded', String(added)));
    const last = fresh[added - 1];
    if (last)
      void this.updateComplete.then(() => this.#cellOf(idOf(last))?.scrollIntoView({block: 'nearest'}));
  }

  #remove(book: KeyBook, page: KeyPage, key: DialKey): void {
    this.#change(() => book.remove(page.id, key));
    this.#say(this.#localize.term('removed', nameOf(key, this.#localize)));
  }

  #putBack(book: KeyBook, page: KeyPage, key: DialKey): void {
    this.#change(() => book.putBack(page.id, key));
    this.#say(this.#localize.term('keyAdded', nameOf(key, this.#localize)));
  }

  async #addPage(book: KeyBook): Promise<void> {
    let id: string | undefined;
    this.#change(() => (id = book.addPage()));
    if (id) this.#show(id);
    await this.updateComplete;
    await this.tabs?.editName();
  }

  #removePage(book: KeyBook, page: KeyPage): void {
    const {own} = book;
    const title = this.#titleOf(page, book.pages.indexOf(page));
    const count = page.keys.length;
    this.#change(() => book.removePage(page.id));
    this.#show('');
    // An empty page is made again by one press.
    if (count > 0) this.#undo = {text: this.#localize.term('keyPageRemoved', title, String(count)), own};
    void this.updateComplete.then(() => (this.tabs ?? this.#card)?.focus());
  }

  #restore(book: KeyBook): void {
    const {own} = book;
    this.#change(() => book.restore(undefined));
    this.#undo = {text: this.#localize.term('keysRestored'), own};
    this.#show('');
  }

  #takeBack(book: KeyBook): void {
    const own = this.#undo?.own;
    this.#change(() => book.restore(own));
  }

  #forgetUndo(): void {
    this.#undo = undefined;
    this.#full = false;
    this.requestUpdate();
  }

  #onMove(ids: readonly string[], moved: string): void {
    const book = this.#book;
    const page = this.#shown;
    if (!book || !page || this.fixed) return;
    this.#change(() => book.sort(page.id, ids));
    const localize = this.#localize;
    const place = localize.term('tilePlace', String(ids.indexOf(moved) + 1), String(ids.length));
    this.#say(localize.explained(this.#nameOf(moved), place));
    void this.#focusOn(moved);
  }

  #moveToPage(moved: string, id: string): void {
    const book = this.#book;
    const page = this.#shown;
    const key = this.#keyAt(moved);
    if (!book || !page || !key || id === page.id) return;
    const name = this.#nameOf(moved);
    const target = book.pages.findIndex((each) => each.id === id);
    let done = false;
    this.#change(() => (done = book.moveToPage(page.id, id, key)));
    this.#full = !done;
    if (done) this.#say(this.#localize.term('movedToPage', name, this.#titleOf(book.pages[target]!, target)));
  }

  #keyAt(id: string): PlacedKey | undefined {
    return this.#placed.find((each) => idOf(each) === id);
  }

  #nameOf(id: string): string {
    const key = this.#keyAt(id);
    return key ? nameOf(this.#partyOf(key), this.#localize) : '';
  }

  #measure(): void {
    const {clientWidth} = this;
    if (!clientWidth) return;
    const rem = Math.max(16, parseFloat(getComputedStyle(document.documentElement).fontSize));
    const least = rem * (clientWidth < WIDE ? LEAST.narrow : LEAST.wide);
    const columns = Math.max(1, Math.floor((clientWidth - AROUND + GAP) / (least + GAP)));
    if (columns === this.#columns) return;
    this.#columns = columns;
    this.requestUpdate();
  }

  async #focusOn(id: string): Promise<void> {
    this.#cursor = id;
    this.requestUpdate();
    await this.updateComplete;
    this.#cellOf(id)?.focus();
  }

  /** The key of the cell that an event is about. */
  #keyOfEvent({target}: Event): PlacedKey | undefined {
    const cell = (target as Element).closest<HTMLElement>('[role=gridcell]');
    return cell ? this.#keyAt(cell.dataset['id'] ?? '') : undefined;
  }

  get #rows(): readonly {readonly key: string}[] {
    return this.#placed.map((key) => ({key: idOf(key)}));
  }

  readonly #onFocusin = (event: Event): void => {
    const key = this.#keyOfEvent(event);
    if (!key || idOf(key) === this.#cursor) return;
    this.#cursor = idOf(key);
    this.requestUpdate();
  };

  /** A range is selected by Shift: the browser would select its text. */
  readonly #onMousedown = (event: MouseEvent): void => {
    if (!event.shiftKey) return;
    event.preventDefault();
    const key = this.#keyOfEvent(event);
    if (key) this.#cellOf(idOf(key))?.focus();
  };

  readonly #onClick = (event: MouseEvent): void => {
    const key = this.#keyOfEvent(event);
    const book = this.#book;
    const page = this.#shown;
    if (!key || !book || !page) return;
    const id = idOf(key);
    const from = this.#cursor;
    this.#cursor = id;
    this.requestUpdate();
    const button = (event.target as Element).closest('button');
    if (button?.classList.contains('more')) return this.#prepareMenu(key);
    if (button) return key.removed ? this.#putBack(book, page, key) : this.#remove(book, page, key);
    const rows = this.#rows;
    const at = rows.findIndex(({key: each}) => each === id);
    if (!key.removed && this.#selecting?.rows.press(event, rows, at, from, false)) return;
    if (book.arranging) void this.#focusOn(id);
    else this.#press(key);
  };

  #prepareMenu(key: DialKey): void {
    const {client} = this.#client;
    const {row, menu} = offeredActions(this.actions, client);
    this.#menu = {key, first: row, actions: key.group ? [] : menuOf(this.#personOf(key), menu)};
    this.requestUpdate();
  }

  readonly #onContextMenu = (event: Event): void => {
    const key = this.#keyOfEvent(event);
    if (!key || this.#book?.arranging) return;
    const more = this.#cellOf(idOf(key))?.querySelector<HTMLElement>('.more');
    if (!more) return;
    event.preventDefault();
    more.click();
  };

  /** The focus continues at the key whose menu closes. */
  readonly #onMenuToggle = ({newState, currentTarget}: ToggleEvent): void => {
    const key = this.#menu?.key;
    if (newState !== 'closed' || !key || !(currentTarget as Element).matches(':focus-within')) return;
    this.#cellOf(idOf(key))?.focus({preventScroll: true});
  };

  readonly #onMenuKeydown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') (event.currentTarget as HTMLElement).hidePopover();
    moveByArrow(event);
  };

  readonly #onDrag = (event: DragEvent): void => {
    const key = this.#keyOfEvent(event);
    if (key && !key.group) dragPerson(event, this.#personOf(key));
  };

  /** Escape ends arranging, unless something else in the panel closes by it. */
  readonly #onPanelKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented || !this.#book?.arranging)
      return;
    event.preventDefault();
    this.#arrange(false);
    void this.updateComplete.then(() => this.focus());
  };

  /** Firefox presses what has the focus when Space is released. */
  readonly #onKeyup = (event: KeyboardEvent): void => {
    if (event.key === ' ' && !isOfButton(event)) event.preventDefault();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.isComposing || isOfButton(event)) return;
    if (event.altKey) return this.#onAltKey(event);
    const key = this.#keyOfEvent(event);
    const book = this.#book;
    const page = this.#shown;
    if (!key || !book || !page) return;
    const rows = this.#rows;
    const at = rows.findIndex((each) => each.key === idOf(key));
    const selects = !key.removed && !(event.key === 'Escape' && book.arranging);
    const isArrow = event.key.startsWith('Arrow');
    if (selects && !isArrow && this.#selecting?.rows.key(event, rows, at) !== undefined)
      return event.preventDefault();
    const target = this.#targetOf(event, at, rows.length);
    if (target !== undefined) {
      event.preventDefault();
      if (event.shiftKey && isArrow)
        this.#selecting?.rows.press(event as never, rows, target, idOf(key), false);
      else this.#selecting?.rows.moved();
      return void this.#focusOn(rows[target]!.key);
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (!event.repeat && !book.arranging) this.#press(key);
    } else if (event.key === 'PageDown' || event.key === 'PageUp') {
      event.preventDefault();
      this.#turn(event.key === 'PageDown' ? 1 : -1, at);
    } else if (book.arranging && (event.key === 'Delete' || event.key === 'Backspace')) {
      event.preventDefault();
      if (key.removed) this.#putBack(book, page, key);
      else this.#remove(book, page, key);
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

  /** Shows the next page or the one before, and keeps the place of the cursor. */
  #turn(step: number, at: number): void {
    const pages = this.#pagesInView;
    const index = pages.indexOf(this.#shown!) + step;
    const page = pages[index];
    if (!page) return;
    this.#show(page.id);
    const placed = this.#placed;
    const key = placed[Math.min(at, placed.length - 1)];
    if (key) void this.#focusOn(idOf(key));
    else void this.updateComplete.then(() => this.tabs?.focus());
  }

  /** Alt with the arrow keys moves a key, with Page Down and Page Up to another page. */
  #onAltKey(event: KeyboardEvent): void {
    if (this.fixed) return;
    const {key, ctrlKey, metaKey, shiftKey} = event;
    const step = {PageDown: 1, PageUp: -1}[key];
    if (step === undefined || ctrlKey || metaKey || shiftKey) return this.#arranger.onKeydown(event);
    const found = this.#keyOfEvent(event);
    const page = this.#pagesInView[this.#pagesInView.indexOf(this.#shown!) + step];
    event.preventDefault();
    if (found && page) this.#moveToPage(idOf(found), page.id);
  }
}

/** Whether an event is about a button in a key. */
const isOfButton = (event: Event): boolean =>
  event.composedPath().some((node) => node instanceof HTMLButtonElement);
