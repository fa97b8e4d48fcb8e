/** A size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The most columns of a grid; there is a rule for each in the styles of the stage. */
export const MOST_COLUMNS = 8;

/** The most tiles on a page; more could not be told apart. */
const MOST = 16;

/** The smallest tile that shows initials and a name, and the gap between tiles, in pixels. */
const SMALLEST: Size = {width: 84, height: 60};
const GAP = 8;

/** The usual shape of a video, and the widest one that does not cut off a head. */
const SHAPE = 16 / 9;
const WIDEST = 2.8;

/** Returns how many tiles a page of the stage shows. */
export function tilesPerPage(stage: Size): number {
  return Math.min(MOST, fitting(stage.width, SMALLEST.width) * fitting(stage.height, SMALLEST.height));
}

/** Returns how many tiles a strip of this width shows. */
export function tilesPerStrip(width: number): number {
  return Math.min(MOST_COLUMNS, fitting(width, SMALLEST.width));
}

/**
 * Returns the number of columns that makes the tiles largest. The last row is at least half full, unless the tiles would
 * be too small; the styles center it.
 */
export function tileColumns(count: number, stage: Size): number {
  let best = 1;
  let largest = [0, 0, 0, 0];
  for (let columns = 1; columns <= Math.min(count, MOST_COLUMNS); columns += 1) {
    const rows = Math.ceil(count / columns);
    const last = count - (rows - 1) * columns;
    const width = (stage.width - (columns - 1) * GAP) / columns;
    const height = (stage.height - (rows - 1) * GAP) / rows;
    const fits = width >= SMALLEST.width && height >= SMALLEST.height;
    const rank = [
      Number(fits),
      Number(2 * last >= columns),
      Number(width <= height * WIDEST),
      Math.min(width, height * SHAPE),
    ];
    if (isMore(rank, largest)) [best, largest] = [columns, rank];
  }
  return best;
}

/** Whether the first number that differs is larger. */
function isMore(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((number, index) => number !== other[index]);
  return at >= 0 && one[at]! > other[at]!;
}

function fitting(whole: number, one: number): number {
  return Math.max(1, Math.floor((whole + GAP) / (one + GAP)));
}
