/** What the browser says of devices, for as long as a test runs; the rest of it stays real. */
export interface Devices {
  /** Every track that was opened. */
  readonly opened: MediaStreamTrack[];
  /** Names of the DOMException that asking for the device throws. */
  microphone?: string;
  camera?: string;
  restore(): void;
}

/** Watches the browser's devices and lets a test refuse them: the browser's own function is all that is replaced. */
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
