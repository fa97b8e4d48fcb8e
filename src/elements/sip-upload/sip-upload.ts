import '../../locales/upload-en.js';
import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {state} from 'lit/decorators.js';
import {repeat} from '../shared/repeat.js';
import {ClientController} from '../../controllers/client-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {dispatchError} from '../../controllers/sip-error-event.js';
import {StateController} from '../../controllers/state-controller.js';
import type {FileType} from '../../core/uploads/file-type.js';
import {setState} from '../shared/custom-state.js';
import {uploadIcon} from '../shared/icons/later.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import {styles} from './sip-upload.styles.js';
import {isUnderway, UploadList, type Sending, type UploadEntry} from './upload-list.js';
import {uploadRow} from './upload-row.js';

/**
 * Uploads files to the server: chosen, dropped on it, or pasted while it has the focus. It lists the files with their
 * progress; each can be canceled, uploaded again and removed from the list.
 *
 * A screen reader announces when uploads start, when each file is uploaded and when one fails, and nothing in between.
 * Uploads continue if the element leaves the document; `stop()` cancels them. The client's events `sip-upload-progress`
 * and `sip-upload-end` carry the server's reply.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A file could not be uploaded.
 * @csspart panel - The box around everything.
 * @csspart drop - The area where files are dropped.
 * @csspart choose - The button that opens the file picker.
 * @csspart entry - Each file.
 * @csspart progress - The progress of a file.
 * @csspart cancel - The button that cancels an upload.
 * @csspart retry - The button that uploads a file again.
 * @csspart remove - The button that removes a file from the list.
 * @cssprop [--sip-upload-height=26rem] - The height up to which the list grows before it scrolls.
 * @cssstate sending - An upload is in progress.
 */
export class SipUploadElement extends LitElement {
  static override styles = [shared, styles];

  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';
  /**
   * The purpose of the files: `text`, `picture`, `voice`, `video`, `play-audio`, `play-video` and so on, or the
   * server's number. Derived from each file if empty.
   */
  @property() type = '';
  /** The accepted file types, as in `<input type="file">`: `image/*,.pdf`. */
  @property() accept = '';

  @state() private over = false;
  @state() private announcement = '';

  readonly #internals = this.attachInternals();
  readonly #client = new ClientController(this, () => this.htmlFor);
  readonly #localize = new LocalizeController(this);
  readonly #list = new UploadList((entry) => this.#onOver(entry));

  constructor() {
    super();
    new StateController(this, () => [this.#client.client, this.#list]);
    this.addEventListener('paste', (event) => this.#take(event, event.clipboardData));
  }

  /** The files in the list. */
  get entries(): readonly UploadEntry[] {
    return this.#list.state.entries;
  }

  /** Uploads files; without an argument it opens the file picker, which browsers allow only after a user gesture. */
  start(files?: Iterable<File>): void {
    if (!files) {
      if (!this.#blocked()) this.#input?.click();
      return;
    }
    const {client} = this.#client;
    const chosen = [...files];
    if (!client || !chosen.length) return;
    this.announcement =
      chosen.length === 1
        ? this.#localize.term('sendingFile', chosen[0]!.name)
        : this.#localize.term('sendingFiles', String(chosen.length));
    this.#list.add(chosen, this.#sending(client));
  }

  /** Cancels every unfinished file. */
  stop(): void {
    this.#list.cancel();
  }

  /** Moves the focus to the button that opens the file picker. */
  override focus(options?: FocusOptions): void {
    this.#choose?.focus(options);
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const reason = this.#blocked();
    const choose = localize.term('chooseFiles');
    return html`<div
      part="panel"
      class="card ${this.over ? 'over' : ''}"
      role="group"
      aria-label=${localize.term('files')}
      @dragover=${this.#onDrag}
      @dragleave=${this.#onLeave}
      @drop=${this.#onDrop}
    >
      <div part="drop" class="drop">
        <button
          part="choose"
          class="pill"
          type="button"
          title=${reason ? localize.explained(choose, reason) : nothing}
          aria-disabled=${reason ? 'true' : nothing}
          @click=${() => this.start()}
        >
          ${uploadIcon}${choose}
        </button>
        <p class="quiet">${reason ?? localize.term('dropHint')}</p>
        <input type="file" multiple hidden accept=${this.accept || nothing} @change=${this.#onChosen} />
      </div>
      <div class="hidden" role="status">${this.announcement}</div>
      ${this.entries.length ? this.#renderList() : nothing}
    </div>`;
  }

  protected override updated(): void {
    setState(this.#internals, 'sending', this.entries.some(isUnderway));
  }

  #renderList(): TemplateResult {
    const context = {localize: this.#localize, onRetry: this.#onRetry, onEnd: this.#onEnd};
    return html`<div role="list">
      ${repeat(
        this.entries,
        ({id}) => id,
        (entry) => html`<div part="entry" role="listitem">${uploadRow({...context, entry})}</div>`,
      )}
    </div>`;
  }

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }

  get #choose(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.pill');
  }

  /** Why nothing can be uploaded now. */
  #blocked(): string | undefined {
    const {client} = this.#client;
    if (!client) return this.#client.absence(this.#localize);
    if (client.capabilities.upload) return undefined;
    const code = client.state.connection === 'connected' ? 'unsupported' : 'not-connected';
    return this.#localize.describe({code});
  }

  #sending(client: Sending['client']): Sending {
    return {client, type: (this.type || undefined) as FileType | undefined};
  }

  #onOver({phase, file, error}: UploadEntry): void {
    if (phase === 'sent') this.announcement = this.#localize.term('fileSent', file.name);
    if (!error) return;
    this.announcement = this.#localize.describe(error);
    dispatchError(this, error);
  }

  /** Uploads the files of an event; ignores other data. */
  #take(event: Event, data: DataTransfer | null): void {
    if (!data?.files.length) return;
    event.preventDefault();
    if (!this.#blocked()) this.start(data.files);
  }

  readonly #onDrag = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    // Prevents the browser from opening the file in place of the page.
    event.preventDefault();
    this.over = !this.#blocked();
    event.dataTransfer.dropEffect = this.over ? 'copy' : 'none';
  };

  readonly #onLeave = ({relatedTarget}: DragEvent): void => {
    if (!this.renderRoot.contains(relatedTarget as Node | null)) this.over = false;
  };

  readonly #onDrop = (event: DragEvent): void => {
    this.over = false;
    this.#take(event, event.dataTransfer);
  };

  readonly #onChosen = ({currentTarget}: Event): void => {
    const input = currentTarget as HTMLInputElement;
    this.start(input.files ?? []);
    // Allows the same file to be chosen again.
    input.value = '';
  };

  readonly #onRetry = (id: number): void => {
    const {client} = this.#client;
    if (!client) return;
    this.#list.retry(id, this.#sending(client));
    // The retry button is gone; the button beside it cancels.
    this.renderRoot.querySelector<HTMLElement>(`[data-entry="${id}"]`)?.focus();
  };

  readonly #onEnd = (id: number): void => {
    const index = this.entries.findIndex((entry) => entry.id === id);
    const entry = this.entries[index];
    if (!entry) return;
    if (isUnderway(entry)) return this.#list.cancel(id);
    this.#list.remove(id);
    const next = this.entries[index] ?? this.entries[index - 1];
    const target = next && this.renderRoot.querySelector<HTMLElement>(`[data-entry="${next.id}"]`);
    (target ?? this.#choose)?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-upload': SipUploadElement;
  }
}
