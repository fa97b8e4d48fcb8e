import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {SipDevices} from '../../core/devices/devices.js';
import type {DeviceKind} from '../../core/devices/devices-state.js';
import {inner as soundSettings} from '../shared/calls/sound-settings.js';
import type {InnerElements} from '../shared/define-inner.js';
import {choosesSpeaker, deviceOptions} from '../shared/device-options.js';
import {effectTools} from '../shared/effects/effect-tools.js';
import {focusOnce} from '../shared/focus.js';
import {volumeSlider, volumeStyles} from '../shared/fields/volume-slider.js';
import {checkIcon, micIcon} from '../shared/icons/controls.js';
import {videoIcon, volume2Icon} from '../shared/icons.js';
import {commandNotice} from '../shared/notice.js';
import {property} from '../shared/property.js';
import {moveBetween} from '../shared/row-popovers.js';
import {inner as shared} from '../shared/styles/shared.styles.js';

const styles = css`
  :host {
    display: block;
  }
  [role='menu'] {
    display: grid;
    gap: var(--_space-1);
  }
  .title {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-3) 0;
    color: var(--_quiet);
    font-size: var(--_text-s);
    font-weight: 600;
  }
  .title .icon,
  .item .icon {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }
  .item {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    inline-size: 100%;
    min-block-size: 2.25rem;
    padding: 0.25rem var(--_space-3);
    border-radius: var(--_radius-s);
    text-align: start;
  }
  .item:hover {
    background: rgb(255 255 255 / 14%);
  }
  .item[aria-checked='true'] {
    font-weight: 600;
  }
  .mark {
    flex: none;
    display: grid;
    inline-size: 1.125rem;
  }
  .volume {
    gap: var(--_space-3);
    padding: var(--_space-2) var(--_space-3);
    border-block-start: 1px solid rgb(255 255 255 / 16%);
    margin-block-start: var(--_space-1);
  }
  .volume input {
    accent-color: var(--_on-stage);
  }
  sip-effect-choice {
    padding: var(--_space-2) var(--_space-3);
  }
  .hint,
  .notice {
    margin: var(--_space-2) var(--_space-3);
    font-size: var(--_text-s);
  }
`;

/** The devices of a call. */
type CallDeviceKind = Exclude<DeviceKind, 'ringer' | 'unselected'>;

const ICONS: Readonly<Record<CallDeviceKind, TemplateResult>> = {
  microphone: micIcon,
  camera: videoIcon,
  speaker: volume2Icon,
};

/** The menu of a call's microphones, speakers and cameras, with the volume. */
class CallDevicesElement extends LitElement {
  static override styles = [shared, volumeStyles, styles];

  @property({attribute: false}) devices: SipDevices | undefined;
  /** The call whose sound is set here, too. */
  @property({attribute: false}) call: SipCall | undefined;
  @property({attribute: false}) kinds: readonly CallDeviceKind[] = [];

  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new StateController(this, () => [this.devices]);
  }

  /** Lists the devices that are there now, and moves the focus to the chosen one. */
  async open(): Promise<void> {
    this.#commands.dismiss();
    const listed = this.#commands.run(async () => this.devices?.list());
    await this.updateComplete;
    this.#focus();
    await listed;
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    return html`<div
        role="menu"
        aria-label=${new Intl.ListFormat(localize.lang()).format(this.kinds.map((kind) => localize.term(kind)))}
        @keydown=${this.#onKey}
      >
        ${this.kinds.map((kind) => this.#renderKind(kind))}
      </div>
      ${this.kinds.map((kind) => effectTools(this.devices, this)?.effectChoice(this.devices!, kind))}
      ${this.kinds.includes('speaker') ? this.#renderSound() : nothing}
      ${commandNotice(this.#commands, localize)}`;
  }

  #renderKind(kind: CallDeviceKind): TemplateResult | typeof nothing {
    const {devices} = this;
    // Renders nothing without a choice, as for speakers in Safari.
    if (!devices || (kind === 'speaker' && !choosesSpeaker())) return nothing;
    const localize = this.#localize;
    const {state} = devices;
    const name = localize.term(kind);
    const absent = state.absent[kind];
    return html`<div role="group" aria-label=${name}>
      <div class="title" aria-hidden="true">${ICONS[kind]} ${name}</div>
      ${deviceOptions(kind, state, localize).map(({id, label}) => {
        const chosen = state.selected[kind] === id;
        return html`<button
          class="item"
          type="button"
          role="menuitemradio"
          tabindex="-1"
          aria-checked=${chosen ? 'true' : 'false'}
          title=${label}
          @click=${() => this.#select(kind, id)}
        >
          <span class="mark">${chosen ? checkIcon : nothing}</span><span class="line">${label}</span>
        </button>`;
      })}
      ${absent ? html`<p class="quiet hint">${localize.term('notConnected', absent)}</p>` : nothing}
    </div>`;
  }

  #renderSound(): TemplateResult {
    return html`${volumeSlider({
        label: this.#localize.term('callVolume'),
        volume: this.devices?.state.callVolume ?? 1,
        onMove: (volume) => void this.#commands.run(async () => this.devices?.setCallVolume(volume)),
      })} <sip-sound-settings .call=${this.call} .devices=${this.devices}></sip-sound-settings>`;
  }

  #select(kind: CallDeviceKind, id: string): void {
    // The menu stays open if the device cannot be used, and shows the reason.
    void this.#commands.run(async () => {
      await this.devices?.select(kind, id);
      this.closest<HTMLElement>('[popover]')?.hidePopover();
    });
  }

  get #items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.item')];
  }

  #focus(): void {
    const items = this.#items;
    const chosen = items.find((item) => item.ariaChecked === 'true') ?? items[0];
    focusOnce(this, chosen ?? null);
  }

  readonly #onKey = (event: KeyboardEvent): void => moveBetween(event, this.#items);
}

export const inner: InnerElements = {
  ...soundSettings,
  'sip-call-devices': CallDevicesElement,
};

declare global {
  interface HTMLElementTagNameMap {
    'sip-call-devices': CallDevicesElement;
  }
}
