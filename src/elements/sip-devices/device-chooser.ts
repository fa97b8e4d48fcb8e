import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {DeviceKind, DevicesState} from '../../core/devices/devices-state.js';
import {
  bellIcon,
  micIcon,
  playIcon,
  squareIcon,
  videoIcon,
  videoOffIcon,
  volume2Icon,
} from '../shared/icons.js';

const ICONS: Readonly<Record<DeviceKind, TemplateResult>> = {
  microphone: micIcon,
  camera: videoIcon,
  speaker: volume2Icon,
  ringer: bellIcon,
};

/** What each kind's button says and shows: to begin, and to end. */
const TRIALS = {
  microphone: [micIcon, 'tryMicrophone', squareIcon, 'stopMicrophone'],
  camera: [videoIcon, 'tryCamera', videoOffIcon, 'stopCamera'],
  speaker: [playIcon, 'trySpeaker', squareIcon, 'stopTone'],
  ringer: [playIcon, 'tryRinger', squareIcon, 'stopTone'],
} as const;

/** What a chooser is drawn from. */
export interface Chooser {
  readonly kind: DeviceKind;
  readonly localize: LocalizeController;
  readonly state: DevicesState;
  /** Which devices there are is known. */
  readonly ready: boolean;
  readonly onSelect: (id: string) => void;
  readonly button: TemplateResult;
  /** What is shown while the device is tried out. */
  readonly trial: unknown;
}

/** The button that tries a device out, or ends that. */
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

/** The devices of a kind, to choose one: its name, the list, the button that tries it out, and what there is to say. */
export function chooser({kind, localize, state, ready, onSelect, button, trial}: Chooser): TemplateResult {
  const name = localize.term(kind);
  const found = state.devices.filter((device) => device.kind === kind);
  const input = kind === 'microphone' || kind === 'camera';
  const none = ready && !found.length;
  const hint = hintOf(kind, none, state, localize);
  return html`<div class="device">
    <label for=${kind}>${ICONS[kind]} ${name}</label>
    <div class="choice">
      <select
        part=${kind}
        id=${kind}
        name=${kind}
        ?disabled=${none}
        aria-describedby=${hint ? `${kind}-hint` : nothing}
        @change=${(event: Event) => onSelect((event.target as HTMLSelectElement).value)}
      >
        <option value="">${none && input ? noneText(kind, localize) : localize.term('systemDefault')}</option>
        ${found
          .filter(({id}) => id)
          .map(({id, label}, index) => html`<option value=${id}>${label || `${name} ${index + 1}`}</option>`)}
        ${kind === 'camera' ? facings(state, localize) : nothing}
      </select>
      ${none && input ? nothing : button}
    </div>
    ${hint ? html`<p id="${kind}-hint" class="quiet hint">${hint}</p>` : nothing} ${trial}
  </div>`;
}

/** By where they look cameras are chosen on phones, or where a page has chosen so. */
function facings({selected, devices}: DevicesState, localize: LocalizeController): unknown {
  const chosen = ['user', 'environment'].includes(selected.camera);
  const several = devices.filter(({kind}) => kind === 'camera').length > 1;
  if (!chosen && !(several && matchMedia('(pointer: coarse)').matches)) return nothing;
  return html`<option value="user">${localize.term('frontCamera')}</option>
    <option value="environment">${localize.term('backCamera')}</option>`;
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
  // The same for both outputs: said once.
  return kind === 'speaker' && !('setSinkId' in HTMLMediaElement.prototype)
    ? localize.describe({code: 'output-unsupported'})
    : undefined;
}

function noneText(kind: 'microphone' | 'camera', localize: LocalizeController): string {
  return localize.term(kind === 'microphone' ? 'noMicrophone' : 'noCamera');
}
