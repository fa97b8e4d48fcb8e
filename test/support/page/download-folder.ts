import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build} from 'esbuild';
import type {Browser, Page} from 'puppeteer-core';
import {IN_FIREFOX} from './browser.js';
import {until} from '../in-page/facts.js';

/** The WebDriver BiDi under a browser of Puppeteer's, which has no method of its own for this. */
interface BidiConnection {
  send(method: string, parameters: object): Promise<unknown>;
}

/** How Chromium and Firefox name a file that they have not downloaded to its end. */
const UNDER_WAY = /\.(crdownload|part)$/;

/** The files that the pages of a browser download, on the disk. */
export class DownloadFolder {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  static async open(browser: Browser): Promise<DownloadFolder> {
    const path = await mkdtemp(join(tmpdir(), 'sip-elements-downloads-'));
    if (IN_FIREFOX) {
      const {connection} = browser as unknown as {connection: BidiConnection};
      const downloadBehavior = {type: 'allowed', destinationFolder: path};
      await connection.send('browser.setDownloadBehavior', {downloadBehavior});
    } else {
      const inspector = await browser.target().createCDPSession();
      await inspector.send('Browser.setDownloadBehavior', {behavior: 'allow', downloadPath: path});
    }
    return new DownloadFolder(path);
  }

  /** Waits for a complete file that is not empty. */
  async file(name: string | RegExp): Promise<Buffer> {
    let bytes: Buffer | undefined;
    await until(async () => {
      const names = (await readdir(this.#path)).filter((each) => !UNDER_WAY.test(each));
      const found = names.find((each) => (typeof name === 'string' ? each === name : name.test(each)));
      bytes = found === undefined ? undefined : await readFile(join(this.#path, found));
      return !!bytes?.length;
    });
    return bytes!;
  }

  close(): Promise<void> {
    return rm(this.#path, {recursive: true, force: true});
  }
}

/** Gives a page the decoder that the recorder's own tests use: `recordings`. */
export const bringDecoder = (page: Page): Promise<void> => bring(page, 'recordings');

/** Gives a page what a file of `test/support/in-page` exports, under a name of its own. */
export async function bring(page: Page, name: string, file = name): Promise<void> {
  const {outputFiles} = await build({
    entryPoints: [`test/support/in-page/${file}.ts`],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: name,
  });
  await page.evaluate(outputFiles[0]!.text.replace(`var ${name}`, `globalThis.${name}`));
}
