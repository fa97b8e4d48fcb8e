import {Decoder, Encoder} from '@evan/opus';
import type {ScriptedMedia} from './scripted-media.js';

const RATE = 48_000;
const FRAME = 960;

/** How many frames are listened to at once. */
const WINDOW = 10;

/** Above the one a tone is heard, below the other it is not; amplitudes of 0–1. */
const AUDIBLE = 0.05;
const SILENT = 0.005;

/** A steady tone in Opus, 20 ms with each call. */
export function voice(frequency: number, amplitude = 0.2): () => Buffer {
  const encoder = new Encoder({channels: 1, sample_rate: RATE, application: 'audio'});
  let at = 0;
  return () => {
    const frame = Int16Array.from(
      {length: FRAME},
      (_, index) => 0x7fff * amplitude * Math.sin((2 * Math.PI * frequency * (at + index)) / RATE),
    );
    at += FRAME;
    return Buffer.from(encoder.encode(frame));
  };
}

/** How strong a frequency is in samples of 0–1: its amplitude. */
function amplitudeOf(samples: readonly number[], frequency: number): number {
  let [real, imaginary] = [0, 0];
  samples.forEach((sample, index) => {
    const angle = (2 * Math.PI * frequency * index) / RATE;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
  });
  return (2 * Math.hypot(real, imaginary)) / samples.length;
}

/** Resolves once a scripted client hears these frequencies and none of the others; what it hears is decoded. */
export async function hearsTones(
  media: ScriptedMedia,
  tones: readonly number[],
  not: readonly number[] = [],
): Promise<void> {
  const decoder = new Decoder({channels: 1, sample_rate: RATE});
  let samples: number[] = [];
  for (;;) {
    const {payload} = await media.hears(({kind}) => kind === 'audio');
    const bytes = decoder.decode(payload);
    const decoded = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
    samples.push(...Array.from(decoded, (sample) => sample / 0x8000));
    if (samples.length < WINDOW * FRAME) continue;
    const heard = (frequency: number): number => amplitudeOf(samples, frequency);
    if (tones.every((tone) => heard(tone) > AUDIBLE) && not.every((tone) => heard(tone) < SILENT)) return;
    samples = [];
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
    const samples = Array.from(decoded, (sample) => sample / 0x8000);
    if (amplitudeOf(samples, frequency) < AUDIBLE) quietFor += 1;
    else {
      if (quietFor >= PAUSE) bursts += 1;
      quietFor = 0;
    }
  }
  return bursts;
}
