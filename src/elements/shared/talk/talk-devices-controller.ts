import {html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult} from 'lit';
import type {CommandController} from '../../../controllers/command-controller.js';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {BaseClient} from '../../../core/client/client.js';
import type {TalkDevices} from '../../../core/devices/push-to-talk/talk-devices.js';
import type {Party} from '../../../core/types.js';
import {isStored, storageKey} from '../../../core/util/stored.js';
import {defineInner} from '../define-inner.js';
import {TALK_DEVICES_VIEW_PARTS} from './talk-devices-parts.js';

/** The `part`s of the devices. */
export const TALK_DEVICES_PARTS = `devices, ${TALK_DEVICES_VIEW_PARTS}`;

/** What a device holds: a push-to-talk button, or a tile. */
interface Held {
  pressDevice(): void;
  releaseDevice(): void;
}

/** What the devices belong to. */
export interface TalkDevicesHost {
  readonly client: () => BaseClient | undefined;
  /** Returns what a group's device holds; for an empty number, that of a device for no certain group. */
  readonly held: (target: string) => Held | undefined;
  /** Called for each press, whether it can speak to its target or not. */
  readonly onPress: (target: string) => void;
}

/** What the view of the devices needs. */
interface TalkDevicesViewOptions {
  readonly localize: LocalizeController;
  readonly commands: CommandController;
  /** The groups that a button can speak to. */
  readonly groups: readonly Party[];
  /** What a button for no certain group speaks to. */
  readonly anyGroup: string;
}

/** Whether the browser may have pedals or gamepads. */
const hasTalkDevices = (): boolean => 'hid' in navigator || 'getGamepads' in navigator;

/** The controllers on the page, in the order in which they came. */
const controllers = new Set<TalkDevicesController>();

/**
 * The pedals and gamepads of the client's account. A page that has none loads nothing for them: they are loaded if the
 * account has a remembered button, or when the user opens them.
 *
 * If several elements of the page have the devices of an account, those for no certain group hold what the first one has.
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

  /** Learns no button any more. */
  stopLearning(): void {
    this.#devices?.stopLearning();
  }

  /** Renders the devices, which are loaded when the user opens them; nothing if the browser has none. */
  render({localize, commands, groups, anyGroup}: TalkDevicesViewOptions): TemplateResult | typeof nothing {
    if (!hasTalkDevices()) return nothing;
    const onToggle = ({target}: Event): void => {
      if ((target as HTMLDetailsElement).open) void commands.run(() => this.#open());
      else this.stopLearning();
    };
    return html`<details part="devices" class="devices" @toggle=${onToggle}>
      <summary>${localize.term('talkDevices')}</summary>
      <sip-talk-devices
        exportparts=${TALK_DEVICES_VIEW_PARTS}
        .devices=${this.#devices}
        .groups=${groups}
        .anyGroup=${anyGroup}
      ></sip-talk-devices>
    </details>`;
  }

  hostConnected(): void {
    controllers.add(this);
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
    if (key && isStored(key)) this.#load().catch(() => {});
  }

  hostDisconnected(): void {
    controllers.delete(this);
    this.#close();
    this.#key = undefined;
  }

  async #open(): Promise<void> {
    const {inner} = await import('./talk-devices-tools.js');
    defineInner(inner);
    await this.#load();
  }

  /** Loads the devices of the account. */
  async #load(): Promise<void> {
    const {TalkDevices} = await import('./talk-devices-tools.js');
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

  /** Whether no element that came before has devices for no certain group. */
  get #isFirst(): boolean {
    const holders = [...controllers].filter(
      (other) => other.#key === this.#key && other.#devices?.state.buttons.some(({target}) => target === ''),
    );
    return holders[0] === this;
  }

  readonly #onChange = (): void => {
    const before = this.#pressed;
    const {pressed} = this.#devices!.state;
    this.#pressed = pressed;
    for (const target of before) if (!pressed.includes(target)) this.#host.held(target)?.releaseDevice();
    for (const target of pressed) {
      if (before.includes(target) || (!target && !this.#isFirst)) continue;
      this.#host.held(target)?.pressDevice();
      this.#host.onPress(target);
    }
  };
}
