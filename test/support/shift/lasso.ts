import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {until} from '../in-page/facts.js';
import {pixelOf, type Point} from '../desk/mercator.js';
import {shown} from '../page/parts.js';
import {part} from './hand.js';

/** Where somebody is. */
interface Place {
  readonly number: string;
  readonly lat: number;
  readonly lng: number;
}

/** How far around a person the lasso goes, in pixels, and from how far away another person is left out. */
const [RADIUS, APART] = [6, 10];

/** How far from the expected place a marker is looked for, how far it may be, and how far the top of its ring is from it, in pixels. */
const [REACH, EXACT, RING] = [24, 3, 14.5];

/** The greatest zoom at which the map shows everyone, and what it leaves around them on both sides, in pixels. */
const [MOST_ZOOM, MARGINS] = [16, 96];

/** How long somebody else may be near to one of them, in milliseconds: all walk in circles, which takes a minute or so. */
const PATIENCE = 120_000;

/**
 * Returns a way around people on a map, as soon as nobody else is near to one of them: all move.
 *
 * @param fit - Has the map show everyone: in the end, as a view from before the waiting would be of where they were.
 */
export async function lassoOf(
  page: Page,
  numbers: readonly string[],
  fit: () => Promise<void>,
): Promise<readonly Point[]> {
  return star(await alone(page, numbers, fit));
}

/** Returns two corners of a box around a person on a map, in the same way. */
export async function boxOf(page: Page, number: string, fit: () => Promise<void>): Promise<readonly Point[]> {
  const [{x, y}] = (await alone(page, [number], fit)) as [Point];
  return [
    {x: x - RADIUS, y: y - RADIUS},
    {x: x + RADIUS, y: y + RADIUS},
  ];
}

/** Returns where people are on a map that shows everyone, as soon as nobody else is near to one of them. */
async function alone(
  page: Page,
  numbers: readonly string[],
  fit: () => Promise<void>,
): Promise<readonly Point[]> {
  const everyone = await everyoneOf(page);
  let found: {readonly around: readonly Point[]; readonly near: string} = {around: [], near: ''};
  await until(
    async () => (found = await placesOf(page, everyone, numbers)).near === '',
    PATIENCE,
    () => `nobody else is near: ${found.near}`,
  );
  await fit();
  return (await placesOf(page, everyone, numbers)).around;
}

/**
 * Waits until a person who is selected is drawn where the server says that they are, and again after they have gone so far.
 *
 * @param fit - Has the map show everyone.
 */
export async function walks(
  page: Page,
  number: string,
  pixels: number,
  fit: () => Promise<void>,
): Promise<void> {
  const everyone = await everyoneOf(page);
  await fit();
  const project = await projectionOf(page, await positionsOf(page, everyone));
  const now = async (): Promise<Point> => project((await positionsOf(page, [number]))[0]!);
  const start = await now();
  const isFar = ({x, y}: Point): boolean => Math.hypot(x - start.x, y - start.y) >= pixels;
  for (const far of [false, true]) {
    let [wanted, drawn]: [Point | undefined, Point | undefined] = [undefined, undefined];
    await until(
      async () => {
        wanted = await now();
        drawn = await markerAt(page, wanted);
        return !!drawn && isFar(wanted) === far && Math.hypot(drawn.x - wanted.x, drawn.y - wanted.y) < EXACT;
      },
      PATIENCE,
      () => `${number} is drawn at ${JSON.stringify(wanted)}, not at ${JSON.stringify(drawn)}`,
    );
  }
}

/** Where the marker of somebody who is selected is drawn near to a point of a page: in the middle below the top of its ring. */
async function markerAt(page: Page, near: Point): Promise<Point | undefined> {
  const view = await shown(page, part.map('sip-map-view'));
  const top = await view.evaluate(
    (view, near, reach) => {
      const root = view.shadowRoot!;
      const canvas = root.querySelector('canvas')!;
      const {left, top, width} = view.getBoundingClientRect();
      const scale = canvas.width / width;
      const color = getComputedStyle(root.querySelector('.probe .accent')!).color;
      const wanted = /(\d+), (\d+), (\d+)/.exec(color)!.slice(1).map(Number);
      const [x, y] = [near.x - left - reach, near.y - top - reach].map((at) => Math.round(at * scale));
      const size = Math.round(2 * reach * scale);
      // The map's own canvas is not made for being read often, which the browser complains of.
      const copy = new OffscreenCanvas(size, size).getContext('2d', {willReadFrequently: true})!;
      copy.drawImage(canvas, -x!, -y!);
      const {data} = copy.getImageData(0, 0, size, size);
      const isPainted = (at: number): boolean =>
        wanted.every((value, index) => Math.abs(data[at + index]! - value) <= 6);
      for (let row = 0; row < size; row += 1) {
        const columns = Array.from({length: size}, (_, column) => column).filter((column) =>
          isPainted(4 * (row * size + column)),
        );
        if (!columns.length) continue;
        const middle = columns.reduce((sum, column) => sum + column + 0.5, 0) / columns.length;
        return {x: left + (x! + middle) / scale, y: top + (y! + row) / scale};
      }
      return undefined;
    },
    near,
    REACH,
  );
  return top && {x: top.x, y: top.y + RING};
}

/** The numbers of all people of the directory. */
const everyoneOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const {directory} = document.querySelector('sip-client')!;
    const groups = await directory!.groups();
    const people = (await Promise.all(groups.map(({number}) => directory!.members(number)))).flat();
    return [...new Set(people.map(({number}) => number))];
  });

/** Where the server says that people are. */
const positionsOf = (page: Page, numbers: readonly string[]): Promise<readonly Place[]> =>
  page.evaluate(
    async (numbers) => {
      const places = await document.querySelector('sip-client')!.directory!.positions(numbers);
      return places.map(({number, lat, lng}) => ({number, lat, lng}));
    },
    [...numbers],
  );

/** Returns where a place is on a page whose map shows everyone. */
async function projectionOf(page: Page, everyone: readonly Place[]): Promise<(place: Place) => Point> {
  const view = await shown(page, part.map('sip-map-view'));
  const box = await view.evaluate((view) => {
    const {left, top, width, height} = view.getBoundingClientRect();
    return {left, top, width, height};
  });
  const points = everyone.map(({lat, lng}) => pixelOf(lat, lng, MOST_ZOOM));
  const [xs, ys] = [points.map(({x}) => x), points.map(({y}) => y)];
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const fits = Math.min((box.width - MARGINS) / (east - west), (box.height - MARGINS) / (south - north));
  const scale = Math.min(2 ** Math.floor(Math.log2(fits)), 1);
  return ({lat, lng}) => {
    const {x, y} = pixelOf(lat, lng, MOST_ZOOM);
    return {
      x: box.left + box.width / 2 + (x - (west + east) / 2) * scale,
      y: box.top + box.height / 2 + (y - (north + south) / 2) * scale,
    };
  };
}

/** Where people are on the map, and who else is too near to one of them. */
async function placesOf(
  page: Page,
  everyone: readonly string[],
  numbers: readonly string[],
): Promise<{readonly around: readonly Point[]; readonly near: string}> {
  const all = await positionsOf(page, everyone);
  const project = await projectionOf(page, all);
  const placed = all.map((place) => ({number: place.number, ...project(place)}));
  const around = placed.filter(({number}) => numbers.includes(number));
  assert.equal(around.length, numbers.length);
  const near = placed.filter(
    (other) =>
      !numbers.includes(other.number) &&
      around.some(({x, y}) => Math.hypot(x - other.x, y - other.y) <= APART),
  );
  return {around, near: near.map(({number}) => number).join()};
}

/** A circle around each point, joined in the middle. */
function star(around: readonly Point[]): readonly Point[] {
  const hub = {
    x: around.reduce((sum, {x}) => sum + x, 0) / around.length,
    y: around.reduce((sum, {y}) => sum + y, 0) / around.length,
  };
  const sorted = [...around].sort(
    (one, other) => Math.atan2(one.y - hub.y, one.x - hub.x) - Math.atan2(other.y - hub.y, other.x - hub.x),
  );
  return [
    hub,
    ...sorted.flatMap(({x, y}) => {
      const angle = Math.atan2(y - hub.y, x - hub.x);
      // There and back by one line, so that nobody beside it is inside.
      const ways = Array.from({length: 13}, (_, turn) => angle + Math.PI + (turn * Math.PI) / 6);
      return [...ways.map((way) => ({x: x + RADIUS * Math.cos(way), y: y + RADIUS * Math.sin(way)})), hub];
    }),
  ];
}
