import type {ReactiveController, ReactiveElement} from 'lit';
import type {BaseClient} from '../../core/client/client.js';
import type {TalkDevices} from '../../core/devices/push-to-talk/talk-devices.js';
import {storageKey} from '../../core/util/stored.js';

/** The `part`s of the view of the devices. */
export const TALK_DEVICES_PARTS = 'device-list, target, connect, learn, remove';

/** What a device holds: the button of the selection, or a tile. */
interface Held {
  pressDevice(): void;
  releaseDevice(): void;
}

/** What the devices belong to. */
export interface TalkDevicesHost {
  readonly client: () => BaseClient | undefined;
  /** Returns what a group's device holds; that of the selection for an empty number. */
  readonly held: (target: string) => Held | undefined;
  /** Called for each press, whether it can speak to its target or not. */
  readonly onPress: (target: string) => void;
}

/** Whether the browser may have pedals or gamepads. */
export const hasTalkDevices = (): boolean => 'hid' in navigator || 'getGamepads' in navigator;

/**
 * The pedals and gamepads of the client's account. A page that has none loads nothing for them: they are loaded if the
 * account has a remembered button, or by `load`.
 */
export class TalkDevicesController implements ReactiveController {
  readonly #element: ReactiveElement;
  readonly #host: TalkDevicesHost;
  /** The key under which the buttons of the account are stored. */
  #key: string | undefined;
  #devices: TalkDevices | undefined;
  #pressed: readonly string[] = [];

  constructor(element: ReactiveElement, host: TalkDevicesHost) {
    this.#element = element;
    this.#host = host;
    element.addController(this);
  }

  /** The devices, once they are loaded. */
  get devices(): TalkDevices | undefined {
    return this.#devices;
  }

  hostConnected(): void {
    this.#element.requestUpdate();
  }

  hostUpdate(): void {
    // An element draws once more after it has left the page.
    const client = this.#element.isConnected ? this.#host.client() : undefined;
    const key = client && storageKey('push-to-talk', client.options);
    if (key === this.#key) return;
    this.#close();
    this.#key = key;
    // Without the code for them, the keys and buttons of the page work.
    if (key && isStored(key)) this.load().catch(() => {});
  }

  hostDisconnected(): void {
    this.#close();
    this.#key = undefined;
  }

  /** Loads the devices of the account. */
  async load(): Promise<void> {
    const {TalkDevices} = await import('../../core/devices/push-to-talk/talk-devices.js');
    if (this.#devices || this.#key === undefined) return;
    this.#devices = new TalkDevices(this.#key);
    this.#devices.addEventListener('statechange', this.#onChange);
    this.#element.requestUpdate();
  }

  #close(): void {
    this.#devices?.close();
    this.#devices?.removeEventListener('statechange', this.#onChange);
    this.#devices = undefined;
  }

  readonly #onChange = (): void => {
    const before = this.#pressed;
    const {pressed} = this.#devices!.state;
    this.#pressed = pressed;
    for (const target of before) if (!pressed.includes(target)) this.#host.held(target)?.releaseDevice();
    for (const target of pressed) {
      if (before.includes(target)) continue;
      this.#host.held(target)?.pressDevice();
      this.#host.onPress(target);
    }
  };
}

function isStored(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}
