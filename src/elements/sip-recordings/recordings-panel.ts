import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {state} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {DayController} from '../../controllers/day-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {DroppedRecording, Recordings, StoredRecording} from '../../core/recordings/recordings.js';
import type {RecordingUploadProgress} from '../../core/recordings/recordings-upload.js';
import {SipError, toSipError} from '../../errors.js';
import '../../locales/desk/recordings-en.js';
import {commandButton} from '../shared/buttons/command-button.js';
import {listBar} from '../shared/buttons/list-bar.js';
import {absenceNote, emptyNote} from '../shared/empty-note.js';
import {searchField} from '../shared/fields/search-field.js';
import {FocusKeeper, rowInItsPlace} from '../shared/focus-keeper.js';
import {xIcon} from '../shared/icons.js';
import {circleDotIcon} from '../shared/icons/controls.js';
import {commandNotice, errorNotice, notice} from '../shared/notice.js';
import {repeat} from '../shared/repeat.js';
import {panelStates} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {sizeText} from '../sip-upload/upload-size.js';
import {recordingRow, titleOfRecording} from './recording-row.js';
import {styles} from './recordings-panel.styles.js';

/** From how many recordings on there is a search field. */
const MANY = 8;
/** How many recordings are shown at first, and how many more at each press. */
const PAGE = 50;

/** The contents of a `<sip-recordings>`. */
export class RecordingsPanelElement extends LitElement {
  static readonly parts =
    'panel, search, recording, play, rename, title, download, delete, player, more, undo, notice';

  static override styles = [inner, panelStates, styles];

  readonly #client = new ClientController(this);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  #recordings: Recordings | undefined;
  #ending = new AbortController();
  /** The recordings; undefined until they are read. */
  @state() private list: readonly StoredRecording[] | undefined;
  /** Why they cannot be read. */
  @state() private failure: SipError | undefined;
  @state() private text = '';
  @state() private limit = PAGE;
  /** The id of the recording that is open, and of the one whose title is edited. */
  @state() private opened = '';
  @state() private titled = '';
  /** The recording that was deleted last. */
  @state() private deleted: StoredRecording | undefined;
  /** How many recordings were deleted for space or because of their age since the user was told. */
  @state() private dropped = {space: 0, age: 0};
  /** How far the upload of each recording has come. */
  readonly #uploads = new Map<string, RecordingUploadProgress>();
  #readings = 0;
  #focusNext = '';

  constructor() {
    super();
    new StateController(this, () => [this.#client.client]);
    new DayController(this);
    new FocusKeeper(
      this,
      rowInItsPlace(this, () => () => [...this.renderRoot.querySelectorAll('[part=recording]')]),
    );
  }

  /** See `SipRecordingsElement.play`. */
  async play(id: string): Promise<void> {
    await this.#read();
    const index = this.list?.findIndex((each) => each.id === id) ?? -1;
    if (index < 0) throw new SipError('recording-not-found', {subject: id});
    this.text = '';
    this.limit = Math.max(this.limit, index + 1);
    this.opened = id;
    this.titled = '';
    await this.updateComplete;
    this.renderRoot.querySelector(`[data-id="${id}"]`)?.scrollIntoView({block: 'nearest'});
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Other pages record as well.
    document.addEventListener('visibilitychange', this.#onVisible);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onVisible);
    this.#follow(undefined);
  }

  protected override willUpdate(): void {
    this.#follow(this.isConnected ? this.#client.client?.recordings : undefined);
  }

  protected override updated(): void {
    if (!this.#focusNext) return;
    const target = this.renderRoot.querySelector<HTMLElement>(this.#focusNext);
    if (!target) return;
    this.#focusNext = '';
    target.focus({preventScroll: true});
    if (target instanceof HTMLInputElement) target.select();
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {client} = this.#client;
    return html`<div
      part="panel"
      class="card"
      role="group"
      tabindex="-1"
      aria-label=${localize.term('recordings')}
      aria-busy=${client && !this.list && !this.failure ? 'true' : 'false'}
    >
      ${client ? this.#renderBar() : nothing} ${commandNotice(this.#commands, localize)}
      ${this.#renderDropped()}
      ${client ? this.#renderContent() : absenceNote(circleDotIcon, this.#client, localize)}
      <div role="status">${this.#renderDeleted()}</div>
    </div>`;
  }

  #renderBar(): TemplateResult {
    const localize = this.#localize;
    const {list = []} = this;
    const size = list.reduce((sum, each) => sum + each.size, 0);
    return listBar(
      html`<b class="line">${localize.term('recordings')}</b>`,
      list.length
        ? html`<span class="quiet number"
            >${localize.term('recordingsTotal', String(list.length), sizeText(size, localize.lang()))}</span
          >`
        : nothing,
    );
  }

  #renderContent(): TemplateResult {
    const localize = this.#localize;
    const {list, failure} = this;
    if (failure) {
      const links = html`<button class="link" type="button" @click=${this.#read}>
        ${localize.term('tryAgain')}
      </button>`;
      return errorNotice(failure, undefined, {localize, links});
    }
    if (!list) return html`<p class="empty quiet">${localize.term('loading')}</p>`;
    if (!list.length)
      return emptyNote(circleDotIcon, localize.term('noRecordingsHint'), localize.term('noRecordings'));
    const found = this.#found(list);
    const left = found.length - this.limit;
    return html`${
      list.length >= MANY || this.text
        ? html`<div class="filters">
            ${searchField({
              label: localize.term('searchRecordings'),
              text: this.text,
              onSearch: (text) => {
                this.text = text;
                this.limit = PAGE;
              },
            })}
          </div>`
        : nothing
    }
    ${
      found.length
        ? html`<div role="list">
            ${repeat(
              found.slice(0, this.limit),
              ({id}) => id,
              (recording) => this.#renderRow(recording),
            )}
          </div>`
        : html`<p class="empty quiet">${localize.term('noRecordingFound')}</p>`
    }
    ${
      left > 0
        ? html`<button part="more" class="more" type="button" @click=${this.#onMore}>
            ${localize.term('moreRecordings', String(Math.min(left, PAGE)))}
          </button>`
        : nothing
    }`;
  }

  #renderRow(recording: StoredRecording): TemplateResult {
    const {id} = recording;
    const opened = this.opened === id;
    return html`<div part="recording" role="listitem" class=${opened ? 'open' : ''} data-id=${id}>
      ${recordingRow({
        recording,
        party: this.#client.client?.identify(recording.remote) ?? recording.remote,
        localize: this.#localize,
        now: Date.now(),
        opened,
        titled: this.titled === id,
        upload: this.#uploads.get(id),
        recordings: this.#recordings,
        onPlay: () => this.#onPlay(id),
        onRename: () => this.#onRename(id),
        onTitle: (title) => this.#onTitle(id, title),
        onDownload: () => void this.#commands.run(async () => this.#recordings?.download(id)),
        onDelete: () => this.#onDelete(recording),
      })}
    </div>`;
  }

  #renderDropped(): TemplateResult | typeof nothing {
    const {space, age} = this.dropped;
    if (!space && !age) return nothing;
    const localize = this.#localize;
    const texts = [
      space ? localize.term('recordingsDroppedForSpace', String(space)) : '',
      age ? localize.term('recordingsDroppedForAge', String(age)) : '',
    ];
    const onDismiss = (): void => void (this.dropped = {space: 0, age: 0});
    return notice(texts.filter(Boolean).join(' '), {localize, onDismiss, informs: true});
  }

  #renderDeleted(): TemplateResult | typeof nothing {
    const {deleted} = this;
    if (!deleted) return nothing;
    const localize = this.#localize;
    const text = localize.term('recordingDeleted', localize.isolated(this.#nameOf(deleted)));
    return html`<div class="undo">
      <span class="line" title=${text}>${text}</span>
      <button part="undo" class="link" type="button" @click=${this.#onUndo}>${localize.term('undo')}</button>
      ${commandButton(localize.term('dismiss'), xIcon, this.#onForget, {look: 'dismiss'})}
    </div>`;
  }

  #nameOf(recording: StoredRecording): string {
    const party = this.#client.client?.identify(recording.remote) ?? recording.remote;
    return titleOfRecording(recording, party, this.#localize);
  }

  /** Returns the recordings with the text that is searched in their title, name or number. */
  #found(list: readonly StoredRecording[]): readonly StoredRecording[] {
    const wanted = this.text.trim().toLowerCase();
    if (!wanted) return list;
    return list.filter((recording) => {
      const {remote, name = ''} = recording;
      return [this.#nameOf(recording), remote.name, remote.number, name].some((each) =>
        each.toLowerCase().includes(wanted),
      );
    });
  }

  #follow(recordings: Recordings | undefined): void {
    if (recordings === this.#recordings) return;
    this.#ending.abort();
    this.#ending = new AbortController();
    this.#recordings = recordings;
    this.list = this.failure = this.deleted = undefined;
    this.opened = this.titled = '';
    this.#uploads.clear();
    if (!recordings) return;
    const {signal} = this.#ending;
    recordings.addEventListener('change', () => void this.#read(), {signal});
    recordings.addEventListener('dropped', this.#onDropped, {signal});
    recordings.addEventListener('upload', this.#onUpload, {signal});
    void this.#read();
  }

  /** Reads the list; of several readings at once, the last one counts. */
  readonly #read = async (): Promise<void> => {
    const recordings = this.#recordings;
    const reading = (this.#readings += 1);
    const isLast = (): boolean => reading === this.#readings && recordings === this.#recordings;
    try {
      const list = await recordings?.list();
      if (!isLast()) return;
      this.list = list;
      this.failure = undefined;
    } catch (error) {
      if (isLast()) this.failure = toSipError(error);
    }
  };

  readonly #onVisible = (): void => {
    if (!document.hidden) void this.#read();
  };

  readonly #onDropped = ({detail: {reason}}: CustomEvent<DroppedRecording>): void => {
    this.dropped = {...this.dropped, [reason]: this.dropped[reason] + 1};
  };

  readonly #onUpload = ({detail}: CustomEvent<RecordingUploadProgress>): void => {
    this.#uploads.set(detail.id, detail);
    this.requestUpdate();
  };

  readonly #onMore = (): void => {
    const {id} = this.#found(this.list ?? [])[this.limit] ?? {};
    this.#focusNext = `[data-id="${id}"] button`;
    this.limit += PAGE;
  };

  #onPlay(id: string): void {
    this.opened = this.opened === id ? '' : id;
  }

  #onRename(id: string): void {
    const closes = this.titled === id;
    this.titled = closes ? '' : id;
    this.#focusNext = closes ? `[data-id="${id}"] [part=rename]` : '[part=title]';
  }

  /** @param title - Undefined if the user cancels. */
  #onTitle(id: string, title: string | undefined): void {
    this.#onRename(id);
    if (title !== undefined) void this.#commands.run(async () => this.#recordings?.rename(id, title));
  }

  #onDelete(recording: StoredRecording): void {
    const {id} = recording;
    void this.#commands.run(async () => {
      const before = this.deleted;
      await this.#recordings?.delete(id, {restorable: true});
      this.deleted = recording;
      this.list = this.list?.filter((each) => each.id !== id);
      if (this.opened === id) this.opened = '';
      // Only the last one can be restored here.
      if (before) await this.#recordings?.delete(before.id).catch(() => {});
    });
  }

  readonly #onUndo = (): void => {
    const {deleted} = this;
    if (!deleted) return;
    void this.#commands.run(async () => {
      this.#focusNext = `[data-id="${deleted.id}"] button`;
      this.deleted = undefined;
      await this.#recordings?.restore(deleted.id);
    });
  };

  readonly #onForget = (): void => {
    const {deleted} = this;
    this.deleted = undefined;
    this.#focusNext = '.card';
    if (deleted) void this.#recordings?.delete(deleted.id).catch(() => {});
  };
}
