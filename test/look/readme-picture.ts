/** Takes the README's picture: the page of two phones in a video call, through the development server. */
import {rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {within} from '../../scripts/project.mjs';
import {press, shown} from '../support/page/parts.js';
import {openSite} from '../support/page/site.js';

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

/** Writes `docs/page.png`. */
export async function takeReadmePicture(): Promise<void> {
  const camera = join(tmpdir(), `sip-elements-camera-${process.pid}.y4m`);
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip C420jpeg\n`);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), somebody()]);
  await writeFile(camera, Buffer.concat([header, frame, frame]));
  const site = await openSite({chromeFlags: [`--use-file-for-fake-video-capture=${camera}`]});
  try {
    const page = await site.open('/');
    await page.setViewport({width: 1200, height: 940});
    await page.emulateMediaFeatures([
      {name: 'prefers-color-scheme', value: 'light'},
      {name: 'prefers-reduced-motion', value: 'reduce'},
    ]);
    await shown(page, `${part('1002', 'sip-dialer', 'call')}:not([aria-disabled])`);
    await press(page, `${part('1001', 'sip-dialer', 'call')}:not([aria-disabled])`);
    await press(page, part('1002', 'sip-incoming', 'answer-video'));
    for (const user of ['1001', '1002']) await shown(page, `#phone-${user} sip-call >>> .remote.playing`);
    // The first pictures of a call are coarse.
    await page.waitForFunction(() => {
      const time = document.querySelector('sip-call')!.shadowRoot!.querySelector('sip-duration')!;
      return time.shadowRoot!.textContent!.includes('0:06');
    });
    await page.evaluate(() => scrollTo(0, 0));
    await writeFile(within('docs/page.png'), await page.screenshot());
  } finally {
    await site.close();
    await rm(camera);
  }
}
