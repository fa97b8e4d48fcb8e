import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query, state} from 'lit/decorators.js';
import type {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipConference} from '../../core/conference/conference.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {shortMoment} from '../shared/history-time.js';
import {playIcon} from '../shared/icons/controls.js';
import {fileIcon, uploadIcon} from '../shared/icons.js';
import {repeat} from '../shared/repeat.js';
import {form} from '../shared/styles/form.styles.js';
import {listPanel} from '../shared/styles/list-panel.styles.js';
import {progressStyles} from '../shared/styles/progress.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {UploadList} from '../sip-upload/upload-list.js';
import {uploadRow} from '../sip-upload/upload-row.js';
import {sizeText} from '../sip-upload/upload-size.js';
import {fields, memberStates, panelForm} from './conference.styles.js';
import {formField} from './form-field.js';
import type {MemberCommands} from './member-commands.js';
import type {UploadedFile, UploadedFiles} from './uploaded-files.js';

/** The parts of the choice of a file that pages style. */
export const FILES_PARTS = 'uploaded, upload, file-id, times, play';

/**
 * Chooses a file to play: an uploaded file, a new upload, or the id of a file.
 *
 * @fires {Event} close - A file plays.
 */
export class ConferenceFilesElement extends LitElement {
  static override styles = [
    inner,
    listPanel,
    form,
    progressStyles,
    memberStates,
    fields,
    panelForm,
    css`
      .form {
        padding-block-end: 0;
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--_space-2);
        margin-block-end: calc(-1 * var(--_space-2));
        font-size: var(--_text-s);
      }
      .uploaded {
        display: flex;
        align-items: center;
        gap: var(--_space-2);
        min-block-size: 2.75rem;
        padding-inline: var(--_space-2);
        border-radius: var(--_radius-s);
        cursor: pointer;
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
      /* What plays the file stays in view while the list scrolls. */
      .row {
        position: sticky;
        inset-block-end: 0;
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--_space-3);
        padding-block: var(--_space-2) var(--_space-3);
        background: var(--_surface);
      }
      .row > .field {
        grid-auto-flow: column;
        align-items: center;
        gap: var(--_space-2);
      }
      .row .input {
        inline-size: 4rem;
      }
      .row > .pill {
        flex: none;
        padding-inline: var(--_space-4);
      }
    `,
  ];

  @property({attribute: false}) client!: BaseClient;
  @property({attribute: false}) conference!: SipConference;
  @property({attribute: false}) commands!: CommandController;
  @property({attribute: false}) memberCommands!: MemberCommands;
  /** The files uploaded from this page. */
  @property({attribute: false}) uploads!: UploadedFiles;

  /** The id of the chosen file. */
  @state() private file = '';
  /** What is wrong with the choice. */
  @state() private wrong = '';

  @query('[part=uploaded] :checked, [part=uploaded] input, [part=file-id]')
  private readonly choice!: HTMLElement | null;
  @query('[type=file]') private readonly picker!: HTMLInputElement;

  readonly #localize = new LocalizeController(this);
  readonly #sending = new UploadList(({phase, file}) => {
    const sent = this.uploads.state.list.find((uploaded) => uploaded.file === file);
    if (phase === 'sent' && sent) this.#choose(sent.id);
  });
  #times = 1;

  constructor() {
    super();
    new StateController(this, () => [this.client, this.memberCommands, this.uploads, this.#sending]);
    new FocusKeeper(this, '[part=upload], [part=file-id]');
  }

  override focus(options?: FocusOptions): void {
    this.choice?.focus(options);
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {list} = this.uploads.state;
    const known = list.some(({id}) => id === this.file);
    const pending = this.memberCommands.isPending('play');
    return html`<div class="form" @keydown=${this.#onKey}>
      <div class="head">
        ${
          list.length
            ? html`<b id="uploaded">${localize.term('uploadedFiles')}</b>`
            : html`<p class="quiet">${localize.term('noUploads')}</p>`
        }
        ${this.#renderUploadButton()}
      </div>
      ${this.#renderSending()}
      ${
        list.length
          ? html`<div role="radiogroup" aria-labelledby="uploaded">
              ${repeat(
                list,
                ({id}) => id,
                (file) => this.#renderUploaded(file),
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
          />`,
      })}
      <div class="row">
        ${formField({
          id: 'times',
          label: localize.term('fileTimes'),
          control: ({id}) =>
            html`<input
              id=${id}
              class="input"
              part="times"
              type="number"
              min="1"
              max="99"
              .value=${String(this.#times)}
              @input=${({target}: Event) => (this.#times = (target as HTMLInputElement).valueAsNumber || 1)}
            />`,
        })}
        <button
          part="play"
          class="pill accent"
          type="button"
          aria-disabled=${pending ? 'true' : nothing}
          @click=${() => void this.#play()}
        >
          ${playIcon} ${localize.term('play')}
        </button>
      </div>
    </div>`;
  }

  #renderUploaded({id, name, size, time}: UploadedFile): TemplateResult {
    const language = this.#localize.lang();
    return html`<label part="uploaded" class="uploaded">
      <input
        type="radio"
        name="file"
        value=${id}
        .checked=${id === this.file}
        @change=${() => this.#choose(id)}
      />
      ${fileIcon}
      <span class="words"
        ><bdi class="line name" title=${name}>${name}</bdi
        ><span class="quiet state number"
          ><span>${sizeText(size, language)}</span
          ><span>${shortMoment(time, Date.now(), language)}</span></span
        ></span
      >
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
    this.file = id;
    this.wrong = '';
  }

  async #play(): Promise<void> {
    const {conference, commands, memberCommands} = this;
    const id = this.file.trim();
    if (!id) {
      this.wrong = this.#localize.term('chooseFile');
      return this.focus();
    }
    if (memberCommands.isPending('play')) return;
    await memberCommands.run(conference, 'play', () => conference.playFile(id, this.#times));
    const {error} = commands;
    if (!error) return void this.dispatchEvent(new Event('close'));
    // The panel lies over the notice of the stage.
    this.wrong = this.#localize.describe(error);
    commands.dismiss();
  }

  readonly #onPicked = (): void => {
    const {client, picker} = this;
    this.#sending.add([...(picker.files ?? [])], {client, type: undefined});
    // Allows the same file to be chosen again.
    picker.value = '';
  };

  readonly #onKey = ({key, target, isComposing, repeat: repeats}: KeyboardEvent): void => {
    if (key !== 'Enter' || isComposing || repeats) return;
    if ((target as Element).matches('input')) void this.#play();
  };
}
