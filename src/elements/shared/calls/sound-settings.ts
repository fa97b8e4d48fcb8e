import '../../../locales/call/call-sound-en.js';
import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {CommandController} from '../../../controllers/command-controller.js';
import {LocalizeController} from '../../../controllers/localize-controller.js';
import {StateController} from '../../../controllers/state-controller.js';
import type {SipCall} from '../../../core/call/call.js';
import type {SipDevices} from '../../../core/devices/devices.js';
import type {CallOutput} from '../../../core/sound/sound-state.js';
import type {InnerElements} from '../define-inner.js';
import {levelMeter, LevelMeterController, meterStyles} from '../fields/level-meter.js';
import {volumeSlider, volumeStyles} from '../fields/volume-slider.js';
import {commandNotice} from '../notice.js';
import {property} from '../property.js';
import {inner as base} from '../styles/shared.styles.js';

const styles = css`
  :host {
    display: block;
    --_meter: currentcolor;
  }
  .sound {
    display: grid;
    gap: var(--_space-1);
    margin: 0;
    padding: var(--_space-2) var(--_space-3);
    border: none;
    min-inline-size: 0;
  }
  .volume,
  .level {
    gap: var(--_space-3);
  }
  .level {
    display: flex;
    align-items: center;
    min-block-size: 1.5rem;
  }
  .level meter {
    flex: 1;
    min-inline-size: 0;
  }
  .volume input {
    accent-color: currentcolor;
  }
  .check {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 2.25rem;
  }
  .check input {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin: 0;
    accent-color: currentcolor;
  }
`;

/** The two outputs, and the names of their devices. */
const OUTPUTS = [
  ['selected', 'speaker'],
  ['unselected', 'unselected'],
] as const;

/**
 * The sound of one call: its volume, the level of what arrives, whether the user has silenced it, and, if the user has
 * chosen a loudspeaker, which of the two outputs plays it. An inner element.
 */
class SoundSettingsElement extends LitElement {
  static override styles = [base, volumeStyles, meterStyles, styles];

  @property({attribute: false}) call: SipCall | undefined;
  @property({attribute: false}) devices: SipDevices | undefined;
  /** What is heard, and the label of its volume; by default this call. */
  @property({attribute: false}) label = '';
  @property({attribute: false}) volumeLabel = '';

  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new StateController(this, () => [this.call, this.devices]);
    new LevelMeterController(this, () => this.call?.level());
  }

  protected override render(): TemplateResult | typeof nothing {
    const {call} = this;
    if (!call) return nothing;
    const localize = this.#localize;
    const {volume, silenced} = call.state.sound;
    return html`<fieldset class="sound" aria-label=${this.label || localize.term('thisCall')}>
        ${volumeSlider({
          label: this.volumeLabel || localize.term('thisCallVolume'),
          volume,
          onMove: (volume) => this.#run(() => call.setVolume(volume)),
        })}
        <label class="level"><span>${localize.term('incomingLevel')}</span>${levelMeter({})}</label>
        <label class="check">
          <input type="checkbox" .checked=${silenced} @change=${this.#onSilence} />
          <span>${localize.term('silenceCall')}</span>
        </label>
        ${this.devices?.state.selected.unselected ? this.#renderOutputs(call) : nothing}
      </fieldset>
      ${commandNotice(this.#commands, localize)}`;
  }

  #renderOutputs(call: SipCall): TemplateResult {
    const localize = this.#localize;
    const {output} = call.state.sound;
    return html`<div role="radiogroup" aria-label=${localize.term('heardOn')}>
      ${OUTPUTS.map(
        ([name, device]) =>
          html`<label class="check">
            <input
              type="radio"
              name="output"
              value=${name}
              .checked=${output === name}
              @change=${() => this.#run(() => call.setOutput(name satisfies CallOutput))}
            />
            <span>${localize.term(device)}</span>
          </label>`,
      )}
    </div>`;
  }

  #run(command: () => Promise<void>): void {
    void this.#commands.run(command);
  }

  readonly #onSilence = ({target}: Event): void => {
    const {checked} = target as HTMLInputElement;
    this.#run(async () => (checked ? this.call?.silence() : this.call?.unsilence()));
  };
}

export const inner: InnerElements = {'sip-sound-settings': SoundSettingsElement};

declare global {
  interface HTMLElementTagNameMap {
    'sip-sound-settings': SoundSettingsElement;
  }
}
