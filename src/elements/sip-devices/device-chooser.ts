import '../../locales/call/call-sound-en.js';
import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {DeviceKind, DevicesState} from '../../core/devices/devices-state.js';
import {choosesSpeaker, deviceOptions} from '../shared/device-options.js';
import {micIcon, playIcon, videoOffIcon} from '../shared/icons/controls.js';
import {bellIcon, videoIcon, volume2Icon} from '../shared/icons.js';
import {squareIcon} from '../shared/icons/later.js';
import {chevronDownIcon} from '../shared/icons/phone.js';

const ICONS: Readonly<Record<DeviceKind, TemplateResult>> = {
  microphone: micIcon,
  camera: videoIcon,
  speaker: volume2Icon,
  unselected: volume2Icon,
  ringer: bellIcon,
};

/** The icons and terms of each kind's test button: to start, and to stop. */
const TRIALS = {
  microphone: [micIcon, 'tryMicrophone', squareIcon, 'stopMicrophone'],
  camera: [videoIcon, 'tryCamera', videoOffIcon, 'stopCamera'],
  speaker: [playIcon, 'trySpeaker', squareIcon, 'stopTone'],
  unselected: [playIcon, 'tryUnselected', squareIcon, 'stopTone'],
  ringer: [playIcon, 'tryRinger', squareIcon, 'stopTone'],
} as const;

/** The properties of a chooser. */
export interface Chooser {
  readonly kind: DeviceKind;
  readonly localize: LocalizeController;
  readonly state: DevicesState;
  /** Whether the list of devices has loaded. */
  readonly ready: boolean;
  readonly onSelect: (id: string) => void;
  readonly button: TemplateResult;
  /** The content shown while the device is tested. */
  readonly trial: unknown;
}

/** Renders the button that tests a device, or ends the test. */
export function trialButton(
  kind: DeviceKind,
  runs: boolean,
  localize: LocalizeController,
  onPress: () => void,
): TemplateResult {
  const [begin, beginName, end, endName] = TRIALS[kind];
  const name = localize.term(runs ? endName : beginName);
  return html`<button
    part="try-${kind}"
    class="pill round"
    type="button"
    aria-label=${name}
    title=${name}
    @click=${onPress}
  >
    ${runs ? end : begin}
  </button>`;
}

/** Renders the choice of a device: its kind, the list, the test button, and a hint. */
export function chooser({kind, localize, state, ready, onSelect, button, trial}: Chooser): TemplateResult {
  const name = localize.term(kind);
  const found = state.devices.filter((device) => device.kind === kind);
  const input = kind === 'microphone' || kind === 'camera';
  const none = ready && !found.length;
  const hint = hintOf(kind, none, state, localize);
  return html`<div class="device">
    <label for=${kind}>${ICONS[kind]} ${name}</label>
    <div class="choice">
      <div class="select">
        <select
          part=${kind}
          id=${kind}
          name=${kind}
          ?disabled=${none}
          aria-describedby=${hint ? `${kind}-hint` : nothing}
          @change=${(event: Event) => onSelect((event.target as HTMLSelectElement).value)}
        >
          ${deviceOptions(kind, state, localize).map(
            ({id, label}) =>
              html`<option value=${id}>${!id && none && input ? noneText(kind, localize) : label}</option>`,
          )}
        </select>
        ${chevronDownIcon}
      </div>
      ${none && input ? nothing : button}
    </div>
    ${hint ? html`<p id="${kind}-hint" class="quiet hint">${hint}</p>` : nothing} ${trial}
  </div>`;
}

function hintOf(
  kind: DeviceKind,
  none: boolean,
  {absent}: DevicesState,
  localize: LocalizeController,
): string | undefined {
  if (absent[kind]) return localize.term('notConnected', absent[kind]);
  if (!none) return undefined;
  if (kind === 'microphone' || kind === 'camera') return localize.term('plugIn');
  // All outputs share this hint, so it is shown once.
  return kind === 'speaker' && !choosesSpeaker()
    ? localize.describe({code: 'output-unsupported'})
    : undefined;
}

function noneText(kind: 'microphone' | 'camera', localize: LocalizeController): string {
  return localize.term(kind === 'microphone' ? 'noMicrophone' : 'noCamera');
}
