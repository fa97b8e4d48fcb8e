import type {Page} from 'puppeteer-core';
import {goal, quantile} from './table.js';

/** What is a long task, in milliseconds. */
const LONG = 50;

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

/** A task of a page's own thread, in milliseconds: by the clock, and of the processor. */
export interface Task {
  readonly clock: number;
  /** The clock counts other programs as well. */
  readonly own: number;
}

/** What a page did, and its tasks meanwhile. */
export interface Recorded<T> {
  readonly result: T;
  /** The tasks between two of the page's marks; of the whole recording by default. */
  tasks(from?: string, to?: string): readonly Task[];
}

/** Records a page's tasks while something is done in it. */
export async function recordTasks<T>(page: Page, play: () => Promise<T>): Promise<Recorded<T>> {
  const mark = (name: string): Promise<unknown> => page.evaluate((name) => performance.mark(name), name);
  await page.tracing.start({categories: ['toplevel', 'blink.user_timing']});
  await mark('begins');
  const result = await play();
  await mark('ends');
  const trace = Buffer.from((await page.tracing.stop())!).toString();
  const {traceEvents: events} = JSON.parse(trace) as {traceEvents: TraceEvent[]};
  return {
    result,
    tasks(from = 'begins', to = 'ends') {
      const [begin, end] = [from, to].map((name) => events.find((event) => event.name === name)!);
      return (
        events
          .filter(
            ({name, ph, pid, tid, ts, dur = 0}) =>
              name.endsWith('RunTask') &&
              ph === 'X' &&
              pid === begin!.pid &&
              tid === begin!.tid &&
              // The marks are set within tasks.
              ts + dur > begin!.ts &&
              ts < end!.ts,
          )
          // The processor's clock of a machine that is itself a guest may leap.
          .map(({dur = 0, tdur = 0}) => ({clock: dur / 1000, own: Math.min(dur, tdur) / 1000}))
      );
    },
  };
}

/** Begins to note which scripts of a page run in frames and tasks that take long; see {@link longScripts}. */
export async function watchScripts(page: Page): Promise<void> {
  await page.evaluate(() => {
    const found: [place: string, duration: number][] = ((window as any).longScripts = []);
    new PerformanceObserver((list) => {
      for (const {scripts} of list.getEntries() as any[])
        for (const {invoker, sourceURL, sourceFunctionName, sourceCharPosition, duration} of scripts) {
          const place = `${sourceURL.split('/').pop()}:${sourceCharPosition} ${sourceFunctionName}`;
          found.push([`${invoker} (${place.trim()})`, duration]);
        }
    }).observe({type: 'long-animation-frame'});
  });
}

/** Takes the ten scripts that took longest in long frames of a page, by the clock. */
export async function longScripts(page: Page): Promise<string[]> {
  const found = await page.evaluate(() => (window as any).longScripts.splice(0) as [string, number][]);
  const longest = new Map<string, number[]>();
  for (const [place, duration] of found) longest.set(place, [...(longest.get(place) ?? []), duration]);
  return [...longest]
    .map(([place, durations]) => ({place, count: durations.length, most: Math.max(...durations)}))
    .sort((one, other) => other.most - one.most)
    .slice(0, 10)
    .map(({place, count, most}) => `${most.toFixed(0)} ms in ${place}, ${count} times`);
}

/** The heads of the cells that {@link taskCells} fills. */
export const TASK_HEADS = ['tasks', `over ${LONG} ms`, 'longest task, ms', 'of the processor, ms', 'goal'];

/** Cells about tasks: how many there were, how many were long, the longest one, and whether that is the goal. */
export function taskCells(tasks: readonly Task[], hasGoal = true): (string | number)[] {
  const [clock, own] = (['clock', 'own'] as const).map((kind) =>
    // Ten minutes have more tasks than a function takes arguments.
    tasks.reduce((longest, task) => Math.max(longest, task[kind]), 0),
  );
  const long = tasks.filter((task) => task.clock > LONG).length;
  const wanted = hasGoal ? goal(`under ${LONG} ms`, clock! < LONG) : '';
  return [tasks.length, long, clock!.toFixed(1), own!.toFixed(1), wanted];
}

/** The heads of the cells that {@link frameCells} fills. */
export const FRAME_HEADS = ['frame, ms', '95th percentile, ms', 'longest frame, ms'];

export const frameCells = (times: readonly number[]): string[] =>
  [0.5, 0.95, 1].map((share) => quantile(times, share).toFixed(1));

/** Returns how long each frame of a page takes for so many seconds, in milliseconds. */
export const frames = (page: Page, seconds: number): Promise<number[]> =>
  page.evaluate(async (length) => {
    const frame = (): Promise<number> => new Promise(requestAnimationFrame);
    const times: number[] = [];
    const began = await frame();
    for (let last = began; last < began + length;) {
      const now = await frame();
      times.push(now - last);
      last = now;
    }
    return times;
  }, seconds * 1000);
