import {tableOf} from '../../../scripts/docs/markdown.mjs';
import {note, rewriteTable, UNTRIED, type Cells} from '../documented-tables.js';
import {FAULTS} from './faults.js';
import type {Profile} from './stage.js';
import {STATES} from './states.js';

/** What came of one fault in one state. */
export interface Outcome {
  readonly profile: Profile;
  readonly fault: string;
  readonly state: string;
  /** Why it is not what must happen. */
  readonly failure?: string;
  /** The cause of the call's end at the far page; undefined if the call went on. */
  readonly ended?: string | undefined;
  /** Whether the page that was struck has left a call that goes on for the others. */
  readonly left?: boolean;
  /** Since the fault's cause was over, in milliseconds. */
  readonly ms: number;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

function cellOf({failure, ended, left, ms}: Outcome): string {
  if (failure) return '✖';
  if (left) return `left ${seconds(ms)}`;
  return ended ? `ends ${seconds(ms)}` : seconds(ms);
}

/** The value below which a share of the values lies. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** The seconds in a cell; undefined for one without a time. */
const secondsIn = (cell: string): number | undefined => {
  const value = Number(cell.replace(/^(?:ends|left) /, ''));
  return Number.isNaN(value) ? undefined : value;
};

/** Writes what came of faults into a table. */
const noteOutcomes = (table: Cells, outcomes: readonly Outcome[]): Cells =>
  note(
    table,
    outcomes.map((outcome) => ({row: outcome.fault, column: outcome.state, cell: cellOf(outcome)})),
  );

/** Draws a table: faults down, states across, in their own order. */
function draw(table: Cells): string {
  const has = [...table.values()];
  const states = STATES.map(({name}) => name).filter((name) => has.some((cells) => cells.has(name)));
  const rows = FAULTS.flatMap(({name}) => {
    const cells = table.get(name);
    if (!cells) return [];
    const times = [...cells.values()].map(secondsIn).filter((value) => value !== undefined);
    const shares = [0.5, 0.95].map((share) =>
      times.length > 0 ? percentile(times, share).toFixed(1) : UNTRIED,
    );
    return [[name, ...states.map((state) => cells.get(state) ?? UNTRIED), ...shares]];
  });
  return tableOf(['fault', ...states, 'p50', 'p95'], rows);
}

/**
 * Prints a profile's table. If the environment asks for it (`FAULTS_WRITE=1`), also writes the cells into the
 * documentation, which keeps those that this run has not measured.
 */
export async function publish(profile: Profile, outcomes: readonly Outcome[]): Promise<void> {
  console.log(`\n${profile}\n${draw(noteOutcomes(new Map(), outcomes))}\n`);
  for (const {fault, state, failure} of outcomes) if (failure) console.log(`${fault}, ${state}: ${failure}`);
  if (process.env['FAULTS_WRITE'] !== '1') return;
  await rewriteTable('docs/reliability.md', `faults of ${profile}`, (present) =>
    draw(noteOutcomes(present, outcomes)),
  );
}
