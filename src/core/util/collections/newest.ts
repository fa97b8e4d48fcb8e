/** A map or a set. */
interface Entries<K, V> {
  readonly size: number;
  entries(): Iterable<readonly [K, V]>;
  delete(key: K): boolean;
}

/** Removes the entries of a map or set that were added first, until it has no more than `most`. */
export function dropOldest<K, V>(
  entries: Entries<K, V>,
  most: number,
  removable: (value: V) => boolean = () => true,
): void {
  for (const [key, value] of entries.entries()) {
    if (entries.size <= most) return;
    if (removable(value)) entries.delete(key);
  }
}

/** Sets an entry of a map that keeps the `most` entries that were set last. */
export function setNewest<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  dropOldest(map, most);
}
