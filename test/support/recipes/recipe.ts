import assert from 'node:assert/strict';
import type {ElementHandle, Page} from 'puppeteer-core';
import {audit} from '../page/audit.js';
import type {Site} from '../page/site.js';

/** Opens the page of a recipe in English, and checks its accessibility; resolves once all its phones are registered. */
export async function openRecipe(site: Site, name: string): Promise<Page> {
  const page = await site.open(`/recipes/${name}.html?lang=en`);
  await page.waitForFunction(() =>
    [...document.querySelectorAll('sip-client, sip-phone')].every(
      (phone) => (phone as HTMLElementTagNameMap['sip-client']).client?.state.registration === 'registered',
    ),
  );
  assert.deepEqual(await audit(page), []);
  return page;
}

/** Waits until a client of the page has so many calls, all in this phase. */
export async function hasCalls(page: Page, client: string, count: number, phase = 'answered'): Promise<void> {
  await page.waitForFunction(
    (client, count, phase) => {
      const {calls} = document.querySelector(client) as HTMLElementTagNameMap['sip-client'];
      return calls.length === count && calls.every(({state}) => state.phase === phase);
    },
    {},
    client,
    count,
    phase,
  );
}

/** Ends the first call of a client of the page. */
export function hangUp(page: Page, client: string): Promise<void> {
  return page.evaluate(
    (client) => (document.querySelector(client) as HTMLElementTagNameMap['sip-client']).calls[0]!.hangup(),
    client,
  );
}

/** The color that is drawn at a place of an element, its place in parts of width and height. */
export async function colorAt(
  page: Page,
  element: ElementHandle,
  x: number,
  y: number,
): Promise<readonly number[]> {
  const picture = await element.screenshot({encoding: 'base64'});
  return page.evaluate(
    async (picture, x, y) => {
      const image = Object.assign(new Image(), {src: `data:image/png;base64,${picture}`});
      await image.decode();
      const {width, height} = image;
      const canvas = Object.assign(document.createElement('canvas'), {width, height});
      const paint = canvas.getContext('2d')!;
      paint.drawImage(image, 0, 0);
      return [...paint.getImageData(Math.floor(x * width), Math.floor(y * height), 1, 1).data].slice(0, 3);
    },
    picture,
    x,
    y,
  );
}
