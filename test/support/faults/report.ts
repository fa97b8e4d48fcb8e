import {readFileSync, writeFileSync} from 'node:fs';
import {tableOf} from '../../../scripts/docs/markdown.mjs';
import {within} from '../../../scripts/project.mjs';
import type {Profile} from './stage.js';

/** What came of one fault in one state. */
export interface Outcome {
  readonly profile: Profile;
  readonly fault: string;
  readonly state: string;
  /** Why it is not what must happen. */
  readonly failure?: string;
  /** The cause of the call's end at the far page; undefined if the call went on. */
  readonly ended?: string | undefined;
  /** Since the fault's cause was over, in milliseconds. */
  readonly ms: number;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

function cell(outcomes: readonly Outcome[]): string {
  const [first] = outcomes;
  if (!first) return '–';
  const failed = outcomes.find(({failure}) => failure);
  if (failed) return '✖';
  const ended = outcomes.find(({ended}) => ended);
  const worst = seconds(Math.max(...outcomes.map(({ms}) => ms)));
  return ended ? `ends ${worst}` : worst;
}

/** The value below which a share of the values lies. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Draws the outcomes of a profile as a table: faults down, states across. */
function matrixOf(profile: Profile, outcomes: readonly Outcome[]): string {
  const own = outcomes.filter((each) => each.profile === profile);
  const states = [...new Set(own.map(({state}) => state))];
  const faults = [...new Set(own.map(({fault}) => fault))];
  const rows = faults.map((fault) => {
    const here = own.filter((each) => each.fault === fault);
    const times = here.filter(({failure}) => !failure).map(({ms}) => ms);
    return [
      fault,
      ...states.map((state) => cell(here.filter((each) => each.state === state))),
      seconds(percentile(times, 0.5)),
      seconds(percentile(times, 0.95)),
    ];
  });
  return tableOf(['fault', ...states, 'p50', 'p95'], rows);
}

const PAGE = within('docs/reliability.md');

/** Prints a profile's table, and writes it into the documentation if the environment asks for it (`FAULTS_WRITE=1`). */
export function publish(profile: Profile, outcomes: readonly Outcome[]): void {
  const table = matrixOf(profile, outcomes);
  console.log(`\n${profile}\n${table}\n`);
  for (const {fault, state, failure} of outcomes) if (failure) console.log(`${fault}, ${state}: ${failure}`);
  if (process.env['FAULTS_WRITE'] !== '1') return;
  const [start, end] = [`<!-- faults of ${profile} -->`, '<!-- -->'];
  const text = readFileSync(PAGE, 'utf8');
  const from = text.indexOf(start) + start.length;
  writeFileSync(PAGE, `${text.slice(0, from)}\n\n${table}\n\n${text.slice(text.indexOf(end, from))}`);
}
