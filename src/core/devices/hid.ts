import {plainName} from '../util/plain-name.js';

/** The parts of WebHID that are used (https://wicg.github.io/webhid): TypeScript does not know it. */
export interface Hid extends EventTarget {
  getDevices(): Promise<readonly HidDevice[]>;
  requestDevice(options: {readonly filters: readonly object[]}): Promise<readonly HidDevice[]>;
}

export interface HidDevice extends EventTarget {
  readonly opened: boolean;
  readonly vendorId: number;
  readonly productId: number;
  readonly productName: string;
  readonly collections: readonly HidCollection[];
  open(): Promise<void>;
  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Withdraws the permission; older browsers do not have it. */
  forget?(): Promise<void>;
}

export interface HidCollection {
  readonly usagePage?: number;
  readonly children?: readonly HidCollection[];
  readonly inputReports?: readonly HidReportInfo[];
  readonly outputReports?: readonly HidReportInfo[];
}

export interface HidReportInfo {
  readonly reportId: number;
  readonly items: readonly HidItem[];
}

export interface HidItem {
  readonly isArray: boolean;
  readonly isRange: boolean;
  readonly isAbsolute?: boolean;
  readonly isConstant?: boolean;
  readonly reportCount: number;
  readonly reportSize: number;
  readonly logicalMinimum?: number;
  readonly usageMinimum: number;
  readonly usages: readonly number[];
}

/** What the event `inputreport` has. */
export interface HidReport {
  readonly device: HidDevice;
  readonly reportId: number;
  readonly data: DataView;
}

/** Returns the browser's WebHID; undefined if it has none, as in Firefox and Safari. */
export const browserHid = (): Hid | undefined => (navigator as {readonly hid?: Hid}).hid;

/** Returns what a model of device is remembered by: its vendor and product, such as `05f3:00ff`. */
export const modelOf = ({vendorId, productId}: Pick<HidDevice, 'vendorId' | 'productId'>): string =>
  [vendorId, productId].map((part) => part.toString(16).padStart(4, '0')).join(':');

/** Returns the name that a device gives itself; its model if it has none. */
export const nameOf = (device: HidDevice): string => plainName(device.productName) || modelOf(device);

/** Opens a device; resolves with whether it is open, or is being opened by another element of the page. */
export async function openHid(device: HidDevice): Promise<boolean> {
  try {
    await device.open();
    return true;
  } catch (error) {
    return error instanceof DOMException && error.name === 'InvalidStateError';
  }
}

/** Calls the listeners when a device that the page may use is plugged in or unplugged, until the signal is aborted. */
export function followHid(
  hid: Hid,
  listeners: Readonly<Record<'connect' | 'disconnect', (device: HidDevice) => void>>,
  signal?: AbortSignal,
): void {
  for (const type of ['connect', 'disconnect'] as const)
    hid.addEventListener(type, (event) => listeners[type]((event as Event & {device: HidDevice}).device), {
      ...(signal && {signal}),
    });
}
