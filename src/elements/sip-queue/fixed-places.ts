/**
 * The places of a list in which nothing moves while a person aims. Meanwhile new rows come last, and the place of a row that
 * is gone stays empty.
 */
export class FixedPlaces {
  #places: readonly (string | undefined)[] = [];

  /**
   * Returns the rows by their places; undefined for an empty place.
   *
   * @param wanted - The keys of the rows, in the order that they have once nothing is fixed.
   */
  arrange(wanted: readonly string[], fixed: boolean): readonly (string | undefined)[] {
    if (!fixed) return (this.#places = wanted);
    const kept = this.#places.map((key) => (key !== undefined && wanted.includes(key) ? key : undefined));
    this.#places = [...kept, ...wanted.filter((key) => !kept.includes(key))];
    return this.#places;
  }
}
