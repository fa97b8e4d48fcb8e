import {SipError} from '../../errors.js';
import type {MediaQuality} from '../types.js';

interface Rule {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
}

const between = (least: number, most: number): Rule => ({
  expected: `${least}–${most}`,
  fits: (value) => typeof value === 'number' && value >= least && value <= most,
});

const oneOf = (...values: readonly unknown[]): Rule => ({
  expected: values.map((value) => (value === '' ? "''" : String(value))).join(', '),
  fits: (value) => values.includes(value),
});

const SWITCH = oneOf(true, false);

const RULES: Readonly<Record<'audio' | 'video', Readonly<Record<string, Rule>>>> = {
  audio: {
    echoCancellation: SWITCH,
    noiseSuppression: SWITCH,
    autoGainControl: SWITCH,
    maxBitrate: between(6_000, 510_000),
    fec: SWITCH,
    dtx: SWITCH,
    stereo: SWITCH,
    maxPlaybackRate: oneOf(8_000, 12_000, 16_000, 24_000, 48_000),
    ptime: oneOf(10, 20, 40, 60),
  },
  video: {
    width: between(16, 7_680),
    height: between(16, 7_680),
    frameRate: between(1, 120),
    maxBitrate: between(30_000, 100_000_000),
    contentHint: oneOf('', 'motion', 'detail', 'text'),
    facingMode: oneOf('user', 'environment'),
    adapt: SWITCH,
  },
};

/** Checks what a page gave. @throws {SipError} `bad-parameter`, its subject naming the key. */
export function checkedQuality(given: MediaQuality): MediaQuality {
  for (const kind of ['audio', 'video'] as const) {
    const settings: unknown = given[kind] ?? {};
    const rules = RULES[kind];
    if (typeof settings !== 'object') throw wrong(kind, settings, '{…}');
    for (const [key, value] of Object.entries(settings!)) {
      const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
      if (!rule) throw wrong(`${kind}.${key}`, value, Object.keys(rules).join(', '));
      // Undefined takes a setting back.
      if (value !== undefined && !rule.fits(value)) throw wrong(`${kind}.${key}`, value, rule.expected);
    }
  }
  return given;
}

function wrong(key: string, value: unknown, expected: string): SipError {
  return new SipError('bad-parameter', {subject: `${key} “${String(value)}”`, expected});
}
