import type {ButtonDevice, ButtonListener, ButtonSource} from './button-device.js';

/** The parts of WebHID that are used (https://wicg.github.io/webhid): TypeScript does not know it. */
export interface Hid extends EventTarget {
  getDevices(): Promise<readonly HidDevice[]>;
  requestDevice(options: {readonly filters: readonly object[]}): Promise<readonly HidDevice[]>;
}

interface HidDevice extends EventTarget {
  readonly opened: boolean;
  readonly vendorId: number;
  readonly productId: number;
  readonly productName: string;
  readonly collections: readonly HidCollection[];
  open(): Promise<void>;
}

interface HidCollection {
  readonly inputReports?: readonly {readonly reportId: number; readonly items: readonly HidItem[]}[];
}

interface HidItem {
  readonly isArray: boolean;
  readonly isRange: boolean;
  readonly reportCount: number;
  readonly reportSize: number;
  readonly usageMinimum: number;
  readonly usages: readonly number[];
}

interface HidReport {
  readonly device: HidDevice;
  readonly reportId: number;
  readonly data: DataView;
}

/** The usage page of axes, wheels and hats. */
const GENERIC_DESKTOP = 1;

/** Returns the browser's WebHID; undefined if it has none, as in Firefox and Safari. */
export const browserHid = (): Hid | undefined => (navigator as {readonly hid?: Hid}).hid;

/** A device, with the buttons that are pressed in the last report of each id. */
interface KnownDevice extends ButtonDevice {
  readonly reports: Map<number, readonly string[]>;
}

/**
 * The devices that the user has connected to the page by WebHID. A button is a bit of a report, by the report's id and the
 * bit's position: `0:2`. If it is part of a wider field, that comes before: `0:8/10` is a bit of the field at 8, or the
 * value 10 of an array.
 */
export class HidButtons implements ButtonSource {
  readonly #hid: Hid;
  readonly #listener: ButtonListener;
  readonly #devices = new Map<HidDevice, KnownDevice>();
  readonly #listening = new AbortController();

  constructor(hid: Hid, listener: ButtonListener) {
    this.#hid = hid;
    this.#listener = listener;
    const {signal} = this.#listening;
    const on = (type: string, change: (device: HidDevice) => void): void =>
      hid.addEventListener(type, (event) => change((event as Event & {device: HidDevice}).device), {signal});
    on('connect', (device) => this.#add(device));
    on('disconnect', (device) => this.#remove(device));
    // A page that may not use WebHID has no devices.
    hid.getDevices().then(
      (devices) => devices.forEach((device) => this.#add(device)),
      () => {},
    );
  }

  /**
   * Lets the user choose a device; needs a user gesture. Returns whether they chose one.
   *
   * @throws {DOMException} The page may not use WebHID.
   */
  async request(): Promise<boolean> {
    const devices = await this.#hid.requestDevice({filters: []});
    for (const device of devices) this.#add(device);
    return devices.length > 0;
  }

  refresh(): void {
    for (const [device, known] of this.#devices) void this.#open(device, known);
  }

  close(): void {
    // Another element of the page may use the same devices: they stay open.
    this.#listening.abort();
    this.#devices.clear();
  }

  #add(device: HidDevice): void {
    const {signal} = this.#listening;
    if (signal.aborted || this.#devices.has(device)) return;
    const id = [device.vendorId, device.productId]
      .map((part) => part.toString(16).padStart(4, '0'))
      .join(':');
    const known = {model: `hid ${id}`, name: device.productName || id, reports: new Map()};
    this.#devices.set(device, known);
    device.addEventListener('inputreport', this.#onReport, {signal});
    this.#listener.onConnected(known);
    void this.#open(device, known);
  }

  #remove(device: HidDevice): void {
    const known = this.#devices.get(device);
    this.#devices.delete(device);
    if (known) this.#listener.onDisconnected(known);
  }

  async #open(device: HidDevice, known: KnownDevice): Promise<void> {
    if (device.opened || !this.#listener.isWanted(known.model)) return;
    try {
      await device.open();
    } catch (error) {
      // Another element may be opening it.
      const opening = error instanceof DOMException && error.name === 'InvalidStateError';
      if (!opening && this.#devices.has(device)) this.#listener.onBlocked(known);
    }
  }

  readonly #onReport = (event: Event): void => {
    const {device, reportId, data} = event as Event & HidReport;
    const known = this.#devices.get(device);
    if (!known || !this.#listener.isWanted(known.model)) return;
    known.reports.set(reportId, buttonsIn(data, reportId, device));
    this.#listener.onButtons(known, new Set([...known.reports.values()].flat()));
  };
}

/** Returns the buttons that are pressed in a report: the bits that are set, except those of axes, and the values of arrays. */
function buttonsIn(data: DataView, reportId: number, {collections}: HidDevice): readonly string[] {
  const length = data.byteLength * 8;
  const setBits = (from: number, to: number): readonly number[] =>
    Array.from({length: to - from}, (_, index) => from + index).filter(
      (bit) => data.getUint8(bit >> 3) & (1 << (bit & 7)),
    );
  const buttons: string[] = [];
  let end = 0;
  for (const item of itemsOf(collections, reportId)) {
    const first = end;
    for (let count = 0; count < item.reportCount && end < length; count += 1) {
      const begin = end;
      end = Math.min(begin + item.reportSize, length);
      const bits = setBits(begin, end);
      const value = bits.reduce((sum, bit) => sum + 2 ** (bit - begin), 0);
      if (item.isArray) buttons.push(...(value ? [`${reportId}:${first}/${value}`] : []));
      else if (item.reportSize === 1) buttons.push(...bits.map((bit) => `${reportId}:${bit}`));
      else if (!isAxis(item)) buttons.push(...bits.map((bit) => `${reportId}:${begin}/${bit}`));
    }
  }
  return [...buttons, ...setBits(end, length).map((bit) => `${reportId}:${bit}`)];
}

function itemsOf(collections: readonly HidCollection[], reportId: number): readonly HidItem[] {
  const reports = collections.flatMap(({inputReports = []}) => inputReports);
  return reports.find((report) => report.reportId === reportId)?.items ?? [];
}

/** Whether a field wider than a bit is an axis, which changes without a press. */
function isAxis({isRange, usageMinimum, usages}: HidItem): boolean {
  const usage = isRange ? usageMinimum : (usages[0] ?? 0);
  return usage >>> 16 === GENERIC_DESKTOP;
}
