import type {PlacedPerson} from './map-people.js';

/** A person, or several who are too near to each other to be drawn apart, on the screen. */
export interface Spot {
  x: number;
  y: number;
  readonly people: PlacedPerson[];
}

/** How near to each other people are drawn as one, in pixels. */
const NEAR = 56;

/** The same if the map shows single houses: only markers that would hide each other are one. */
const NEAR_IN_DETAIL = 18;

/** The zoom from which the map shows single houses. */
const DETAIL = 17;

/** The most columns of squares. */
const COLUMNS = 2 ** 22;

/**
 * Groups people who are near to each other on the screen. The squares in which they are sought belong to the map, so that moving
 * it changes no group.
 *
 * @param placed - People and where they are, in pixels of the whole map at this zoom.
 */
export function clustersOf(
  placed: readonly {person: PlacedPerson; x: number; y: number}[],
  zoom: number,
): Spot[] {
  const near = zoom < DETAIL ? NEAR : NEAR_IN_DETAIL;
  const squares = new Map<number, Spot>();
  for (const {person, x, y} of placed) {
    const key = Math.floor(x / near) + COLUMNS * Math.floor(y / near);
    const spot = squares.get(key);
    if (!spot) {
      squares.set(key, {x, y, people: [person]});
      continue;
    }
    spot.people.push(person);
    const share = 1 / spot.people.length;
    spot.x += (x - spot.x) * share;
    spot.y += (y - spot.y) * share;
  }
  return merged(squares, near);
}

/** The squares after one in reading order. */
const AFTER = [1, COLUMNS - 1, COLUMNS, COLUMNS + 1];

/** Joins groups of neighboring squares that are near to each other. */
function merged(squares: Map<number, Spot>, near: number): Spot[] {
  const least = (near * 0.85) ** 2;
  for (const [key, spot] of [...squares].sort(
    ([, one], [, other]) => other.people.length - one.people.length,
  )) {
    if (squares.get(key) !== spot) continue;
    for (const step of AFTER.flatMap((each) => [each, -each])) {
      const other = squares.get(key + step);
      if (!other || (other.x - spot.x) ** 2 + (other.y - spot.y) ** 2 > least) continue;
      const share = other.people.length / (spot.people.length + other.people.length);
      spot.x += (other.x - spot.x) * share;
      spot.y += (other.y - spot.y) * share;
      spot.people.push(...other.people);
      squares.delete(key + step);
    }
  }
  return [...squares.values()];
}
