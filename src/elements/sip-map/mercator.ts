/** A point: on the map, from 0 to 1 in both directions (Web Mercator), or on the screen, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The latitude at which the map ends, in degrees. */
const MOST_LATITUDE = 85.0511287798;

/** The circumference of the earth at the equator, in meters. */
const EARTH = 40_075_016.686;

/** Returns the point of the map that is at a place, in degrees. */
export function pointAt(lat: number, lng: number): Point {
  const sine = Math.sin((Math.min(MOST_LATITUDE, Math.max(-MOST_LATITUDE, lat)) * Math.PI) / 180);
  return {x: (lng + 180) / 360, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)};
}

/**
 * Returns how many meters a pixel has.
 *
 * @param size - The size of the whole map, in pixels.
 */
export const metersPerPixel = (lat: number, size: number): number =>
  (EARTH * Math.cos((lat * Math.PI) / 180)) / size;

/** Returns the largest of 1, 2 and 5 times a power of ten that is not above a value. */
export function roundBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = value / power;
  return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
}

/** Whether a point is inside a polygon. */
export function isInside({x, y}: Point, polygon: readonly Point[]): boolean {
  let inside = false;
  for (const [index, one] of polygon.entries()) {
    const other = polygon.at(index - 1)!;
    if (one.y > y !== other.y > y && x < ((other.x - one.x) * (y - one.y)) / (other.y - one.y) + one.x)
      inside = !inside;
  }
  return inside;
}

/** Returns the corners of the box between two points. */
export const boxBetween = (one: Point, other: Point): readonly Point[] => [
  one,
  {x: other.x, y: one.y},
  other,
  {x: one.x, y: other.y},
];
