/** The tones of a telephone, by their meaning. */
export type ToneName = 'ringtone' | 'alarm' | 'ringback' | 'waiting' | 'busy' | 'congestion';

/** Frequencies that sound together for a while. */
export interface Burst {
  /** Seconds from the beginning of the period. */
  readonly at: number;
  /** Seconds. */
  readonly length: number;
  /** In hertz. */
  readonly frequencies: readonly number[];
  /** Whether it decays like a bell. */
  readonly fades?: boolean;
}

/** A tone: bursts that repeat. */
export interface ToneShape {
  /** Seconds. */
  readonly period: number;
  readonly bursts: readonly Burst[];
  /** The highest amplitude, 0–1. */
  readonly level: number;
}

/** The tones of the network, which differ from country to country (ITU-T E.180). */
export type NetworkTones = Readonly<Record<Exclude<ToneName, 'ringtone' | 'alarm'>, ToneShape>>;

/** Audible beside a voice, but not louder. */
const PROGRESS = 0.12;
const QUIET = 0.06;

function cadence(frequency: number, on: number, off: number, level: number): ToneShape {
  return {period: on + off, bursts: [{at: 0, length: on, frequencies: [frequency]}], level};
}

/**
 * The tones of China (ITU-T E.180, supplement 2): 450 Hz throughout. Each other country needs a table like this one.
 */
export const CHINA: NetworkTones = {
  ringback: cadence(450, 1, 4, PROGRESS),
  waiting: cadence(450, 0.4, 4, QUIET),
  busy: cadence(450, 0.35, 0.35, PROGRESS),
  congestion: cadence(450, 0.7, 0.7, PROGRESS),
};

/** A, C sharp and E, up and down, each with its octave. */
const MELODY = [880, 1108.73, 1318.51, 1108.73] as const;

/** The ringtone: four bell notes, twice, then a pause. */
export const RINGTONE: ToneShape = {
  period: 3.6,
  level: 0.5,
  bursts: [0, 1].flatMap((time) =>
    MELODY.map((frequency, index) => ({
      at: time * 0.9 + index * 0.16,
      length: 0.7,
      frequencies: [frequency, frequency * 2],
      fades: true,
    })),
  ),
};

/** The sound of an urgent call: two alternating notes without a pause, as loud as possible. */
export const ALARM: ToneShape = {
  period: 0.8,
  level: 0.9,
  bursts: [
    {at: 0, length: 0.4, frequencies: [960]},
    {at: 0.4, length: 0.4, frequencies: [770]},
  ],
};

export const TONES: Readonly<Record<ToneName, ToneShape>> = {ringtone: RINGTONE, alarm: ALARM, ...CHINA};

/** Tones that draw attention to what is said next, as consoles of radio networks have them. */
export type AlertTone = 'alert-steady' | 'alert-warble' | 'alert-beep';

/** The length of an alert, in seconds. */
const ALERT = 3;

const alert = (count: number, frequencies: readonly number[], length: number): ToneShape => ({
  period: ALERT,
  level: 0.5,
  bursts: Array.from({length: count}, (_, index) => ({
    at: (index * ALERT) / count,
    length,
    frequencies: [frequencies[index % frequencies.length]!],
  })),
});

/** A steady tone, two tones in turn, and a tone with pauses, three seconds each. */
export const ALERTS: Readonly<Record<AlertTone, ToneShape>> = {
  'alert-steady': alert(1, [1000], ALERT),
  'alert-warble': alert(20, [750, 1050], ALERT / 20),
  'alert-beep': alert(6, [1000], 0.25),
};

const ROWS = [697, 770, 852, 941] as const;
const COLUMNS = [1209, 1336, 1477, 1633] as const;
const KEYS = ['123A', '456B', '789C', '*0#D'] as const;

/** Cues of an intercom's floor (granted, denied, another speaker ended), and of a call answered automatically. */
export type CueName = 'granted' | 'denied' | 'ended' | 'answered';

const beep = (at: number, frequency: number, length = 0.06): Burst => ({
  at,
  length,
  frequencies: [frequency],
});

/** Each sounds once. Cues are short and unlike telephone tones, because a conversation continues meanwhile. */
export const CUES: Readonly<Record<CueName, ToneShape>> = {
  granted: {period: 0.16, level: PROGRESS, bursts: [beep(0, 880), beep(0.08, 1320)]},
  denied: {period: 0.36, level: PROGRESS, bursts: [beep(0, 330, 0.14), beep(0.2, 330, 0.14)]},
  answered: {period: 0.52, level: PROGRESS, bursts: [beep(0, 1000, 0.2), beep(0.3, 1000, 0.2)]},
  ended: {period: 0.08, level: QUIET, bursts: [beep(0, 660)]},
};

/** Returns the tone of a key (ITU-T Q.23), once; undefined for other characters. */
export function keyTone(key: string): ToneShape | undefined {
  const row = key.length === 1 ? KEYS.findIndex((keys) => keys.includes(key)) : -1;
  if (row < 0) return undefined;
  const frequencies = [ROWS[row]!, COLUMNS[KEYS[row]!.indexOf(key)]!];
  return {period: 0.12, bursts: [{at: 0, length: 0.12, frequencies}], level: PROGRESS};
}
