/** Takes the demo pages with the development server behind them; they are looked at, not compared. */
import {readdir, writeFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import type {Page} from 'puppeteer-core';
import {within} from '../../scripts/project.mjs';
import {shown} from '../support/page/parts.js';
import {openSite} from '../support/page/site.js';
import {VARIANTS, type Variant} from './variants.js';

/** Takes the demo pages of elements whose names begin so, all without names, in every variant. */
export async function takeDemoPages(folder: string, names: readonly string[]): Promise<void> {
  const site = await openSite();
  try {
    const folders = await Promise.all(
      ['', 'recipes/'].map(async (folder) =>
        (await readdir(within(`demo/${folder}`))).map((file) => `${folder}${file}`),
      ),
    );
    const files = folders.flat().filter((file) => file.endsWith('.html'));
    for (const file of files.filter(
      (each) => names.length === 0 || names.some((name) => basename(each).startsWith(name)),
    )) {
      const page = await site.open(`/${file}`);
      await page.waitForFunction(() =>
        [...document.querySelectorAll('sip-client[autoconnect], sip-phone:not([login])')].every(
          (each) => (each as HTMLElementTagNameMap['sip-client']).client?.state.registration === 'registered',
        ),
      );
      for (const variant of VARIANTS)
        await writeFile(
          join(folder, `demo-${file.slice(0, -5).replace('/', '-')}.${variant.name}.png`),
          await snap(page, variant),
        );
      await page.close();
    }
  } finally {
    await site.close();
  }
}

async function snap(page: Page, {theme, language, width}: Variant): Promise<Uint8Array> {
  await page.setViewport({width, height: 900});
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', {
    features: [
      {name: 'prefers-color-scheme', value: theme === 'dark' ? 'dark' : 'light'},
      {name: 'prefers-reduced-motion', value: 'reduce'},
      {name: 'forced-colors', value: theme === 'forced' ? 'active' : 'none'},
    ],
  });
  await (
    await shown(page, `[data-language="${language}"]`)
  ).evaluate((button) => (button as HTMLElement).click());
  await shown(page, `html[lang="${language}"]`);
  // The elements load the language first.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  try {
    return await page.screenshot({fullPage: true});
  } finally {
    await session.detach();
  }
}
