import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {pixelOf, type Point} from '../../support/desk/mercator.js';
import {shown} from '../../support/page/parts.js';
import {onlinePage} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

/** Somebody with a handheld, who walks their rounds. */
const WALKER = '1010';

/** Where the server says that they are. */
const position = (page: Page): Promise<{lat: number; lng: number}> =>
  page.evaluate(async (number) => {
    const [found] = await document.querySelector('sip-client')!.directory!.positions([number]);
    return {lat: found!.lat, lng: found!.lng};
  }, WALKER);

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

  before(async () => {
    site = await openSite({positionInterval: 200});
    await onlinePage(site, {user: WALKER});
  });
  after(() => site.close());

  it('moves the lamp of a person who walks, as far as they walk', async () => {
    const ZOOM = 17;
    const page = await onlinePage(site, {user: '1001'});
    const start = await position(page);
    await page.evaluate(
      ({lat, lng}, number, zoom) => {
        const map = document.createElement('sip-map');
        map.numbers = number;
        map.center = `${lat},${lng}`;
        map.zoom = zoom;
        document.querySelector('sip-client')!.append(map);
      },
      start,
      WALKER,
      ZOOM,
    );
    await shown(page, 'sip-map >>> sip-map-list >>> [part~=row]');
    // The phone of this person is registered.
    const from = pixelOf(start.lat, start.lng, ZOOM);
    for (let moved = 0; moved < 12;) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const now = await position(page);
      const to = pixelOf(now.lat, now.lng, ZOOM);
      moved = Math.hypot(to.x - from.x, to.y - from.y);
    }
    // Reported positions are a little older than those that are asked for, and the walk goes on: 4 m, or 4 pixels, in a second.
    for (;;) {
      const now = await position(page);
      const to = pixelOf(now.lat, now.lng, ZOOM);
      const drawn = await middleOf(page, 'success');
      if (drawn && Math.hypot(drawn.x - (to.x - from.x), drawn.y - (to.y - from.y)) < 6) break;
    }
    assert.deepEqual(site.complaints, []);
    await page.close();
  });
});
