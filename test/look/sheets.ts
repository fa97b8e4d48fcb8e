/** Contact sheets: many pictures in one, with their names, to look at quickly. */
import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {startBrowser} from '../support/page/browser.js';

/** The width of a sheet, and of a picture on it at most. */
const SHEET = 1680;
const LARGEST = 548;
/** How many pictures are on a sheet at most, by their width: a sheet stays readable. */
const ROOM: Readonly<Record<string, number>> = {320: 15, 768: 9, 1440: 6};

/**
 * Writes sheets of a folder's pictures into it: those of one element and one variant on one sheet.
 *
 * @returns The paths of the sheets.
 */
export async function writeSheets(folder: string): Promise<string[]> {
  const sheets = new Map<string, string[]>();
  for (const file of (await readdir(folder)).sort()) {
    const [, element, variant, width] = /^([a-z]+)[a-z0-9-]*\.(.*-(\d+))\.png$/.exec(file) ?? [];
    if (!element || !variant || !width) continue;
    let part = 1;
    const name = (): string => `sheet.${element}.${variant}${part > 1 ? `.${part}` : ''}.png`;
    while ((sheets.get(name())?.length ?? 0) >= ROOM[width]!) part += 1;
    sheets.set(name(), [...(sheets.get(name()) ?? []), file]);
  }
  const {browser, close} = await startBrowser({firefox: false});
  try {
    const page = await browser.newPage();
    await page.setViewport({width: SHEET, height: 800});
    for (const [name, files] of sheets) {
      const figures = await Promise.all(files.map((file) => figure(folder, file)));
      await page.setContent(
        `<body style="margin: 8px; background: #777; display: flex; flex-wrap: wrap; gap: 8px; align-items: start;
        font: 13px sans-serif; color: #fff">${figures.join('')}`,
      );
      await writeFile(join(folder, name), await page.screenshot({fullPage: true}));
    }
  } finally {
    await close();
  }
  return [...sheets.keys()].map((name) => join(folder, name));
}

async function figure(folder: string, file: string): Promise<string> {
  const data = (await readFile(join(folder, file))).toString('base64');
  return `<figure style="margin: 0"><figcaption>${file.split('.', 1)[0]!}</figcaption
    ><img style="max-width: ${LARGEST}px" src="data:image/png;base64,${data}"></figure>`;
}
