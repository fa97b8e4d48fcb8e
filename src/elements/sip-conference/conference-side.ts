import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import type {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipConference} from '../../core/conference/conference.js';
import {cleanFileId} from '../../core/uploads/file-id.js';
import {toSipError} from '../../errors.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {playIcon} from '../shared/icons.js';
import {PeopleField} from '../shared/people/people-field.js';
import {form} from '../shared/styles/form.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {userPlusIcon} from './icons.js';
import type {MemberCommands} from './member-commands.js';
import type {UploadedFiles} from './uploaded-files.js';

/** The parts of the side panel that pages style. */
export const SIDE_PARTS = 'members-field, call, file-id, times, play';

/** The contents of the side panel. */
export type SidePanel = 'invite' | 'files';

/**
 * The panel that the bar's buttons open: the invitation field, or the choice of a file to play.
 *
 * @fires {Event} close - The user closes the panel by the Escape key.
 */
export class ConferenceSideElement extends LitElement {
  static override styles = [
    inner,
    form,
    css`
      .side {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_space-2);
        padding: var(--_space-3);
        border-block-end: 1px solid var(--_border);
      }
      .input {
        flex: 1 1 10rem;
        inline-size: auto;
      }
      .input.times {
        flex: 0 0 4.5rem;
      }
      .pill {
        flex: none;
      }
    `,
  ];

  @property({attribute: false}) client!: BaseClient;
  @property({attribute: false}) conference!: SipConference;
  @property({attribute: false}) commands!: CommandController;
  @property({attribute: false}) memberCommands!: MemberCommands;
  /** The files uploaded from this page. */
  @property({attribute: false}) uploads!: UploadedFiles;
  /** What the panel shows; nothing while it is closed, which keeps what was typed. */
  @property({attribute: false}) open: SidePanel | undefined;

  @query('input') private readonly input!: HTMLElement | null;

  readonly #localize = new LocalizeController(this);
  #field!: PeopleField;
  #file = '';
  #times = 1;

  constructor() {
    super();
    new StateController(this, () => [this.conference, this.memberCommands]);
    new FocusKeeper(this);
  }

  override focus(options?: FocusOptions): void {
    this.input?.focus(options);
  }

  protected override willUpdate(): void {
    this.#field ??= new PeopleField(
      {host: this, localize: this.#localize, commands: this.commands, client: () => this.client},
      (people) => this.memberCommands.invite(this.conference, people),
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    const {open} = this;
    if (!open) return nothing;
    return html`<div class="side" @keydown=${this.#onKey}>
      ${open === 'invite' ? this.#renderInvite() : this.#renderFiles()}
    </div>`;
  }

  #renderInvite(): TemplateResult {
    return html`${this.#field.render(() => {})}
      <button part="call" class="pill" type="button" @click=${() => this.#field.take()}>
        ${userPlusIcon} ${this.#localize.term('invite')}
      </button>`;
  }

  #renderFiles(): TemplateResult {
    const localize = this.#localize;
    const pending = this.memberCommands.isPending('play');
    return html`<input
        class="input"
        part="file-id"
        type="text"
        list="uploaded"
        aria-label=${localize.term('fileId')}
        placeholder=${localize.term('fileId')}
        autocomplete="off"
        spellcheck="false"
        .value=${this.#file}
        @input=${({target}: Event) => (this.#file = (target as HTMLInputElement).value)}
      />
      <datalist id="uploaded">
        ${this.uploads.list.map(({id, name}) => html`<option value=${id}>${name}</option>`)}
      </datalist>
      <input
        class="input times"
        part="times"
        type="number"
        min="1"
        max="99"
        aria-label=${localize.term('fileTimes')}
        title=${localize.term('fileTimes')}
        .value=${String(this.#times)}
        @input=${({target}: Event) => (this.#times = (target as HTMLInputElement).valueAsNumber || 1)}
      />
      <button
        part="play"
        class="pill"
        type="button"
        aria-disabled=${pending || this.conference.state.phase !== 'answered' ? 'true' : nothing}
        @click=${() => this.#play()}
      >
        ${playIcon} ${localize.term('play')}
      </button>`;
  }

  #play(): void {
    const {conference} = this;
    try {
      const id = cleanFileId(this.#file);
      void this.memberCommands.run(conference, 'play', () => conference.playFile(id, this.#times));
    } catch (error) {
      if (this.#file.trim()) this.commands.tell(toSipError(error));
      else this.focus();
    }
  }

  readonly #onKey = ({key, target, repeat}: KeyboardEvent): void => {
    if (key === 'Escape') this.dispatchEvent(new Event('close'));
    else if (key === 'Enter' && !repeat && (target as Element).matches('[part=file-id], [part=times]'))
      this.#play();
  };
}
