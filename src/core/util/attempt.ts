/**
 * Runs each task, whatever another one throws: an end has several steps, and none of them may be left out.
 *
 * @param onError - Receives what a task throws.
 */
export function attempt(onError: (thrown: unknown) => void, ...tasks: readonly (() => void)[]): void {
  for (const task of tasks)
    try {
      task();
    } catch (thrown) {
      onError(thrown);
    }
}
