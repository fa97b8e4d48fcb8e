import '../../../locales/call/effects-en.js';
import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {CommandController} from '../../../controllers/command-controller.js';
import {LocalizeController} from '../../../controllers/localize-controller.js';
import {StateController} from '../../../controllers/state-controller.js';
import type {OfferedEffect} from '../../../core/devices/device-effects.js';
import type {SipDevices} from '../../../core/devices/devices.js';
import type {DeviceKind} from '../../../core/devices/devices-state.js';
import {commandNotice} from '../notice.js';
import {property} from '../property.js';
import {inner as base} from '../styles/shared.styles.js';

const styles = css`
  :host {
    display: block;
  }
  fieldset {
    display: grid;
    margin: 0;
    padding: 0;
    border: none;
    min-inline-size: 0;
  }
  legend {
    padding: 0;
    font-size: var(--_text-s);
    font-weight: 600;
  }
  label {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 2.25rem;
    font-size: var(--_text-s);
    overflow-wrap: anywhere;
  }
  input {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin: 0;
    accent-color: currentcolor;
  }
  p {
    font-size: var(--_text-s);
  }
  .notice {
    margin-block-start: var(--_space-2);
  }
  @media (pointer: coarse) {
    label {
      min-block-size: var(--_control);
    }
  }
`;

/** The choice of what the page offers to do with a microphone's sound, or a camera's picture. An inner element. */
export class EffectChoiceElement extends LitElement {
  static override styles = [base, styles];

  @property({attribute: false}) devices: SipDevices | undefined;
  @property({attribute: false}) kind: DeviceKind = 'camera';

  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new StateController(this, () => [this.devices, this.devices?.effects]);
  }

  protected override render(): TemplateResult | typeof nothing {
    const effect = this.#effect;
    if (!effect) return nothing;
    const localize = this.#localize;
    return html`${effect.name === 'background' ? this.#renderChoices(effect) : this.#renderSwitch(effect)}
      <p role="status" class="quiet">${effect.starting ? localize.term('effectStarting') : nothing}</p>
      ${commandNotice(this.#commands, localize)}`;
  }

  /** Marks what is used, also if the user has marked something that failed before it was drawn. */
  protected override updated(): void {
    const {selected, starting = selected} = this.#effect ?? {};
    for (const input of this.renderRoot.querySelectorAll('input')) input.checked = input.value === starting;
  }

  get #effect(): OfferedEffect | undefined {
    return this.devices?.effects?.state.offered.find(({kind}) => kind === this.kind);
  }

  #renderChoices(effect: OfferedEffect): TemplateResult {
    const localize = this.#localize;
    const choices = [
      {id: '', label: localize.term('backgroundNone')},
      ...effect.choices.map(({id, label}) => ({id, label: label ?? localize.term('backgroundBlur')})),
    ];
    return html`<fieldset part="background">
      <legend>${localize.term('background')}</legend>
      ${choices.map(
        ({id, label}) =>
          html`<label>
            <input type="radio" name="choice" value=${id} @change=${() => this.#select(effect, id)} />
            <span>${label}</span>
          </label>`,
      )}
    </fieldset>`;
  }

  #renderSwitch(effect: OfferedEffect): TemplateResult {
    const {choices, selected, starting = selected} = effect;
    return html`<label part="noise-suppression">
      <input
        type="checkbox"
        value=${choices[0]!.id}
        @change=${() => this.#select(effect, starting ? '' : choices[0]!.id)}
      />
      <span>${this.#localize.term('noiseSuppression')}</span>
    </label>`;
  }

  #select({name}: OfferedEffect, choice: string): void {
    void this.#commands.run(async () => this.devices?.effects?.select(name, choice));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-effect-choice': EffectChoiceElement;
  }
}
