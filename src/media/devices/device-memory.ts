import type {DeviceKind} from './device-choice.js';
import type {RememberedDevice} from './device-list.js';

/** What was chosen of each kind; nothing where it is the system's. */
export type RememberedDevices = Partial<Record<DeviceKind, RememberedDevice | undefined>> & {
  /** How loud the ringtone is, 0–1; nothing where it is the page's choice. */
  ringVolume?: number | undefined;
};

const KINDS: readonly DeviceKind[] = ['microphone', 'camera', 'speaker', 'ringer'];

/** Reads what was chosen at an earlier visit; nothing where the page may not store, or somebody else wrote there. */
export function recall(key: string): RememberedDevices {
  const remembered: RememberedDevices = {};
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, unknown>;
    const {ringVolume} = stored;
    if (typeof ringVolume === 'number' && ringVolume >= 0 && ringVolume <= 1)
      remembered.ringVolume = ringVolume;
    for (const kind of KINDS) {
      const {id, label, group} = (stored[kind] ?? {}) as Record<string, unknown>;
      if (typeof id === 'string' && typeof label === 'string' && typeof group === 'string')
        remembered[kind] = {id, label, group};
    }
  } catch {
    // Then the choice holds for this visit.
  }
  return remembered;
}

/** Keeps what was chosen for the next visit, where the page may. */
export function remember(key: string, devices: RememberedDevices): void {
  try {
    localStorage.setItem(key, JSON.stringify(devices));
  } catch {
    // Then the choice holds for this visit.
  }
}
