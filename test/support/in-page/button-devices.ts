/** A simulated USB device: it sends the recorded reports that a test gives it. */
export interface SimulatedDevice extends EventTarget {
  opened: boolean;
  /** Whether another program keeps the page from opening it. */
  blocked: boolean;
  /** The output reports that it has got since a test has read them: the id, and the bytes as hexadecimal digits. */
  got: string[];
  /** Whether it refuses output reports. */
  deaf: boolean;
  /** Whether it confirms off-hook and on-hook as headsets of Jabra do: the input report with the hook switch alone. */
  confirms:
    | {readonly output: RegExp; readonly on: string; readonly off: string; readonly reportId: number}
    | undefined;
  /** Sends an input report, as hexadecimal digits. */
  send(report: string, reportId?: number): void;
}

/** The browser's WebHID with simulated devices: no browser in a test has real ones. */
export interface SimulatedHid extends EventTarget {
  /** The devices that the user has connected to the page. */
  granted: SimulatedDevice[];
  /** The device that the user chooses next; `forbidden` if the page may ask for none. */
  choice: SimulatedDevice | 'forbidden' | undefined;
  plugIn(device: SimulatedDevice): void;
  unplug(device: SimulatedDevice): void;
  /** Withdraws the permission, as in the settings of the site. */
  withdraw(device: SimulatedDevice): void;
  device(vendorId: number, productId: number, productName: string, collections?: unknown): SimulatedDevice;
}

/** Puts simulated devices in the place of the browser's. It runs in any page by itself: it needs nothing around it. */
export function simulateHid(): SimulatedHid {
  class Device extends EventTarget {
    opened = false;
    blocked = false;
    got: string[] = [];
    deaf = false;
    confirms: SimulatedDevice['confirms'];
    constructor(
      readonly vendorId: number,
      readonly productId: number,
      readonly productName: string,
      readonly collections: unknown,
    ) {
      super();
    }
    async open(): Promise<void> {
      if (this.opened) throw new DOMException('It is open.', 'InvalidStateError');
      if (this.blocked) throw new DOMException('Failed to open the device.', 'NotAllowedError');
      this.opened = true;
    }
    async sendReport(reportId: number, data: Uint8Array): Promise<void> {
      if (!this.opened) throw new DOMException('The device must be opened first.', 'InvalidStateError');
      if (this.deaf) throw new DOMException('Failed to write the report.', 'NotAllowedError');
      const report = `${reportId}:${[...data].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
      this.got.push(report);
      const {confirms} = this;
      if (confirms) this.send(confirms.output.test(report) ? confirms.on : confirms.off, confirms.reportId);
    }
    async forget(): Promise<void> {
      hid.withdraw(this);
    }
    send(report: string, reportId = 0): void {
      if (!this.opened) return;
      const bytes = Uint8Array.from(report.match(/../g) ?? [], (byte) => parseInt(byte, 16));
      const facts = {device: this, reportId, data: new DataView(bytes.buffer)};
      this.dispatchEvent(Object.assign(new Event('inputreport'), facts));
    }
  }
  class Hid extends EventTarget {
    granted: Device[] = [];
    choice: Device | 'forbidden' | undefined;
    async getDevices(): Promise<Device[]> {
      return [...this.granted];
    }
    async requestDevice(): Promise<Device[]> {
      const {choice} = this;
      if (choice === 'forbidden') throw new DOMException('Disallowed by permissions policy', 'SecurityError');
      if (choice && !this.granted.includes(choice)) this.granted.push(choice);
      return choice ? [choice] : [];
    }
    plugIn(device: Device): void {
      this.granted.push(device);
      this.dispatchEvent(Object.assign(new Event('connect'), {device}));
    }
    unplug(device: Device): void {
      this.granted = this.granted.filter((each) => each !== device);
      device.opened = false;
      this.dispatchEvent(Object.assign(new Event('disconnect'), {device}));
    }
    withdraw(device: Device): void {
      this.granted = this.granted.filter((each) => each !== device);
      device.opened = false;
    }
    device(vendorId: number, productId: number, productName: string, collections: unknown = []): Device {
      return new Device(vendorId, productId, productName, collections);
    }
  }
  const hid = new Hid();
  Object.defineProperty(navigator, 'hid', {value: hid, configurable: true});
  return hid;
}

/** Gives the browser its own WebHID again. */
export function restoreHid(): void {
  delete (navigator as {hid?: unknown}).hid;
}

/** The input reports of a VEC Infinity 2 (05f3:00ff), a pedal with three switches, as recorded by others. */
export const INFINITY = {
  released: '0000',
  left: '0100',
  middle: '0200',
  leftAndMiddle: '0300',
  right: '0400',
};

/** Gamepads in the place of the browser's. */
export class SimulatedGamepads {
  /** How often the page has read them. */
  reads = 0;
  readonly #pads: (Gamepad | null)[] = [null, null];

  constructor() {
    const read = (): (Gamepad | null)[] => {
      this.reads += 1;
      return this.#pads;
    };
    Object.defineProperty(navigator, 'getGamepads', {value: read, configurable: true});
  }

  /** Presses these buttons of a gamepad, and no others; connects it first. */
  press(id: string, ...pressed: number[]): void {
    const connected = this.#pads[1] !== null;
    const buttons = Array.from({length: 4}, (_, index) => ({pressed: pressed.includes(index)}));
    const gamepad = {index: 1, id, buttons} as unknown as Gamepad;
    this.#pads[1] = gamepad;
    if (!connected) this.#tell('gamepadconnected', gamepad);
  }

  disconnect(): void {
    const gamepad = this.#pads[1]!;
    this.#pads[1] = null;
    this.#tell('gamepaddisconnected', gamepad);
  }

  restore(): void {
    delete (navigator as {getGamepads?: unknown}).getGamepads;
  }

  #tell(type: string, gamepad: Gamepad): void {
    window.dispatchEvent(Object.assign(new Event(type), {gamepad}));
  }
}
