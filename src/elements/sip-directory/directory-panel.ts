import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {DayController} from '../../controllers/day-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {Person} from '../../core/directory/people.js';
import {SipError} from '../../errors.js';
import {openMicrophoneAhead} from '../shared/calls/microphone-ahead.js';
import {usersIcon} from '../shared/icons/phone.js';
import {LazyModule} from '../shared/lazy-module.js';
import {searchField, searchStyles} from '../shared/fields/search-field.js';
import {absenceNote, emptyNote} from '../shared/empty-note.js';
import {commandNotice, errorNotice} from '../shared/notice.js';
import {offerAction} from '../shared/people/directory-action.js';
import {stateWord} from '../shared/people/state-word.js';
import {isRegistered, unregisteredReason} from '../shared/registration.js';
import {listPanel, noticeMargin} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {menuOf, menuReason, offeredActions, runAction, type DirectoryAction} from './actions.js';
import {styles} from './directory-panel.styles.js';
import type {RowSettings} from './directory-row.js';
import {DirectoryTreeElement} from './directory-tree.js';
import {DirectoryModel} from './model.js';
import type {PageNumbers} from './page-people.js';
import type {TreeSelecting} from './tree-selecting.js';

/** What a directory has at a desk: until it is loaded, and without it, the directory looks as usual. */
const DESK = new LazyModule(() => import('./desk.js'));

/** The parts of the bar of a selection, which is loaded when something is selected. */
const SELECTION_PARTS =
  'selection, selection-count, clear-selection, selection-action, selection-report, selection-text';

/** The contents of a `<sip-directory>`: the search field, and the tree or what is in its place. */
export class DirectoryPanelElement extends LitElement {
  static readonly parts = `panel, search, retry, notice, ${SELECTION_PARTS}, ${DirectoryTreeElement.parts}`;

  static override styles = [inner, listPanel, noticeMargin, searchStyles, styles];

  /** As in `<sip-directory>`. */
  @property({attribute: false}) actions = '';
  @property({attribute: false}) numbers: PageNumbers = '';
  @property({attribute: false}) dense = false;
  @property({attribute: false}) selectable = false;

  @query('sip-directory-tree') private readonly tree!: DirectoryTreeElement | null;
  @query('.content') private readonly content!: HTMLElement;
  readonly #client = new ClientController(this);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #model = new DirectoryModel(this, {
    client: () => this.#client.client,
    numbers: () => this.numbers,
    wordsOf: (state) => stateWord(state, this.#localize),
  });

  /** The height of the content before the search, in pixels, which a search keeps. */
  #height = 0;
  readonly #room = new CSSStyleSheet();
  #selecting: TreeSelecting | undefined;

  constructor() {
    super();
    new DayController(this);
    new StateController(this, () => [this.#selecting?.selection]);
    openMicrophoneAhead(this, () => this.#client.client, ['call', 'video']);
  }

  protected override willUpdate(): void {
    const {client} = this.#client;
    const desk = this.selectable && client ? DESK.load(this) : undefined;
    if (!desk || !client) this.#selecting = undefined;
    else if (client !== this.#selecting?.client) this.#selecting = desk.selecting(this.#localize, client);
  }

  /** See `SipDirectoryElement.listenIn`. */
  listenIn(): boolean {
    const {client} = this.#client;
    const person = this.tree?.chosen;
    const localize = this.#localize;
    if (!client?.capabilities.listenIn || !person) return false;
    if (menuReason(person, 'listen-in', client, localize)) return false;
    this.#onAct(person, 'listen-in');
    return true;
  }

  /** Moves the focus to the search field, or to the tree. */
  override focus(options?: FocusOptions): void {
    const field = this.renderRoot.querySelector<HTMLElement>('[part=search]');
    (field ?? this.tree)?.focus(options);
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {error: failure, retry} = this.#model;
    return html`<div
      part="panel"
      class="card ${this.selectable ? 'selectable' : ''}"
      role="group"
      aria-label=${localize.term('directory')}
    >
      ${this.#model.searches ? this.#renderSearch() : nothing}
      <div class="hidden" role="status">${this.#announcement()}</div>
      <div class="notices">
        ${commandNotice(this.#commands, localize)} ${failure ? this.#renderFailure(failure, retry) : nothing}
      </div>
      <div class="content">${this.#renderContent()}</div>
      ${
        this.selectable
          ? html`<sip-selection-place
              exportparts=${SELECTION_PARTS}
              @leave=${() => this.tree?.focus()}
            ></sip-selection-place>`
          : nothing
      }
    </div>`;
  }

  protected override firstUpdated(): void {
    this.shadowRoot!.adoptedStyleSheets.push(this.#room);
  }

  protected override updated(): void {
    this.#room.replaceSync(
      `.card:not(.selectable)>.content{min-block-size:${this.#model.search.active ? this.#height : 0}px}`,
    );
  }

  #renderSearch(): TemplateResult {
    return html`<div class="bar">
      ${searchField({
        label: this.#localize.term('searchPeople'),
        text: this.#model.search.state.text,
        onSearch: (text) => this.#search(text),
        onKeydown: this.#onSearchKey,
      })}
    </div>`;
  }

  #renderContent(): TemplateResult | typeof nothing {
    const model = this.#model;
    const localize = this.#localize;
    const {search} = model;
    switch (model.phase) {
      case 'no-client':
        return absenceNote(usersIcon, this.#client, localize);
      case 'waiting':
        return emptyNote(usersIcon, localize.term('directoryWaits'));
      case 'unsupported':
        return emptyNote(usersIcon, localize.term('noDirectory'));
      case 'failed':
        return nothing;
      case 'loading':
        return html`<div class="skeleton" role="status">
          <span class="hidden">${localize.term('loading')}</span>${[1, 2, 3, 4].map(() => html`<i></i>`)}
        </div>`;
    }
    if (search.active && model.ofPage) {
      if (!model.rows.length) return emptyNote(usersIcon, localize.term('noPeople'));
    } else if (search.active) {
      const {error, pending} = search.state;
      if (error) return this.#renderFailure(error, search.again);
      if (!model.rows.length) return emptyNote(usersIcon, localize.term(pending ? 'searching' : 'noPeople'));
    } else if (model.empty) return emptyNote(usersIcon, localize.term('noGroups'));
    return html`<sip-directory-tree
      exportparts=${DirectoryTreeElement.parts}
      .model=${model}
      .settings=${this.#settings}
      .busy=${!model.ofPage && search.active && search.state.pending}
    ></sip-directory-tree>`;
  }

  #renderFailure(error: SipError, retry: () => void): TemplateResult {
    const localize = this.#localize;
    const links = html`<button part="retry" class="link" type="button" @click=${retry}>
      ${localize.term('tryAgain')}
    </button>`;
    return errorNotice(error, undefined, {localize, links});
  }

  get #settings(): RowSettings {
    const localize = this.#localize;
    const {client} = this.#client;
    const {row, menu} = offeredActions(this.actions, client, this);
    const reason = unregisteredReason(client, localize);
    return {
      localize,
      now: Date.now(),
      actions: row,
      menuOf: (person) => menuOf(person, menu, client),
      own: client?.options.user ?? '',
      tellsUnknown: this.#model.ofPage,
      reason,
      look: this.dense || this.selectable ? DESK.load(this)?.look : undefined,
      dense: this.dense,
      selecting: this.#selecting,
      menuReason: (person, action) => reason ?? (client && menuReason(person, action, client, localize)),
      onAct: this.#onAct,
      onRetry: this.#model.retryMembers,
    };
  }

  #announcement(): string {
    const {search} = this.#model;
    const {people, pending} = search.state;
    if (!search.active || pending || !people) return '';
    return this.#localize.term('peopleFound', String(this.#model.foundPeople));
  }

  #search(text: string): void {
    // Whatever is found, nothing below the element moves.
    if (!this.#model.search.active) this.#height = this.content.offsetHeight;
    this.#model.search.search(text);
    this.tree?.reset();
  }

  readonly #onSearchKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' || event.isComposing || !this.tree) return;
    event.preventDefault();
    this.tree.focus();
  };

  readonly #onAct = (person: Person, action: DirectoryAction): void => {
    const {client} = this.#client;
    if (this.#commands.pending || !client) return;
    if (!isRegistered(client)) return this.#commands.fail(new SipError('not-registered'));
    if (offerAction(this, action, person))
      void this.#commands.run(async () => runAction(action, person.number, client));
  };
}
