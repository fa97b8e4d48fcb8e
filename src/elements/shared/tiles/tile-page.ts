/** A page of tiles, as its panel keeps it. */
export interface TilePage {
  readonly id: string;
  /** What the user calls it; empty if it has only a number. */
  readonly name: string;
}

/** Returns an id for one more page. */
export const freshPageId = (pages: readonly TilePage[]): string =>
  String(1 + Math.max(...pages.map(({id}) => Number(id))));
