import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {SipError} from '../../errors.js';
import '../../locales/desk/keys-en.js';
import '../../locales/desk/selection-en.js';
import {barButton, listBar} from '../shared/buttons/list-bar.js';
import {absenceNote, emptyNote} from '../shared/empty-note.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {sirenIcon} from '../shared/icons.js';
import {layoutGridIcon, phoneIncomingIcon} from '../shared/icons/later.js';
import {commandNotice, errorNotice, notice} from '../shared/notice.js';
import {inner} from '../shared/styles/shared.styles.js';
import {plusIcon} from '../shared/tiles/icons.js';
import {PagesController} from '../shared/tiles/pages-controller.js';
import type {PageSign, PageTab} from '../shared/tiles/tile-pages.js';
import {pencilIcon, rotateCcwIcon} from './icons.js';
import {KeyArranging} from './key-arranging.js';
import type {KeyBook} from './key-book.js';
import {bondOf, callWith} from './key-calls.js';
import {KeyCommands} from './key-commands.js';
import {SELECTION_PARTS} from '../shared/selection/selection-parts.js';
import {KeyGrid} from './key-grid.js';
import {KeyMenus} from './key-menus.js';
import {idOf, type DialKey, type KeyPage, type WrittenKeyPages, type WrittenKeys} from './key-pages.js';
import {KeysInView, type KeysPanel} from './keys-in-view.js';
import {KeysAdderElement} from './keys-adder.js';
import {styles} from './keys-panel.styles.js';

/** How keys are written, for the author of a page. */
const KEYS = '[{"number": "1002", "name": "Anna"}, {"number": "8100", "group": true}]';

/**
 * The contents of a `<sip-keys>`.
 *
 * @fires {CustomEvent<{pages: readonly KeyPage[]}>} sip-keys-change - See `<sip-keys>`.
 */
export class KeysPanelElement extends LitElement implements KeysPanel {
  static readonly parts = [
    'panel, grid, key, more, remove, put-back, edit, page-add, add, add-selected, restore',
    'undo, retry, notice',
    SELECTION_PARTS,
    PagesController.parts,
    KeysAdderElement.parts,
    KeyMenus.parts,
  ].join();

  static override styles = [inner, styles];

  /** The properties are those of `<sip-keys>`. */
  @property({attribute: false}) keys: WrittenKeys = '';
  @property({attribute: false}) pages: WrittenKeyPages = '';
  @property({attribute: false}) actions = '';
  @property({attribute: false}) groupAction = '';
  @property({attribute: false}) fixed = false;

  readonly #client = new ClientController(this);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #inView = new KeysInView(this, this.#client, this.#localize);
  readonly #keyCommands = new KeyCommands(this, this.#inView, this.#commands);
  readonly #menus = new KeyMenus(this, this.#inView, this.#keyCommands, this.#localize);
  readonly #arranging = new KeyArranging(this, this.#inView, this.#commands, this.#localize);
  readonly #grid = new KeyGrid(this, {
    keys: this.#inView,
    commands: this.#keyCommands,
    menus: this.#menus,
    arranging: this.#arranging,
    localize: this.#localize,
  });

  constructor() {
    super();
    new StateController(this, () => {
      const {client} = this.#client;
      return [client, this.#inView.selection, ...(client?.state.calls ?? [])];
    });
    new FocusKeeper(this, () => () => this.#inView.cursor.entrance);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#inView.give();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#inView.forgetNames();
  }

  override focus(options?: FocusOptions): void {
    this.#inView.cursor.entrance?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const keys = this.#inView;
    if (keys.follow()) {
      this.#keyCommands.forget();
      this.#arranging.forget();
    } else if (changed.has('keys') || changed.has('pages')) keys.give();
    if (this.fixed) this.#arranging.arrange(false);
    this.#keyCommands.forgetEnded();
    keys.people.follow(keys.client, keys.page?.keys ?? []);
    keys.cursor.follow(keys.placed.map(idOf));
  }

  protected override firstUpdated(): void {
    // The buttons of the keys open the menus, which are there then.
    void this.updateComplete.then(() => this.requestUpdate());
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {client} = this.#client;
    const {book} = this.#inView;
    const arranging = this.#arranging;
    return html`<div
        part="panel"
        class="card ${arranging.active ? 'arranging' : ''} ${arranging.isOver ? 'over' : ''}"
        role="group"
        tabindex="-1"
        aria-label=${localize.term('speedDial')}
        @dragenter=${arranging.onDrag}
        @dragover=${arranging.onDrag}
        @dragleave=${arranging.onLeave}
        @drop=${arranging.onDrop}
        @keydown=${this.#onKeydown}
      >
        <div class="hidden" role="status">${arranging.announcement}</div>
        ${client && book ? this.#renderWith(client, book) : absenceNote(layoutGridIcon, this.#client, localize)}
      </div>
      ${this.#menus.render()}`;
  }

  #renderWith(client: BaseClient, book: KeyBook): TemplateResult {
    const empty = book.pages.every((page) => book.keysOf(page).length === 0);
    return html`${this.#renderBar(book)} ${book.arranging ? this.#renderAdder(book) : nothing}
      <div class="body">
        <div class="notices">${this.#renderNotices()}</div>
        ${empty && !book.arranging ? this.#renderEmpty() : this.#renderPages(client, book)}
      </div>
      ${book.arranging ? html`<p class="quiet foot">${this.#localize.term('editKeysHint')}</p>` : nothing}
      <sip-selection-place
        ?hidden=${book.arranging}
        exportparts="${SELECTION_PARTS}, notice"
        hint="keysHint"
        @leave=${() => this.focus()}
      ></sip-selection-place>`;
  }

  #renderBar({arranging, canRestore}: KeyBook): TemplateResult {
    const localize = this.#localize;
    const edit = localize.term('editKeys');
    const restore = localize.term('restoreKeys');
    return listBar(
      html`<b class="line">${localize.term('speedDial')}</b>`,
      this.fixed
        ? nothing
        : html`${
            arranging && canRestore
              ? barButton(
                  'restore',
                  restore,
                  html`${rotateCcwIcon}<span class="wide">${restore}</span>`,
                  this.#arranging.restore,
                )
              : nothing
          }
          ${arranging ? this.#inView.pages.renderAdd(() => void this.#arranging.addPage()) : nothing}
          ${barButton('edit', edit, pencilIcon, () => this.#arranging.arrange(!arranging), {pressed: arranging})}`,
    );
  }

  #renderAdder(book: KeyBook): TemplateResult {
    const page = this.#inView.page!;
    const fresh = this.#inView.unplaced;
    return html`<div class="adder">
      <sip-keys-adder
        exportparts=${KeysAdderElement.parts}
        .has=${(key: DialKey) => book.has(page, key)}
        @choose=${({detail}: CustomEvent<DialKey>) => this.#arranging.toggle(page, detail)}
      ></sip-keys-adder>
      ${
        fresh.length > 0
          ? html`<button
              part="add-selected"
              class="pill"
              type="button"
              @click=${() => this.#arranging.add(fresh)}
            >
              ${plusIcon}<span class="line"
                >${this.#localize.term('addSelectedKeys', String(fresh.length))}</span
              >
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderNotices(): unknown {
    const localize = this.#localize;
    return [
      commandNotice(this.#commands, localize),
      this.#inView.readable
        ? nothing
        : errorNotice(new SipError('bad-parameter', {subject: 'keys', expected: KEYS}), undefined, {
            localize,
          }),
      this.#arranging.full
        ? notice(localize.term('keysFull'), {localize, warns: true, onDismiss: this.#arranging.forgetUndo})
        : nothing,
      this.#inView.pages.renderUndo(),
    ];
  }

  #renderEmpty(): TemplateResult {
    const localize = this.#localize;
    if (this.fixed) return emptyNote(layoutGridIcon, localize.term('keysUnset'));
    return html`<div class="none">
      ${emptyNote(layoutGridIcon, localize.term('keysEmptyHint'), localize.term('keysEmpty'))}
      <button part="add" class="pill accent" type="button" @click=${() => this.#arranging.arrange(true)}>
        ${plusIcon}<span>${localize.term('addKeys')}</span>
      </button>
    </div>`;
  }

  #renderPages(client: BaseClient, book: KeyBook): TemplateResult {
    const keys = this.#inView;
    const arranging = this.#arranging;
    const tiles =
      keys.placed.length > 0
        ? this.#grid.render(client)
        : emptyNote(layoutGridIcon, this.#localize.term('keysEmptyPage'));
    return keys.pages.render(
      {
        flat: true,
        tabs: book.pages.map((page) => this.#tabOf(client, book, page)),
        arranger: arranging.arranger,
        onShow: (id) => keys.show(id),
        onRename: (id, name) => arranging.renamePage(id, name),
        onRemove: () => arranging.removePage(keys.page!),
      },
      tiles,
    );
  }

  #tabOf(client: BaseClient, book: KeyBook, page: KeyPage): PageTab {
    return {
      id: page.id,
      name: page.name,
      title: this.#inView.pages.titleOf(page),
      selected: book.keysOf(page).filter((key) => this.#inView.isSelected(key)).length,
      signs: this.#signsOf(client, page),
    };
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

  /** Escape ends arranging, unless something else in the panel closes by it. */
  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented || !this.#arranging.active)
      return;
    event.preventDefault();
    this.#arranging.arrange(false);
    void this.updateComplete.then(() => this.focus());
  };
}
