import {
  AudioOutput,
  createEncoder,
  everyInterval,
  FRAME,
  FRAME_TIME,
  SAMPLE_RATE,
  type Leg,
  type MediaSource,
} from '../media/index.js';

/** Sound as Opus packets of 20 ms. */
export type Sound = readonly Uint8Array[];

/** A tone, or a pause if its frequency is 0, for so many milliseconds. */
type Tone = readonly [hertz: number, milliseconds: number];

const VOLUME = 0.2;

/** Encodes a row of tones. */
function encoded(tones: readonly Tone[]): Sound {
  const encoder = createEncoder();
  const frame = new Int16Array(FRAME);
  return tones.flatMap(([hertz, milliseconds]) =>
    Array.from({length: milliseconds / FRAME_TIME}, (_, index) => {
      for (let at = 0; at < FRAME; at += 1) {
        const time = (index * FRAME + at) / SAMPLE_RATE;
        frame[at] = Math.sin(2 * Math.PI * hertz * time) * VOLUME * 0x7fff;
      }
      return Uint8Array.from(encoder.encode(frame));
    }),
  );
}

const kept = new Map<string, Sound>();

/** What callers hear instead of spoken words. */
const TONES = {
  /** The setting has been made. */
  done: [
    [660, 200],
    [880, 400],
    [0, 200],
  ],
  /** Speak now, or: the next message. */
  beep: [
    [0, 200],
    [1000, 400],
  ],
  /** There are no messages. */
  empty: [
    [440, 200],
    [0, 200],
    [440, 200],
    [0, 200],
  ],
  /** For a parked caller. */
  music: [
    [523, 400],
    [659, 400],
    [784, 400],
    [659, 400],
  ],
} as const satisfies Record<string, readonly Tone[]>;

/** Returns one of the server's own sounds. */
export function soundOf(name: keyof typeof TONES): Sound {
  const sound = kept.get(name) ?? encoded(TONES[name]);
  kept.set(name, sound);
  return sound;
}

/** A sound that is sent to a leg once its client receives. */
export interface PlayedSound {
  readonly source: MediaSource;
  stop(): void;
}

/**
 * Plays a sound to a leg.
 *
 * @param onEnded - Called at its end; without it, the sound is repeated.
 */
export function playTo({audio}: Leg, sound: Sound, onEnded?: () => void): PlayedSound {
  const source = new AudioOutput();
  let stop = (): void => {};
  const begin = (): void => {
    unsubscribe();
    stop = everyInterval(FRAME_TIME, (index) => {
      if (onEnded && index >= sound.length) {
        stop();
        return onEnded();
      }
      source.send(sound[index % sound.length]!, index * FRAME);
    });
  };
  const unsubscribe = audio.onOpen(begin);
  if (audio.open) begin();
  return {
    source,
    stop() {
      unsubscribe();
      stop();
    },
  };
}

/** The picture of what has none. */
export const NO_PICTURE: MediaSource = {
  kind: 'video',
  onPacket: () => () => undefined,
  requestKeyFrame: () => undefined,
};
