import {expect} from '@open-wc/testing';
import {mosOf, ratingOf} from '../../../src/media/quality/e-model.js';

const close = (value: number, wanted: number, by: number): void => {
  expect(value).to.be.closeTo(wanted, by);
};

describe('the E-model', () => {
  it('has the rating of G.107 §7.7 where nothing is impaired, and its MOS', () => {
    const best = ratingOf({delay: 0, loss: 0});
    close(best, 93.2, 0.05);
    close(mosOf(best), 4.41, 0.005);
  });

  // G.107 (06/2015) table B.1.
  for (const [rating, mos] of [
    [90, 4.34],
    [80, 4.03],
    [70, 3.6],
    [60, 3.1],
    [50, 2.58],
  ] as const)
    it(`gives ${mos} for a rating of ${rating}`, () => close(mosOf(rating), mos, 0.01));

  it('never leaves the scale', () => {
    expect([-50, 0, 1, 3, 6].map(mosOf)).to.deep.equal([1, 1, 1, 1, 1]);
    expect(mosOf(120)).to.equal(4.5);
  });

  // G.113 appendix I (05/2002), table I.4: G.711 with packet-loss concealment, losses at random.
  for (const [percent, impairment] of [
    [0, 0],
    [1, 5],
    [2, 7],
    [3, 10],
    [5, 15],
    [7, 20],
    [10, 25],
    [15, 35],
    [20, 45],
  ] as const)
    it(`takes about ${impairment} away for a loss of ${percent} %`, () =>
      close(ratingOf({delay: 0, loss: 0}) - ratingOf({delay: 0, loss: percent / 100}), impairment, 3));

  // Cole and Rosenbluth, “Voice over IP performance monitoring” (ACM CCR 2001), their fit to G.107: 0.024 d + 0.11 (d − 177.3).
  for (const delay of [20, 50, 100, 150, 177.3, 200, 250, 300])
    it(`takes away for a delay of ${delay} ms what was found for it`, () => {
      const impairment = 0.024 * delay + 0.11 * Math.max(0, delay - 177.3);
      close(ratingOf({delay: 0, loss: 0}) - ratingOf({delay, loss: 0}), impairment, 1);
    });

  it('falls with every further impairment', () => {
    const ratings = [0, 50, 99, 100, 101, 150, 400, 1000].map((delay) => ratingOf({delay, loss: 0.02}));
    expect(ratings).to.deep.equal([...ratings].sort((a, b) => b - a));
    expect(ratings.every(Number.isFinite)).to.equal(true);
  });
});
