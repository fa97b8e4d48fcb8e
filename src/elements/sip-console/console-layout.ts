import type {RegionName} from './regions.js';

/** How the two chosen tabs of the center are shown: one at a time, side by side, or one above the other. */
export type Arrangement = 'single' | 'columns' | 'rows';

/** What a divider resizes. */
export type DividerName = 'left' | 'right' | 'bottom' | 'queue' | 'split';

/** How the user has arranged a desk. */
export interface ConsoleLayout {
  /** The sizes that the user has chosen; the others are the defaults. */
  readonly sizes: Readonly<Partial<Record<DividerName, number>>>;
  readonly arrangement: Arrangement;
  /** The ids of the tabs that the user has chosen in each region, the latest last. */
  readonly chosen: Readonly<Partial<Record<RegionName, readonly string[]>>>;
}

/** The range of a size, in pixels, or in percent of the box that is divided. */
interface SizeRange {
  readonly min: number;
  readonly max: number;
  readonly percent?: true;
  /** Returns the default for the width and the height of a desk. */
  readonly initial: (width: number, height: number) => number;
}

/** The ranges of all sizes. */
export const SIZES: Readonly<Record<DividerName, SizeRange>> = {
  left: {min: 360, max: 440, initial: (width) => width * 0.19},
  right: {min: 400, max: 520, initial: (width) => width * 0.21},
  // A low desk leaves the room to the calls and to the messages below them.
  bottom: {min: 120, max: 240, initial: (_, height) => Math.min(152, 100 + height / 20)},
  queue: {min: 20, max: 80, percent: true, initial: (_, height) => Math.min(62, 40 + height / 50)},
  split: {min: 25, max: 75, percent: true, initial: () => 55},
};

export const DEFAULT_LAYOUT: ConsoleLayout = Object.freeze({
  sizes: Object.freeze({}),
  arrangement: 'single',
  chosen: Object.freeze({}),
});

/** Returns a size of a layout, within its range. */
export function sizeOf({sizes}: ConsoleLayout, name: DividerName, width: number, height: number): number {
  return within(name, sizes[name] ?? SIZES[name].initial(width, height));
}

/** Returns a size within its range. */
export function within(name: DividerName, size: number): number {
  const {min, max} = SIZES[name];
  return Math.round(Math.min(max, Math.max(min, size)));
}

/** Reads a layout from what any script of the page may have written; the defaults replace what cannot be read. */
export function readLayout(stored: unknown): ConsoleLayout {
  const {sizes, arrangement, chosen} = recordOf(stored);
  return {
    sizes: Object.fromEntries(
      Object.entries(recordOf(sizes)).flatMap(([name, size]) =>
        Object.hasOwn(SIZES, name) && typeof size === 'number' ? [[name, size]] : [],
      ),
    ),
    arrangement: arrangement === 'columns' || arrangement === 'rows' ? arrangement : 'single',
    chosen: Object.fromEntries(
      Object.entries(recordOf(chosen)).map(([region, ids]) => [region, stringsIn(ids)]),
    ),
  };
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>) : {};

const stringsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
