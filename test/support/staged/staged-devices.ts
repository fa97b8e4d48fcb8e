/** A device that a test plugs in. */
export interface StagedDevice {
  readonly kind: 'microphone' | 'camera' | 'output';
  readonly id: string;
  readonly label?: string;
  readonly group?: string;
  /** What a camera shows, as a CSS color. */
  readonly color?: string;
  /** What a microphone hears, in hertz. */
  readonly frequency?: number;
  /** Which way a camera looks. */
  readonly facing?: string;
}

interface Opened {
  readonly device: StagedDevice;
  readonly track: MediaStreamTrack;
  readonly constraints: MediaTrackConstraints;
  readonly end: () => void;
}

const INFO_KINDS = {microphone: 'audioinput', camera: 'videoinput', output: 'audiooutput'} as const;

/**
 * Devices that can be plugged in and out, which Chromium's fake ones cannot: each camera shows a color, each microphone
 * hears a tone. Only the browser's own answers are replaced; the tracks are real.
 */
export class StagedDevices {
  /** Everything that was opened, in order. */
  readonly opened: Opened[] = [];
  /** The name of the DOMException with which opening the device of the id fails. */
  readonly failures = new Map<string, string>();
  /** The browser names no device before it has opened one. */
  hidden = false;
  #devices: StagedDevice[];

  constructor(devices: readonly StagedDevice[] = []) {
    this.#devices = [...devices];
    const {mediaDevices} = navigator;
    mediaDevices.enumerateDevices = async () => this.#devices.map((device) => this.#info(device));
    mediaDevices.getUserMedia = async (constraints = {}) => {
      const before = this.opened.length;
      try {
        if (constraints.audio) this.#open('microphone', constraints.audio);
        if (constraints.video) this.#open('camera', constraints.video);
      } catch (error) {
        // All or nothing.
        for (const {end} of this.opened.splice(before)) end();
        throw error;
      }
      this.hidden = false;
      return new MediaStream(this.opened.slice(before).map(({track}) => track));
    };
  }

  /** The tracks that are open now. */
  get live(): string[] {
    return this.opened.filter(({track}) => track.readyState === 'live').map(({device}) => device.id);
  }

  plug(device: StagedDevice): void {
    this.#devices.push(device);
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  }

  /** Unplugs a device: its open tracks end, as in a browser. */
  unplug(id: string): void {
    this.#devices = this.#devices.filter((device) => device.id !== id);
    for (const {device, track, end} of this.opened) {
      if (device.id !== id || track.readyState === 'ended') continue;
      end();
      track.dispatchEvent(new Event('ended'));
    }
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  }

  restore(): void {
    for (const {end} of this.opened) end();
    Reflect.deleteProperty(navigator.mediaDevices, 'enumerateDevices');
    Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
  }

  #info({kind, id, label = id, group = '', facing}: StagedDevice): MediaDeviceInfo {
    const known = {deviceId: id, label, groupId: group};
    const info = {
      kind: INFO_KINDS[kind],
      ...(this.hidden ? {deviceId: '', label: '', groupId: ''} : known),
      getCapabilities: () => (facing ? {facingMode: [facing]} : {}),
    };
    return info as unknown as MediaDeviceInfo;
  }

  #open(kind: 'microphone' | 'camera', asked: boolean | MediaTrackConstraints): void {
    const constraints = asked === true ? {} : (asked as MediaTrackConstraints);
    const devices = this.#devices.filter((device) => device.kind === kind);
    const id = (constraints.deviceId as ConstrainDOMStringParameters | undefined)?.exact;
    const facing = (constraints.facingMode as ConstrainDOMStringParameters | undefined)?.ideal;
    const device = id
      ? devices.find((device) => device.id === id)
      : (devices.find((device) => facing && device.facing === facing) ?? devices[0]);
    const missing = id && devices.length ? 'OverconstrainedError' : 'NotFoundError';
    const failure = device ? this.failures.get(device.id) : missing;
    if (!device || failure) throw new DOMException('refused by the test', failure);
    const source = kind === 'camera' ? colored(device.color ?? 'green') : toned(device.frequency ?? 440);
    const settings = source.track.getSettings();
    source.track.getSettings = () => ({
      ...settings,
      deviceId: device.id,
      groupId: device.group ?? '',
      ...(device.facing && {facingMode: device.facing}),
    });
    this.opened.push({device, constraints, ...source});
  }
}

/** A picture of one color. */
function colored(color: string): {track: MediaStreamTrack; end: () => void} {
  const canvas = Object.assign(document.createElement('canvas'), {width: 160, height: 120});
  const context = canvas.getContext('2d')!;
  const draw = (): void => {
    context.fillStyle = color;
    context.fillRect(0, 0, 160, 120);
  };
  draw();
  const timer = setInterval(draw, 50);
  const track = canvas.captureStream(20).getVideoTracks()[0]!;
  return {
    track,
    end: () => {
      clearInterval(timer);
      track.stop();
    },
  };
}

/** A tone of one frequency. */
export function toned(frequency: number, volume = 0.5): {track: MediaStreamTrack; end: () => void} {
  const context = new AudioContext();
  const output = context.createMediaStreamDestination();
  const oscillator = new OscillatorNode(context, {frequency});
  oscillator.connect(new GainNode(context, {gain: volume})).connect(output);
  oscillator.start();
  const track = output.stream.getAudioTracks()[0]!;
  return {
    track,
    end: () => {
      track.stop();
      if (context.state !== 'closed') void context.close();
    },
  };
}

/** The loudest received frequency, in hertz; 0 for silence. */
export async function pitch(stream: MediaStream): Promise<number> {
  const player = new Audio();
  player.muted = true;
  player.srcObject = new MediaStream(stream.getAudioTracks());
  await player.play();
  const context = new AudioContext();
  const analyser = spectrum(context);
  context.createMediaStreamSource(player.srcObject).connect(analyser);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const frequency = loudest(analyser);
  player.srcObject = null;
  await context.close();
  return frequency;
}

/** Measures what sounds now. */
export const spectrum = (context: AudioContext): AnalyserNode =>
  new AnalyserNode(context, {fftSize: 4096, smoothingTimeConstant: 0});

/** The loudest frequency that sounds now, in hertz; 0 for silence. */
export function loudest(analyser: AnalyserNode): number {
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  const index = bins.indexOf(Math.max(...bins));
  return bins[index]! < -70 ? 0 : (index * analyser.context.sampleRate) / analyser.fftSize;
}

/** The average received color. */
export async function colorOf(stream: MediaStream): Promise<{red: number; green: number; blue: number}> {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream(stream.getVideoTracks());
  await video.play();
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', {willReadFrequently: true})!;
  context.drawImage(video, 0, 0, 1, 1);
  video.srcObject = null;
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return {red, green, blue};
}
