import {durations} from '../../../src/durations.js';

/** Waiting times of the product, in milliseconds. */
export type Durations = typeof durations;

const defaults: Readonly<Durations> = {...durations};

/** Sets waiting times for the test that runs; every time has its default again when the test ends. */
export function shorten(times: Partial<Durations>): void {
  Object.assign(durations, times);
}

afterEach(() => {
  Object.assign(durations, defaults);
});
