/** What benches do one after the other at a desk, each step as soon as the one before has been done. */
import type {Page} from 'puppeteer-core';
import {press} from '../support/page/parts.js';

/** How long a busy machine may take for one group, call or camera. */
const STEP_MS = 60_000;

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Prints how far it is. */
export const progress = (text: string): void =>
  console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);

/** Waits until something is counted up to a number, and prints the steps; fails if the next step takes too long. */
export async function reaches(what: string, wanted: number, count: () => Promise<number>): Promise<void> {
  let [last, since] = [-1, Date.now()];
  for (;;) {
    const found = await count();
    if (found !== last) progress(`${what}: ${found} of ${wanted}`);
    if (found >= wanted) return;
    if (found !== last) [last, since] = [found, Date.now()];
    if (Date.now() - since > STEP_MS)
      throw new Error(`${what}: ${found} of ${wanted} after another ${STEP_MS / 1_000} s`);
    await pause(100);
  }
}

/** Joins all groups of a `<sip-channels>`. */
export async function joinAll(desk: Page, groups: number): Promise<void> {
  await press(desk, 'sip-channels >>> [part~=join-all]');
  const joined = async (): Promise<number> => (await desk.$$('sip-channels >>> .tile.idle')).length;
  await reaches('groups', groups, joined);
}
