import {plainName} from '../../util/plain-name.js';
import type {ButtonDevice, ButtonListener, ButtonSource} from './button-device.js';

/** Whether the browser has gamepads. */
export const hasGamepads = (): boolean => 'getGamepads' in navigator;

/**
 * The gamepads that the browser shows to the page: those on which a button was pressed since. A button is its index. The
 * browser reports no presses: gamepads are read with every frame while one is wanted, and only then.
 */
export class GamepadButtons implements ButtonSource {
  readonly #listener: ButtonListener;
  readonly #devices = new Map<number, ButtonDevice>();
  readonly #listening = new AbortController();
  #frame = 0;

  constructor(listener: ButtonListener) {
    this.#listener = listener;
    const {signal} = this.#listening;
    window.addEventListener('gamepadconnected', ({gamepad}) => this.#add(gamepad), {signal});
    window.addEventListener('gamepaddisconnected', ({gamepad}) => this.#remove(gamepad), {signal});
    for (const gamepad of gamepads()) this.#add(gamepad);
  }

  refresh(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if ([...this.#devices.values()].some(({model}) => this.#listener.isWanted(model))) this.#read();
  }

  close(): void {
    this.#listening.abort();
    this.#devices.clear();
    this.refresh();
  }

  #add({index, id}: Gamepad): void {
    if (this.#devices.has(index)) return;
    const device = {model: `gamepad ${id}`, name: plainName(id) || 'gamepad'};
    this.#devices.set(index, device);
    this.#listener.onConnected(device);
    this.refresh();
  }

  #remove({index}: Gamepad): void {
    const device = this.#devices.get(index);
    this.#devices.delete(index);
    if (device) this.#listener.onDisconnected(device);
    this.refresh();
  }

  readonly #read = (): void => {
    this.#frame = requestAnimationFrame(this.#read);
    for (const {index, buttons} of gamepads()) {
      const device = this.#devices.get(index);
      if (!device || !this.#listener.isWanted(device.model)) continue;
      const pressed = buttons.flatMap((button, number) => (button.pressed ? String(number) : []));
      this.#listener.onButtons(device, new Set(pressed));
    }
  };
}

/** Returns the gamepads of the browser; none if the page may not use them. */
function gamepads(): readonly Gamepad[] {
  try {
    return navigator.getGamepads().filter((gamepad) => gamepad !== null);
  } catch {
    return [];
  }
}
