import {expect} from '@open-wc/testing';
import {Adaptation, LEVELS} from '../../../src/media/quality/adaptation.js';

describe('the rules by which a picture adapts to the network', () => {
  const measured = (
    loss: number | undefined,
  ): {sent: {video: {codec: string; bitrate: number; loss: number | undefined}}} => ({
    sent: {video: {codec: 'VP8', bitrate: 1, loss}},
  });
  /** The levels after each of so many measurements of a loss. */
  const levels = (adaptation: Adaptation, loss: number | undefined, times: number): number[] =>
    Array.from({length: times}, () => {
      adaptation.measure(measured(loss) as never);
      return LEVELS.indexOf(adaptation.level);
    });

  it('send a smaller one after two measurements of more than 10 % loss each, down to the smallest', () => {
    const adaptation = new Adaptation();
    expect(levels(adaptation, 0.1, 4)).to.deep.equal([0, 0, 0, 0]);
    expect(levels(adaptation, 0.11, 10)).to.deep.equal([0, 1, 1, 2, 2, 3, 3, 4, 4, 4]);
  });

  it('send a larger one after five measurements below 2 %, and wait longer after one in vain', () => {
    const adaptation = new Adaptation();
    levels(adaptation, 0.5, 2);
    expect(levels(adaptation, 0.05, 10)).to.deep.equal(Array(10).fill(1));
    expect(levels(adaptation, 0.01, 5)).to.deep.equal([1, 1, 1, 1, 0]);
    levels(adaptation, 0.5, 2);
    expect(levels(adaptation, 0, 10)).to.deep.equal([1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
  });

  it('take the worse of sound and picture, and change nothing if the other side reports neither', () => {
    const adaptation = new Adaptation();
    const sent = {audio: {codec: 'opus', bitrate: 1, loss: 0.2}, video: {codec: 'VP8', bitrate: 1, loss: 0}};
    expect([adaptation.measure({sent}), adaptation.measure({sent})]).to.deep.equal([false, true]);
    expect(levels(adaptation, undefined, 10)).to.deep.equal(Array(10).fill(1));
  });
});
