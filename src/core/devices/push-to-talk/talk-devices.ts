import {keptList, StateTarget} from '../../util/state-target.js';
import {browserHid} from '../hid.js';
import type {ButtonDevice, ButtonListener, ButtonSource} from './button-device.js';
import {GamepadButtons, hasGamepads} from './gamepad-buttons.js';
import {HidButtons} from './hid-buttons.js';
import {readButtons, writeButtons, type TalkButton} from './talk-buttons.js';

/** A snapshot of the push-to-talk devices. */
export interface TalkDevicesState {
  readonly buttons: readonly TalkButton[];
  /** The models that are connected, and those of them that cannot be opened. */
  readonly connected: readonly string[];
  readonly blocked: readonly string[];
  /** The groups whose buttons are pressed; an empty number for the selection. */
  readonly pressed: readonly string[];
  /** What the next button that the user presses will speak to; undefined if none is learnt. */
  readonly learning: string | undefined;
}

/** The buttons of a device. */
interface DeviceButtons {
  /** Those that are pressed. */
  pressed: ReadonlySet<string>;
  /** Those of them that speak: one that was pressed to be learnt does not. */
  speaking: ReadonlySet<string>;
  /** Those that were pressed since a button is learnt, each with all that were pressed before it. */
  readonly learnt: Map<string, ReadonlySet<string>>;
}

const NO_BUTTONS: ReadonlySet<string> = new Set();

/**
 * Pedals, hand microphones and gamepads that speak while they are pressed. A button is learnt by pressing it once, and
 * remembered; it speaks to one group, or to the selection: learnt again for another one, it speaks to that.
 *
 * A device that is disconnected counts as released.
 */
export class TalkDevices extends StateTarget<TalkDevicesState> {
  readonly #key: string;
  /** Whether the buttons are stored, where other tabs change them too. */
  #stored: boolean;
  readonly #devices = new Map<ButtonDevice, DeviceButtons>();
  readonly #blocked = new Set<ButtonDevice>();
  readonly #hid: HidButtons | undefined;
  readonly #sources: readonly ButtonSource[];

  /** @param key - The `localStorage` key of the buttons; empty if they last as long as the page. */
  constructor(key: string) {
    super({buttons: readButtons(key), connected: [], blocked: [], pressed: [], learning: undefined});
    this.#key = key;
    this.#stored = key !== '';
    const hid = browserHid();
    const listener: ButtonListener = {
      isWanted: (model) => this.#isWanted(model),
      onConnected: (device) => this.#onConnected(device),
      onBlocked: (device) => this.#onBlocked(device),
      onButtons: (device, pressed) => this.#onButtons(device, pressed),
      onDisconnected: (device) => this.#onDisconnected(device),
    };
    this.#hid = hid && new HidButtons(hid, listener);
    this.#sources = [this.#hid ?? [], hasGamepads() ? new GamepadButtons(listener) : []].flat();
  }

  /** Whether the browser lets the user connect devices; others appear by themselves. */
  get connectable(): boolean {
    return this.#hid !== undefined;
  }

  /**
   * Lets the user connect a device, then learns its button; needs a user gesture.
   *
   * @throws {DOMException} The page may not use such devices.
   */
  async connect(target: string): Promise<void> {
    if (await this.#hid?.request()) this.learn(target);
  }

  /** Learns the next button that the user presses and releases; it speaks to the target from then on. */
  learn(target: string): void {
    this.update({learning: target});
    for (const buttons of this.#devices.values()) {
      buttons.learnt.clear();
      buttons.speaking = NO_BUTTONS;
    }
    this.#refresh();
  }

  /** Learns no button any more. */
  stopLearning(): void {
    this.update({learning: undefined});
    this.#refresh();
  }

  /** Forgets a button. */
  remove(button: TalkButton): void {
    this.#replace(button);
    this.#refresh();
  }

  /** Releases all buttons, and reads no device any more. */
  close(): void {
    for (const source of this.#sources) source.close();
    this.#devices.clear();
    this.#refresh();
  }

  #isWanted(model: string): boolean {
    const {learning, buttons} = this.state;
    return learning !== undefined || buttons.some((button) => button.model === model);
  }

  /** Puts buttons in the place of one. */
  #replace({model, button}: Pick<TalkButton, 'model' | 'button'>, ...by: readonly TalkButton[]): void {
    const before = this.#stored ? readButtons(this.#key) : this.state.buttons;
    const others = before.filter((each) => each.model !== model || each.button !== button);
    const buttons = [...others, ...by];
    this.update({buttons});
    this.#stored = writeButtons(this.#key, buttons);
  }

  #onConnected(device: ButtonDevice): void {
    this.#devices.set(device, {pressed: NO_BUTTONS, speaking: NO_BUTTONS, learnt: new Map()});
    this.#follow();
  }

  #onBlocked(device: ButtonDevice): void {
    this.#blocked.add(device);
    this.#follow();
  }

  #onDisconnected(device: ButtonDevice): void {
    this.#devices.delete(device);
    this.#blocked.delete(device);
    this.#follow();
  }

  #onButtons(device: ButtonDevice, pressed: ReadonlySet<string>): void {
    const buttons = this.#devices.get(device);
    if (!buttons) return;
    this.#blocked.delete(device);
    const before = buttons.pressed;
    buttons.pressed = pressed;
    const begun = [...pressed].filter((button) => !before.has(button));
    if (this.state.learning === undefined) {
      buttons.speaking = new Set([...begun, ...buttons.speaking].filter((button) => pressed.has(button)));
      this.#follow();
      return;
    }
    for (const button of begun) buttons.learnt.set(button, before);
    // Some devices set further bits with a button's; those stay when it is released.
    const released = [...before].find((button) => {
      const rest = buttons.learnt.get(button);
      return rest && !pressed.has(button) && isAtRest(button, rest, pressed);
    });
    if (released !== undefined) this.#learnt(device, released);
  }

  #learnt({model, name}: ButtonDevice, button: string): void {
    const {learning: target = ''} = this.state;
    this.#replace({model, button}, {target, model, button, name});
    this.stopLearning();
  }

  /** Reads the devices that are wanted now. */
  #refresh(): void {
    for (const source of this.#sources) source.refresh();
    this.#follow();
  }

  /** Tells what is connected and pressed. */
  #follow(): void {
    const {state} = this;
    const modelsOf = (devices: Iterable<ButtonDevice>): string[] => [
      ...new Set([...devices].map(({model}) => model)),
    ];
    const speaks = ({model, button}: TalkButton): boolean =>
      [...this.#devices].some(([device, {speaking}]) => device.model === model && speaking.has(button));
    const pressed = state.buttons.filter(speaks).map(({target}) => target);
    this.update({
      connected: keptList(state.connected, modelsOf(this.#devices.keys())),
      blocked: keptList(state.blocked, modelsOf(this.#blocked)),
      pressed: keptList(state.pressed, [...new Set(pressed)]),
    });
  }
}

/** Whether the field of a button is as it was at rest; that of a counter, which changes without a press, is not. */
function isAtRest(button: string, rest: ReadonlySet<string>, now: ReadonlySet<string>): boolean {
  const [field = '', shared] = button.split('/');
  if (shared === undefined) return true;
  const inField = (buttons: ReadonlySet<string>): string =>
    [...buttons]
      .filter((other) => other.startsWith(`${field}/`))
      .sort()
      .join();
  return inField(rest) === inField(now);
}
