/**
 * Descriptors of headsets, as browsers give them in `HIDDevice.collections`, and the input reports of their buttons. Report
 * ids and bits are those that public code for the makers' headsets names; see docs/headsets.md.
 */

const TELEPHONY = 0x0b0000;
const LED = 0x080000;
const BUTTON = 0x090000;
const [HOOK, FLASH, DROP, MUTE, BUSY, REDIAL, PROGRAMMABLE] = [
  ...[0x20, 0x21, 0x26, 0x2f, 0x97, 0x24, 0x07].map((id) => TELEPHONY | id),
] as [number, number, number, number, number, number, number];
const LEDS = {
  mute: LED | 0x09,
  offHook: LED | 0x17,
  ring: LED | 0x18,
  hold: LED | 0x20,
  microphone: LED | 0x21,
  online: LED | 0x2a,
  ringer: TELEPHONY | 0x9e,
};

/** A field of one bit for each usage. */
const bits = (usages: readonly number[], more: object = {}): object => ({
  isArray: false,
  isRange: false,
  isAbsolute: true,
  isConstant: false,
  hasPreferredState: true,
  logicalMinimum: 0,
  logicalMaximum: 1,
  reportSize: 1,
  reportCount: usages.length,
  usageMinimum: 0,
  usages,
  ...more,
});
/** Fields that were pressed, not that are on. */
const momentary = (usages: readonly number[], more: object = {}): object =>
  bits(usages, {isAbsolute: false, ...more});
const padding = (reportCount: number): object => bits([], {isConstant: true, reportCount});
const report = (reportId: number, ...items: readonly object[]): object => ({reportId, items});
const telephony = (inputReports: readonly object[], outputReports: readonly object[]): object => ({
  usagePage: 0x0b,
  usage: 5,
  type: 1,
  children: [],
  featureReports: [],
  inputReports,
  outputReports,
});

/** Volume keys and a maker's own page, which every headset has beside. */
const BESIDE = [
  {
    usagePage: 0x0c,
    usage: 1,
    type: 1,
    children: [],
    inputReports: [report(1, bits([0xc00ea, 0xc00e9, 0xc00e2]), padding(5))],
    outputReports: [],
  },
  {usagePage: 0xff00, usage: 1, type: 1, children: [], inputReports: [], outputReports: []},
];

/** Jabra: one report each way; it confirms off-hook and on-hook. */
export const JABRA = {
  vendorId: 0x0b0e,
  productId: 0x0412,
  name: 'Jabra Evolve 65',
  collections: [
    ...BESIDE,
    telephony(
      [
        report(
          2,
          bits([HOOK, BUSY], {hasPreferredState: false}),
          momentary([MUTE, FLASH, REDIAL]),
          padding(1),
          // Two usages for one field, as it writes them: the second one has no field.
          momentary([PROGRAMMABLE, BUTTON | 1], {reportCount: 1}),
          padding(9),
        ),
      ],
      [
        report(
          2,
          bits([LEDS.offHook, LEDS.mute, LEDS.ring, LEDS.hold, LEDS.microphone, LEDS.ringer]),
          padding(10),
        ),
      ],
    ),
  ],
  reports: {
    id: 2,
    onHook: '0000',
    offHook: '0100',
    mute: '0500',
    flash: '0900',
    decline: '4000',
    muteOnHook: '0400',
  },
  confirms: {output: /^2:.[13579bdf]/, on: '0100', off: '0000', reportId: 2},
};

/** Poly: a report for each light; it declines by on-hook, and goes on-hook by itself after flash. */
export const POLY = {
  vendorId: 0x047f,
  productId: 0x02ee,
  name: 'Poly Blackwire 8225',
  collections: [
    ...BESIDE,
    telephony(
      [report(3, bits([HOOK], {hasPreferredState: false}), momentary([MUTE, FLASH, REDIAL]), padding(4))],
      [
        report(9, bits([LEDS.mute]), padding(7)),
        report(23, bits([LEDS.offHook]), padding(7)),
        report(24, bits([LEDS.ring]), padding(7)),
        report(32, bits([LEDS.hold]), padding(7)),
        report(42, bits([LEDS.online]), padding(7)),
      ],
    ),
  ],
  reports: {id: 3, onHook: '00', offHook: '01', mute: '03', flash: '05'},
};

/** EPOS, Sennheiser: a drop button, and the light of a connected call. */
export const EPOS = {
  vendorId: 0x1395,
  productId: 0x0039,
  name: 'EPOS SC 660',
  collections: [
    ...BESIDE,
    telephony(
      [
        report(
          3,
          bits([HOOK], {hasPreferredState: false}),
          momentary([FLASH, REDIAL, MUTE, DROP]),
          padding(3),
        ),
      ],
      [
        report(
          3,
          bits([LEDS.ringer, LEDS.offHook, LEDS.microphone, LEDS.ring, LEDS.mute, LEDS.online, LEDS.hold]),
          padding(1),
        ),
      ],
    ),
  ],
  reports: {id: 3, onHook: '00', offHook: '01', mute: '09', drop: '11', flash: '03'},
};

/** Yealink: one byte each way, with bits of hook, mute, flash and decline. */
export const YEALINK = {
  vendorId: 0x6993,
  productId: 0xb02a,
  name: 'Yealink UH36',
  collections: [
    telephony(
      [
        report(
          4,
          bits([HOOK, BUSY], {hasPreferredState: false}),
          momentary([MUTE, FLASH]),
          padding(2),
          momentary([PROGRAMMABLE]),
          padding(1),
        ),
      ],
      [report(4, bits([LEDS.offHook, LEDS.mute, LEDS.ring, LEDS.hold]), padding(4))],
    ),
  ],
  reports: {id: 4, onHook: '00', offHook: '01', mute: '05', flash: '09', decline: '40'},
};

/** A headset whose one button sends 1 and 0 for each press, and whose mute is a switch: a boom that is turned up. */
export const BUTTON_AND_BOOM = {
  vendorId: 0x046d,
  productId: 0x0a49,
  name: 'Logitech H820e',
  collections: [
    telephony(
      [report(5, bits([HOOK, MUTE]), padding(6))],
      [report(5, bits([LEDS.offHook, LEDS.mute]), padding(6))],
    ),
  ],
  reports: {id: 5, pressed: '01', released: '00', boomUp: '02'},
};

/** A relative hook, two buttons for hold, and a keypad that is an array of usages. */
export const PAIRS_AND_ARRAY = {
  vendorId: 0x1234,
  productId: 0x0001,
  name: 'Handset',
  collections: [
    telephony(
      [
        report(
          0,
          momentary([HOOK]),
          padding(1),
          momentary([TELEPHONY | 0x23], {logicalMinimum: -1, reportSize: 2}),
          padding(4),
          bits([DROP, MUTE], {
            isArray: true,
            reportSize: 8,
            reportCount: 1,
            logicalMinimum: 1,
            logicalMaximum: 2,
          }),
        ),
      ],
      [report(0, bits([], {isConstant: true, reportCount: 8}), bits([LEDS.hold], {reportSize: 8}))],
    ),
  ],
  reports: {id: 0, hook: '0100', hold: '0400', resume: '0c00', drop: '0001', mute: '0002', rest: '0000'},
};

/** A pedal: no headset. */
export const PEDAL = {
  vendorId: 0x05f3,
  productId: 0x00ff,
  name: 'VEC USB Footpedal',
  collections: [
    {
      usagePage: 0x0c,
      usage: 3,
      type: 1,
      children: [],
      inputReports: [report(0, bits([BUTTON | 1]))],
      outputReports: [],
    },
  ],
};
