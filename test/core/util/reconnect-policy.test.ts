import {expect} from '@open-wc/testing';
import * as fc from 'fast-check';
import {askedDelay, backoff} from '../../../src/core/util/reconnect-policy.js';

describe('backoff', () => {
  it('doubles up to the longest wait', () => {
    const policy = backoff({first: 1_000, longest: 8_000, random: () => 1});
    expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => policy.nextDelay(attempt, 0))).to.deep.equal([
      500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000,
    ]);
  });

  it('waits in the upper half of each step, whatever the dice say', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.double({min: 0, max: 1, noNaN: true}), (attempt, chance) => {
        const ceiling = backoff({random: () => 1}).nextDelay(attempt)!;
        const delay = backoff({random: () => chance}).nextDelay(attempt)!;
        expect(delay).to.be.within(attempt === 0 ? 0 : ceiling / 2, ceiling);
      }),
    );
  });

  it('stays short in the first minute after a loss, and grows with the time since then', () => {
    const policy = backoff({prompt: 4_000, random: () => 1});
    const seconds = [0, 10, 60, 90, 300, 450, 3_600];
    expect(seconds.map((elapsed) => policy.nextDelay(50, elapsed * 1_000))).to.deep.equal([
      4_000, 4_000, 4_000, 6_000, 20_000, 30_000, 30_000,
    ]);
    expect(policy.nextDelay(2, 0)).to.equal(2_000);
  });

  it('is not in a hurry with a server that is there', () => {
    expect(backoff({prompt: 4_000, random: () => 1}).nextDelay(50)).to.equal(30_000);
  });

  it('gives up after its patience', () => {
    const policy = backoff({patience: 100});
    expect(policy.nextDelay(3, 99)).to.be.a('number');
    expect(policy.nextDelay(3, 100)).to.equal(undefined);
  });
});

describe('askedDelay', () => {
  it('is what the server asks for, and up to a quarter more', () => {
    fc.assert(
      fc.property(fc.nat(3_600), fc.double({min: 0, max: 1, noNaN: true}), (seconds, chance) => {
        expect(askedDelay(seconds, () => chance)).to.be.within(1_000 * seconds, 1_250 * seconds);
      }),
    );
  });

  it('is never longer than an hour and a quarter: a timer of more than 24 days would end at once', () => {
    expect(askedDelay(4_000_000_000, () => 1)).to.equal(4_500_000);
  });
});
