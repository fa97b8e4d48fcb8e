import {mediaDurations} from '../../durations/media.js';
import {within} from '../../within.js';
import type {DeviceKind} from './device-choice.js';

/** A device as the browser lists it. */
export interface ListedDevice {
  readonly kind: DeviceKind;
  /** Empty until the page has been given access; so is the label. */
  readonly id: string;
  readonly label: string;
  /** The same for the parts of one piece of equipment; some browsers change it at every visit. */
  readonly group: string;
  /** The direction that a camera faces, if the browser reports it. */
  readonly facing?: 'user' | 'environment' | undefined;
}

/** The devices that the browser lists. */
export interface DeviceList {
  readonly devices: readonly ListedDevice[];
  /** The group of the system's default device of each kind, if the browser reports it. */
  readonly system: Readonly<Partial<Record<DeviceKind, string>>>;
}

/** The remembered properties of a chosen device. */
export interface RememberedDevice {
  readonly id: string;
  readonly label: string;
  readonly group: string;
}

const KINDS: Readonly<Record<MediaDeviceKind, readonly DeviceKind[]>> = {
  audioinput: ['microphone'],
  videoinput: ['camera'],
  audiooutput: ['speaker', 'unselected', 'ringer'],
};

/** Entries that Chromium lists besides the devices: other names for some of them. */
const ALIASES = new Set(['default', 'communications']);

/**
 * Asks the browser for its devices; outputs are listed once for each use. An insecure page has none.
 *
 * @throws {DOMException} why the browser refuses, or that it does not answer
 */
export async function listDevices(): Promise<DeviceList> {
  const {mediaDevices} = navigator as {mediaDevices?: MediaDevices};
  const asked = mediaDevices?.enumerateDevices?.() ?? Promise.resolve([]);
  const infos = await within(asked, mediaDurations.deviceList);
  if (!infos) throw new DOMException('The browser does not list its devices.', 'TimeoutError');
  const devices: ListedDevice[] = [];
  const system: Partial<Record<DeviceKind, string>> = {};
  for (const info of infos) {
    const aliased = infos.some(({kind, deviceId}) => kind === info.kind && !ALIASES.has(deviceId));
    for (const kind of KINDS[info.kind]) {
      if (info.deviceId === 'default') system[kind] = info.groupId;
      if (ALIASES.has(info.deviceId) && aliased) continue;
      devices.push({
        kind,
        id: info.deviceId,
        label: info.label,
        group: info.groupId,
        facing: kind === 'camera' ? facingOf(info) : undefined,
      });
    }
  }
  return {devices, system};
}

/** Finds a remembered device: by its id, which may have changed; by its label; by its group. */
export function findAgain(
  devices: readonly ListedDevice[],
  kind: DeviceKind,
  {id, label, group}: RememberedDevice,
): ListedDevice | undefined {
  const candidates = devices.filter((device) => device.kind === kind && device.id);
  const labelled = candidates.filter((device) => label && device.label === label);
  return (
    candidates.find((device) => device.id === id) ??
    labelled.find((device) => group && device.group === group) ??
    labelled[0] ??
    candidates.find((device) => group && device.group === group)
  );
}

function facingOf(info: MediaDeviceInfo): ListedDevice['facing'] {
  const [said] = (info as Partial<InputDeviceInfo>).getCapabilities?.().facingMode ?? [];
  // Firefox has no capabilities here; on phones its label contains the direction.
  const labelled = /facing[ :]*(front|back)/i.exec(info.label)?.[1]?.toLowerCase();
  const facing = said ?? (labelled === 'front' ? 'user' : labelled && 'environment');
  // Others, such as `left`, are no direction to switch between.
  return facing === 'user' || facing === 'environment' ? facing : undefined;
}
