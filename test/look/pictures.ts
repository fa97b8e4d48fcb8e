/**
 * Takes pictures of the page of two phones, in a call: `npm run pictures`.
 *
 * `docs/page.png` is the README's. With a folder as argument it takes every theme, language and width into it instead,
 * to be looked at: idle, ringing, in a call, ended; then a conference, an intercom, messages, monitoring, recordings. A second argument,
 * `quality`, `phones`, `conference`, `intercom`, `messages`, `monitor`, `phone`, `recordings` or `signs`, takes those alone.
 */
import {mkdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Page} from 'puppeteer-core';
import {press, shown} from '../support/page/parts.js';
import {openSite} from '../support/page/site.js';
import {within} from '../../scripts/project.mjs';
import {conferencePictures} from './conference.js';
import {intercomPictures} from './intercom.js';
import {messagesPictures} from './messages.js';
import {monitorPictures} from './monitor.js';
import {wholePhonePictures} from './phone.js';
import {qualityPictures} from './quality.js';
import {recordingsPictures} from './recordings.js';
import {signPictures} from './signs.js';

const [WIDTH, HEIGHT] = [640, 360];

/** Somebody drawn, as one frame of a Y4M file: luma and both chroma planes. */
function somebody(): Buffer {
  const luma = Buffer.alloc(WIDTH * HEIGHT);
  const [blue, red] = [Buffer.alloc((WIDTH * HEIGHT) / 4), Buffer.alloc((WIDTH * HEIGHT) / 4)];
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const head = Math.hypot(x - WIDTH / 2, y - HEIGHT * 0.36) < HEIGHT * 0.17;
      const body = ((x - WIDTH / 2) / (WIDTH * 0.27)) ** 2 + ((y - HEIGHT) / (HEIGHT * 0.42)) ** 2 < 1;
      const [level, cb, cr] = head ? [190, 134, 118] : body ? [122, 150, 104] : [56, 136, 125];
      luma[y * WIDTH + x] = level!;
      const half = (y >> 1) * (WIDTH / 2) + (x >> 1);
      blue[half] = cb!;
      red[half] = cr!;
    }
  }
  return Buffer.concat([luma, blue, red]);
}

const part = (user: string, tag: string, name: string): string => `#phone-${user} ${tag} >>> [part~=${name}]`;

const [folder, only = ''] = process.argv.slice(2);
const camera = join(tmpdir(), `sip-elements-camera-${process.pid}.y4m`);
const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip C420jpeg\n`);
await writeFile(
  camera,
  Buffer.concat([header, Buffer.from('FRAME\n'), somebody(), Buffer.from('FRAME\n'), somebody()]),
);
const site = await openSite({
  // Longer than it takes to look at somebody who speaks.
  floorTimeout: 600_000,
  chromeFlags: [`--use-file-for-fake-video-capture=${camera}`],
});
try {
  if (!only || only === 'phones') await phonePictures();
  if (folder && (!only || only === 'conference')) await conferencePictures(site, take);
  if (folder && (!only || only === 'intercom')) await intercomPictures(site, take);
  if (folder && (!only || only === 'messages')) await messagesPictures(site, take);
  if (folder && (!only || only === 'monitor')) await monitorPictures(site, take);
  if (folder && (!only || only === 'phone')) await wholePhonePictures(site, take);
  if (folder && (!only || only === 'quality')) await qualityPictures(site, take);
  if (folder && (!only || only === 'recordings')) await recordingsPictures(site, take);
  if (folder && (!only || only === 'signs')) await signPictures(site, take);
} finally {
  await site.close();
  await rm(camera);
}

/** Takes a state of a page in every theme, language and width, or in the system's own colors; just once for the README. */
async function take(page: Page, state: string, forced = false): Promise<void> {
  if (!folder) return;
  await mkdir(folder, {recursive: true});
  for (const language of ['en', 'zh-CN'])
    for (const scheme of ['light', 'dark'] as const)
      for (const width of [320, 768, 1440])
        await snap(
          page,
          join(folder, `${state}-${width}-${scheme}-${language}.png`),
          width,
          scheme,
          language,
          forced,
        );
}

/** Two phones, in a call. */
async function phonePictures(): Promise<void> {
  const page = await site.open('/');
  await shown(page, `${part('1001', 'sip-dialer', 'call')}:not([aria-disabled])`);
  await shown(page, `${part('1002', 'sip-dialer', 'call')}:not([aria-disabled])`);
  await take(page, 'idle');
  await press(page, part('1001', 'sip-dialer', 'call'));
  await shown(page, part('1002', 'sip-incoming', 'answer-video'));
  await take(page, 'ringing');
  await press(page, part('1002', 'sip-incoming', 'answer-video'));
  await shown(page, '#phone-1001 sip-call >>> .remote.playing');
  await shown(page, '#phone-1002 sip-call >>> .remote.playing');
  // The first pictures of a call are coarse.
  await page.waitForFunction(() => {
    const time = document.querySelector('sip-call')!.shadowRoot!.querySelector('sip-duration')!;
    return time.shadowRoot!.textContent!.includes('0:06');
  });
  await take(page, 'call');
  if (!folder) await snap(page, within('docs/page.png'), 1200, 'light', 'en');
  await press(page, part('1001', 'sip-call', 'hangup'));
  await shown(page, part('1001', 'sip-call', 'again'));
  await take(page, 'ended');
}

async function snap(
  page: Page,
  path: string,
  width: number,
  scheme: 'light' | 'dark',
  language: string,
  forced = false,
): Promise<void> {
  await page.setViewport({width, height: 940});
  // The library knows no forced colors.
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', {
    features: [
      {name: 'prefers-color-scheme', value: scheme},
      {name: 'prefers-reduced-motion', value: 'reduce'},
      {name: 'forced-colors', value: forced ? 'active' : 'none'},
    ],
  });
  await page.locator(`[data-language="${language}"]`).click();
  await page.evaluate(() => {
    scrollTo(0, 0);
    return new Promise((resolve) => setTimeout(resolve, 400));
  });
  await writeFile(path, await page.screenshot({fullPage: width === 320}));
  await session.detach();
}
