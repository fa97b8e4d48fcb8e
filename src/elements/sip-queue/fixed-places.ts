/** How many places stay empty: a stranger may call again and again while a person aims for hours. */
const MOST_EMPTY = 20;

/**
 * The places of a list in which nothing moves while a person aims. Meanwhile new rows come last, and the place of a row that
 * is gone stays empty. Once there are many empty places, a new row takes the first of them.
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
    const places = this.#places.map((key) => (key !== undefined && wanted.includes(key) ? key : undefined));
    let empty = places.filter((key) => key === undefined).length;
    for (const key of wanted) {
      if (places.includes(key)) continue;
      const place = empty >= MOST_EMPTY ? places.indexOf(undefined) : places.length;
      if (place < places.length) empty -= 1;
      places[place] = key;
    }
    return (this.#places = places);
  }
}
