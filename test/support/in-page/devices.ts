/** Replaces what the browser reports about devices during a test; everything else stays real. */
export interface Devices {
  /** All opened tracks. */
  readonly opened: MediaStreamTrack[];
  /** The names of the DOMExceptions that requests for a device throw. */
  microphone?: string;
  camera?: string;
  restore(): void;
}

/** Watches the browser's devices and lets a test refuse them; replaces only the browser's own function. */
export function watchDevices(): Devices {
  const {mediaDevices} = navigator;
  const original = mediaDevices.getUserMedia.bind(mediaDevices);
  const devices: Devices = {
    opened: [],
    restore: () => void Reflect.deleteProperty(mediaDevices, 'getUserMedia'),
  };
  mediaDevices.getUserMedia = async (constraints = {}) => {
    const refusal =
      (constraints.audio ? devices.microphone : undefined) ??
      (constraints.video ? devices.camera : undefined);
    if (refusal) throw new DOMException('refused by the test', refusal);
    const stream = await original(constraints);
    devices.opened.push(...stream.getTracks());
    return stream;
  };
  return devices;
}
