import '../../locales/call/call-en.js';
import {html, nothing, type LitElement, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {isSound} from '../../core/call/call-state.js';
import type {SipDevices} from '../../core/devices/devices.js';
import type {DeviceKind} from '../../core/devices/devices-state.js';
import {getsVideo, isHeld, sendsVideo} from '../shared/calls/call-picture.js';
import {nameOf} from '../shared/people/people.js';
import {returnFocus} from '../shared/row-popovers.js';
import {LazyMenu} from '../shared/calls/lazy-menu.js';
import {FullScreen} from './full-screen.js';
import {chevronUpIcon, slidersHorizontalIcon} from './icons.js';
import {systemControls} from './system-controls.js';

/** The options of what a call has while it is on a stage. */
export interface InCallOptions {
  readonly host: LitElement;
  readonly localize: LocalizeController;
  readonly commands: CommandController;
  /** Whether the stage is in the small window. */
  readonly small: boolean;
}

/** Which devices a menu is about. */
export type DevicesOf = 'sound' | 'camera' | 'call';

const KINDS = {
  sound: ['microphone', 'speaker'],
  camera: ['camera'],
  call: ['microphone', 'speaker', 'camera'],
} as const satisfies Record<DevicesOf, readonly DeviceKind[]>;

const NAMES = {sound: 'soundDevices', camera: 'cameraDevices', call: 'callDevices'} as const;

/**
 * What a stage has only while a call is on it: full screen, the sign that the other side records, the menus of devices,
 * and the system's own controls.
 */
export class InCall {
  readonly #options: InCallOptions;
  readonly #fullScreen: FullScreen | undefined;
  readonly #devices: LazyMenu;
  #menu: DevicesOf = 'call';

  constructor(options: InCallOptions) {
    this.#options = options;
    const {host, localize} = options;
    this.#devices = new LazyMenu(host, localize, () => import('./devices-menu.js'));
    if (!options.small) this.#fullScreen = new FullScreen(options.host, options.localize);
  }

  /** Whether the stage fills the screen. */
  get fills(): boolean {
    return this.#fullScreen?.fills ?? false;
  }

  /** Passes the call to the system's controls; undefined releases them, and ends full screen. */
  follow(call: SipCall | undefined): void {
    const {localize, commands, small} = this.#options;
    if (!call) this.#fullScreen?.leave();
    if (small) return;
    const connected = call?.state.phase === 'answered';
    systemControls.set(
      this,
      connected
        ? {call, name: nameOf(call.remote, localize), run: (command) => void commands.run(command)}
        : undefined,
    );
  }

  /** Renders the button for full screen; after the call only the one that ends it. */
  fullScreenButton({state}: SipCall, keys: string): TemplateResult | typeof nothing {
    if (state.phase === 'released' && !this.fills) return nothing;
    return this.#fullScreen?.render(keys) ?? nothing;
  }

  /** The text of the recording sign; undefined if the other side does not record the call. */
  recordedText({state}: SipCall): string | undefined {
    const records = state.remoteRecording && state.phase === 'answered';
    return records ? this.#options.localize.term('beingRecorded') : undefined;
  }

  /** Renders the sign that the other side, or a server in between, records the call. */
  recordedSign(call: SipCall): TemplateResult | typeof nothing {
    const text = this.recordedText(call);
    if (text === undefined) return nothing;
    return html`<span part="recorded" class="chip recorded" title=${text}
      ><span class="sign"></span><span class="line word">${text}</span></span
    >`;
  }

  /**
   * Returns what is known about the other side's missing video; undefined if nothing is. Its camera is off if it sends no
   * video where this side does, or sends black, as browsers do for a camera that is off. A picture that a bad connection
   * keeps away is neither.
   *
   * @param dark - Whether its video is black.
   */
  pictureText(call: SipCall, dark: boolean): string | undefined {
    const {phase, health, stalled} = call.state;
    if (phase !== 'answered' || isHeld(call) || stalled || !isSound(health)) return undefined;
    const missing = getsVideo(call) ? dark : sendsVideo(call);
    return missing ? this.#options.localize.term('remoteCameraOff') : undefined;
  }

  /** Renders the small button that opens the devices of the control before it. */
  arrow(of: 'sound' | 'camera'): TemplateResult {
    const name = this.#options.localize.term(NAMES[of]);
    return html`<button
      part="${of}-devices"
      class="arrow ${of}"
      type="button"
      aria-haspopup="menu"
      aria-label=${name}
      title=${name}
      popovertarget="devices"
      @click=${(event: Event) => this.#choose(of, event)}
    >
      ${chevronUpIcon}
    </button>`;
  }

  /** Renders the control that opens all devices, for a row without room for the arrows. */
  devicesButton(inMenu: boolean): TemplateResult {
    const name = this.#options.localize.term(NAMES.call);
    return html`<button
      part="devices"
      class="control"
      type="button"
      aria-haspopup="menu"
      aria-label=${inMenu ? nothing : name}
      title=${name}
      popovertarget="devices"
      @click=${(event: Event) => this.#choose('call', event)}
    >
      ${slidersHorizontalIcon}${inMenu ? html`<span class="line">${name}</span>` : nothing}
    </button>`;
  }

  /** Renders the menu of the devices, whose code is loaded when it first opens. */
  devicesMenu(call: SipCall, devices: SipDevices | undefined): TemplateResult {
    const {localize} = this.#options;
    return html`<div
      id="devices"
      popover
      part="devices-menu"
      class="menu devices ${this.#menu}"
      role="group"
      aria-label=${localize.term(NAMES[this.#menu])}
      @beforetoggle=${this.#onBefore}
      @toggle=${this.#devices.onToggle}
    >
      ${this.#devices.render(
        () =>
          html`<sip-call-devices
            .call=${call}
            .devices=${devices}
            .kinds=${KINDS[this.#menu]}
          ></sip-call-devices>`,
      )}
    </div>`;
  }

  /** Shows the devices of a control in the menu; one that is open for another control stays open. */
  #choose(of: DevicesOf, event: Event): void {
    const {host} = this.#options;
    const menu = host.renderRoot.querySelector<HTMLElement>('#devices');
    const other = of !== this.#menu;
    this.#menu = of;
    host.requestUpdate();
    if (!other || !menu?.matches(':popover-open')) return;
    event.preventDefault();
    void host.updateComplete.then(() => menu.querySelector('sip-call-devices')?.open());
  }

  /** Returns the focus to what opened the menu. */
  readonly #onBefore = (event: ToggleEvent): void =>
    returnFocus(event, [`.arrow.${this.#menu}`, '[part=devices]', '.more']);
}
