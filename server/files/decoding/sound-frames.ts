import {AudioSampleSink, type AudioSample, type InputAudioTrack} from 'mediabunny';
import {FRAME, SAMPLE_RATE} from '../../media/sound/sound.js';
import {Resampler} from './resampler.js';

/** How much may be missing in a file before silence is inserted, in samples. */
const GAP = FRAME;

/** The longest silence in a file, in samples: a minute. */
const LONGEST = 60 * SAMPLE_RATE;

/** The longest piece that is read at once, in seconds. */
const LONGEST_PIECE = 10;

/** Yields a track's audio in the server's format, frame by frame. */
export async function* soundFrames(track: InputAudioTrack, start: number): AsyncGenerator<Int16Array, void> {
  let frame = new Int16Array(FRAME);
  let filled = 0;
  let written = 0;
  let rate: number | undefined;
  let resampler: Resampler | undefined;
  for await (const sample of new AudioSampleSink(track).samples()) {
    try {
      // A chunk of PCM is one piece, however long the file makes it.
      if (sample.numberOfFrames > LONGEST_PIECE * sample.sampleRate)
        throw new Error('a piece of its sound is too long');
      if (rate !== sample.sampleRate) {
        rate = sample.sampleRate;
        resampler = rate === SAMPLE_RATE ? undefined : new Resampler(rate, SAMPLE_RATE);
      }
      const due = Math.round((sample.timestamp - start) * SAMPLE_RATE);
      const mixed = mixedDown(sample);
      let samples = resampler ? resampler.push(mixed) : mixed;
      // Samples before the beginning only prime the decoder.
      if (written === 0 && due < 0) samples = samples.subarray(Math.min(samples.length, -due));
      const missing = due - written;
      written += samples.length;
      if (missing > GAP) {
        samples = concatenated(new Float32Array(Math.min(missing, LONGEST)), samples);
        written += missing;
      }
      for (const value of samples) {
        frame[filled] = Math.max(-0x8000, Math.min(0x7fff, Math.round(value * 0x7fff)));
        filled += 1;
        if (filled < FRAME) continue;
        yield frame;
        frame = new Int16Array(FRAME);
        filled = 0;
      }
    } finally {
      sample.close();
    }
  }
  if (filled > 0) yield frame;
}

/** Mixes all channels into one, in samples of −1 to 1. */
function mixedDown(sample: AudioSample): Float32Array {
  const {numberOfChannels, numberOfFrames} = sample;
  const sum = new Float32Array(numberOfFrames);
  const plane = new Float32Array(numberOfFrames);
  for (let planeIndex = 0; planeIndex < numberOfChannels; planeIndex += 1) {
    sample.copyTo(plane, {planeIndex, format: 'f32-planar'});
    for (let index = 0; index < numberOfFrames; index += 1) sum[index]! += plane[index]! / numberOfChannels;
  }
  return sum;
}

function concatenated(one: Float32Array, other: Float32Array): Float32Array {
  const all = new Float32Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}
