import {SipError} from '../../errors.js';
import type {DeviceKind, OutputKind, WantedDevice} from './device-choice.js';
import {
  findAgain,
  listDevices,
  type DeviceList,
  type ListedDevice,
  type RememberedDevice,
} from './device-list.js';
import {recall, remember, type RememberedDevices} from './device-memory.js';

const FACINGS = ['user', 'environment'];

/** The available devices, the chosen ones, and which devices to use as a result. */
export class DeviceManager {
  readonly #storage: string;
  readonly #chosen: RememberedDevices;
  #list: DeviceList = {devices: [], system: {}};
  /** How many lists were requested, and which of them was applied last. */
  #asked = 0;
  #taken = 0;

  /** @param storage - The `localStorage` key of the choice. */
  constructor(storage: string) {
    this.#storage = storage;
    this.#chosen = recall(storage);
  }

  get devices(): readonly ListedDevice[] {
    return this.#list.devices;
  }

  /** Whether the browser withholds ids and labels of the kind. */
  isHidden(kind: DeviceKind): boolean {
    return this.devices.some((device) => device.kind === kind && !(device.id && device.label));
  }

  /** Asks the browser for the list. A failure changes nothing. */
  async update(): Promise<void> {
    const turn = (this.#asked += 1);
    const list = await listDevices().catch(() => this.#list);
    if (turn < this.#taken) return;
    this.#taken = turn;
    // Some browsers name devices only while one of them is open.
    const labels = new Map(this.devices.map(({kind, id, label}) => [`${kind} ${id}`, label]));
    this.#list = {
      ...list,
      devices: list.devices.map((device) => ({
        ...device,
        label: device.label || ((device.id && labels.get(`${device.kind} ${device.id}`)) ?? ''),
      })),
    };
  }

  /**
   * Returns what to remember of a device; undefined for the system's default.
   *
   * @throws {SipError} `unknown-device`, `devices-hidden`, `output-unsupported`
   */
  remembered(kind: DeviceKind, id: string): RememberedDevice | undefined {
    if (!id) return undefined;
    if (kind === 'camera' && FACINGS.includes(id)) return {id, label: '', group: ''};
    const isOutput = kind !== 'microphone' && kind !== 'camera';
    if (isOutput && !('setSinkId' in HTMLMediaElement.prototype)) throw new SipError('output-unsupported');
    const found = this.devices.find((device) => device.kind === kind && device.id === id);
    if (!found) throw new SipError(this.isHidden(kind) ? 'devices-hidden' : 'unknown-device', {subject: id});
    return {id, label: found.label, group: found.group};
  }

  /** Chooses a device and returns the earlier choice. `save` remembers the choice for the next visit. */
  choose(kind: DeviceKind, wanted: RememberedDevice | undefined): RememberedDevice | undefined {
    const before = this.#chosen[kind];
    this.#chosen[kind] = wanted;
    return before;
  }

  /** The volume of the ringtone, 0–1; undefined if the user has not set it. */
  get ringVolume(): number | undefined {
    return this.#chosen.ringVolume;
  }

  set ringVolume(volume: number | undefined) {
    this.#chosen.ringVolume = volume;
  }

  /** The volume of calls, 0–1; undefined if the user has not set it. */
  get callVolume(): number | undefined {
    return this.#chosen.callVolume;
  }

  set callVolume(volume: number | undefined) {
    this.#chosen.callVolume = volume;
  }

  save(): void {
    remember(this.#storage, this.#chosen);
  }

  /** Returns the device to use. */
  wanted(kind: DeviceKind): WantedDevice {
    const chosen = this.#chosen[kind];
    const system = {key: `system ${this.#list.system[kind] ?? ''}`, constraints: {}};
    if (!chosen) return {...system, absent: false};
    const {id} = chosen;
    if (FACINGS.includes(id)) return {key: id, constraints: {facingMode: {ideal: id}}, absent: false};
    // A device known only from an earlier visit may or may not be present: opening it will show.
    const found = findAgain(this.devices, kind, chosen)?.id ?? (this.isHidden(kind) ? id : undefined);
    return found
      ? {key: found, constraints: {deviceId: {exact: found}}, absent: false}
      : {...system, absent: true};
  }

  /** Returns the id of the device to use: empty for the system's default. */
  idOf(kind: DeviceKind): string {
    const {key} = this.wanted(kind);
    return key.startsWith('system ') ? '' : key;
  }

  /** Returns the id of the output to play on: the speaker if there is no other device for unselected calls. */
  sinkOf(kind: OutputKind): string {
    return this.idOf(kind) || (kind === 'unselected' ? this.idOf('speaker') : '');
  }

  /** Returns the label of a chosen device that is known to be missing; empty otherwise. */
  absent(kind: DeviceKind): string {
    // Firefox lists no outputs until a page may use the microphone: their presence is unknown until then.
    const unlisted =
      kind !== 'camera' &&
      this.isHidden('microphone') &&
      !this.devices.some((device) => device.kind === kind);
    if (unlisted || !this.wanted(kind).absent) return '';
    return this.#chosen[kind]!.label || this.#chosen[kind]!.id;
  }

  /**
   * Returns the camera to switch to: on a phone the one that faces the other way, elsewhere the next one.
   *
   * @throws {SipError} `no-other-camera`
   */
  otherCamera(): string {
    const cameras = this.devices.filter(({kind}) => kind === 'camera');
    if (cameras.length < 2) throw new SipError('no-other-camera');
    const current = this.idOf('camera');
    // The system's default is the first camera.
    const index = Math.max(
      0,
      cameras.findIndex(({id}) => id === current),
    );
    const facing = FACINGS.includes(current) ? current : cameras[index]!.facing;
    const other = facing === 'environment' ? 'user' : 'environment';
    if (facing && cameras.some((camera) => camera.facing === other)) return other;
    return cameras[(index + 1) % cameras.length]!.id;
  }
}
