import {expect} from '@open-wc/testing';
import {SPEECH_RATE, SpeechSamples} from '../../../src/media/captions/speech-samples.js';

/** Returns a second of a tone. */
const tone = (frequency: number, rate: number): Float32Array =>
  Float32Array.from({length: rate}, (_, index) => Math.sin((2 * Math.PI * frequency * index) / rate));

/** Resamples in blocks, as sound arrives. */
function resampled(samples: Float32Array, rate: number, block = 4_096): Float32Array {
  const resampler = new SpeechSamples(rate);
  const parts: number[] = [];
  for (let start = 0; start < samples.length; start += block)
    parts.push(...resampler.next(samples.subarray(start, start + block)));
  return Float32Array.from(parts);
}

/** The amplitude of a frequency in the middle of samples at 16 kHz. */
function amplitude(samples: Float32Array, frequency: number): number {
  const middle = samples.subarray(4_000, 12_000);
  let [real, imaginary] = [0, 0];
  middle.forEach((sample, index) => {
    const angle = (2 * Math.PI * frequency * index) / SPEECH_RATE;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
  });
  return (2 * Math.hypot(real, imaginary)) / middle.length;
}

describe('SpeechSamples', () => {
  for (const rate of [48_000, 44_100, 96_000, 16_000, 8_000]) {
    it(`keep a tone of 1 kHz at ${rate} samples a second, and their number`, () => {
      const made = resampled(tone(1_000, rate), rate);
      expect(made.length).to.be.closeTo(SPEECH_RATE, 32);
      expect(amplitude(made, 1_000)).to.be.closeTo(1, 0.01);
      const others = [300, 2_000, 3_000, 5_000, 7_000].map((frequency) => amplitude(made, frequency));
      expect(Math.max(...others)).to.be.below(0.001);
    });
    if (rate > SPEECH_RATE)
      it(`turn a tone of 10 kHz at ${rate} samples a second into no other one`, () => {
        const made = resampled(tone(10_000, rate), rate);
        expect(Math.max(...made.subarray(1_000, 15_000).map(Math.abs))).to.be.below(0.001);
      });
  }

  it('are the same in whichever blocks the sound arrives', () => {
    const whole = resampled(tone(440, 44_100), 44_100, 44_100);
    const parts = resampled(tone(440, 44_100), 44_100, 37);
    expect(parts.length).to.equal(whole.length);
    expect([...parts]).to.deep.equal([...whole]);
  });
});
