import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {isLine} from '../../core/call-kinds.js';
import type {BaseClient} from '../../core/client/client.js';
import type {Party} from '../../core/types.js';
import type {SipError} from '../../errors.js';
import '../../locales/supervision-en.js';
import {phoneForwardedIcon} from '../shared/icons/controls.js';
import {phoneIcon} from '../shared/icons.js';
import {errorNotice} from '../shared/notice.js';
import {insertCleaned} from '../shared/people/dial-field.js';
import {comboboxStyles, PeopleCombobox} from '../shared/people/people-combobox.js';
import {pbxTools} from '../shared/pbx/pbx-tools.js';
import {isNumber} from '../../core/util/number.js';
import {inner} from '../shared/styles/shared.styles.js';
import {transferProgress, transferTargets} from './transfer-targets.js';
import {styles} from './transfer-panel.styles.js';

/** How a call is transferred: at once, after the user has talked to the target, or to the target's voicemail. */
export type TransferWay = 'now' | 'ask' | 'voicemail';

/** The contents of the dialog of a `<sip-transfer-button>`: whom to transfer to, or the progress. */
export class TransferPanelElement extends LitElement {
  static override styles = [inner, comboboxStyles, styles];

  @property({attribute: false}) call!: SipCall;
  @property({attribute: false}) client!: BaseClient;
  @property({attribute: false}) error: SipError | undefined;
  @property({attribute: false}) onDismiss!: () => void;
  @property({attribute: false}) onTransfer!: (target: string | SipCall, way: TransferWay) => void;

  @query('input') private readonly field!: HTMLInputElement | null;
  @query('.found') private readonly box!: HTMLElement | null;
  readonly #localize = new LocalizeController(this);
  #combobox: PeopleCombobox | undefined;
  /** The person whom the user has chosen; the field has their name. */
  #chosen: Party | undefined;
  #finding = false;

  constructor() {
    super();
    // It lists the other calls.
    new StateController(this, () => [this.client, ...(this.client?.state.calls ?? [])]);
  }

  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow(null);
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {call, client, error, onDismiss} = this;
    const {transfer} = call.state;
    if (transfer && transfer.phase !== 'completed' && transfer.phase !== 'failed')
      return transferProgress({...transfer, target: call.identify(transfer.target)}, localize);
    const others = client.state.calls.filter(
      (other) => other !== call && isLine(other.type) && other.state.phase === 'answered',
    );
    const name = localize.term('nameOrNumber');
    return html`<form class="body" @submit=${this.#onSubmit}>
      ${error ? errorNotice(error, undefined, {localize, onDismiss}) : nothing}
      <input
        part="number"
        class="number"
        type="text"
        dir="auto"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        enterkeyhint="go"
        placeholder=${name}
        aria-label=${name}
        @beforeinput=${this.#onBeforeInput}
        @input=${this.#onInput}
      />
      <div class="found" hidden></div>
      <div class="row">
        <button part="transfer" class="pill accent" type="submit">
          ${phoneForwardedIcon} <span class="line">${localize.term('transferNow')}</span>
        </button>
        <button
          part="consult"
          class="pill"
          type="button"
          title=${localize.term('askFirstHint')}
          @click=${this.#onConsult}
        >
          ${phoneIcon} <span class="line">${localize.term('askFirst')}</span>
        </button>
        ${pbxTools(client, this)?.voicemailButton(client, localize, () => void this.#go('voicemail'))}
      </div>
      ${transferTargets(others, localize, (other) => this.onTransfer(other, 'now'))}
    </form>`;
  }

  protected override updated(): void {
    this.#follow(this.field);
  }

  #follow(field: HTMLInputElement | null): void {
    if (field && this.#combobox) return;
    this.#combobox?.end();
    this.#combobox = undefined;
    this.#chosen = undefined;
    const {box} = this;
    if (!field || !box) return;
    this.#combobox = new PeopleCombobox({
      field,
      box,
      localize: this.#localize,
      client: () => this.client,
      recent: true,
      onChoose: (party) => {
        this.#chosen = party;
        field.value = party.name || party.number;
      },
    });
  }

  /** Transfers the call to the person or the number in the field. */
  async #go(way: TransferWay): Promise<void> {
    const {field} = this;
    const text = field?.value.trim();
    if (!field || !text) return field?.focus();
    if (this.#finding) return;
    this.#finding = true;
    const number = this.#chosen?.number ?? (await this.#numberOf(text));
    this.#finding = false;
    // The user may have closed the dialog, or gone on typing.
    if (!this.isConnected || !field.checkVisibility() || field.value.trim() !== text) return;
    if (number !== undefined) this.onTransfer(number, way);
    else field.focus();
  }

  /** The number for a text: a number as it is written, or that of the person whom it names. */
  async #numberOf(text: string): Promise<string | undefined> {
    if (/^[+\d*#]/.test(text) && isNumber(text)) return text;
    const found = await this.#combobox?.find(text);
    if (found === null) return undefined;
    if (found) return found.number;
    // Several people were found, and are suggested.
    return this.#combobox?.open ? undefined : text;
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#go('now');
  };

  readonly #onConsult = (): void => void this.#go('ask');

  readonly #onInput = (): void => {
    this.#chosen = undefined;
    this.onDismiss();
  };

  readonly #onBeforeInput = (event: InputEvent): void => {
    if (this.field && insertCleaned(this.field, event, this.client)) this.#onInput();
  };
}
