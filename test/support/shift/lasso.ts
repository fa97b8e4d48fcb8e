import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {until} from '../in-page/facts.js';
import {pixelOf, type Point} from '../desk/mercator.js';
import {shown} from '../page/parts.js';
import {part} from './hand.js';

/** How far around a person the lasso goes, in pixels, and from how far away another person is left out. */
const [RADIUS, APART] = [6, 10];

/** The greatest zoom at which the map shows everyone, and what it leaves around them on both sides, in pixels. */
const [MOST_ZOOM, MARGINS] = [16, 96];

/** How long somebody else may be near to one of them, in milliseconds: all walk in circles, which takes a minute or so. */
const PATIENCE = 120_000;

/** Returns a way around people on a map that shows everyone, as soon as nobody else is near to one of them: all move. */
export async function lassoOf(page: Page, numbers: readonly string[]): Promise<readonly Point[]> {
  let found: {readonly around: readonly Point[]; readonly near: string} = {around: [], near: ''};
  const everyone = await page.evaluate(async () => {
    const {directory} = document.querySelector('sip-client')!;
    const groups = await directory!.groups();
    const people = (await Promise.all(groups.map(({number}) => directory!.members(number)))).flat();
    return [...new Set(people.map(({number}) => number))];
  });
  await until(
    async () => (found = await placesOf(page, everyone, numbers)).near === '',
    PATIENCE,
    () => `nobody else is near: ${found.near}`,
  );
  return star(found.around);
}

/** Where people are on the map, and who else is too near to one of them. */
async function placesOf(
  page: Page,
  everyone: readonly string[],
  numbers: readonly string[],
): Promise<{readonly around: readonly Point[]; readonly near: string}> {
  const view = await shown(page, part.map('sip-map-view'));
  const [box, all] = await Promise.all([
    view.evaluate((view) => {
      const {left, top, width, height} = view.getBoundingClientRect();
      return {left, top, width, height};
    }),
    page.evaluate(
      async (everyone) => {
        const places = await document.querySelector('sip-client')!.directory!.positions(everyone);
        return places.map(({number, lat, lng}) => ({number, lat, lng}));
      },
      [...everyone],
    ),
  ]);
  const points = all.map(({number, lat, lng}) => ({number, ...pixelOf(lat, lng, MOST_ZOOM)}));
  const [xs, ys] = [points.map(({x}) => x), points.map(({y}) => y)];
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const fits = Math.min((box.width - MARGINS) / (east - west), (box.height - MARGINS) / (south - north));
  const scale = Math.min(2 ** Math.floor(Math.log2(fits)), 1);
  const placed = points.map(({number, x, y}) => ({
    number,
    x: box.left + box.width / 2 + (x - (west + east) / 2) * scale,
    y: box.top + box.height / 2 + (y - (north + south) / 2) * scale,
  }));
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
