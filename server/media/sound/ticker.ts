/** How far behind it may be before what was missed is left out, in milliseconds: a process that stood still. */
const PATIENCE = 200;

/**
 * Calls again and again at an even pace that does not drift: what comes late is made up for.
 *
 * @param interval - In milliseconds.
 * @param tick - Called with a number that counts the intervals since the beginning, those left out as well.
 * @returns What stops it.
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
