/** What all benches share: how much they measure, and the tables in which they print it. */
import {tableOf} from '../../scripts/docs/markdown.mjs';

/** How much a bench measures: its first argument. A small number only shows that the bench works. */
export const size = (usual: number): number => Number(process.argv[2] ?? usual);

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
}
