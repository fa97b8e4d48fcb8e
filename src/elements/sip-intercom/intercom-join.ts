import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import type {CommandController} from '../../controllers/command-controller.js';
import {commandsContext, inherited} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {radioIcon} from '../shared/icons/later.js';
import {listBar} from '../shared/buttons/list-bar.js';
import {insertCleaned} from '../shared/people/dial-field.js';
import {isRegistered, registrationStatus} from '../shared/registration.js';
import {form} from '../shared/styles/form.styles.js';
import {listPanel} from '../shared/styles/list-panel.styles.js';
import {registrationStyles} from '../shared/styles/registration.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {styles} from './intercom-join.styles.js';

/**
 * The form that joins an intercom.
 *
 * @fires {CustomEvent<string>} type - The user changed the number in the field.
 * @fires {CustomEvent} join - The user wants to join.
 * @fires {CustomEvent} cancel - The user cancels joining.
 */
export class IntercomJoinElement extends LitElement {
  static readonly parts = 'group-field, join, cancel';

  static override styles = [inner, listPanel, form, registrationStyles, styles];

  /** What is joined. */
  @property({attribute: false}) name = '';
  /** Whether to ask for the number of a group. */
  @property({attribute: false}) asks = false;
  /** The number in the field. */
  @property({attribute: false}) typed = '';
  @property({attribute: false}) joining = false;
  @inherited(commandsContext) commands!: CommandController;

  readonly #client = new ClientController(this);
  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new StateController(this, () => [this.#client.client]);
    new FocusKeeper(this, () => () => this.#entrance);
  }

  override focus(options?: FocusOptions): void {
    this.#entrance?.focus(options);
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {client} = this.#client;
    const {joining} = this;
    const ready = isRegistered(client);
    return html`${listBar(
        html`<b class="line">${this.name}</b>`,
        client && !ready ? registrationStatus(client, localize, this.commands, this) : nothing,
      )}
      <div class="form">
        ${this.asks ? this.#renderField() : nothing}
        <p class="quiet hint">${localize.term('joinHint')}</p>
        <div class="buttons">
          <button
            part="join"
            class="pill accent"
            type="button"
            title=${ready ? nothing : localize.describe({code: 'not-registered'})}
            aria-disabled=${ready && !joining ? nothing : 'true'}
            @click=${() => this.#dispatch('join')}
          >
            ${radioIcon} ${localize.term(joining ? 'joining' : 'join')}
          </button>
          ${
            joining
              ? html`<button
                  part="cancel"
                  class="pill"
                  type="button"
                  @click=${() => this.#dispatch('cancel')}
                >
                  ${localize.term('cancel')}
                </button>`
              : nothing
          }
        </div>
      </div>`;
  }

  #renderField(): TemplateResult {
    const label = this.#localize.term('groupNumber');
    return html`<input
      part="group-field"
      class="input number"
      type="tel"
      autocomplete="off"
      spellcheck="false"
      enterkeyhint="go"
      aria-label=${label}
      placeholder=${label}
      .value=${this.typed}
      @beforeinput=${(event: InputEvent) => {
        if (insertCleaned(event.target as HTMLInputElement, event, this.#client.client)) this.#onInput(event);
      }}
      @input=${this.#onInput}
      @keydown=${this.#onKeydown}
    />`;
  }

  get #entrance(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('[part=group-field], [part=join]');
  }

  #dispatch(type: 'type' | 'join' | 'cancel', detail?: string): void {
    this.dispatchEvent(new CustomEvent(type, {detail}));
  }

  readonly #onInput = ({target}: Event): void => this.#dispatch('type', (target as HTMLInputElement).value);

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing || event.repeat) return;
    event.preventDefault();
    this.#dispatch('join');
  };
}
