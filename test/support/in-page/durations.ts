import {diagnosisDurations} from '../../../src/durations/diagnosis.js';
import {headsetDurations} from '../../../src/durations/headsets.js';
import {keptDurations} from '../../../src/durations/kept.js';
import {mediaDurations} from '../../../src/durations/media.js';
import {durations} from '../../../src/durations/page.js';
import {sharedDurations} from '../../../src/durations/shared.js';
import {sipDurations} from '../../../src/durations/sip.js';

/** Waiting times of the product, in milliseconds. */
export type Durations = typeof durations &
  typeof diagnosisDurations &
  typeof headsetDurations &
  typeof keptDurations &
  typeof mediaDurations &
  typeof sipDurations &
  typeof sharedDurations;

const tables = [
  durations,
  diagnosisDurations,
  headsetDurations,
  keptDurations,
  mediaDurations,
  sipDurations,
  sharedDurations,
].map((table) => ({
  table,
  defaults: {...table},
}));

/** Sets waiting times for the test that runs; every time has its default again when the test ends. */
export function shorten(times: Partial<Durations>): void {
  for (const [name, time] of Object.entries(times))
    for (const {table} of tables) if (name in table) Object.assign(table, {[name]: time});
}

afterEach(() => {
  for (const {table, defaults} of tables) Object.assign(table, defaults);
});
