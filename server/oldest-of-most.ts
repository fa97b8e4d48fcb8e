/**
 * Returns the oldest item of the owner who has the most: what a crowded store drops first, so that one user does not push out
 * the others.
 *
 * @param items - At least one, the oldest first.
 */
export function oldestOfMost<T>(items: readonly T[], ownerOf: (item: T) => string): T {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(ownerOf(item), (counts.get(ownerOf(item)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return items.find((item) => counts.get(ownerOf(item)) === most)!;
}
