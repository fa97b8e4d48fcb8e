import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {clientContext} from '../../context/client-context.js';
import type {CommandController} from '../../controllers/command-controller.js';
import {commandsContext, inherited} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {CallMedia, Party} from '../../core/types.js';
import {isNumber} from '../../core/util/number.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {xIcon} from '../shared/icons.js';
import {chevronDownIcon} from '../shared/icons/phone.js';
import {PeopleField} from '../shared/people/people-field.js';
import {initialsOf, nameOf, pictureOf, titleOf} from '../shared/people/people.js';
import {unregisteredReason} from '../shared/registration.js';
import {repeat} from '../shared/repeat.js';
import {startButtons} from '../shared/calls/start-buttons.js';
import {form} from '../shared/styles/form.styles.js';
import {initials, listPanel} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {fields} from './conference.styles.js';
import {FileChoiceElement} from './file-choice.js';
import {formField} from './form-field.js';
import {filePlayIcon} from './icons.js';
import {filesContext, type PlayableFiles} from '../shared/calls/playable-files.js';
import {SettingEvent, type ConferenceDraft} from './settings.js';

/** A required field, which may be wrong. */
export type RequiredField = 'members' | 'number';

/**
 * The form that creates a conference: its members, its name and its media; and the file that a broadcast plays.
 *
 * @fires {SettingEvent} setting - The user writes the number or the name, or chooses a file.
 * @fires {CustomEvent<readonly Party[]>} add - The user adds members.
 * @fires {CustomEvent<Party>} remove - The user removes a member.
 * @fires {CustomEvent<CallMedia>} start - The user starts the conference.
 * @fires {Event} cancel - The user cancels the conference being created.
 */
export class ConferenceFormElement extends LitElement {
  static readonly parts = `members-field, chosen, name, number, file-choice, ${FileChoiceElement.parts}, start, start-other, cancel`;

  static override styles = [
    inner,
    listPanel,
    form,
    fields,
    initials,
    css`
      .bar > b {
        flex: none;
      }
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_space-2);
        max-block-size: 12rem;
        overflow-y: auto;
      }
      .chosen {
        display: flex;
        align-items: center;
        gap: 0.375rem;
        min-inline-size: 0;
        max-inline-size: 100%;
        padding-block: 0.25rem;
        padding-inline: 0.25rem 0.375rem;
        border-radius: var(--_radius-full);
        background: var(--_fill);
        font-size: var(--_text-s);
        outline: 1px solid transparent;
        outline-offset: -1px;
      }
      .chosen .avatar {
        inline-size: 1.75rem;
        block-size: 1.75rem;
        font-size: 0.6875rem;
      }
      .chosen .dismiss {
        border-radius: 50%;
      }
      .chosen .dismiss:hover {
        background: var(--_fill-hover);
      }
      .chosen .line {
        max-inline-size: 14rem;
      }
      .buttons {
        display: flex;
        gap: var(--_space-2);
      }
      .file {
        border: 1px solid var(--_border);
        border-radius: var(--_radius-m);
      }
      .file > summary {
        display: flex;
        align-items: center;
        gap: var(--_space-2);
        min-block-size: var(--_control);
        padding-inline: var(--_space-3);
        border-radius: inherit;
        cursor: pointer;
        list-style: none;
      }
      .file > summary::-webkit-details-marker {
        display: none;
      }
      .file > summary:hover {
        background: var(--_sunken);
      }
      .file > summary b {
        flex: none;
        font-size: var(--_text-s);
      }
      .file > summary .line {
        flex: 1;
        text-align: end;
      }
      .file > summary .icon:last-child {
        transition: rotate 0.15s;
      }
      .file[open] > summary .icon:last-child {
        rotate: 180deg;
      }
      sip-conference-file-choice {
        --_list: 12rem;
        padding: var(--_space-2) var(--_space-3) var(--_space-3);
      }
    `,
  ];

  @inherited(clientContext) client!: BaseClient;
  @inherited(commandsContext) commands!: CommandController;
  @property({attribute: false}) draft!: ConferenceDraft;
  @property({attribute: false}) chosen: readonly Party[] = [];
  /** The files that a broadcast can play. */
  @inherited(filesContext) files!: PlayableFiles;
  /** Whether members can be called; otherwise the number of a room is required. */
  @property({attribute: false}) calls = true;
  /** Whether the conference is being created. */
  @property({attribute: false}) starting = false;
  /** The text for screen readers. */
  @property({attribute: false}) announcement = '';

  /** Whether the choice of a file is open. */
  @state() private choosing = false;
  /** What is wrong with the fields, in the language of the moment. */
  @state() private wrong: Readonly<Partial<Record<RequiredField, () => string>>> = {};

  readonly #localize = new LocalizeController(this);
  #field!: PeopleField;

  constructor() {
    super();
    new StateController(this, () => [this.client, this.files]);
    new FocusKeeper(this);
  }

  /** Accepts what is written; if something is wrong, returns false and moves the focus to the first wrong field. */
  take(): boolean {
    this.#checkNumber();
    this.#mark('members', undefined);
    const taken = this.#field.empty || this.#field.take();
    const [first] = (['number', 'members'] as const).filter((field) => this.wrong[field]);
    if (first) this.#focus(first);
    return taken && !first;
  }

  /** Shows what is wrong with a field, and moves the focus there. */
  refuse(field: RequiredField, text: () => string): void {
    this.wrong = {...this.wrong, [field]: text};
    this.#focus(field);
  }

  /** Moves the focus to the required field. */
  override focus(): void {
    this.#focus(this.calls ? 'members' : 'number');
  }

  #focus(field: RequiredField): void {
    const part = field === 'members' ? 'members-field' : field;
    this.renderRoot.querySelector<HTMLElement>(`[part=${part}]`)?.focus();
  }

  protected override willUpdate(): void {
    this.#field ??= new PeopleField(
      {
        host: this,
        localize: this.#localize,
        commands: this.commands,
        client: () => this.client,
        group: 'group',
        onCheck: (wrong) => this.#mark('members', wrong && (() => this.#localize.describe(wrong))),
      },
      (people) => this.dispatchEvent(new CustomEvent('add', {detail: people})),
    );
  }

  protected override render(): TemplateResult {
    const {calls, draft} = this;
    const localize = this.#localize;
    const title = draft.broadcast ? 'newBroadcast' : calls ? 'newConference' : 'joinConference';
    return html`<div class="bar">
        <b>${localize.term(title)}</b>
      </div>
      <div class="hidden" role="status">${this.announcement}</div>
      <div class="form">
        ${this.client.capabilities.rooms ? this.#renderText('number', localize.term('roomNumber'), 'tel') : nothing}
        ${calls ? html`${this.#renderMembers()} ${this.#renderText('name', localize.term(draft.broadcast ? 'broadcastName' : 'conferenceName'))}` : nothing}
        ${draft.broadcast && this.client.capabilities.playFile ? this.#renderFile() : nothing}
        <div class="buttons">${this.#renderButtons()}</div>
      </div>`;
  }

  #renderMembers(): TemplateResult {
    const localize = this.#localize;
    return html`<div class="field">
      ${formField({
        id: 'members',
        label: localize.term('members'),
        hint: localize.term('memberHint'),
        error: this.wrong.members?.(),
        control: (marks) => this.#field.render((key) => this.#onEmptyKey(key), marks),
      })}
      ${this.#renderChosen()}
    </div>`;
  }

  /** Renders the field of a text property. */
  #renderText(part: 'name' | 'number', label: string, mode: 'text' | 'tel' = 'text'): TemplateResult {
    return formField({
      id: part,
      label,
      error: part === 'number' ? this.wrong.number?.() : undefined,
      control: ({id, describedBy, invalid}) =>
        html`<input
          id=${id}
          part=${part}
          class="input"
          type="text"
          dir="auto"
          inputmode=${mode}
          aria-describedby=${describedBy}
          aria-invalid=${invalid}
          autocomplete="off"
          enterkeyhint="go"
          .value=${this.draft[part]}
          @input=${({target}: Event) => this.#onText(part, (target as HTMLInputElement).value)}
          @change=${part === 'number' ? this.#checkNumber : nothing}
          @keydown=${this.#onKey}
        />`,
    });
  }

  #renderChosen(): TemplateResult | typeof nothing {
    const {chosen} = this;
    const localize = this.#localize;
    if (!chosen.length) return nothing;
    return html`<div class="chips" role="list" aria-label=${localize.term('members')}>
      ${repeat(
        chosen,
        ({number}) => number,
        (party) => {
          const remove = localize.term('removeMember', nameOf(party, localize));
          return html`<span part="chosen" class="chosen" role="listitem">
            <span class="avatar" aria-hidden="true" data-initials=${initialsOf(party)}
              >${pictureOf(party)}</span
            >
            <bdi class="line" title=${titleOf(party, localize)}>${nameOf(party, localize)}</bdi>
            <button
              class="dismiss"
              type="button"
              aria-label=${remove}
              title=${remove}
              @click=${() => this.#remove(party)}
            >
              ${xIcon}
            </button>
          </span>`;
        },
      )}
    </div>`;
  }

  #renderFile(): TemplateResult {
    const localize = this.#localize;
    const {fileId} = this.draft;
    const name = fileId ? this.files.nameOf(fileId) : localize.term('noFile');
    return html`<details part="file-choice" class="file" @toggle=${this.#onToggle}>
      <summary>
        ${filePlayIcon}<b>${localize.term('playFile')}</b
        ><bdi class="quiet line" title=${name}>${name}</bdi>${chevronDownIcon}
      </summary>
      ${
        this.choosing
          ? html`<sip-conference-file-choice
              exportparts=${FileChoiceElement.parts}
              .file=${fileId}
              .optional=${true}
              @choose=${({detail}: CustomEvent<string>) =>
                this.dispatchEvent(new SettingEvent({fileId: detail.trim()}))}
              @enter=${() => this.#start(this.draft.media)}
            ></sip-conference-file-choice>`
          : nothing
      }
    </details>`;
  }

  readonly #onToggle = ({newState}: ToggleEvent): void => {
    this.choosing = newState === 'open';
    if (this.choosing) void this.files.load();
  };

  #renderButtons(): TemplateResult {
    const {draft} = this;
    const localize = this.#localize;
    return startButtons({
      localize,
      media: draft.media,
      text: this.calls
        ? localize.term(draft.broadcast ? 'startBroadcast' : 'startConference')
        : localize.term('join'),
      names: {audio: localize.term('startAudio'), video: localize.term('startVideo')},
      accent: true,
      parts: ['start', 'start-other'],
      reason: unregisteredReason(this.client, localize) ?? nothing,
      starting: this.starting,
      onStart: (media) => this.#start(media),
      onCancel: () => this.dispatchEvent(new Event('cancel')),
    });
  }

  #onText(part: 'name' | 'number', text: string): void {
    if (part === 'number') this.#mark('number', undefined);
    this.dispatchEvent(new SettingEvent({[part]: text}));
  }

  #mark(field: RequiredField, text: (() => string) | undefined): void {
    const {[field]: _, ...others} = this.wrong;
    this.wrong = text ? {...others, [field]: text} : others;
  }

  /** Checks the number of the room when the user leaves its field. */
  readonly #checkNumber = (): void => {
    const number = this.draft.number.trim();
    const wrong = number && !isNumber(number);
    const text = (): string => this.#localize.describe({code: 'invalid-number', subject: number});
    this.#mark('number', wrong ? text : undefined);
  };

  #start(media: CallMedia): void {
    this.dispatchEvent(new CustomEvent('start', {detail: media}));
  }

  #remove(party: Party): void {
    this.dispatchEvent(new CustomEvent('remove', {detail: party}));
    this.focus();
  }

  #onEmptyKey(key: string): void {
    const last = this.chosen.at(-1);
    if (key === 'Backspace' && last) this.#remove(last);
    if (key === 'Enter') this.#start(this.draft.media);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing || event.repeat) return;
    event.preventDefault();
    this.#start(this.draft.media);
  };
}
