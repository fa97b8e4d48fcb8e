import {expect} from '@open-wc/testing';

/** Asserts how long something is, in seconds: as long as it had to be at least, and no longer than the test has taken. */
export type Lasts = (length: number, least: number, without?: number) => void;

/** How far a length may be off, in seconds: recorders begin and end between two packets. */
const TOLERANCE = 0.3;

/** Begins to measure how long a test takes: on a busy machine every wait is longer than was asked for. */
export function stopwatch(): Lasts {
  const began = performance.now();
  return (length, least, without = 0) => {
    const most = (performance.now() - began) / 1000 - without;
    expect(length).to.be.within(least - TOLERANCE, most + TOLERANCE);
  };
}
