import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import type {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {CallMedia, Party} from '../../core/types.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {xIcon} from '../shared/icons.js';
import {PeopleField} from '../shared/people/people-field.js';
import {initialsOf, nameOf} from '../shared/people/people.js';
import {isRegistered} from '../shared/registration.js';
import {repeat} from '../shared/repeat.js';
import {startButtons} from '../shared/start-buttons.js';
import {form} from '../shared/styles/form.styles.js';
import {initials, listPanel} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {SettingEvent, type ConferenceDraft} from './settings.js';

/** The parts of the form that pages style. */
export const FORM_PARTS = 'members-field, chosen, name, number, start, start-other, cancel';

/**
 * The form that creates a conference: its members, its name and its media.
 *
 * @fires {SettingEvent} setting - The user writes the number or the name.
 * @fires {CustomEvent<readonly Party[]>} add - The user adds members.
 * @fires {CustomEvent<Party>} remove - The user removes a member.
 * @fires {CustomEvent<CallMedia>} start - The user starts the conference.
 * @fires {Event} cancel - The user cancels the conference being created.
 */
export class ConferenceFormElement extends LitElement {
  static override styles = [
    inner,
    listPanel,
    form,
    initials,
    css`
      .bar > b {
        flex: none;
      }
      .hint {
        margin-block-start: calc(-1 * var(--_space-1));
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
        padding: 0.25rem 0.375rem 0.25rem 0.25rem;
        border-radius: var(--_radius-full);
        background: var(--_fill);
        font-size: var(--_text-s);
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
      .buttons {
        display: flex;
        gap: var(--_space-2);
      }
    `,
  ];

  @property({attribute: false}) client!: BaseClient;
  @property({attribute: false}) commands!: CommandController;
  @property({attribute: false}) draft!: ConferenceDraft;
  @property({attribute: false}) chosen: readonly Party[] = [];
  /** Whether members can be called; otherwise the number of a room is required. */
  @property({attribute: false}) calls = true;
  /** Whether the conference is being created. */
  @property({attribute: false}) starting = false;
  /** The text for screen readers. */
  @property({attribute: false}) news = '';

  readonly #localize = new LocalizeController(this);
  #field!: PeopleField;

  constructor() {
    super();
    new StateController(this, () => [this.client]);
    new FocusKeeper(this);
  }

  /** Accepts what is written in the field for members; returns false and reports the failure if it is not a number. */
  take(): boolean {
    return this.#field.empty || this.#field.take();
  }

  /** Moves the focus to the required field. */
  override focus(options?: FocusOptions): void {
    const part = this.calls ? 'members-field' : 'number';
    this.renderRoot.querySelector<HTMLElement>(`[part=${part}]`)?.focus(options);
  }

  protected override willUpdate(): void {
    this.#field ??= new PeopleField(
      {host: this, localize: this.#localize, commands: this.commands, client: () => this.client},
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
      <div class="hidden" role="status">${this.news}</div>
      <div class="form">
        ${this.client.capabilities.rooms ? this.#renderText('number', localize.term('roomNumber'), 'tel') : nothing}
        ${
          calls
            ? html`${this.#field.render((key) => this.#onEmptyKey(key))} ${this.#renderChosen()}
              ${this.#renderText('name', localize.term('conferenceName'))}`
            : nothing
        }
        <div class="buttons">${this.#renderButtons()}</div>
      </div>`;
  }

  /** Renders the field of a text property. */
  #renderText(part: 'name' | 'number', label: string, mode: 'text' | 'tel' = 'text'): TemplateResult {
    return html`<input
      part=${part}
      class="input"
      type="text"
      inputmode=${mode}
      aria-label=${label}
      placeholder=${label}
      autocomplete="off"
      enterkeyhint="go"
      .value=${this.draft[part]}
      @input=${({target}: Event) =>
        this.dispatchEvent(new SettingEvent({[part]: (target as HTMLInputElement).value}))}
      @keydown=${this.#onKey}
    />`;
  }

  #renderChosen(): TemplateResult {
    const {chosen} = this;
    const localize = this.#localize;
    if (!chosen.length) return html`<p class="quiet hint">${localize.term('memberHint')}</p>`;
    return html`<div class="chips" role="list" aria-label=${localize.term('members')}>
      ${repeat(
        chosen,
        ({number}) => number,
        (party) => {
          const remove = localize.term('removeMember', nameOf(party, localize));
          return html`<span part="chosen" class="chosen" role="listitem">
            <span class="avatar" aria-hidden="true" data-initials=${initialsOf(party)}></span>
            <bdi class="line" title=${`${party.name} ${party.number}`}>${nameOf(party, localize)}</bdi>
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
      reason: isRegistered(this.client) ? nothing : localize.describe({code: 'not-registered'}),
      starting: this.starting,
      onStart: (media) => this.#start(media),
      onCancel: () => this.dispatchEvent(new Event('cancel')),
    });
  }

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
