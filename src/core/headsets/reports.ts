import type {HidCollection, HidDevice, HidItem, HidReportInfo} from '../devices/hid.js';

/** The usage page of telephony devices (HID Usage Tables 1.5, §14). */
export const TELEPHONY = 0x0b;
/** The usage page of buttons, by which some headsets number a programmable button. */
const BUTTONS = 0x09;

/** What the buttons of a headset report. */
export type Signal = 'hook' | 'mute' | 'flash' | 'hold' | 'drop' | 'decline';

/** The usages of buttons: page and id. */
const SIGNALS: Readonly<Record<number, Signal>> = {
  0x0b0020: 'hook',
  0x0b0021: 'flash',
  0x0b0023: 'hold',
  0x0b0026: 'drop',
  0x0b002f: 'mute',
  // “Programmable Button”: on headsets it declines a call.
  0x0b0007: 'decline',
};

/** What a headset shows, and whether it rings. */
export interface Lights {
  /** Whether it is in a call: most headsets open their microphone for that, and count presses of mute only then. */
  readonly offHook: boolean;
  /** Whether the call is connected. */
  readonly online: boolean;
  readonly mute: boolean;
  readonly hold: boolean;
  /** Whether a call rings: a light, and on some headsets a tone. */
  readonly ring: boolean;
  /** Whether the headset's own ringer sounds. */
  readonly ringer: boolean;
}

export const DARK: Lights = {
  offHook: false,
  online: false,
  mute: false,
  hold: false,
  ring: false,
  ringer: false,
};

/** The usages of lights, page and id: those of the LED page (§11), and the ringer of the telephony page. */
const LIGHTS: Readonly<Record<number, keyof Lights>> = {
  0x080009: 'mute',
  // “Microphone”: lit while it is muted.
  0x080021: 'mute',
  0x080017: 'offHook',
  0x080018: 'ring',
  0x080020: 'hold',
  0x08002a: 'online',
  0x0b009e: 'ringer',
};

/** A button in the reports of a headset. */
export interface InputField {
  readonly signal: Signal;
  readonly reportId: number;
  /** Where it begins, and its length, in bits. */
  readonly begin: number;
  readonly size: number;
  /**
   * A `switch` reports how it is (absolute), a `button` that it was pressed (relative), a `pair` of buttons 1 for on and −1
   * for off: the three kinds of on/off controls (HID Usage Tables 1.5, §3.4.1.2).
   */
  readonly kind: 'switch' | 'button' | 'pair';
  /** The value that means the button, in an array; any but 0 elsewhere. */
  readonly value?: number;
}

/** A report of lights. */
export interface OutputReport {
  readonly reportId: number;
  readonly bytes: number;
  readonly lights: readonly (readonly [light: keyof Lights, bit: number])[];
}

/** How the buttons and lights of a headset are reported. */
export interface HeadsetReports {
  readonly inputs: readonly InputField[];
  readonly outputs: readonly OutputReport[];
}

/** Reads from a device's descriptor how it reports its buttons and lights; undefined if it has no buttons of a headset. */
export function readReports({collections}: HidDevice): HeadsetReports | undefined {
  const inputs = reportsIn(collections, 'inputReports').flatMap(inputsOf);
  if (!inputs.some(({signal}) => signal !== 'decline')) return undefined;
  const outputs = reportsIn(collections, 'outputReports').map(outputOf);
  return {
    inputs,
    outputs: outputs.filter(({lights, bytes}) => lights.length > 0 && bytes <= MOST_BYTES),
  };
}

/** Returns the value of a button in a report: 1 if it is on or pressed, −1 if it is the second one of a pair, else 0. */
export function valueOf({begin, size, kind, value}: InputField, data: DataView): -1 | 0 | 1 {
  let number = 0;
  for (let bit = 0; bit < size; bit += 1) {
    const place = begin + bit;
    if (place >> 3 < data.byteLength && data.getUint8(place >> 3) & (1 << (place & 7))) number += 2 ** bit;
  }
  if (value !== undefined) return number === value ? 1 : 0;
  const negative = kind === 'pair' && size > 1 && number >= 2 ** (size - 1);
  return negative ? -1 : number ? 1 : 0;
}

/** Writes a report of lights. */
export function bytesOf({bytes, lights}: OutputReport, shown: Lights): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(bytes);
  for (const [light, bit] of lights) if (shown[light]) data[bit >> 3]! |= 1 << (bit & 7);
  return data;
}

/** Returns the reports of all collections; those of an inner one that the outer one has already are left out. */
function reportsIn(
  collections: readonly HidCollection[],
  kind: 'inputReports' | 'outputReports',
): readonly HidReportInfo[] {
  const found = new Map<number, HidReportInfo>();
  for (const collection of collections)
    for (const report of [...(collection[kind] ?? []), ...reportsIn(collection.children ?? [], kind)])
      if (!found.has(report.reportId)) found.set(report.reportId, report);
  return [...found.values()];
}

/** Returns the usage of a field of an item, or of a value of an array. Fields beyond the usages have the last one (HID 1.11, §6.2.2.8). */
const usageOf = ({isRange, usageMinimum, usages}: HidItem, at: number): number =>
  isRange ? usageMinimum + at : (usages[at] ?? usages.at(-1) ?? 0);

function inputsOf({reportId, items}: HidReportInfo): readonly InputField[] {
  const fields: InputField[] = [];
  // A button of the button page is one of a headset only in a report of telephony.
  const ofTelephony = items.some((item) => usageOf(item, 0) >>> 16 === TELEPHONY);
  const signalOf = (usage: number): Signal | undefined =>
    SIGNALS[usage] ?? (ofTelephony && usage >>> 16 === BUTTONS ? 'decline' : undefined);
  let end = 0;
  for (const item of items) {
    const first = end;
    const {isArray, isRange, usages, reportSize: size, logicalMinimum = 0, isAbsolute = true} = item;
    end += item.reportCount * size;
    if (end > MOST_BYTES * 8) return fields;
    if (item.isConstant || !size || size > MOST_BITS) continue;
    const kind = isArray || !isAbsolute ? (!isArray && logicalMinimum < 0 ? 'pair' : 'button') : 'switch';
    for (let each = 0; each < Math.min(item.reportCount, MOST_FIELDS); each += 1) {
      if (fields.length >= MOST_FIELDS) return fields;
      const place = {reportId, begin: first + each * size, size, kind} as const;
      const signal = signalOf(usageOf(item, each));
      if (!isArray) fields.push(...(signal ? [{...place, signal}] : []));
      else
        for (let index = 0; index < (isRange ? MOST_FIELDS : usages.length); index += 1) {
          const meant = signalOf(usageOf(item, index));
          if (meant) fields.push({...place, signal: meant, value: logicalMinimum + index});
        }
    }
  }
  return fields;
}

/** A device may claim any number of fields, of any length, and reports as long; no headset has so many buttons. */
const MOST_FIELDS = 256;
const MOST_BITS = 32;
const MOST_BYTES = 4_096;

function outputOf({reportId, items}: HidReportInfo): OutputReport {
  const lights: [keyof Lights, number][] = [];
  let begin = 0;
  for (const item of items) {
    const fields = item.isConstant || item.isArray ? 0 : Math.min(item.reportCount, MOST_FIELDS);
    for (let each = 0; each < fields; each += 1) {
      const light = LIGHTS[usageOf(item, each)];
      if (light) lights.push([light, begin + each * item.reportSize]);
    }
    begin += item.reportCount * item.reportSize;
  }
  return {reportId, bytes: Math.ceil(begin / 8), lights};
}
