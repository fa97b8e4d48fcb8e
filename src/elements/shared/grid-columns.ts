/** Returns the number of columns of a grid of videos, if there is enough space. */
export function gridColumns(count: number): number {
  return count <= 1 ? 1 : count <= 4 ? 2 : count <= 9 ? 3 : 4;
}
