import type {ElementHandle, Page} from 'puppeteer-core';

/**
 * Resolves with what a selector finds, as soon as it is there.
 *
 * Asks again and again: the browser's mutation records, which `waitForSelector` waits for, end at shadow roots.
 */
export async function shown(page: Page, selector: string): Promise<ElementHandle> {
  for (;;) {
    const found = await page.$(selector);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Presses what a selector finds, as a user would, as soon as it is there. */
export async function press(page: Page, selector: string): Promise<void> {
  await shown(page, selector);
  await page.locator(selector).click();
}

/** Writes into the field that a selector finds. */
export async function fill(page: Page, selector: string, text: string): Promise<void> {
  await shown(page, selector);
  await page.locator(selector).fill(text);
}
