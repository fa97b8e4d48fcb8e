/** A point in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a place is on the whole map at a zoom: Web Mercator. */
export function pixelOf(lat: number, lng: number, zoom: number): Point {
  const size = 256 * 2 ** zoom;
  const sine = Math.sin((lat * Math.PI) / 180);
  return {
    x: ((lng + 180) / 360) * size,
    y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size,
  };
}
