import '../../locales/devices-en.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {DeviceKind, DevicesState} from '../../core/devices/devices-state.js';

/** One of the devices of a kind that the user can choose. */
export interface DeviceOption {
  /** Empty for the system's default; `user` or `environment` for a camera by its facing mode. */
  readonly id: string;
  readonly label: string;
}

/** Whether the browser lets the user choose a speaker. */
export const choosesSpeaker = (): boolean => 'setSinkId' in HTMLMediaElement.prototype;

/** Returns what the user can choose for a kind of device, the system's default first. */
export function deviceOptions(
  kind: DeviceKind,
  state: DevicesState,
  localize: LocalizeController,
): readonly DeviceOption[] {
  const name = localize.term(kind);
  const found = state.devices.filter((device) => device.kind === kind && device.id);
  return [
    {id: '', label: localize.term(kind === 'unselected' ? 'asSpeaker' : 'systemDefault')},
    ...found.map(({id, label}, index) => ({id, label: label || `${name} ${index + 1}`})),
    ...(kind === 'camera' ? facings(state, localize) : []),
  ];
}

/** Offers front and back cameras on phones, or if the page has chosen one of them. */
function facings({selected, devices}: DevicesState, localize: LocalizeController): readonly DeviceOption[] {
  const chosen = ['user', 'environment'].includes(selected.camera);
  const several = devices.filter(({kind}) => kind === 'camera').length > 1;
  if (!chosen && !(several && matchMedia('(pointer: coarse)').matches)) return [];
  return [
    {id: 'user', label: localize.term('frontCamera')},
    {id: 'environment', label: localize.term('backCamera')},
  ];
}
