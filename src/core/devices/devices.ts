import {SipError, toSipError} from '../../errors.js';
import {TaskQueue} from '../../task-queue.js';
import type {ChosenEffect, DeviceEffect} from '../../media/devices/device-effect.js';
import type {DeviceManager} from '../../media/devices/device-manager.js';
import type {
  AudioProcessing,
  DeviceChoice,
  DeviceFollower,
  InputKind,
  WantedDevice,
} from '../../media/devices/device-choice.js';
import type {DeviceTrial} from '../../media/devices/device-trial.js';
import {
  DEVICE_KINDS,
  NO_DEVICES,
  normalizeVolume,
  type DeviceKind,
  type OutputKind,
  type DevicesEventMap,
  type DevicesState,
  type SipDevice,
  type SoundSink,
} from './devices-state.js';
import {StateTarget} from '../util/state-target.js';
import type {DeviceEffects} from './device-effects.js';

/**
 * The devices of this browser and the user's choice, which is remembered for the next visit.
 *
 * All clients of a page share one instance, unless their options give another. Devices are opened only on request.
 * Running calls switch to a chosen device immediately, without signalling to the other side.
 */
export class SipDevices extends StateTarget<DevicesState, DevicesEventMap> implements DeviceChoice {
  /** @internal The `localStorage` key of the choice. */
  readonly storage: string;
  /** What the page offers to do with sound and picture; undefined until {@link SipDevices.offer} has resolved. */
  effects: DeviceEffects | undefined;
  #offering: Promise<unknown> | undefined;
  readonly #followers = new Set<DeviceFollower>();
  #loading: Promise<DeviceManager> | undefined;
  /** The wanted device of each kind, as last reported. */
  readonly #told = new Map<DeviceKind, WantedDevice>();
  /** The kind whose choice is in progress; the state changes when it is done. */
  #selecting: DeviceKind | undefined;
  readonly #selection = new TaskQueue();

  /** @param options.storage - The `localStorage` key of the choice. */
  constructor({storage = 'sip-devices'}: {readonly storage?: string} = {}) {
    super(NO_DEVICES);
    this.storage = storage;
  }

  /**
   * Lists the devices; from then on `state.devices` follows changes. Opens none.
   *
   * @throws {SipError} `insecure-page`
   */
  async list(): Promise<readonly SipDevice[]> {
    if (!browserDevices()) throw new SipError('insecure-page');
    await this.refresh();
    return this.state.devices;
  }

  /**
   * Chooses a device; resolves when every call uses it.
   *
   * @param id - Empty or `default` for the system's default; for a camera also `user` and `environment`, the one that
   * faces the user or away.
   * @throws {SipError} `unknown-device`; `devices-hidden` before the user has given the page access;
   * `output-unsupported`; if a call cannot switch to it `…-refused`, `…-missing` or `…-busy`. Nothing changes then.
   */
  async select(kind: DeviceKind, id: string): Promise<void> {
    if (!DEVICE_KINDS.includes(kind)) throw new SipError('bad-parameter', {subject: String(kind)});
    await this.#selection.run(() => this.#select(kind, id === 'default' ? '' : String(id)));
  }

  /**
   * Switches to the other camera: between front and back on a phone, to the next one elsewhere.
   *
   * @throws {SipError} `no-other-camera`, and as `select`
   */
  async switchCamera(): Promise<void> {
    await this.#selection.run(async () => {
      const manager = await this.#refreshed();
      await this.#select('camera', manager.otherCamera());
    });
  }

  /**
   * Sets the user's volume of the ringtone, 0–1, which overrides the page's; undefined reverts to that. It is
   * remembered.
   */
  async setRingVolume(volume: number | undefined): Promise<void> {
    const manager = await this.#load();
    manager.ringVolume = volume === undefined ? undefined : normalizeVolume(volume);
    manager.save();
    this.#publish(manager);
  }

  /** Sets the user's volume of calls, 0–1, active ones included; undefined leaves it to the elements. It is remembered. */
  async setCallVolume(volume: number | undefined): Promise<void> {
    const manager = await this.#load();
    manager.callVolume = volume === undefined ? undefined : normalizeVolume(volume);
    manager.save();
    this.#publish(manager);
  }

  /**
   * Asks the user for access, so that the devices have names. Closes immediately what it opens for that.
   *
   * @throws {SipError} `microphone-…` and `camera-…` refused or busy; missing if there is neither; `insecure-page`
   */
  async requestAccess(kinds: {audio?: boolean; video?: boolean} = {audio: true, video: true}): Promise<void> {
    const [{openMedia}, {closeTrack}] = await Promise.all([
      import('../../media/devices/devices.js'),
      import('../../media/devices/open-device.js'),
    ]);
    const {stream, warnings} = await openMedia({audio: !!kinds.audio, video: !!kinds.video}, {choice: this});
    // Some browsers name devices only while one of them is open.
    await this.refresh();
    const tracks = stream.getTracks();
    for (const track of tracks) closeTrack(track);
    const failure = warnings.find((code) => /-(refused|forbidden|busy)$/.test(code));
    if (failure ?? !tracks.length) throw new SipError(failure ?? warnings[0] ?? 'microphone-missing');
  }

  /**
   * Resolves with the id for `setSinkId`: empty for the system's default. The one of `unselected` is the speaker's if the
   * user has chosen no other. `state.selected` reports changes.
   */
  async sinkId(kind: OutputKind): Promise<string> {
    return (await this.#refreshed()).sinkOf(kind);
  }

  /**
   * Routes a sound to the chosen output, now and after changes, until the returned function is called. If the output is
   * not available, the sound stays on its current one. What does not play on the ringer has the volume of calls.
   */
  route(output: SoundSink, kind: OutputKind): () => void {
    // Every sound starts on the system's default.
    let used = '';
    const apply: DeviceFollower['apply'] = async (changed) => {
      const concerns = changed === kind || (kind === 'unselected' && changed === 'speaker');
      if (!concerns || !output.setSinkId) return;
      const id = (await this.#load()).sinkOf(kind);
      if (id === (typeof output.sinkId === 'string' ? output.sinkId : used)) return;
      try {
        await output.setSinkId(id);
      } catch (cause) {
        throw new SipError(id ? 'unknown-device' : 'internal', {subject: id, cause});
      }
      used = id;
    };
    let volume: number | undefined;
    const setVolume = (): void => {
      const {callVolume} = this.state;
      // The page may have set another volume since the user's last choice.
      if (kind === 'ringer' || callVolume === volume) return;
      volume = callVolume;
      if (volume !== undefined && 'volume' in output) output.volume = volume;
    };
    this.addEventListener('statechange', setVolume);
    this.#refreshed()
      .then(() => {
        setVolume();
        return apply(kind);
      })
      .catch(() => {});
    const unfollow = this.follow({apply});
    return () => {
      this.removeEventListener('statechange', setVolume);
      unfollow();
    };
  }

  /**
   * Opens the chosen microphone or camera for the user to try; switches when another one is chosen.
   *
   * @throws {SipError} `microphone-…` and `camera-…` refused, missing or busy; `insecure-page`
   */
  async tryInput(kind: InputKind): Promise<DeviceTrial> {
    if (!browserDevices()) throw new SipError('insecure-page');
    const {openTrial} = await import('../../media/devices/device-trial.js');
    return openTrial(kind, this);
  }

  /**
   * Plays a short test tone on the chosen output, at the user's ring volume if one is set for the ringer; resolves when
   * it ends, or the signal is aborted.
   *
   * @throws {SipError} `playback-blocked` before any user gesture, `unknown-device`
   */
  async playTestTone(kind: OutputKind, signal?: AbortSignal): Promise<void> {
    const [{playTestTone}, id] = await Promise.all([
      import('../../media/audio/test-tone.js'),
      this.sinkId(kind),
    ]);
    const volume = kind === 'ringer' ? this.state.ringVolume : undefined;
    await playTestTone(id, kind === 'ringer' ? kind : 'speaker', {signal, volume});
  }

  /**
   * Opens the chosen microphone for a call that is about to begin, as `media/devices/open-ahead.ts` does; returns a
   * function that closes it.
   *
   * @internal
   */
  openAhead(audio?: AudioProcessing): () => void {
    const opening = import('../../media/devices/open-ahead.js').then(({openAhead}) =>
      openAhead({choice: this, audio}),
    );
    // What cannot be loaded is reported by the call.
    opening.catch(() => {});
    return () =>
      void opening.then(
        (close) => close(),
        () => {},
      );
  }

  /**
   * Offers effects to the user, such as a blurred background; none is on until the user has chosen it. Devices that open
   * meanwhile wait for it.
   *
   * @throws {SipError} `bad-parameter`
   */
  async offer(...effects: readonly DeviceEffect[]): Promise<void> {
    const loading = import('./device-effects.js');
    this.#offering = loading;
    const {offerEffects} = await loading;
    this.effects = offerEffects(this, effects);
    this.dispatchEvent(new Event('statechange'));
  }

  /** @internal */
  async effect(kind: InputKind): Promise<ChosenEffect | undefined> {
    // Without the choice, a picture may be one that was to be hidden: it is not sent then.
    await this.#offering;
    return this.effects?.of(kind);
  }

  /** @internal */
  async wanted(kind: InputKind): Promise<WantedDevice> {
    return (await this.#refreshed()).wanted(kind);
  }

  /** @internal */
  follow(follower: DeviceFollower): () => void {
    this.#followers.add(follower);
    return () => void this.#followers.delete(follower);
  }

  /** @internal */
  async refresh(): Promise<void> {
    await this.#refreshed();
  }

  async #select(kind: DeviceKind, id: string): Promise<void> {
    const manager = await this.#refreshed();
    const before = manager.choose(kind, manager.remembered(kind, id));
    this.#selecting = kind;
    try {
      await this.apply(kind);
      manager.save();
    } catch (error) {
      manager.choose(kind, before);
      // Followers that have switched go back.
      await this.apply(kind).catch(() => {});
      throw toSipError(error);
    } finally {
      this.#selecting = undefined;
      this.#publish(manager, kind);
    }
  }

  /**
   * Notifies the followers; rejects with the first failure when all are done.
   *
   * @internal
   */
  async apply(kind: DeviceKind): Promise<void> {
    const done = await Promise.allSettled([...this.#followers].map((follower) => follower.apply(kind)));
    const failed = done.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  #load(): Promise<DeviceManager> {
    return (this.#loading ??= import('../../media/devices/device-manager.js').then(({DeviceManager}) => {
      // Never removed: this object lives as long as the page.
      browserDevices()?.addEventListener?.('devicechange', () => void this.#onBrowser());
      return new DeviceManager(this.storage);
    }));
  }

  /** Handles plugged and unplugged devices: followers without a device may find one. */
  async #onBrowser(): Promise<void> {
    await this.refresh();
    for (const kind of DEVICE_KINDS) this.apply(kind).catch(() => {});
  }

  async #refreshed(): Promise<DeviceManager> {
    const manager = await this.#load();
    await manager.update();
    this.#publish(manager);
    return manager;
  }

  /** Updates the state, and reports the devices in use that changed. */
  #publish(manager: DeviceManager, selected?: DeviceKind): void {
    const devices = manager.devices.map(({kind, id, label, facing}) =>
      Object.freeze({kind, id, label, ...(facing && {facing})}),
    );
    const settled = DEVICE_KINDS.filter((kind) => kind !== this.#selecting);
    const each = (value: (kind: DeviceKind) => string): Partial<Record<DeviceKind, string>> =>
      Object.fromEntries(settled.map((kind) => [kind, value(kind)]));
    this.update({
      devices: same(this.state.devices, Object.freeze(devices)),
      selected: same(
        this.state.selected,
        Object.freeze({...this.state.selected, ...each((kind) => manager.idOf(kind))}),
      ),
      absent: same(
        this.state.absent,
        Object.freeze({...this.state.absent, ...each((kind) => manager.absent(kind))}),
      ),
      ringVolume: manager.ringVolume,
      callVolume: manager.callVolume,
      hidden: manager.isHidden('microphone') || manager.isHidden('camera'),
    });
    for (const kind of settled) this.#tell(manager, kind, kind === selected);
  }

  #tell(manager: DeviceManager, kind: DeviceKind, selected: boolean): void {
    const before = this.#told.get(kind);
    const now = manager.wanted(kind);
    this.#told.set(kind, now);
    if (before?.key === now.key && before.absent === now.absent) return;
    // Without a previous device there is no change to report.
    if (!before && !selected) return;
    // Followers of a choice have already been notified by `#select`.
    if (!selected) this.apply(kind).catch(() => {});
    const back = before?.absent ? 'returned' : 'system';
    const reason = selected ? 'selected' : now.absent ? 'unplugged' : back;
    const device = this.state.devices.find((device) => device.kind === kind && device.id === now.key);
    this.dispatchEvent(new CustomEvent('devicechange', {detail: {kind, device, reason}}));
  }
}

let shared: SipDevices | undefined;

/** Returns the devices that the whole page shares. */
export function pageDevices(): SipDevices {
  return (shared ??= new SipDevices());
}

function browserDevices(): MediaDevices | undefined {
  return (navigator as {mediaDevices?: MediaDevices}).mediaDevices;
}

/** Returns the previous value if the new one is equal. */
function same<T>(before: T, now: T): T {
  return JSON.stringify(before) === JSON.stringify(now) ? before : now;
}
