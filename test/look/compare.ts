/** Compares two pictures as a person would: antialiasing and a shift by one pixel are no difference. */
import pixelmatch from 'pixelmatch';
import type {Picture} from './picture.js';

/** How far the colors of one pixel may be apart, 0–1. */
const COLOR = 0.1;
/** The side of the square in which differing pixels are counted, and how many of them are a difference. */
const SIDE = 32;
const MOST = 32;
/** How much the sizes may differ, in pixels. */
const GROWTH = 1;

export interface Difference {
  /** What is different, for a person. */
  readonly reason: string;
  /** The picture in gray with the differing pixels in red. */
  readonly picture: Picture;
}

/** @returns The difference; undefined if there is none that counts. */
export function compare(expected: Picture, actual: Picture): Difference | undefined {
  const [width, height] = [Math.min(expected.width, actual.width), Math.min(expected.height, actual.height)];
  const [before, after] = [crop(expected, width, height), crop(actual, width, height)];
  const marked = {width, height, data: Buffer.alloc(width * height * 4)};
  pixelmatch(before.data, after.data, marked.data, width, height, {threshold: COLOR, diffMask: true});
  const shown = {width, height, data: faded(after.data)};
  const differs = new Uint8Array(width * height);
  for (let pixel = 0; pixel < differs.length; pixel += 1) {
    if (!marked.data[pixel * 4 + 3]) continue;
    if (isNear(before, after, pixel) && isNear(after, before, pixel)) continue;
    differs[pixel] = 1;
    shown.data.set([230, 0, 40, 255], pixel * 4);
  }
  const grown = Math.max(Math.abs(expected.width - actual.width), Math.abs(expected.height - actual.height));
  if (grown > GROWTH) {
    const [was, is] = [expected, actual].map((each) => `${each.width} × ${each.height}`);
    return {reason: `its size is ${is!} instead of ${was!}`, picture: shown};
  }
  const worst = densest(differs, width, height);
  if (worst.count <= MOST) return undefined;
  const all = differs.reduce((sum, one) => sum + one, 0);
  return {
    reason: `${all} pixels differ, ${worst.count} of them near ${worst.x}, ${worst.y}`,
    picture: shown,
  };
}

function crop({width, data}: Picture, toWidth: number, toHeight: number): Picture {
  const cut = Buffer.alloc(toWidth * toHeight * 4);
  for (let y = 0; y < toHeight; y += 1)
    data.copy(cut, y * toWidth * 4, y * width * 4, (y * width + toWidth) * 4);
  return {width: toWidth, height: toHeight, data: cut};
}

function faded(data: Buffer): Buffer {
  const gray = Buffer.alloc(data.length, 255);
  for (let at = 0; at < data.length; at += 4)
    gray.fill(170 + (data[at]! + data[at + 1]! + data[at + 2]!) / 9, at, at + 3);
  return gray;
}

/** Whether a pixel of one picture is, in its color, in the other one within one pixel. */
function isNear(one: Picture, other: Picture, pixel: number): boolean {
  const [x, y] = [pixel % one.width, Math.floor(pixel / one.width)];
  for (let row = Math.max(0, y - 1); row <= Math.min(one.height - 1, y + 1); row += 1)
    for (let column = Math.max(0, x - 1); column <= Math.min(one.width - 1, x + 1); column += 1)
      if (isAlike(one.data, pixel * 4, other.data, (row * one.width + column) * 4)) return true;
  return false;
}

const isAlike = (one: Buffer, at: number, other: Buffer, place: number): boolean =>
  Math.abs(one[at]! - other[place]!) +
    Math.abs(one[at + 1]! - other[place + 1]!) +
    Math.abs(one[at + 2]! - other[place + 2]!) <
  COLOR * 3 * 255;

/** The square with the most differing pixels. */
function densest(differs: Uint8Array, width: number, height: number): {count: number; x: number; y: number} {
  // The sums of all pixels above and to the left.
  const sums = new Uint32Array((width + 1) * (height + 1));
  const at = (x: number, y: number): number => y * (width + 1) + x;
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      sums[at(x + 1, y + 1)] =
        differs[y * width + x]! + sums[at(x, y + 1)]! + sums[at(x + 1, y)]! - sums[at(x, y)]!;
  let worst = {count: 0, x: 0, y: 0};
  for (let y = 0; y < height; y += SIDE / 4)
    for (let x = 0; x < width; x += SIDE / 4) {
      const [right, bottom] = [Math.min(width, x + SIDE), Math.min(height, y + SIDE)];
      const count = sums[at(right, bottom)]! - sums[at(x, bottom)]! - sums[at(right, y)]! + sums[at(x, y)]!;
      if (count > worst.count) worst = {count, x, y};
    }
  return worst;
}
