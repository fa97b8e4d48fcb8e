import type {DeviceKind} from './device-choice.js';
import type {RememberedDevice} from './device-list.js';

/** The chosen device of each kind; undefined for the system's default. */
export type RememberedDevices = Partial<Record<DeviceKind, RememberedDevice | undefined>> & {
  /** The volume of the ringtone, 0–1; undefined for the page's default. */
  ringVolume?: number | undefined;
  /** The volume of calls, 0–1; undefined for full volume. */
  callVolume?: number | undefined;
};

const KINDS: readonly DeviceKind[] = ['microphone', 'camera', 'speaker', 'unselected', 'ringer'];

/** Reads the choice of an earlier visit; empty if the page may not use storage, or the entry is not ours. */
export function recall(key: string): RememberedDevices {
  const remembered: RememberedDevices = {};
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, unknown>;
    for (const name of ['ringVolume', 'callVolume'] as const) {
      const volume = stored[name];
      if (typeof volume === 'number' && volume >= 0 && volume <= 1) remembered[name] = volume;
    }
    for (const kind of KINDS) {
      const {id, label, group} = (stored[kind] ?? {}) as Record<string, unknown>;
      if (typeof id === 'string' && typeof label === 'string' && typeof group === 'string')
        remembered[kind] = {id, label, group};
    }
  } catch {
    // The choice then lasts for this visit only.
  }
  return remembered;
}

/** Stores the choice for the next visit, if the page may use storage. */
export function remember(key: string, devices: RememberedDevices): void {
  try {
    localStorage.setItem(key, JSON.stringify(devices));
  } catch {
    // The choice then lasts for this visit only.
  }
}
