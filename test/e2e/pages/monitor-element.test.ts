import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {audit} from '../../support/page/audit.js';
import {bringDecoder, DownloadFolder} from '../../support/page/download-folder.js';
import {until} from '../../support/in-page/facts.js';
import {press, shown} from '../../support/page/parts.js';
import {goOnline, phonePage} from '../../support/page/phone-page.js';
import {sendsSignals, type Halves} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';
import {released} from '../../support/page/witness.js';

const DESK = '<main><h1>Desk</h1><sip-monitor></sip-monitor></main>';
const WATCHED = '<main><h1>Phone</h1><sip-incoming></sip-incoming></main>';

const COLOURS: Readonly<Record<string, Halves>> = {
  '1002': [
    [200, 40, 40],
    [40, 40, 200],
  ],
  '1003': [
    [40, 180, 40],
    [200, 200, 40],
  ],
};

const tile = (key: string, inside = ''): string => `sip-monitor >>> [data-key="${key}"] ${inside}`;

/** The state of each tile of a wall. */
const phases = (page: Page): Promise<string> =>
  page.$$eval('sip-monitor >>> .tile', (tiles) =>
    tiles.map((tile) => tile.getAttribute('data-phase')).join(),
  );

/** Waits until all tiles of a wall have these states. */
const stand = (page: Page, wanted: string): Promise<void> =>
  until(async () => [...new Set((await phases(page)).split(','))].join() === wanted);

/** Puts numbers on a wall and starts it. */
async function watch(page: Page, numbers: string): Promise<void> {
  await page.$eval('sip-monitor', (wall, numbers) => (wall.numbers = numbers), numbers);
  await press(page, 'sip-monitor >>> [part=start]');
}

/** Waits until a tile has shown this many more frames; Firefox does not count those of a stream. */
const moves = (page: Page, key: string, frames: number): Promise<void> =>
  page.$eval(
    tile(key, 'sip-video'),
    (video, frames) =>
      new Promise<void>((resolve) => {
        const player = video.shadowRoot!.querySelector('video')!;
        const next = (): void => {
          if (frames === 0) return resolve();
          frames -= 1;
          player.requestVideoFrameCallback(next);
        };
        next();
      }),
    frames,
  );

/** Waits until a tile shows these colours: its picture, or the still one that it keeps. */
async function shows(
  page: Page,
  key: string,
  halves: Halves,
  what: 'video' | 'still' = 'video',
): Promise<void> {
  await until(() =>
    page.$eval(
      tile(key),
      (element, halves, what) => {
        const source =
          what === 'still'
            ? element.querySelector('canvas')
            : element.querySelector('sip-video')?.shadowRoot!.querySelector('video');
        const canvas = Object.assign(document.createElement('canvas'), {width: 4, height: 4});
        const context = canvas.getContext('2d', {willReadFrequently: true})!;
        if (source) context.drawImage(source, 0, 0, 4, 4);
        return halves.every((colour, index) => {
          const {data} = context.getImageData(index * 3, 1, 1, 1);
          return colour.every((part, place) => Math.abs(part - data[place]!) < 45);
        });
      },
      halves,
      what,
    ),
  );
}

/** Lets no frame of a page's camera go out any more: where the camera itself hangs, Firefox repeats its last one. */
async function freeze(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const peer of (window as any).opened.peers as Set<RTCPeerConnection>)
      for (const sender of peer.getSenders()) {
        if (sender.track?.kind !== 'video') continue;
        const parameters = sender.getParameters();
        for (const encoding of parameters.encodings) encoding.active = false;
        await sender.setParameters(parameters);
      }
  });
}

describe('<sip-monitor> and the development server', () => {
  let site: Site;
  let desk: Page;
  const phones = new Map<string, Page>();
  let downloads: DownloadFolder;

  const open = async (user: string, attributes: string, inside: string): Promise<Page> => {
    const page = await phonePage(site, {user, attributes, inside});
    await page.evaluate((title) => {
      document.documentElement.lang = 'en';
      document.title = title;
    }, `Number ${user}`);
    const halves = COLOURS[user];
    if (halves) await sendsSignals(page, {tone: 440, halves, width: 320, height: 240});
    await goOnline(page);
    return page;
  };

  before(async () => {
    site = await openSite();
    downloads = await DownloadFolder.open(site.browser);
    desk = await open('1001', '', DESK);
    for (const user of ['1002', '1003']) phones.set(user, await open(user, 'allow-monitoring', WATCHED));
  });
  afterEach(async () => {
    await desk.$eval('sip-monitor', async (wall) => {
      await wall.stop();
      wall.numbers = '';
    });
    await until(() => {
      const {sessions, legs, invites} = site.server.stats();
      return sessions === 0 && legs === 0 && invites === 0;
    });
  });
  after(async () => {
    await site.close();
    await downloads.close();
  });

  /** How many devices a page has ever asked for. */
  const devices = (page: Page): Promise<number> =>
    page.evaluate(() => (window as any).opened.tracks.size as number);

  it('shows the right camera in each place, tells who is watched, and opens nothing at the desk', async () => {
    await watch(desk, '1003,1019,1002');
    await stand(desk, 'live');
    for (const user of ['1002', '1003']) {
      await shows(desk, `${user} 1`, COLOURS[user]!);
      const phone = phones.get(user)!;
      const sign = await shown(phone, 'sip-incoming >>> [part=watcher]');
      assert.match(await sign.evaluate((element) => element.textContent), /王芳\s+is viewing your camera/);
      assert.deepEqual(await audit(phone), []);
    }
    assert.deepEqual(await audit(desk), []);
    assert.equal(await devices(desk), 0);
    const {tracks} = await desk.evaluate(() => ({
      tracks: (document.querySelector('sip-client') as any).calls.flatMap(
        (call: any) => call.localStream?.getTracks() ?? [],
      ).length as number,
    }));
    assert.equal(tracks, 0);
    await press(desk, 'sip-monitor >>> [part=stop]');
    for (const phone of phones.values())
      await until(async () => (await phone.$('sip-incoming >>> [part=watcher]')) === null);
    for (const phone of phones.values()) await released(phone);
  });

  it('tells of a picture that stands still, and has it back by asking again', async (t) => {
    await watch(desk, '1002,1003');
    await stand(desk, 'live');
    await freeze(phones.get('1002')!);
    const began = Date.now();
    await until(async () => (await phases(desk)) === 'stalled,live');
    const told = Date.now() - began;
    await shows(desk, '1002 1', COLOURS['1002']!, 'still');
    await until(async () => (await phases(desk)) === 'live,live');
    await shows(desk, '1002 1', COLOURS['1002']!);
    t.diagnostic(`a stall is told after ${told} ms and healed after ${Date.now() - began} ms`);
    assert.ok(told > 4000);
  });

  it('fills the screen with one picture, lets the other camera go meanwhile, with its last frame, and has it back', async () => {
    await watch(desk, '1002,1003');
    await stand(desk, 'live');
    await shows(desk, '1003 1', COLOURS['1003']!, 'still');
    // Firefox grants it to the window in front alone.
    await desk.bringToFront();
    await desk.hover(tile('1002 1'));
    await press(desk, tile('1002 1', '[part=full-screen]'));
    await until(async () => (await phases(desk)) === 'live,paused');
    const {width, height} = await desk.$eval(tile('1002 1'), (element) => ({
      width: element.clientWidth,
      height: element.clientHeight,
    }));
    const screen = await desk.evaluate(() => ({width: innerWidth, height: innerHeight}));
    assert.deepEqual({width, height}, screen);
    await until(() => site.server.stats().sessions === 1);
    await released(phones.get('1003')!);
    await shows(desk, '1003 1', COLOURS['1003']!, 'still');
    await desk.evaluate(() => document.exitFullscreen());
    await stand(desk, 'live');
    await shows(desk, '1003 1', COLOURS['1003']!);
  });

  it('keeps a photo and a recording of one picture, at a press each', async () => {
    await watch(desk, '1002,1003');
    await stand(desk, 'live');
    await shows(desk, '1003 1', COLOURS['1003']!);
    await desk.hover(tile('1003 1'));
    await press(desk, tile('1003 1', 'sip-photo-button >>> button'));
    await press(desk, tile('1003 1', 'sip-record-button >>> button'));
    await shown(desk, tile('1003 1', '.recording'));
    await moves(desk, '1003 1', 20);
    await desk.hover(tile('1003 1'));
    await press(desk, tile('1003 1', 'sip-record-button >>> button'));
    const files = await Promise.all([downloads.file(/\.png$/), downloads.file(/\.(webm|mp4)$/)]);
    await bringDecoder(desk);
    const [photo, recording] = await desk.evaluate(
      async (...texts) => {
        const [picture, film] = texts.map(
          (text) => new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))]),
        ) as [Blob, Blob];
        const bitmap = await createImageBitmap(picture);
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        const context = canvas.getContext('2d')!;
        context.drawImage(bitmap, 0, 0);
        const at = (place: number): number[] => [
          ...context.getImageData(bitmap.width * place, bitmap.height * 0.3, 1, 1).data.subarray(0, 3),
        ];
        const decoded = await (globalThis as any).recordings.decoded(film);
        const middle = decoded.duration / 2;
        await decoded.color(0);
        const seen = [await decoded.color(middle, 0.1, 0.3), await decoded.color(middle + 0.1, 0.9, 0.3)];
        decoded.close();
        return [[at(0.1), at(0.9)], seen] as number[][][];
      },
      ...files.map((file) => file.toString('base64')),
    );
    for (const colours of [photo!, recording!])
      for (const [place, wanted] of COLOURS['1003']!.entries())
        assert.ok(
          wanted.every((part, index) => Math.abs(part - colours[place]![index]!) < 45),
          `colours: ${colours.join(' ')}`,
        );
    assert.equal(await devices(desk), 0);
  });

  it('shows 16 at once, all of which move', async (t) => {
    const cameras = ['1019', '1020', '1021', '1022'];
    const numbers = [...cameras, ...cameras, ...cameras, '1002', '1003', '1002', '1003'];
    const began = Date.now();
    await watch(desk, numbers.join());
    await stand(desk, 'live');
    t.diagnostic(`16 pictures are there after ${Date.now() - began} ms`);
    assert.equal((await phases(desk)).split(',').length, 16);
    const keys = await desk.$$eval('sip-monitor >>> .tile', (tiles) =>
      tiles.map((tile) => tile.getAttribute('data-key')!),
    );
    await Promise.all(keys.map((key) => moves(desk, key, 5)));
    for (const key of ['1002 1', '1002 2']) await shows(desk, key, COLOURS['1002']!);
    for (const key of ['1003 1', '1003 2']) await shows(desk, key, COLOURS['1003']!);
    assert.equal(await devices(desk), 0);
  });

  it('asks somebody again who has stopped it, and says that he declined', async () => {
    await watch(desk, '1003');
    await stand(desk, 'live');
    const phone = phones.get('1003')!;
    await press(phone, 'sip-incoming >>> [part=stop-watching]');
    const card = await shown(phone, 'sip-incoming >>> [part=call]');
    assert.match(await card.evaluate((element) => element.textContent), /Wants to view your camera/);
    await released(phone);
    assert.deepEqual(await audit(phone), []);
    await press(phone, 'sip-incoming >>> [part=decline]');
    await stand(desk, 'refused');
    const words = await desk.$eval(tile('1003 1', '.words'), (element) => element.textContent);
    assert.match(words, /declined/);
    // A viewer whom he accepts sees him again.
    await press(desk, tile('1003 1', '[part=retry]'));
    await press(phone, 'sip-incoming >>> [part=show-camera]');
    await stand(desk, 'live');
    await shows(desk, '1003 1', COLOURS['1003']!);
  });

  it('shows members of a conference, each in a place of his own, whoever is shown to all', async () => {
    const sid = await desk.evaluate(async () => {
      const client = document.querySelector('sip-client')!.client!;
      const conference = await client.createConference({members: '1002,1003', media: 'video'});
      (window as any).conference = conference;
      return conference.id;
    });
    for (const phone of phones.values()) {
      await press(phone, 'sip-incoming >>> [part~=answer-video]');
      await until(() =>
        phone.$eval('sip-client', ({client}) => client!.state.calls[0]?.state.phase === 'answered'),
      );
    }
    await until(() =>
      desk.evaluate(() =>
        (window as any).conference.state.members.every((member: any) => member.phase === 'answered'),
      ),
    );
    await desk.evaluate(() => (window as any).conference.setSpotlight('1003', true));
    await desk.$eval('sip-monitor', (wall, sid) => Object.assign(wall, {sid, members: '1002,1003'}), sid);
    await press(desk, 'sip-monitor >>> [part=start]');
    await stand(desk, 'live');
    for (const user of ['1002', '1003']) await shows(desk, `${user} 1`, COLOURS[user]!);
    await desk.evaluate(() => (window as any).conference.end());
    await desk.$eval('sip-monitor', (wall) => Object.assign(wall, {sid: '', members: ''}));
    for (const page of [desk, ...phones.values()]) await released(page);
  });
});
