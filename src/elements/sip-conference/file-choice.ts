import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {clientContext} from '../../context/client-context.js';
import {formatDuration} from '../../controllers/clock-controller.js';
import type {CommandController} from '../../controllers/command-controller.js';
import {commandsContext, inherited} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {soundButtonStyles, SoundPreviews} from '../shared/calls/sound-previews.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {shortMoment} from '../shared/history-time.js';
import {fileIcon, uploadIcon} from '../shared/icons/later.js';
import {repeat} from '../shared/repeat.js';
import {form} from '../shared/styles/form.styles.js';
import {listPanel} from '../shared/styles/list-panel.styles.js';
import {progressStyles} from '../shared/styles/progress.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {UploadList} from '../sip-upload/upload-list.js';
import {uploadRow} from '../sip-upload/upload-row.js';
import {sizeText} from '../sip-upload/upload-size.js';
import {fields, memberStates} from './conference.styles.js';
import {formField} from './form-field.js';
import {filesContext, type PlayableFile, type PlayableFiles} from '../shared/calls/playable-files.js';

/**
 * The choice of a file that the server plays: one of its files by name, a new upload, or the id of a file.
 *
 * @fires {CustomEvent<string>} choose - The user chooses a file; the detail is its id, empty for none.
 * @fires {Event} enter - The user presses Enter in a field.
 */
export class FileChoiceElement extends LitElement {
  static readonly parts = 'uploaded, upload, file-id';

  static override styles = [
    inner,
    listPanel,
    form,
    progressStyles,
    soundButtonStyles,
    memberStates,
    fields,
    css`
      :host {
        display: grid;
        gap: var(--_space-3);
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--_space-2);
        margin-block-end: calc(-1 * var(--_space-2));
        font-size: var(--_text-s);
      }
      [role='radiogroup'] {
        max-block-size: var(--_list, none);
        overflow-y: auto;
        overscroll-behavior: contain;
      }
      .choice {
        display: flex;
        align-items: center;
        gap: var(--_space-1);
      }
      .act:hover {
        background: var(--_sunken);
      }
      .act[aria-pressed='true'] {
        background: var(--_accent);
        color: var(--_surface);
      }
      .uploaded {
        flex: 1;
        min-inline-size: 0;
        display: flex;
        align-items: center;
        gap: var(--_space-2);
        min-block-size: 2.75rem;
        padding-inline: var(--_space-2);
        border-radius: var(--_radius-s);
        cursor: pointer;
      }
      /* What lies over the end of the list covers no row that is scrolled to. */
      .choice * {
        scroll-margin-block-end: var(--_foot);
      }
      .uploaded:hover {
        background: var(--_sunken);
      }
      .uploaded:has(:checked) {
        background: color-mix(in oklab, var(--_accent) 12%, var(--_surface));
      }
      [type='radio'] {
        flex: none;
        inline-size: 1.125rem;
        block-size: 1.125rem;
        margin: 0;
        accent-color: var(--_accent);
      }
      .uploaded .icon {
        flex: none;
        color: var(--_quiet);
      }
    `,
  ];

  @inherited(clientContext) client!: BaseClient;
  @inherited(commandsContext) commands!: CommandController;
  /** The files to choose from. */
  @inherited(filesContext) files!: PlayableFiles;
  /** The id of the chosen file. */
  @property({attribute: false}) file = '';
  /** Whether no file can be chosen, too. */
  @property({attribute: false}) optional = false;
  /** What is wrong with the choice. */
  @property({attribute: false}) wrong = '';

  @query('[part=uploaded] :checked, [part=uploaded] input, [part=file-id]')
  private readonly choice!: HTMLElement | null;
  @query('[type=file]') private readonly picker!: HTMLInputElement;

  readonly #localize = new LocalizeController(this);
  readonly #previews = new SoundPreviews(this, {
    localize: this.#localize,
    commands: () => this.commands,
    client: () => this.client,
  });
  readonly #sending = new UploadList(({phase, file}) => {
    const sent = this.files.state.list.find((playable) => playable.file === file);
    if (phase === 'sent' && sent) this.#choose(sent.id);
  });

  /** Whether the focus came before the files: it continues at the first of them. */
  #early = false;

  constructor() {
    super();
    new StateController(this, () => [this.client, this.files, this.#sending]);
    new FocusKeeper(this, '[part=upload], [part=file-id]');
  }

  override focus(options?: FocusOptions): void {
    this.#early = this.files.state.list.length === 0;
    this.choice?.focus(options);
  }

  protected override updated(): void {
    if (!this.#early || this.files.state.list.length === 0) return;
    this.#early = false;
    const field = this.renderRoot.querySelector<HTMLInputElement>('[part=file-id]');
    if (field?.matches(':focus') && !field.value) this.choice?.focus({preventScroll: true});
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {list} = this.files.state;
    const known = list.some(({id}) => id === this.file);
    return html`<div class="head">
        ${
          list.length
            ? html`<b id="files">${localize.term('files')}</b>`
            : html`<p class="quiet">${localize.term('noUploads')}</p>`
        }
        ${this.#renderUploadButton()}
      </div>
      ${this.#renderSending()}
      ${
        list.length
          ? html`<div role="radiogroup" aria-labelledby="files">
              ${this.optional ? this.#renderRadio('', html`<span class="words">${localize.term('noFile')}</span>`) : nothing}
              ${repeat(
                list,
                ({id}) => id,
                (file) => this.#renderFile(file),
              )}
            </div>`
          : nothing
      }
      ${formField({
        id: 'file',
        label: localize.term(list.length ? 'otherFileId' : 'fileId'),
        error: this.wrong,
        control: ({id, describedBy, invalid}) =>
          html`<input
            id=${id}
            class="input"
            part="file-id"
            type="text"
            dir="auto"
            aria-describedby=${describedBy}
            aria-invalid=${invalid}
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            .value=${known ? '' : this.file}
            @input=${({target}: Event) => this.#choose((target as HTMLInputElement).value)}
            @keydown=${this.#onKey}
          />`,
      })}`;
  }

  #renderFile({id, name, size, duration, time, sample, file, url}: PlayableFile): TemplateResult {
    const localize = this.#localize;
    const language = localize.lang();
    const preview = file ?? url;
    const radio = this.#renderRadio(
      id,
      html`${fileIcon}
        <span class="words"
          ><bdi class="line name" title=${name}>${name}</bdi
          ><span class="quiet state number"
            >${duration === undefined ? nothing : html`<span>${formatDuration(Math.round(duration))}</span>`}${size === undefined ? nothing : html`<span>${sizeText(size, language)}</span>`}${
              sample
                ? html`<span>${localize.term('sampleFile')}</span>`
                : time === undefined
                  ? nothing
                  : html`<span>${shortMoment(time, Date.now(), language)}</span>`
            }</span
          ></span
        >`,
    );
    return html`<div class="choice">
      ${radio} ${preview === undefined ? nothing : this.#previews.button(id, name, preview)}
    </div>`;
  }

  #renderRadio(id: string, content: TemplateResult): TemplateResult {
    return html`<label part="uploaded" class="uploaded">
      <input
        type="radio"
        name="file"
        value=${id}
        .checked=${id === this.file}
        @change=${() => this.#choose(id)}
        @keydown=${this.#onKey}
      />
      ${content}
    </label>`;
  }

  #renderUploadButton(): TemplateResult | typeof nothing {
    if (!this.client.capabilities.upload) return nothing;
    return html`<button part="upload" class="toggle" type="button" @click=${() => this.picker.click()}>
        ${uploadIcon} ${this.#localize.term('uploadFile')}
      </button>
      <input type="file" multiple hidden accept="audio/*,video/*" @change=${this.#onPicked} />`;
  }

  /** Renders the files that are not uploaded yet. */
  #renderSending(): TemplateResult | typeof nothing {
    const {client} = this;
    const localize = this.#localize;
    const entries = this.#sending.state.entries.filter(({phase}) => phase !== 'sent');
    if (!entries.length) return nothing;
    return html`<div role="list" aria-label=${localize.term('files')}>
      ${repeat(
        entries,
        ({id}) => id,
        (entry) =>
          html`<div role="listitem">
            ${uploadRow({
              entry,
              localize,
              onRetry: (id) => this.#sending.retry(id, {client, type: undefined}),
              onEnd: (id) => this.#sending.remove(id),
            })}
          </div>`,
      )}
    </div>`;
  }

  #choose(id: string): void {
    this.dispatchEvent(new CustomEvent('choose', {detail: id}));
  }

  readonly #onPicked = (): void => {
    const {client, picker} = this;
    this.#sending.add([...(picker.files ?? [])], {client, type: undefined});
    // Allows the same file to be chosen again.
    picker.value = '';
  };

  readonly #onKey = ({key, isComposing, repeat: repeats}: KeyboardEvent): void => {
    if (key === 'Enter' && !isComposing && !repeats) this.dispatchEvent(new Event('enter'));
  };
}
