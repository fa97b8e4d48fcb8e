import '../../locales/call/devices-en.js';
import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {query} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {HEADSETS_KEY} from '../../core/headsets/key.js';
import {pageDevices, type SipDevices} from '../../core/devices/devices.js';
import {DEVICE_KINDS, type DeviceKind} from '../../core/devices/devices-state.js';
import {isStored} from '../../core/util/stored.js';
import type {SipError} from '../../errors.js';
import {chooser, trialButton} from './device-chooser.js';
import {DeviceTrials} from './device-trials.js';
import {levelMeter, LevelMeterController, meterStyles} from '../shared/fields/level-meter.js';
import {volumeSlider, volumeStyles} from '../shared/fields/volume-slider.js';
import {defineInner} from '../shared/define-inner.js';
import {effectTools} from '../shared/effects/effect-tools.js';
import {LazyModule} from '../shared/lazy-module.js';
import {errorNotice} from '../shared/notice.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import {styles} from './sip-devices.styles.js';

/** What finds out whether calls work, loaded when the user opens it. */
const check = new LazyModule(async () => {
  const {SipCheckElement} = await import('../sip-check/sip-check.js');
  defineInner({'sip-check': SipCheckElement});
  return true;
});

/** The list of headsets, loaded when the user connects one, or has connected one before. */
const headsets = new LazyModule(async () => {
  const {inner} = await import('./headsets-panel.js');
  defineInner(inner);
  return inner['sip-headsets-panel']!.parts;
});

/**
 * Lets the user choose the microphone, camera, speaker, loudspeaker and ringer, and test them with a level, a video
 * preview or a tone.
 *
 * The choice belongs to the `<sip-client>` around the element or named by `for`; without a client, to the page, and
 * every client of the page uses it. The choice is remembered, and active calls switch to it at once. No device opens
 * until the user presses a button for it, and every device closes when the element is hidden or leaves the document.
 *
 * With a client, a button forgets the volumes and outputs that the user has chosen for calls and groups, and another one
 * opens a `<sip-check>`. Where the browser has WebHID, a button connects the buttons of a headset.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A device could not be chosen or tested.
 * @csspart panel - The box around everything.
 * @csspart access - The text and button shown while the browser does not name the devices.
 * @csspart allow - The button that asks for access.
 * @csspart microphone - The microphone select.
 * @csspart camera - The camera select.
 * @csspart speaker - The speaker select.
 * @csspart unselected - The select of the loudspeaker for calls that the user only listens to.
 * @csspart ringer - The ringer select.
 * @csspart ring-volume - The ring volume.
 * @csspart try-microphone - The button that shows the microphone's level.
 * @csspart try-camera - The button that shows the camera preview.
 * @csspart try-speaker - The button that plays a tone on the speaker.
 * @csspart try-unselected - The button that plays a tone on the loudspeaker.
 * @csspart try-ringer - The button that plays a tone on the ringer.
 * @csspart level - The microphone's level.
 * @csspart preview - The camera preview.
 * @csspart background - The choice of a background, if the page offers backgrounds.
 * @csspart noise-suppression - The switch of the suppression of noise, if the page offers it.
 * @csspart headsets - The button that connects the buttons of a headset, until there is a list of headsets.
 * @csspart headset-list - The headsets whose buttons are connected.
 * @csspart connect-headset - The button that connects another headset.
 * @csspart retry-headset - The button that tries again to open a headset.
 * @csspart forget-headset - The button that forgets a headset.
 * @csspart forget-volumes - The button that forgets the volumes of calls and groups, while there are any.
 * @csspart check - The button that opens the `<sip-check>`.
 * @csspart notice - A message about a failure.
 */
export class SipDevicesElement extends LitElement {
  static override shadowRootOptions: ShadowRootInit = {...LitElement.shadowRootOptions, delegatesFocus: true};
  static override styles = [shared, volumeStyles, meterStyles, styles];

  /** The id of the `<sip-client>`; the nearest enclosing one if empty, or the whole page if there is none. */
  @property({attribute: 'for'}) htmlFor = '';

  @query('video') private readonly preview!: HTMLVideoElement | null;

  readonly #client = new ClientController(this, () => this.htmlFor);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #trials = new DeviceTrials(this);
  /** The devices whose list was requested. */
  #listed: SipDevices | undefined;
  /** Whether the list of devices has loaded. */
  #ready = false;
  /** Why no devices are available. */
  #failure: SipError | undefined;
  /** Whether the user has opened the list of headsets. */
  #showsHeadsets = false;
  /** Whether the user has opened the check. */
  #checks = false;
  /** The client whose volumes were forgotten last. */
  #forgotten: BaseClient | undefined;

  constructor() {
    super();
    new StateController(this, () => [
      this.devices,
      this.#client.client,
      ...(this.#client.client?.state.calls ?? []),
    ]);
    new LevelMeterController(this, () => this.#trials.opened('microphone')?.level);
  }

  /** The devices to choose from. */
  get devices(): SipDevices {
    return this.#client.client?.devices ?? pageDevices();
  }

  protected override willUpdate(): void {
    const {devices} = this;
    if (devices === this.#listed) return;
    this.#trials.stopAll();
    this.#listed = devices;
    this.#ready = false;
    this.#failure = undefined;
    devices
      .list()
      .catch((error: unknown) => (this.#failure = error as SipError))
      .finally(() => {
        this.#ready = true;
        this.requestUpdate();
      });
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    return html`<div part="panel" class="card" role="group" aria-label=${localize.term('devices')}>
      ${this.#renderNotice()} ${this.#renderAccess()}
      ${DEVICE_KINDS.map((kind) =>
        chooser({
          kind,
          localize,
          state: this.devices.state,
          ready: this.#ready,
          onSelect: (id) => void this.#commands.run(() => this.devices.select(kind, id)),
          button: trialButton(kind, this.#trials.runs(kind), localize, () => this.#toggle(kind)),
          trial: [this.#renderTrial(kind), effectTools(this.devices, this)?.effectChoice(this.devices, kind)],
        }),
      )}
      ${this.#renderHeadsets(this.#client.client)} ${this.#renderForget(this.#client.client)}
      ${this.#renderCheck()}
    </div>`;
  }

  protected override updated(_changed: PropertyValues): void {
    // The choice may be refused, and a chosen option may have disappeared.
    for (const select of this.renderRoot.querySelectorAll('select'))
      select.value = this.devices.state.selected[select.name as DeviceKind];
    const stream = this.#trials.opened('camera')?.stream;
    if (this.preview && stream && this.preview.srcObject !== stream) this.preview.srcObject = stream;
  }

  #renderNotice(): unknown {
    const localize = this.#localize;
    const {error, dismiss} = this.#commands;
    if (error) return errorNotice(error, undefined, {localize, onDismiss: dismiss});
    return this.#failure ? errorNotice(this.#failure, undefined, {localize}) : nothing;
  }

  #renderAccess(): unknown {
    if (!this.devices.state.hidden) return nothing;
    return html`<div part="access" class="access">
      <p>${this.#localize.describe({code: 'devices-hidden'})}</p>
      <button part="allow" class="pill" type="button" @click=${this.#onAllow}>
        ${this.#localize.term('allowDevices')}
      </button>
    </div>`;
  }

  #renderTrial(kind: DeviceKind): unknown {
    const localize = this.#localize;
    if (kind === 'microphone' && this.#trials.opened(kind))
      return html`${levelMeter({label: localize.term('level'), part: 'level'})}
        <p class="quiet hint">${localize.term('speak')}</p>`;
    if (kind === 'camera' && this.#trials.opened(kind))
      return html`<video
        part="preview"
        autoplay
        playsinline
        .muted=${true}
        aria-label=${localize.term('ownPicture')}
      ></video>`;
    if (kind === 'ringer') return this.#renderVolume();
    return nothing;
  }

  #renderVolume(): TemplateResult {
    return volumeSlider({
      label: this.#localize.term('ringVolume'),
      volume: this.#ringVolume,
      part: 'ring-volume',
      onMoved: (volume) => void this.#commands.run(() => this.devices.setRingVolume(volume)),
    });
  }

  #renderHeadsets(client: BaseClient | undefined): TemplateResult | typeof nothing {
    if (!client || !('hid' in navigator)) return nothing;
    // The list stays when the last headset is forgotten: it has the focus.
    this.#showsHeadsets ||= isStored(HEADSETS_KEY);
    const parts = this.#showsHeadsets ? headsets.load(this) : undefined;
    if (parts)
      return html`<sip-headsets-panel
        class="wide"
        exportparts=${parts}
        .client=${client}
      ></sip-headsets-panel>`;
    return html`<button part="headsets" class="pill forget" type="button" @click=${this.#onHeadsets}>
      ${this.#localize.term('connectHeadset')}
    </button>`;
  }

  /** The button stays after it was pressed: it has the focus. */
  #renderForget(client: BaseClient | undefined): TemplateResult | typeof nothing {
    const remembers = client?.remembersSounds;
    if (!client || (!remembers && client !== this.#forgotten)) return nothing;
    const forget = (): void => {
      client.forgetSounds();
      this.#forgotten = client;
      this.requestUpdate();
    };
    return html`<button
      part="forget-volumes"
      class="pill forget"
      type="button"
      aria-disabled=${remembers ? nothing : 'true'}
      @click=${forget}
    >
      ${this.#localize.term(remembers ? 'forgetVolumes' : 'volumesForgotten')}
    </button>`;
  }

  #renderCheck(): TemplateResult | typeof nothing {
    if (!this.#client.client) return nothing;
    if (this.#checks) return html`<sip-check class="wide" for=${this.htmlFor}></sip-check>`;
    return html`<button part="check" class="pill forget" type="button" @click=${this.#onCheck}>
      ${this.#localize.term('checkCalls')}
    </button>`;
  }

  get #ringVolume(): number {
    return this.devices.state.ringVolume ?? this.#client.client?.ringer.volume ?? 1;
  }

  #toggle(kind: DeviceKind): void {
    if (this.#trials.runs(kind)) this.#trials.stop(kind);
    else void this.#commands.run(() => this.#trials.start(kind, this.devices));
  }

  /** One press opens the check and starts it; the focus is on its button then, which stops it. */
  readonly #onCheck = (): void =>
    void this.#commands.run(async () => {
      await check.wait();
      this.#checks = true;
      this.requestUpdate();
      await this.updateComplete;
      const element = this.renderRoot.querySelector('sip-check')!;
      element.focus();
      element.check().catch(() => {});
    });

  /** One press opens the list and asks for a headset; the focus is on the list's button then. */
  readonly #onHeadsets = (): void =>
    void this.#commands.run(async () => {
      await headsets.wait();
      this.#showsHeadsets = true;
      this.requestUpdate();
      await this.updateComplete;
      const panel = this.renderRoot.querySelector('sip-headsets-panel')!;
      await panel.updateComplete;
      panel.focus();
      await panel.connect();
    });

  readonly #onAllow = (): void => {
    void this.#commands.run(() => this.devices.requestAccess());
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-devices': SipDevicesElement;
  }
}
