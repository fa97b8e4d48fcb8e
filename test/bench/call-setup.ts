/**
 * How long a video call takes from the command to the first picture, beside sip.js's own `SimpleUser` in the same run:
 * the same server, the same callee, in turns. Prints figures, judges nothing.
 */
import {build} from 'esbuild';
import type {Page} from 'puppeteer-core';
import {onlinePage} from '../support/page/phone-page.js';
import {openSite, type Site} from '../support/page/site.js';
import type {PeerPage} from './peer-page.js';

const ROUNDS = 10;

async function peerPage(site: Site, user: string, iceServers: RTCIceServer[] | undefined): Promise<Page> {
  const {outputFiles} = await build({
    entryPoints: ['test/bench/peer-page.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    define: {global: 'globalThis'},
  });
  const page = await site.open('/fswebrtc');
  await page.evaluate(outputFiles[0]!.text);
  await page.evaluate(
    async (user, iceServers) => {
      const server = `ws://${location.host}/fswebrtc`;
      await (globalThis as unknown as {peer: PeerPage}).peer.start(
        server,
        user,
        '1234',
        iceServers ?? undefined,
      );
    },
    user,
    iceServers ?? null,
  );
  return page;
}

/** One call by this project's client: milliseconds from the command to the first picture. */
const ours = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const began = performance.now();
    const call = await (document.querySelector('sip-client') as any).call('1002', {media: 'video'});
    const video = document.createElement('video');
    video.muted = true;
    document.body.append(video);
    const picture = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    const show = (): void => {
      if (video.srcObject !== call.remoteStream) video.srcObject = call.remoteStream ?? null;
      void video.play().catch(() => {});
    };
    call.addEventListener('streamschange', show);
    show();
    await picture;
    const took = performance.now() - began;
    await call.hangup();
    video.remove();
    return took;
  });

const theirs = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const {peer} = globalThis as unknown as {peer: PeerPage};
    const took = await peer.call('1002');
    await peer.hangup();
    return took;
  });

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;

const site = await openSite();
try {
  const callee = await onlinePage(site, {user: '1002'});
  await callee.evaluate(() => {
    document
      .querySelector('sip-client')!
      .addEventListener('sip-call-received', (event: any) => void event.detail.call.answer({media: 'video'}));
  });
  const rows: [string, (page: Page) => Promise<number>, Page, number[]][] = [
    ['sip-elements', ours, await onlinePage(site, {user: '1001'}), []],
    ['sip.js SimpleUser, no STUN', theirs, await peerPage(site, '1003', []), []],
    ['sip.js SimpleUser, as it comes', theirs, await peerPage(site, '1004', undefined), []],
  ];
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [, run, page, figures] of rows) {
      const took = await run(page);
      if (round > 0) figures.push(took);
      while (site.server.stats()['sessions']) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  const own = median(rows[0]![3]);
  for (const [name, , , figures] of rows) {
    const middle = median(figures);
    process.stdout.write(
      `${name}: median ${middle.toFixed(0)} ms from the command to the first picture, ${(middle / own).toFixed(2)} × sip-elements (${ROUNDS} calls)\n`,
    );
  }
} finally {
  await site.close();
}
