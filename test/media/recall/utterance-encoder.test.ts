import {expect} from '@open-wc/testing';
import {UtteranceEncoder} from '../../../src/media/recall/utterance-encoder.js';

const SAMPLE_RATE = 48_000;
const BLOCK = 4_096;

/** Noise takes the most. */
const noise = (): Float32Array<ArrayBuffer> => Float32Array.from({length: BLOCK}, () => Math.random() - 0.5);

describe('the encoder of utterances', () => {
  it('takes less than 30 MB for twelve groups of which each speaks for five minutes', async () => {
    const encoder = new UtteranceEncoder(SAMPLE_RATE);
    while (encoder.duration < 30) encoder.add(noise());
    await encoder.end();
    const [...packets] = encoder.packets;
    expect(packets.at(-1)!.time).to.be.within(29, 31);
    const size = encoder.packets.bytes.buffer.byteLength;
    expect((size / encoder.duration) * 12 * 5 * 60).to.be.below(30_000_000);
  });
});
