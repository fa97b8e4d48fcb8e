import {textOf} from '../../errors.js';
import {readStored, writeStored} from '../util/stored.js';
import {plainName} from '../util/plain-name.js';
import {StateTarget} from '../util/state-target.js';
import {withLock} from '../../locks.js';
import {TaskQueue} from '../../task-queue.js';
import {browserHid, followHid, modelOf, nameOf, type Hid, type HidDevice} from '../devices/hid.js';
import {isNewPress} from '../devices/press-once.js';
import {controlledCalls, lightsOf, press, type HeadsetClient} from './call-buttons.js';
import {Headset, type HeadsetPress, type HeadsetStatus} from './headset.js';
import {HEADSET_LOCK, HeadsetLock} from './headset-lock.js';
import {HEADSETS_KEY} from './key.js';
import {DARK, readReports, TELEPHONY} from './reports.js';

/** A headset whose buttons the user has connected. */
export interface SipHeadset {
  /** The name that the headset gives itself. */
  readonly name: string;
  /** What its model is remembered by: vendor and product, such as `0b0e:0412`. */
  readonly model: string;
  readonly status: HeadsetStatus;
}

/**
 * What became of choosing a headset: the user chose one, or none; it has no buttons that a browser can read; the page may not
 * use WebHID, or the browser has none.
 */
export type HeadsetChoice = 'connected' | 'cancelled' | 'no-buttons' | 'forbidden' | 'unsupported';

/** A snapshot of the headsets. */
export interface HeadsetsState {
  /** Those that the user has connected, also if they are not plugged in. */
  readonly headsets: readonly SipHeadset[];
  /** Whether the headsets belong to a call in another tab of the site. */
  readonly elsewhere: boolean;
}

/** What is remembered of a headset. */
type KnownModel = Pick<SipHeadset, 'name' | 'model'>;

/** The version of the stored data; any other is dropped. */
const VERSION = 1;
/** More headsets than anybody has; the oldest is forgotten first. */
const MOST_MODELS = 20;

/** What `isNewPress` knows a press by: the names of the Media Session's actions, if it has the same. */
const ACTIONS: Readonly<Partial<Record<HeadsetPress['button'], string>>> = {
  'on-hook': 'hangup',
  drop: 'hangup',
  mute: 'togglemicrophone',
};

/**
 * The buttons and lights of headsets, by WebHID: they answer, hang up, mute and hold the calls of the page's clients.
 *
 * All clients of a page share one instance, which `client.openHeadsets()` resolves with.
 */
export class SipHeadsets extends StateTarget<HeadsetsState> {
  readonly #hid: Hid | undefined;
  readonly #clients = new Map<HeadsetClient, AbortController>();
  readonly #headsets = new Map<HidDevice, Headset>();
  readonly #lock = new HeadsetLock(() => this.#onLock());
  #models: readonly KnownModel[];
  readonly #darkening = new TaskQueue();
  #due = false;

  /** @internal Pages get it by `client.openHeadsets()`. */
  constructor() {
    super({headsets: [], elsewhere: false});
    this.#hid = browserHid();
    this.#models = readModels();
    this.#publish();
    if (!this.#hid) return;
    // Never removed: this object lives as long as the page.
    followHid(this.#hid, {
      connect: (device) => this.#add(device),
      disconnect: (device) => this.#remove(device),
    });
    // The user may have withdrawn the permission, or closed the program that has kept a headset from opening.
    document.addEventListener('visibilitychange', () => !document.hidden && void this.refresh());
    window.addEventListener('pagehide', () => this.#showAll(true, false));
    window.addEventListener('pageshow', ({persisted}) => persisted && this.#follow(true));
    void this.refresh();
  }

  /** Whether the browser has WebHID; without it, the system's media keys still mute and hang up. */
  get supported(): boolean {
    return this.#hid !== undefined;
  }

  /**
   * Lets the user choose a headset, and remembers it; must be called within a user gesture. Resolves with what became of it,
   * and never rejects.
   */
  async connect(): Promise<HeadsetChoice> {
    if (!this.#hid) return 'unsupported';
    let devices: readonly HidDevice[];
    try {
      devices = await this.#hid.requestDevice({filters: [{usagePage: TELEPHONY}]});
    } catch {
      return navigator.userActivation.isActive ? 'forbidden' : 'cancelled';
    }
    const headsets = devices.filter(readReports);
    if (!headsets.length) return devices.length ? 'no-buttons' : 'cancelled';
    for (const device of headsets) {
      this.#remember(device);
      // The browser may have another object for a headset that it allows again.
      for (const [other, {state}] of this.#headsets)
        if (state.status === 'forbidden' && modelOf(other) === modelOf(device)) this.#remove(other);
      this.#add(device);
    }
    await this.refresh();
    return 'connected';
  }

  /** Forgets a headset: it controls no call any more, and the browser's permission ends. */
  async forget({model}: Pick<SipHeadset, 'model'>): Promise<void> {
    this.#store(this.#models.filter((known) => known.model !== model));
    const forgotten = [...this.#headsets].filter(([device]) => modelOf(device) === model);
    for (const [device, headset] of forgotten) {
      if (this.#lock.isHeld) headset.show(DARK);
      await headset.shown();
      headset.close();
      this.#headsets.delete(device);
      await device.forget?.().catch(() => {});
    }
    this.#publish();
    this.#follow();
  }

  /** Looks for headsets that were plugged in, and tries to open those that another program has kept from opening. */
  async refresh(): Promise<void> {
    // A page that may not use WebHID has no devices.
    const devices = (await this.#hid?.getDevices().catch(() => [])) ?? [];
    for (const device of devices) this.#add(device);
    this.#forbidAllBut(devices);
    await Promise.all(
      [...this.#headsets.values()].map(async (headset) => {
        const {status} = headset.state;
        if (status !== 'ready' && status !== 'forbidden') await headset.open();
      }),
    );
  }

  /** @internal Controls the calls of a client until it disconnects. */
  add(client: HeadsetClient): void {
    if (this.#clients.has(client)) return;
    const listening = new AbortController();
    this.#clients.set(client, listening);
    const {signal} = listening;
    client.addEventListener('statechange', this.#onChange, {signal});
    client.ringer.addEventListener('statechange', this.#onChange, {signal});
    client.ending.addEventListener(
      'abort',
      () => {
        listening.abort();
        this.#clients.delete(client);
        this.#follow();
      },
      {signal},
    );
    this.#follow();
  }

  #add(device: HidDevice): void {
    const model = modelOf(device);
    if (this.#headsets.has(device) || !this.#models.some((known) => known.model === model)) return;
    const headset = Headset.of(device, (press) => void this.#onPress(headset!, press));
    if (!headset) return;
    this.#headsets.set(device, headset);
    let {status} = headset.state;
    headset.addEventListener('statechange', () => {
      const before = status;
      ({status} = headset.state);
      if (status === 'ready' && before !== status) this.#onReady(headset);
      // It is another program, or the permission.
      else if (status === 'blocked' && before === 'ready')
        this.#hid?.getDevices().then(
          (devices) => this.#forbidAllBut(devices),
          () => {},
        );
      this.#publish();
    });
    this.#publish();
    void headset.open();
  }

  /** The user has withdrawn the permission for a headset that is neither allowed nor reported as unplugged. */
  #forbidAllBut(allowed: readonly HidDevice[]): void {
    for (const [device, headset] of this.#headsets)
      if (!allowed.includes(device)) headset.setStatus('forbidden');
    this.#follow();
  }

  #remove(device: HidDevice): void {
    this.#headsets.get(device)?.close();
    this.#headsets.delete(device);
    this.#publish();
    this.#follow();
  }

  /** A headset that was plugged in again has lost its lights, or has those of a page that is gone. */
  #onReady(headset: Headset): void {
    if (this.#lock.isHeld) this.#showOn(headset, true);
    else if (this.#need() === 'none') this.#darken(headset);
    this.#follow();
  }

  /** Turns the lights of a headset off, unless they are those of a call in another tab. */
  #darken(headset: Headset): void {
    const turnOff = async (): Promise<void> => {
      headset.show(DARK, true);
      await headset.shown();
    };
    this.#darkening
      .run(() => withLock(HEADSET_LOCK, turnOff, {ifAvailable: true}))
      // Without locks, as in a frame with `sandbox`, the lights stay as they are.
      .catch(() => {});
  }

  async #onPress(headset: Headset, pressed: HeadsetPress): Promise<void> {
    if (!this.#lock.isHeld) {
      // Nothing waits for a press: its lights go off.
      if (this.#need() === 'none') this.#darken(headset);
      return;
    }
    const calls = controlledCalls(this.#clients.keys());
    try {
      if (isNewPress(ACTIONS[pressed.button] ?? pressed.button, headset)) await press(pressed, calls);
    } catch (error) {
      const {options} = (calls.talking ?? calls.held ?? calls.ringing)!.client;
      const text = `A headset’s ${pressed.button} failed: ${textOf(error)}`;
      options.log({level: 'warning', area: 'call', text});
    }
    // The headset waits for an answer, or has changed its lights itself.
    if (this.#lock.isHeld) this.#showOn(headset, true);
  }

  readonly #onChange = (): void => this.#follow();

  /** Follows the calls after the current task. */
  #follow(anew = false): void {
    if (anew) this.#showAll(false, true);
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      void this.#update();
    });
  }

  async #update(): Promise<void> {
    // Adding the same listener again has no effect.
    for (const client of this.#clients.keys())
      for (const call of client.state.calls) call.addEventListener('statechange', this.#onChange);
    this.#showAll();
    // The next tab's lights come after this one's.
    if (this.#need() === 'none') await Promise.all([...this.#headsets.values()].map((each) => each.shown()));
    this.#lock.need = this.#need();
    this.#publish();
  }

  #need(): 'none' | 'ringing' | 'talking' {
    const isUsed = ({device, state: {status}}: Headset): boolean => device.opened && status !== 'forbidden';
    if (![...this.#headsets.values()].some(isUsed)) return 'none';
    const {talking, held, ringing} = controlledCalls(this.#clients.keys());
    return (talking ?? held) ? 'talking' : ringing ? 'ringing' : 'none';
  }

  #onLock(): void {
    this.#showAll(false, true);
    this.#publish();
  }

  #showAll(dark = false, anew = false): void {
    if (this.#lock.isHeld) for (const headset of this.#headsets.values()) this.#showOn(headset, anew, dark);
  }

  #showOn(headset: Headset, anew: boolean, dark = false): void {
    if (!headset.device.opened) return;
    headset.show(dark ? DARK : lightsOf(controlledCalls(this.#clients.keys()), headset.rules), anew);
  }

  #remember(device: HidDevice): void {
    const model = modelOf(device);
    const others = this.#models.filter((known) => known.model !== model);
    this.#store([...others, {model, name: nameOf(device)}].slice(-MOST_MODELS));
  }

  #store(models: readonly KnownModel[]): void {
    this.#models = models;
    writeStored(HEADSETS_KEY, VERSION, models.length ? {models} : undefined);
  }

  #publish(): void {
    const connected = [...this.#headsets.values()].map(({device, state: {status}}) => ({
      name: nameOf(device),
      model: modelOf(device),
      status,
    }));
    const absent = this.#models
      .filter(({model}) => !connected.some((headset) => headset.model === model))
      .map(({name, model}) => ({name, model, status: 'absent'}) as const);
    const headsets = [...connected, ...absent];
    const same = JSON.stringify(headsets) === JSON.stringify(this.state.headsets);
    this.update({
      headsets: same ? this.state.headsets : Object.freeze(headsets.map((each) => Object.freeze(each))),
      elsewhere: this.#lock.isElsewhere,
    });
  }
}

/** Reads the headsets of `localStorage`, which any script of the page may have written. */
function readModels(): readonly KnownModel[] {
  const {models} = readStored(HEADSETS_KEY, VERSION) ?? {};
  return Array.isArray(models)
    ? models
        .filter(isModel)
        .slice(-MOST_MODELS)
        .map(({model, name}) => ({model, name: plainName(name)}))
    : [];
}

function isModel(value: unknown): value is KnownModel {
  const {model, name} = (value ?? {}) as Readonly<Record<string, unknown>>;
  return typeof model === 'string' && typeof name === 'string';
}

let shared: SipHeadsets | undefined;

/** Returns the headsets of the page, which control the client's calls as well from now on. */
export function headsetsOf(client: HeadsetClient): SipHeadsets {
  shared ??= new SipHeadsets();
  shared.add(client);
  return shared;
}
