import {headsetDurations} from '../../durations/headsets.js';
import {within} from '../../within.js';
import {StateTarget} from '../util/state-target.js';
import {openHid, type HidDevice, type HidReport} from '../devices/hid.js';
import {rulesOf, type MakerRules} from './makers.js';
import {
  bytesOf,
  DARK,
  readReports,
  valueOf,
  type HeadsetReports,
  type InputField,
  type Lights,
} from './reports.js';

/** What the user has pressed on a headset. */
export interface HeadsetPress {
  readonly button: 'off-hook' | 'on-hook' | 'mute' | 'flash' | 'hold' | 'drop' | 'decline';
  /** How the switch is now; undefined if the button has no state, and changes that of the call. */
  readonly on?: boolean;
}

/**
 * Whether a headset can be used: it is open, it is still opening, another program keeps it from opening or from taking
 * reports, it is not plugged in, or the user has withdrawn the permission.
 */
export type HeadsetStatus = 'ready' | 'opening' | 'blocked' | 'absent' | 'forbidden';

/** The state of one headset. */
interface HeadsetState {
  readonly status: HeadsetStatus;
}

/**
 * The buttons and lights of one headset.
 *
 * A headset confirms what it gets: it reports off-hook as if the user had pressed. What only confirms is no press, and
 * lights are sent anew after each press, because a headset then waits for an answer, or has changed them itself.
 */
export class Headset extends StateTarget<HeadsetState> {
  readonly device: HidDevice;
  readonly rules: MakerRules;
  readonly #reports: HeadsetReports;
  readonly #onPress: (press: HeadsetPress) => void;
  readonly #listening = new AbortController();
  /** What each button reported last. */
  readonly #values = new Map<InputField, -1 | 0 | 1>();
  #lights = DARK;
  /** The reports of lights that the headset has got. */
  readonly #sent = new Map<number, string>();
  #sending: Promise<void> | undefined;
  /** Until when the next on-hook only confirms. */
  #confirmsOnHook = 0;
  /** When the light of mute changed last: a switch confirms that as well. */
  #muteShown = -Infinity;
  /** When a switch was last turned on, and what that did. */
  #hookOn = {at: -Infinity, answered: false};
  #muteOn = {at: -Infinity, muted: false};

  /** @param reports - How the device reports its buttons, as its descriptor says. */
  constructor(device: HidDevice, reports: HeadsetReports, onPress: (press: HeadsetPress) => void) {
    super({status: 'opening'});
    this.device = device;
    this.rules = rulesOf(device);
    this.#reports = reports;
    this.#onPress = onPress;
    device.addEventListener('inputreport', this.#onReport, {signal: this.#listening.signal});
  }

  /** Returns the headset that a device is; undefined if it has no such buttons. */
  static of(device: HidDevice, onPress: (press: HeadsetPress) => void): Headset | undefined {
    const reports = readReports(device);
    return reports && new Headset(device, reports, onPress);
  }

  /** Opens the device, if it is not open. */
  async open(): Promise<void> {
    if (this.device.opened) this.setStatus('ready');
    else this.setStatus((await openHid(this.device)) ? 'ready' : 'blocked');
  }

  setStatus(status: HeadsetStatus): void {
    if (!this.#listening.signal.aborted) this.update({status});
  }

  /** Shows lights. @param anew - Sends also what has not changed. */
  show(lights: Lights, anew = false): void {
    // The headset confirms that it is on-hook, perhaps when the next call has begun.
    if (this.#lights.offHook && !lights.offHook && this.#isOffHook) this.#awaitOnHook();
    if (this.#lights.mute !== lights.mute) this.#muteShown = performance.now();
    this.#lights = lights;
    if (anew) this.#sent.clear();
    this.#sending ??= this.#begin();
  }

  /** Resolves when all that was shown is sent, or the headset does not take it. */
  async shown(): Promise<void> {
    await this.#sending;
  }

  /** Reads it no more. */
  close(): void {
    this.#listening.abort();
  }

  /** Sends what is shown, and gives it up after a while: a headset that is out of reach may never take it. */
  #begin(): Promise<void> {
    const isSent = this.#send().then(() => true);
    const begun = within(isSent, headsetDurations.headsetReport).then((done) => {
      if (done || this.#sending !== begun) return;
      this.#sending = undefined;
      this.#refused();
    });
    return begun;
  }

  async #send(): Promise<void> {
    // What is shown in the same task is one report.
    await Promise.resolve();
    try {
      for (let report = this.#next(); report; report = this.#next()) {
        const [id, data] = report;
        this.#sent.set(id, data.join());
        await this.device.sendReport(id, data);
      }
      if (this.state.status === 'blocked') this.setStatus('ready');
    } catch {
      this.#refused();
    }
    this.#sending = undefined;
  }

  /** Notes that the headset takes no reports: unplugged, withdrawn, or taken by another program. */
  #refused(): void {
    this.#sent.clear();
    if (this.state.status === 'ready') this.setStatus('blocked');
  }

  /** Returns the next report that is not sent yet. */
  #next(): readonly [id: number, data: Uint8Array<ArrayBuffer>] | undefined {
    for (const output of this.#reports.outputs) {
      const data = bytesOf(output, this.#lights);
      if (this.#sent.get(output.reportId) !== data.join()) return [output.reportId, data];
    }
    return undefined;
  }

  readonly #onReport = (event: Event): void => {
    const {reportId, data} = event as Event & HidReport;
    const fields = this.#reports.inputs.filter((field) => field.reportId === reportId);
    const changed = fields.filter((field) => {
      const value = valueOf(field, data);
      const before = this.#values.get(field) ?? 0;
      this.#values.set(field, value);
      return value !== before;
    });
    for (const field of changed) this.#signal(field, this.#values.get(field)!);
    const hook = fields.find(({signal}) => signal === 'hook');
    if (!changed.length && hook && !this.#values.get(hook) && this.rules.declinesByHook && this.#lights.ring)
      this.#onPress({button: 'decline'});
  };

  #signal({signal, kind}: InputField, value: -1 | 0 | 1): void {
    // One of a pair is released.
    if (kind === 'pair' && !value) return;
    if (signal === 'hook') this.#hook(kind, value);
    else if (signal === 'mute' && kind !== 'button') this.#mute(value === 1);
    else if (signal === 'hold' && kind !== 'button') this.#onPress({button: 'hold', on: value === 1});
    else if (value) {
      if (signal === 'flash' && this.rules.onHookByFlash) this.#awaitOnHook();
      this.#onPress({button: signal});
    }
  }

  /** Whether the headset has reported that it is off-hook. */
  get #isOffHook(): boolean {
    return [...this.#values].some(
      ([{signal, kind}, value]) => signal === 'hook' && kind === 'switch' && value,
    );
  }

  #awaitOnHook(): void {
    this.#confirmsOnHook = performance.now() + headsetDurations.headsetReply;
  }

  #hook(kind: InputField['kind'], value: -1 | 0 | 1): void {
    const {offHook} = this.#lights;
    const now = performance.now();
    if (kind === 'button') {
      if (value) this.#onPress({button: offHook ? 'on-hook' : 'off-hook'});
    } else if (value > 0) {
      this.#hookOn = {at: now, answered: !offHook};
      if (!offHook) this.#onPress({button: 'off-hook'});
    } else {
      // The button that has answered is released, or the headset confirms that it is on-hook.
      const released = this.#hookOn.answered && now - this.#hookOn.at < headsetDurations.headsetPulse;
      const confirms = now < this.#confirmsOnHook;
      this.#confirmsOnHook = 0;
      if (offHook && !released && !confirms) this.#onPress({button: 'on-hook'});
    }
  }

  /** A switch that is turned off at once is a button: its press mutes, or has the call heard again. */
  #mute(on: boolean): void {
    const now = performance.now();
    const {at, muted} = this.#muteOn;
    if (now - this.#muteShown < headsetDurations.headsetPulse) return;
    if (on) this.#muteOn = {at: now, muted: this.#lights.mute};
    const pulse = !on && now - at < headsetDurations.headsetPulse;
    this.#onPress({button: 'mute', on: pulse ? !muted : on});
  }
}
