/** Audio inside the server: 48 kHz, one channel, 16 bits, in frames of 20 ms. */
export const SAMPLE_RATE = 48_000;

/** The duration of a frame, in milliseconds. */
export const FRAME_TIME = 20;

/** The number of samples in a frame. */
export const FRAME = (SAMPLE_RATE / 1000) * FRAME_TIME;

/** An Opus frame that is silent in every decoder, whatever it decoded before. */
export const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);

/** Returns the loudness: the root mean square, 0–1. */
export function loudness(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length) / 0x8000;
}
