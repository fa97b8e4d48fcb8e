import type {Page} from 'puppeteer-core';
import {until} from '../in-page/facts.js';
import {shown} from '../page/parts.js';

/** How long the browser may take to begin to drag, in milliseconds. */
const BEGIN = 20_000;

/**
 * Drags by the mouse what one selector finds onto what another one finds.
 *
 * @param lit - What is there while it can be dropped: waits for that before it drops.
 */
export async function drag(page: Page, from: string, to: string, lit?: string): Promise<void> {
  await page.hover(from);
  await page.mouse.down();
  await page.hover(to);
  if (lit)
    await until(
      async () => {
        // The browser reports where the pointer is when it moves.
        await page.mouse.move(...(await middleOf(page, to, 1)));
        await page.mouse.move(...(await middleOf(page, to)));
        return (await page.$(lit)) !== null;
      },
      BEGIN,
      () => `${from} can be dropped on ${to}`,
    );
  await page.mouse.up();
}

/** Drags by a finger what one selector finds onto what another one finds; waits for what is there meanwhile. */
export async function dragByTouch(page: Page, from: string, to: string, lit: string): Promise<void> {
  const touch = await page.touchscreen.touchStart(...(await middleOf(page, from)));
  const [x, y] = await middleOf(page, to);
  await touch.move(x + 1, y);
  await touch.move(x, y);
  await shown(page, lit);
  await touch.end();
}

/** Returns the middle of what a selector finds, or a point beside it, in pixels of the viewport. */
async function middleOf(page: Page, selector: string, beside = 0): Promise<[number, number]> {
  const found = await shown(page, selector);
  const {x, y, width, height} = (await found.boundingBox())!;
  return [x + width / 2 + beside, y + height / 2];
}
