import {readFileSync, writeFileSync} from 'node:fs';
import {format, resolveConfig} from 'prettier';
import {tableOf} from '../../../scripts/docs/markdown.mjs';
import {within} from '../../../scripts/project.mjs';
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

/** Cells by faults and states. */
type Table = Map<string, Map<string, string>>;

/** Writes cells into a table. */
function note(table: Table, outcomes: readonly Outcome[]): Table {
  for (const outcome of outcomes) {
    const cells = table.get(outcome.fault) ?? new Map<string, string>();
    table.set(outcome.fault, cells.set(outcome.state, cellOf(outcome)));
  }
  return table;
}

/** Reads a table that {@link draw} drew. */
function read(text: string): Table {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  const [head = [], , ...rows] = lines.map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
  const states = head.slice(1, -2);
  return new Map(
    rows.map(([fault = '', ...cells]) => [
      fault,
      new Map(states.map((state, at) => [state, cells[at] ?? '–'])),
    ]),
  );
}

/** Draws a table: faults down, states across, in their own order. */
function draw(table: Table): string {
  const has = [...table.values()];
  const states = STATES.map(({name}) => name).filter((name) => has.some((cells) => cells.has(name)));
  const rows = FAULTS.flatMap(({name}) => {
    const cells = table.get(name);
    if (!cells) return [];
    const times = [...cells.values()].map(secondsIn).filter((value) => value !== undefined);
    const shares = [0.5, 0.95].map((share) => (times.length > 0 ? percentile(times, share).toFixed(1) : '–'));
    return [[name, ...states.map((state) => cells.get(state) ?? '–'), ...shares]];
  });
  return tableOf(['fault', ...states, 'p50', 'p95'], rows);
}

const PAGE = within('docs/reliability.md');

/**
 * Prints a profile's table. If the environment asks for it (`FAULTS_WRITE=1`), also writes the cells into the
 * documentation, which keeps those that this run has not measured.
 */
export async function publish(profile: Profile, outcomes: readonly Outcome[]): Promise<void> {
  console.log(`\n${profile}\n${draw(note(new Map(), outcomes))}\n`);
  for (const {fault, state, failure} of outcomes) if (failure) console.log(`${fault}, ${state}: ${failure}`);
  if (process.env['FAULTS_WRITE'] !== '1') return;
  const [start, end] = [`<!-- faults of ${profile} -->`, '<!-- -->'];
  const text = readFileSync(PAGE, 'utf8');
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf(end, from);
  const table = note(read(text.slice(from, to)), outcomes);
  const page = `${text.slice(0, from)}\n\n${draw(table)}\n\n${text.slice(to)}`;
  writeFileSync(PAGE, await format(page, {...(await resolveConfig(PAGE)), filepath: PAGE}));
}
