import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {DayController} from '../../controllers/day-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {canInvite} from '../../core/conference/invites.js';
import type {Person} from '../../core/directory/people.js';
import type {CallMedia} from '../../core/types.js';
import {SipError} from '../../errors.js';
import {searchIcon, usersIcon} from '../shared/icons.js';
import {errorNotice} from '../shared/notice.js';
import {property} from '../shared/property.js';
import {isRegistered} from '../shared/registration.js';
import {shared} from '../shared/styles/shared.styles.js';
import {DirectoryModel} from './model.js';
import type {PageNumbers} from './page-people.js';
import type {DirectoryAction} from './row.js';
import {TreeView, type TreeContext} from './tree-view.js';
import type {Row} from './tree.js';
import {styles} from './sip-directory.styles.js';

export type {PageNumbers} from './page-people.js';
export type {DirectoryAction} from './row.js';

/**
 * Shows the people and devices that the server knows, in their groups, with their presence and position. It searches as
 * the user types and calls from a row.
 *
 * With `numbers` it shows those numbers instead, as a busy lamp field: which are in a call or ringing. This is for
 * servers that have no directory.
 *
 * The tree supports the usual keys: arrows, Home, End, Page Up and Page Down, and the first letters of a name; Enter
 * opens a group and calls a person; Tab moves to the row's buttons. People can be dragged; they carry their numbers as
 * text.
 *
 * @fires {CustomEvent<{action: DirectoryAction, person: Person}>} sip-directory-action - The user pressed a row's button. Cancelable: if canceled, no call is made. The page handles `message`; `invite` adds the person to a `<sip-conference>` of the same client, `monitor` to a `<sip-monitor>`.
 * @fires {CustomEvent<{error: SipError}>} sip-error - A call that was requested here failed.
 * @csspart panel - The box around everything.
 * @csspart search - The search field.
 * @csspart tree - The groups and people.
 * @csspart row - Each row of the tree.
 * @csspart call - The button for an audio call.
 * @csspart video - The button for a video call.
 * @csspart invite - The button that adds a person to a conference.
 * @csspart message - The button that opens a conversation.
 * @csspart monitor - The button that watches a camera.
 * @csspart retry - The button that requests the data again.
 * @csspart notice - A message about a failure.
 * @cssprop [--sip-directory-height=30rem] - The height up to which the tree grows before it scrolls.
 */
export class SipDirectoryElement extends LitElement {
  static override styles = [shared, styles];

  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';
  /**
   * The actions of a row: `call`, `video`, `invite`, `message`, `monitor`, separated by spaces. Actions that the server
   * does not support are left out. `invite` is for a `<sip-conference>` of the same client, `monitor` for a
   * `<sip-monitor>`.
   */
  @property() actions = 'call video';

  /**
   * Numbers to show instead of the server's directory, separated by `,`, `;` or spaces; the property also takes a list
   * whose items may be `{number, name}`.
   */
  @property() numbers: PageNumbers = '';

  readonly #client = new ClientController(this, () => this.htmlFor);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #model = new DirectoryModel(this, {
    client: () => this.#client.client,
    numbers: () => this.numbers,
  });
  readonly #tree = new TreeView(this, {
    rows: () => this.#model.rows,
    toggle: (group, open) => this.#model.toggle(group, open),
    act: (row) => this.#actOn(row),
  });

  constructor() {
    super();
    new DayController(this);
  }

  /** The client whose directory is shown. */
  get client(): BaseClient | undefined {
    return this.#client.client;
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {error} = this.#commands;
    const {phase, error: failure, retry} = this.#model;
    return html`<div part="panel" class="card" role="group" aria-label=${localize.term('directory')}>
      ${phase === 'ready' && !this.#model.ofPage ? this.#renderSearch() : nothing}
      <div class="hidden" role="status">${this.#announcement()}</div>
      ${error ? errorNotice(error, undefined, {localize, onDismiss: this.#commands.dismiss}) : nothing}
      ${failure ? this.#renderFailure(failure, retry) : nothing} ${this.#renderContent()}
    </div>`;
  }

  protected override updated(): void {
    this.#tree.measure();
    this.#model.see(this.#tree.shown);
  }

  #renderSearch(): TemplateResult {
    const label = this.#localize.term('searchPeople');
    return html`<div class="bar">
      ${searchIcon}
      <input
        part="search"
        type="search"
        aria-label=${label}
        placeholder=${label}
        autocomplete="off"
        spellcheck="false"
        .value=${this.#model.search.state.text}
        @input=${this.#onInput}
        @compositionend=${this.#onInput}
        @keydown=${this.#onSearchKey}
      />
    </div>`;
  }

  #renderContent(): TemplateResult | typeof nothing {
    const model = this.#model;
    const localize = this.#localize;
    const {search} = model;
    switch (model.phase) {
      case 'no-client':
        return this.#renderEmpty(this.#client.absence(localize));
      case 'waiting':
        return this.#renderEmpty(localize.term('directoryWaits'));
      case 'unsupported':
        return this.#renderEmpty(localize.term('noDirectory'));
      case 'failed':
        return nothing;
      case 'loading':
        return html`<div class="skeleton" role="status">
          <span class="hidden">${localize.term('loading')}</span>${[1, 2, 3, 4].map(() => html`<i></i>`)}
        </div>`;
    }
    if (search.active && !model.ofPage) {
      const {error, people, pending} = search.state;
      if (error) return this.#renderFailure(error, search.again);
      if (!people?.length) return this.#renderEmpty(localize.term(pending ? 'searching' : 'noPeople'));
    } else if (model.empty) return this.#renderEmpty(localize.term('noGroups'));
    return this.#tree.render(this.#context(), !model.ofPage && search.active && search.state.pending);
  }

  #renderFailure(error: SipError, retry: () => void): TemplateResult {
    const localize = this.#localize;
    const more = html`<button part="retry" class="link" type="button" @click=${retry}>
      ${localize.term('tryAgain')}
    </button>`;
    return errorNotice(error, undefined, {localize, more});
  }

  #renderEmpty(text: string): TemplateResult {
    return html`<div class="empty">
      ${usersIcon}
      <p class="quiet">${text}</p>
    </div>`;
  }

  #context(): TreeContext {
    const localize = this.#localize;
    const {client} = this.#client;
    const able = {
      call: !!client?.capabilities.call,
      video: !!client?.capabilities.call,
      invite: !!client && canInvite(client),
      message: !!client?.capabilities.message,
      monitor: !!client?.capabilities.monitor,
    };
    const wanted = String(this.actions ?? '').split(/\s+/) as readonly DirectoryAction[];
    return {
      localize,
      now: Date.now(),
      actions: (['call', 'video', 'invite', 'message', 'monitor'] as const).filter(
        (action) => able[action] && wanted.includes(action),
      ),
      own: client?.options.user ?? '',
      tellsUnknown: this.#model.ofPage,
      placeOf: (number) => this.#model.places.get(number),
      reason: isRegistered(client) ? undefined : localize.describe({code: 'not-registered'}),
      onAct: this.#onAct,
      onRetry: this.#model.retryMembers,
    };
  }

  #announcement(): string {
    const {search} = this.#model;
    const {people, pending} = search.state;
    if (!search.active || pending || !people) return '';
    return this.#localize.term('peopleFound', String(people.length));
  }

  readonly #onInput = ({target, type, isComposing}: InputEvent): void => {
    // An unfinished composition is the letters of a word, not the word.
    if (type === 'input' && isComposing) return;
    this.#model.search.search((target as HTMLInputElement).value);
    this.#tree.reset();
  };

  readonly #onSearchKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' && this.#tree.focus()) event.preventDefault();
  };

  /** Runs the first action of the row, as Enter does. */
  #actOn(row: Row | undefined): void {
    if (row?.kind === 'note' && row.error) return this.#model.retryMembers(row.group.number);
    const {actions, own} = this.#context();
    if (row?.kind === 'person' && actions[0] && row.person.number !== own)
      this.#onAct(row.person, actions[0]);
  }

  readonly #onAct = (person: Person, action: DirectoryAction): void => {
    const {client} = this.#client;
    if (this.#commands.pending || !client) return;
    if (!isRegistered(client)) return this.#commands.tell(new SipError('not-registered'));
    const event = new CustomEvent('sip-directory-action', {
      detail: {action, person},
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    if (!this.dispatchEvent(event)) return;
    const media: Partial<Record<DirectoryAction, CallMedia>> = {call: 'audio', video: 'video'};
    const wanted = media[action];
    if (wanted) void this.#commands.run(() => client.call(person.number, {media: wanted}));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-directory': SipDirectoryElement;
  }
  interface HTMLElementEventMap {
    'sip-directory-action': CustomEvent<{readonly action: DirectoryAction; readonly person: Person}>;
  }
}
