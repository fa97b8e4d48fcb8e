/**
 * Runs a task for each item, in their order, at most so many at the same time.
 *
 * @returns Rejects with the first failure of a task.
 */
export async function fewAtOnce<T>(
  items: Iterable<T>,
  most: number,
  task: (item: T) => Promise<unknown>,
): Promise<void> {
  // All of them take from the same iterator.
  const waiting = items[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) await task(next.value);
  };
  await Promise.all(Array.from({length: most}, work));
}
