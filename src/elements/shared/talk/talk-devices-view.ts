import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {LocalizeController} from '../../../controllers/localize-controller.js';
import {StateController} from '../../../controllers/state-controller.js';
import type {TalkButton} from '../../../core/devices/push-to-talk/talk-buttons.js';
import type {TalkDevices, TalkDevicesState} from '../../../core/devices/push-to-talk/talk-devices.js';
import type {Party} from '../../../core/types.js';
import '../../../locales/intercom-en.js';
import '../../../locales/talk-devices-en.js';
import type {InnerElements} from '../define-inner.js';
import {commandButton} from '../buttons/command-button.js';
import {xIcon} from '../icons.js';
import {notice} from '../notice.js';
import {nameOf} from '../people/people.js';
import {inner as base} from '../styles/shared.styles.js';
import {toggleStyles} from '../styles/toggle.styles.js';
import {TALK_DEVICES_VIEW_PARTS} from './talk-devices-parts.js';

const styles = css`
  .view {
    display: grid;
    gap: var(--_space-2);
    padding-block-start: var(--_space-2);
    font-size: var(--_text-s);
  }
  ul {
    display: grid;
    gap: var(--_space-1);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
  }
  .words {
    flex: 1;
    display: grid;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .remove {
    color: var(--_quiet);
  }
  .remove .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  label {
    display: grid;
    gap: 0.25rem;
    font-weight: 600;
  }
  select {
    inline-size: 100%;
    block-size: var(--_small);
    padding-inline: var(--_space-2);
    border: 1px solid color-mix(in oklab, var(--_quiet) 70%, var(--_surface));
    border-radius: var(--_radius-s);
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }
  .choices .pill {
    block-size: auto;
    min-block-size: var(--_small);
    white-space: normal;
  }
`;

/**
 * The pedals, hand microphones and gamepads that speak while they are pressed: lists their buttons, connects a device,
 * learns a button. An inner element.
 */
class TalkDevicesElement extends LitElement {
  static readonly parts = TALK_DEVICES_VIEW_PARTS;

  static override styles = [base, toggleStyles, styles];

  @property({attribute: false}) devices: TalkDevices | undefined;
  /** The groups that a button can speak to. */
  @property({attribute: false}) groups: readonly Party[] = [];
  /** What a button for no certain group speaks to. */
  @property({attribute: false}) anyGroup = '';
  /** Whether the page may not use such devices. */
  @state() private forbidden = false;

  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new StateController(this, () => [this.devices]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.devices?.stopLearning();
  }

  protected override render(): TemplateResult | typeof nothing {
    const {devices} = this;
    if (!devices) return nothing;
    const localize = this.#localize;
    const {buttons, learning} = devices.state;
    return html`<div class="view">
      <p class="quiet">${localize.term('talkDevicesHint')}</p>
      ${
        buttons.length > 0
          ? html`<ul part="device-list" aria-label=${localize.term('talkDevices')}>
              ${buttons.map((button) => this.#renderButton(button, devices))}
            </ul>`
          : nothing
      }
      <div role="status">
        ${learning === undefined ? nothing : html`<b>${localize.term('pressDevice')}</b>`}
      </div>
      ${learning === undefined ? this.#renderChoices(devices) : this.#renderCancel(devices)}
      ${
        this.forbidden
          ? notice(localize.term('devicesForbidden'), {
              localize,
              onDismiss: () => (this.forbidden = false),
            })
          : nothing
      }
    </div>`;
  }

  #renderButton(button: TalkButton, devices: TalkDevices): TemplateResult {
    const localize = this.#localize;
    const {name, model, target} = button;
    const number = Number(button.button.split(/[:/]/).at(-1)) + 1;
    const label = localize.term('deviceButton', name, String(number));
    const group = this.groups.find((each) => each.number === target);
    const talksTo = target ? (group ? nameOf(group, localize) : target) : this.anyGroup;
    const remove = localize.term('removeDevice', label);
    const status = statusOf(model, devices.state);
    return html`<li>
      <span class="words">
        <b>${label}</b>
        <span>${localize.term('talksToGroup', localize.isolated(talksTo))}</span>
        ${status ? html`<span class="quiet">${localize.term(status)}</span>` : nothing}
      </span>
      ${commandButton(remove, xIcon, () => devices.remove(button), {part: 'remove', look: 'toggle remove'})}
    </li>`;
  }

  #renderChoices(devices: TalkDevices): TemplateResult {
    const localize = this.#localize;
    return html`<label>
        ${localize.term('talksTo')}
        <select part="target">
          <option value="">${this.anyGroup}</option>
          ${this.groups.map((group) => html`<option value=${group.number}>${nameOf(group, localize)}</option>`)}
        </select>
      </label>
      <div class="choices">
        ${
          devices.connectable
            ? html`<button part="connect" class="pill" type="button" @click=${this.#onConnect}>
                ${localize.term('connectDevice')}
              </button>`
            : nothing
        }
        <button part="learn" class="pill" type="button" @click=${() => devices.learn(this.#target)}>
          ${localize.term('learnButton')}
        </button>
      </div>`;
  }

  #renderCancel(devices: TalkDevices): TemplateResult {
    return html`<div class="choices">
      <button part="learn" class="pill" type="button" @click=${() => devices.stopLearning()}>
        ${this.#localize.term('cancel')}
      </button>
    </div>`;
  }

  get #target(): string {
    return this.renderRoot.querySelector('select')?.value ?? '';
  }

  readonly #onConnect = async (): Promise<void> => {
    try {
      await this.devices?.connect(this.#target);
      this.forbidden = false;
    } catch {
      this.forbidden = true;
    }
  };
}

/** Returns the term for a device that cannot be used now. */
function statusOf(model: string, {blocked, connected}: TalkDevicesState): DeviceStatus | undefined {
  if (blocked.includes(model)) return 'deviceBlocked';
  return connected.includes(model) ? undefined : 'deviceAbsent';
}

type DeviceStatus = 'deviceBlocked' | 'deviceAbsent';

/** The element, by its tag. */
export const inner: InnerElements = {'sip-talk-devices': TalkDevicesElement};

declare global {
  interface HTMLElementTagNameMap {
    'sip-talk-devices': TalkDevicesElement;
  }
}
