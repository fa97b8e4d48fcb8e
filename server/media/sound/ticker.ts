/** The longest delay that is caught up, in milliseconds: after a longer one (a suspended process) ticks are skipped. */
const PATIENCE = 200;

/**
 * Calls a function at an even pace that does not drift: late calls are caught up.
 *
 * @param interval - In milliseconds.
 * @param tick - Called with the number of intervals since the beginning, including skipped ones.
 * @returns A function that stops it.
 */
export function everyInterval(interval: number, tick: (index: number) => void): () => void {
  const start = performance.now();
  let index = 0;
  let stopped = false;
  let timer: NodeJS.Timeout;
  const run = (): void => {
    const due = Math.floor((performance.now() - start) / interval);
    if ((due - index) * interval > PATIENCE) index = due;
    for (; index <= due && !stopped; index += 1) tick(index);
    if (!stopped) timer = setTimeout(run, Math.max(0, start + index * interval - performance.now()));
  };
  timer = setTimeout(run, 0);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
