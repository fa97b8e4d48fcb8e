import {expect} from '@open-wc/testing';

/** Asserts a length in seconds: at least the expected one, and at most the time that the test has taken. */
export type Lasts = (length: number, least: number, without?: number) => void;

/** The tolerance of a length, in seconds: recorders begin and end between two packets. */
const TOLERANCE = 0.3;

/** Begins to measure how long a test takes: on a busy machine every wait takes longer than requested. */
export function stopwatch(): Lasts {
  const began = performance.now();
  return (length, least, without = 0) => {
    const most = (performance.now() - began) / 1000 - without;
    expect(length).to.be.within(least - TOLERANCE, most + TOLERANCE);
  };
}
