/** What all benches share: how much they measure, and the tables in which they print it. */
import {availableParallelism, loadavg} from 'node:os';
import {tableOf} from '../../scripts/docs/markdown.mjs';

const given = process.argv.slice(2);

/** How much a bench measures: its first argument. A small number only shows that the bench works. */
export const size = (usual: number): number => Number(given.find((each) => !each.startsWith('--')) ?? usual);

/** A number that is given as `--NAME=NUMBER`. */
export function option(name: string, usual: number): number {
  const start = `--${name}=`;
  return Number(given.find((each) => each.startsWith(start))?.slice(start.length) ?? usual);
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The median of the values, and from which to which eight of ten of them go. */
export function spread(values: readonly number[]): string {
  const [low, middle, high] = [0.1, 0.5, 0.9].map((share) => quantile(values, share).toFixed(0));
  return `${middle} (${low}–${high})`;
}

/** A goal, which says if it is missed. */
export const goal = (text: string, reached: boolean): string => (reached ? text : `${text}: missed`);

/** Prints a Markdown table, between the marks by which `scripts/bench.mjs` finds its place in `docs/performance.md`. */
export function printTable(
  name: string,
  heads: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const sides = heads.map((_, index) => (index === 0 ? '---' : '---:'));
  console.log(`\n<!-- table of ${name} -->\n\n${tableOf(heads, rows, sides)}\n\n<!-- -->`);
  // What else runs on the machine changes the figures.
  console.log(`\nLoad: ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} cores`);
}
