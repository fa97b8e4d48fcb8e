import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {query, state} from 'lit/decorators.js';
import {callContext} from '../../context/call-context.js';
import type {CommandController} from '../../controllers/command-controller.js';
import {commandsContext, inherited} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {SipConference} from '../../core/conference/conference.js';
import {playIcon} from '../shared/icons/controls.js';
import {form} from '../shared/styles/form.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {fields, panelForm} from './conference.styles.js';
import {FileChoiceElement} from './file-choice.js';
import {formField} from './form-field.js';
import {memberCommandsContext, type MemberCommands} from './member-commands.js';

/**
 * Plays a file that the user chooses into the conference.
 *
 * @fires {Event} close - A file plays.
 */
export class ConferenceFilesElement extends LitElement {
  static readonly parts = `${FileChoiceElement.parts}, times, play`;

  static override styles = [
    inner,
    form,
    fields,
    panelForm,
    css`
      .form {
        --_foot: 5rem;
        padding-block-end: 0;
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

  @inherited(callContext) conference!: SipConference;
  @inherited(commandsContext) commands!: CommandController;
  @inherited(memberCommandsContext) memberCommands!: MemberCommands;

  /** The id of the chosen file. */
  @state() private file = '';
  /** What is wrong with the choice. */
  @state() private wrong = '';

  @query('sip-conference-file-choice') private readonly choice!: FileChoiceElement;

  readonly #localize = new LocalizeController(this);
  #times = 1;

  constructor() {
    super();
    new StateController(this, () => [this.memberCommands]);
  }

  override focus(options?: FocusOptions): void {
    this.choice.focus(options);
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const pending = this.memberCommands.isPending('play');
    return html`<div class="form">
      <sip-conference-file-choice
        exportparts=${FileChoiceElement.parts}
        .file=${this.file}
        .wrong=${this.wrong}
        @choose=${this.#onChoose}
        @enter=${this.#play}
      ></sip-conference-file-choice>
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
              @keydown=${this.#onKey}
            />`,
        })}
        <button
          part="play"
          class="pill accent"
          type="button"
          aria-disabled=${pending ? 'true' : nothing}
          @click=${this.#play}
        >
          ${playIcon} ${localize.term('play')}
        </button>
      </div>
    </div>`;
  }

  readonly #onChoose = ({detail}: CustomEvent<string>): void => {
    this.file = detail;
    this.wrong = '';
  };

  readonly #play = async (): Promise<void> => {
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
  };

  readonly #onKey = ({key, isComposing, repeat}: KeyboardEvent): void => {
    if (key === 'Enter' && !isComposing && !repeat) void this.#play();
  };
}
