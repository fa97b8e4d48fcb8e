import type {DeviceFollower, DeviceKind, InputKind, WantedDevice} from './device-choice.js';
import {SipError, toSipError} from '../../errors.js';
import type {LocalMedia} from '../session/local-media.js';
import {adopt, isLive, openDevice, wantedDevice, type OpenDevice} from './open-device.js';

/** What a switch needs from the owner of the media. */
export interface DeviceSwitchOwner {
  /** Runs changes of the camera one after another. */
  inTurn(task: () => Promise<void>): Promise<void>;
  /** Replaces the track that is sent; null sends nothing. */
  send(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void>;
  /** Tracks or warnings have changed. */
  onChange(): void;
}

/**
 * Keeps one side's sent media on the chosen devices, without signalling.
 *
 * A device that is gone is replaced by the next best one; if there is none, silence or black is sent until one is
 * available again. What was muted, off or on hold stays so.
 */
export class DeviceSwitch implements DeviceFollower {
  readonly #local: LocalMedia;
  readonly #owner: DeviceSwitchOwner;
  readonly #unfollow: (() => void) | undefined;
  /** Kinds whose device is gone, and which come back automatically. */
  readonly #lost = new Set<InputKind>();
  /** Kinds whose device ended unexpectedly and was replaced, which the user must know. */
  readonly #stopgaps = new Set<InputKind>();
  #closed = false;

  constructor(local: LocalMedia, owner: DeviceSwitchOwner) {
    this.#local = local;
    this.#owner = owner;
    this.#unfollow = local.input.choice?.follow(this);
    local.ondevice = (kind) => void this.#recover(kind);
  }

  async apply(kind: DeviceKind): Promise<void> {
    if (kind !== 'microphone' && kind !== 'camera') return;
    await this.#owner.inTurn(() => this.#local.exclusively(() => this.#change(kind)));
  }

  /** Keeps a device off that the user turned off, even if it was to come back automatically. */
  forget(kind: InputKind): void {
    this.#lost.delete(kind);
  }

  /** Stops following; the owner closes the devices. Idempotent. */
  close(): void {
    this.#closed = true;
    this.#unfollow?.();
    this.#local.ondevice = undefined;
  }

  /** Handles a device that has ended or fallen silent: the browser may update its list of devices only later. */
  async #recover(kind: InputKind): Promise<void> {
    const {choice} = this.#local.input;
    // Other tracks of the same device fall silent together.
    await choice?.refresh().catch(() => {});
    // A device that cannot be replaced becomes a warning.
    await this.apply(kind).catch(() => {});
  }

  async #change(kind: InputKind): Promise<void> {
    const local = this.#local;
    if (kind === 'camera' && local.cameraOff) {
      // The user turned the camera off; turning it on again opens the wanted one.
      if (this.#lost.has(kind)) await this.#backFromBlack();
      return;
    }
    const current = local.device(kind);
    if (!current && !this.#lost.has(kind)) return;
    const wanted = await wantedDevice(kind, local.input);
    const same = current?.device.readyState === 'live' && isSame(current.wanted, wanted);
    if (current && same && isLive(current) && (await this.#hasEffect(current))) {
      this.#confirm(current, wanted);
      return;
    }
    try {
      // The same device need not be opened again for another effect.
      await this.#replace(current, await (same ? this.#adoptAgain(current) : this.#open(kind, current)));
    } catch (error) {
      const left = local.device(kind);
      if (!left || !isLive(left) || (await this.#isToBeHidden(left, error))) await this.#lose(kind, error);
      throw error;
    }
  }

  /** Whether the effect of a device is the one that the user wants. */
  async #hasEffect({kind, effect}: OpenDevice): Promise<boolean> {
    const wanted = await this.#local.input.choice?.effect?.(kind);
    return effect?.effect === wanted?.effect && effect?.choice === wanted?.choice;
  }

  /** Whether a picture goes on without the effect that was chosen before, which has failed. */
  async #isToBeHidden(left: OpenDevice, error: unknown): Promise<boolean> {
    if (toSipError(error).code !== 'camera-effect-failed' || (await this.#hasEffect(left))) return false;
    return !(await this.#local.input.choice?.effect?.(left.kind))?.isTried;
  }

  async #adoptAgain({device, wanted}: OpenDevice): Promise<OpenDevice> {
    const again = device.clone();
    // Only what is sent is muted.
    again.enabled = true;
    return adopt(again, wanted, this.#local.input);
  }

  /** Keeps the current device, but updates whether it is the chosen one. */
  #confirm({kind, warnings}: OpenDevice, {absent}: WantedDevice): void {
    const others = warnings.filter((warning) => warning !== `${kind}-replaced`);
    this.#local.warn(kind, absent || this.#stopgaps.has(kind) ? [...others, `${kind}-replaced`] : others);
    this.#owner.onChange();
  }

  async #open(kind: InputKind, current: OpenDevice | undefined): Promise<OpenDevice> {
    const {input} = this.#local;
    try {
      return await openDevice(kind, input);
    } catch (error) {
      if (!current || kind !== 'camera' || toSipError(error).code !== 'camera-busy') throw error;
      // Phones open one camera at a time.
      current.close();
      try {
        return await openDevice(kind, input);
      } catch {
        await this.#replace(current, await openDevice(kind, input, current.wanted));
        throw error;
      }
    }
  }

  async #replace(before: OpenDevice | undefined, next: OpenDevice): Promise<void> {
    const {kind} = next;
    if (this.#closed) {
      next.close();
      throw new SipError('aborted', {subject: kind});
    }
    // A device that ended unexpectedly was not replaced at the user's request.
    const unplugged = before?.device.readyState === 'ended' && !isOneDevice(before, next);
    this.#local.exchange(next);
    if (unplugged) {
      this.#stopgaps.add(kind);
      this.#local.warn(kind, [...next.warnings, `${kind}-replaced`]);
    } else {
      this.#stopgaps.delete(kind);
    }
    await this.#send(kind);
    this.#lost.delete(kind);
    this.#owner.onChange();
  }

  async #backFromBlack(): Promise<void> {
    await this.#local.blackToCamera((track) => this.#owner.send('video', track));
    this.#lost.delete('camera');
    this.#owner.onChange();
  }

  /** Sends silence or black, since no device is left. */
  async #lose(kind: InputKind, error: unknown): Promise<void> {
    const local = this.#local;
    if (this.#closed) return;
    if (kind === 'camera' && local.device(kind))
      await local.cameraToBlack((track) => this.#owner.send('video', track));
    local.drop(kind);
    if (kind === 'microphone') await this.#send(kind);
    this.#lost.add(kind);
    local.warn(kind, [toSipError(error).code]);
    this.#owner.onChange();
  }

  async #send(kind: InputKind): Promise<void> {
    const media = kind === 'microphone' ? 'audio' : 'video';
    await this.#owner.send(media, this.#local[media] ?? null);
  }
}

/**
 * Whether a device opened for one request satisfies the other; the next best one also serves as the system's default.
 */
function isSame(before: WantedDevice, now: WantedDevice): boolean {
  return before.key === now.key || (before.key === 'any' && !Object.keys(now.constraints).length);
}

/** Whether both are the same piece of equipment, opened twice. */
function isOneDevice(one: OpenDevice, other: OpenDevice): boolean {
  const [first, second] = [one.device.getSettings(), other.device.getSettings()];
  return first.deviceId === second.deviceId && first.groupId === second.groupId;
}
