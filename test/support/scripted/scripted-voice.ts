import {Decoder, Encoder} from '@evan/opus';
import type {ScriptedMedia} from './scripted-media.js';

const RATE = 48_000;
const FRAME = 960;

/** How many frames are listened to at once. */
const WINDOW = 10;

/** A tone above the first is heard, below the second it is not; amplitudes of 0–1. */
const AUDIBLE = 0.05;
const SILENT = 0.005;

/** After this many frames an encoder has settled; from then on a second of it is repeated. */
const RUN_UP = 10;
const LOOP = RATE / FRAME;

/** Tones that were encoded, by frequency and amplitude: many clients say the same. */
const encoded = new Map<string, {readonly encoder: Encoder; readonly frames: Buffer[]}>();

/** A steady tone in Opus, 20 ms per call; with a whole number of hertz, a second of it can be repeated. */
export function voice(frequency: number, amplitude = 0.2): () => Buffer {
  const key = `${frequency} ${amplitude}`;
  const tone = encoded.get(key) ?? {
    encoder: new Encoder({channels: 1, sample_rate: RATE, application: 'audio'}),
    frames: [],
  };
  encoded.set(key, tone);
  let index = 0;
  return () => {
    if (index === RUN_UP + LOOP) index = RUN_UP;
    const frame = (tone.frames[index] ??= Buffer.from(
      tone.encoder.encode(toneFrame(frequency, amplitude, index)),
    ));
    index += 1;
    return frame;
  };
}

const toneFrame = (frequency: number, amplitude: number, frame: number): Int16Array =>
  Int16Array.from(
    {length: FRAME},
    (_, index) => 0x7fff * amplitude * Math.sin((2 * Math.PI * frequency * (frame * FRAME + index)) / RATE),
  );

/** The amplitude of a frequency in samples of 16 bits, 0–1 (Goertzel's algorithm). */
export function amplitudeOf(samples: Int16Array, frequency: number): number {
  const turn = (2 * Math.PI * frequency) / RATE;
  const factor = 2 * Math.cos(turn);
  let [last, before] = [0, 0];
  for (const sample of samples) [last, before] = [sample + factor * last - before, last];
  const power = last * last + before * before - factor * last * before;
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length / 0x8000;
}

/** Resolves once a scripted client hears these frequencies and none of the others; what it hears is decoded. */
export async function hearsTones(
  media: ScriptedMedia,
  tones: readonly number[],
  not: readonly number[] = [],
): Promise<void> {
  const decoder = new Decoder({channels: 1, sample_rate: RATE});
  const samples = new Int16Array(WINDOW * FRAME);
  let filled = 0;
  for (;;) {
    const {payload} = await media.hears(({kind}) => kind === 'audio');
    const bytes = decoder.decode(payload);
    const decoded = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
    samples.set(decoded.subarray(0, samples.length - filled), filled);
    filled += decoded.length;
    if (filled < samples.length) continue;
    const heard = (frequency: number): number => amplitudeOf(samples, frequency);
    if (tones.every((tone) => heard(tone) > AUDIBLE) && not.every((tone) => heard(tone) < SILENT)) return;
    filled = 0;
  }
}

/** How many frames of silence are a pause. */
const PAUSE = 5;

/** How often a frequency began to be heard in packets of sound, after a pause. */
export function burstsOf(payloads: readonly Buffer[], frequency: number): number {
  const decoder = new Decoder({channels: 1, sample_rate: RATE});
  let bursts = 0;
  let quietFor = PAUSE;
  for (const payload of payloads) {
    const bytes = decoder.decode(payload);
    const decoded = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
    if (amplitudeOf(decoded, frequency) < AUDIBLE) quietFor += 1;
    else {
      if (quietFor >= PAUSE) bursts += 1;
      quietFor = 0;
    }
  }
  return bursts;
}
