import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import type {Page} from 'puppeteer-core';
import {IN_FIREFOX} from './browser.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Firefox is started with the light one. */
const SCHEMES = IN_FIREFOX ? ['light'] : ['light', 'dark'];

/** What axe finds wrong in the current page, one line each, in both themes. Nothing may move meanwhile. */
export async function audit(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.evaluate(AXE);
  for (const scheme of SCHEMES) {
    if (!IN_FIREFOX)
      await page.emulateMediaFeatures([
        {name: 'prefers-color-scheme', value: scheme},
        {name: 'prefers-reduced-motion', value: 'reduce'},
      ]);
    found.push(
      ...(await page.evaluate(async (scheme) => {
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const {violations} = await (window as any).axe.run();
        return violations.flatMap(({id, nodes}: any) =>
          nodes.map(
            ({target, failureSummary}: any) => `${scheme}: ${id}: ${target.join(' ')}: ${failureSummary}`,
          ),
        );
      }, scheme)),
    );
  }
  return found;
}
