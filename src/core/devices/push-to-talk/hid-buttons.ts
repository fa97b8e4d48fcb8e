import {
  followHid,
  modelOf,
  nameOf,
  openHid,
  type Hid,
  type HidCollection,
  type HidDevice,
  type HidItem,
  type HidReport,
} from '../hid.js';
import type {ButtonDevice, ButtonListener, ButtonSource} from './button-device.js';

/** The usage page of axes, wheels and hats. */
const GENERIC_DESKTOP = 1;

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
    followHid(
      hid,
      {connect: (device) => this.#add(device), disconnect: (device) => this.#remove(device)},
      this.#listening.signal,
    );
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
    const id = modelOf(device);
    const known = {model: `hid ${id}`, name: nameOf(device), reports: new Map()};
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
    if (!(await openHid(device)) && this.#devices.has(device)) this.#listener.onBlocked(known);
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
    for (let count = 0; item.reportSize && count < item.reportCount && end < length; count += 1) {
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
