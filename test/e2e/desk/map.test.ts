import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {press, shown} from '../../support/page/parts.js';
import {nextEvent, onlinePage} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

/** People with a handheld, who walk their rounds; three of them are called. */
const WALKERS = ['1010', '1011', '1012', '1013'];

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a place is on the whole map at a zoom, in pixels: Web Mercator. */
function pixelOf(lat: number, lng: number, zoom: number): Point {
  const size = 256 * 2 ** zoom;
  const sine = Math.sin((lat * Math.PI) / 180);
  return {
    x: ((lng + 180) / 360) * size,
    y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size,
  };
}

/** Where the server says that people are. */
const positions = (
  page: Page,
  numbers: readonly string[],
): Promise<{number: string; lat: number; lng: number}[]> =>
  page.evaluate(
    async (numbers) => {
      const found = await document.querySelector('sip-client')!.directory!.positions(numbers);
      return found.map(({number, lat, lng}) => ({number, lat, lng}));
    },
    [...numbers],
  );

/** The middle of all that is painted in a color on the map's canvas, in pixels from its middle; undefined without any. */
const middleOf = (page: Page, color: string): Promise<Point | undefined> =>
  page.evaluate((color) => {
    const view = document
      .querySelector('sip-map')!
      .shadowRoot!.querySelector('sip-map-panel')!
      .shadowRoot!.querySelector('sip-map-view')!;
    const canvas = view.shadowRoot!.querySelector('canvas')!;
    const probe = view.shadowRoot!.querySelector(`.probe .${color}`)!;
    const wanted = /(\d+), (\d+), (\d+)/.exec(getComputedStyle(probe).color)!.slice(1).map(Number);
    const {width, height} = canvas;
    const {data} = canvas.getContext('2d')!.getImageData(0, 0, width, height);
    let [x, y, count] = [0, 0, 0];
    for (let at = 0; at < data.length; at += 4) {
      if (wanted.some((value, index) => Math.abs(data[at + index]! - value) > 6)) continue;
      x += (at / 4) % width;
      y += Math.floor(at / 4 / width);
      count += 1;
    }
    const scale = width / view.getBoundingClientRect().width;
    return count ? {x: (x / count - width / 2) / scale, y: (y / count - height / 2) / scale} : undefined;
  }, color);

describe('<sip-map> with a server', () => {
  let site: Site;
  let phones: Page[];

  before(async () => {
    site = await openSite({positionInterval: 200});
    phones = await Promise.all(WALKERS.slice(0, 3).map((user) => onlinePage(site, {user})));
  });
  after(() => site.close());

  it('moves the lamp of a person who walks, as far as they walk', async () => {
    const ZOOM = 17;
    const page = await onlinePage(site, {user: '1001'});
    const [start] = await positions(page, ['1010']);
    await page.evaluate(
      ({lat, lng}, zoom) => {
        const map = document.createElement('sip-map');
        map.numbers = '1010';
        map.center = `${lat},${lng}`;
        map.zoom = zoom;
        document.querySelector('sip-client')!.append(map);
      },
      start!,
      ZOOM,
    );
    await shown(page, 'sip-map >>> sip-map-list >>> [part~=row]');
    // The phone of this person is registered.
    const from = pixelOf(start!.lat, start!.lng, ZOOM);
    for (let moved = 0; moved < 12;) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const [now] = await positions(page, ['1010']);
      const to = pixelOf(now!.lat, now!.lng, ZOOM);
      moved = Math.hypot(to.x - from.x, to.y - from.y);
    }
    // Reported positions are a little older than those that are asked for, and the walk goes on: 4 m, or 4 pixels, in a second.
    for (;;) {
      const [now] = await positions(page, ['1010']);
      const to = pixelOf(now!.lat, now!.lng, ZOOM);
      const drawn = await middleOf(page, 'success');
      if (drawn && Math.hypot(drawn.x - (to.x - from.x), drawn.y - (to.y - from.y)) < 6) break;
    }
    assert.deepEqual(site.complaints, []);
    await page.close();
  });

  it('calls three people who are surrounded by a lasso', async () => {
    const page = await onlinePage(site, {
      user: '1001',
      inside: `<sip-map numbers="${WALKERS.join()}"></sip-map><sip-conference></sip-conference>`,
    });
    await shown(page, 'sip-map >>> sip-map-list >>> [part~=row]');
    await page.waitForFunction(
      (count) => {
        const panel = document.querySelector('sip-map')!.shadowRoot!.querySelector('sip-map-panel')!;
        const list = panel.shadowRoot!.querySelector('sip-map-list')!;
        return list.shadowRoot!.querySelectorAll('[role=option]').length === count;
      },
      {},
      WALKERS.length,
    );
    // What the view says of where everyone is; the way around three of them is that of a user.
    const places = await page.evaluate(() => {
      const panel = document.querySelector('sip-map')!.shadowRoot!.querySelector('sip-map-panel')!;
      const view = panel.shadowRoot!.querySelector('sip-map-view')!;
      const {left, top, width, height} = view.getBoundingClientRect();
      return {left, top, width, height};
    });
    assert.ok(places.width > 200 && places.height > 200);
    const all = await positions(page, WALKERS);
    const points = all.map(({number, lat, lng}) => ({number, ...pixelOf(lat, lng, 20)}));
    const [xs, ys] = [points.map(({x}) => x), points.map(({y}) => y)];
    // The map shows everyone, so that the middle of all is its own, and its zoom is a whole number.
    const middle = {x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2};
    const across = Math.max(...xs) - Math.min(...xs);
    const down = Math.max(...ys) - Math.min(...ys);
    const fits = Math.min((places.width - 96) / across, (places.height - 96) / down);
    const scale = Math.min(2 ** Math.floor(Math.log2(fits)), 2 ** (16 - 20));
    const at = (point: Point): Point => ({
      x: places.left + places.width / 2 + (point.x - middle.x) * scale,
      y: places.top + places.height / 2 + (point.y - middle.y) * scale,
    });
    const called = points.filter(({number}) => number !== '1013').map(at);
    const left = at(points.find(({number}) => number === '1013')!);
    await press(page, 'sip-map >>> [part~=lasso]');
    await lasso(page, called, left);
    await page.waitForFunction(
      () => [...document.querySelector('sip-map')!.selection].sort().join() === '1010,1011,1012',
    );
    await press(page, 'sip-map >>> [part~=conference]');
    for (const phone of phones) await nextEvent(phone, 'sip-call-received');
    await Promise.all(phones.map((phone) => phone.evaluate(() => (window as any).call.answer())));
    await page.waitForFunction(
      () =>
        document
          .querySelector('sip-conference')!
          .state?.members.filter(
            ({number, phase}: {number: string; phase: string}) => number !== '1001' && phase === 'answered',
          ).length === 3,
    );
    assert.deepEqual(site.complaints, []);
    await page.close();
  });
});

/** Draws around points: a circle around each, joined in the middle, which leaves out one point. */
async function lasso(page: Page, around: readonly Point[], without: Point): Promise<void> {
  const {mouse} = page;
  const hub = {
    x: around.reduce((sum, {x}) => sum + x, 0) / around.length,
    y: around.reduce((sum, {y}) => sum + y, 0) / around.length,
  };
  const path: Point[] = [hub];
  const sorted = [...around].sort(
    (one, other) => Math.atan2(one.y - hub.y, one.x - hub.x) - Math.atan2(other.y - hub.y, other.x - hub.x),
  );
  for (const {x, y} of sorted) {
    const angle = Math.atan2(y - hub.y, x - hub.x);
    const radius = 14;
    for (let turn = -2; turn <= 2; turn += 1) {
      const way = angle + (turn * Math.PI) / 4;
      path.push({x: x + radius * Math.cos(way), y: y + radius * Math.sin(way)});
    }
    path.push(hub);
  }
  assert.ok(around.every(({x, y}) => Math.hypot(x - without.x, y - without.y) > 30));
  await mouse.move(path[0]!.x, path[0]!.y);
  await mouse.down();
  for (const {x, y} of path) await mouse.move(x, y);
  await mouse.up();
}
