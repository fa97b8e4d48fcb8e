import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../../support/in-page/facts.js';
import {audit} from '../../support/page/audit.js';
import {press, shown} from '../../support/page/parts.js';
import {goOnline, phonePage} from '../../support/page/phone-page.js';
import {sendsSignals} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';
import {released} from '../../support/page/witness.js';

/** 1016 has no camera and is not there. */
const ROUND = '1002,1016,1003,1019';
const DESK = `<main><h1>Desk</h1><sip-monitor round="${ROUND}" round-tiles="1" round-seconds="2"></sip-monitor></main>`;

const inWall = (selector: string): string => `sip-monitor >>> ${selector}`;

describe('a round of cameras and the development server', () => {
  let site: Site;
  let desk: Page;
  const phones = new Map<string, Page>();

  /** Waits until the tile of a number plays, alone on the wall. */
  const stands = async (number: string): Promise<void> =>
    until(async () => {
      const keys = await desk.$$eval(inWall('.tile'), (tiles) =>
        tiles.map((tile) => `${tile.getAttribute('data-key')} ${tile.getAttribute('data-phase')}`),
      );
      return keys.join() === `${number} 1 live`;
    });
  const text = (selector: string): Promise<string> =>
    desk.$eval(inWall(selector), (element) => element.textContent!.replace(/\s+/g, ' ').trim());
  /** How many see a phone's camera, as the phone knows. */
  const watchers = (number: string): Promise<number> =>
    phones.get(number)!.$eval('sip-client', ({client}) => client!.state.watchers.length);
  /** The most camera calls that the desk has had at a time. */
  const most = (): Promise<number> => desk.evaluate(() => (window as any).most as number);

  before(async () => {
    site = await openSite();
    const open = async (user: string, attributes: string, inside: string): Promise<Page> => {
      const page = await phonePage(site, {user, attributes, inside});
      await page.evaluate((title) => {
        document.documentElement.lang = 'en';
        document.title = title;
      }, `Number ${user}`);
      return page;
    };
    desk = await open('1001', '', DESK);
    for (const user of ['1002', '1003']) {
      const page = await open(
        user,
        'allow-monitoring',
        '<main><h1>Phone</h1><sip-incoming></sip-incoming></main>',
      );
      await sendsSignals(page, {
        tone: 440,
        halves: [
          [200, 40, 40],
          [40, 40, 200],
        ],
      });
      await goOnline(page);
      phones.set(user, page);
    }
    await goOnline(desk);
    await desk.$eval('sip-client', (element) => {
      const {client} = element;
      (window as any).most = 0;
      client!.addEventListener('statechange', () => {
        const {length} = client!.state.calls.filter(({state}) => state.phase !== 'released');
        (window as any).most = Math.max((window as any).most, length);
      });
    });
  });
  after(() => site.close());

  it('shows one camera after the other, and names the one that it passes over', async () => {
    await press(desk, inWall('[part=rounds]'));
    await press(desk, inWall('[part=round-start]'));
    await stands('1002');
    assert.deepEqual(await audit(desk), []);
    await stands('1003');
    assert.match(await text('[part=round-state]'), /Gate intercom/);
    // The far end is no longer watched, and its camera is closed.
    await until(async () => (await watchers('1002')) === 0);
    await released(phones.get('1002')!);
    await stands('1019');
    await until(async () => (await watchers('1003')) === 0);
    await stands('1002');
    assert.ok((await most()) <= 2, `${await most()} calls for one tile`);
  });

  it('waits while a camera fills the screen, and goes on afterwards', async () => {
    await press(desk, inWall('[part=round-pause]'));
    await press(desk, inWall('[part=round-next]'));
    await stands('1003');
    await desk.bringToFront();
    await desk.hover(inWall('.tile'));
    await press(desk, inWall('[part=full-screen]'));
    await until(() => desk.evaluate(() => document.fullscreenElement !== null));
    await desk.$eval('sip-monitor', (wall) => wall.resumeRound());
    // Twice as long as a turn.
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    await stands('1003');
    assert.equal(await watchers('1003'), 1);
    await desk.evaluate(() => document.exitFullscreen());
    await stands('1019');
  });

  it('leaves no call and no device when it is stopped', async () => {
    await press(desk, inWall('[part=stop]'));
    await until(() => {
      const {sessions, legs, invites} = site.server.stats();
      return sessions === 0 && legs === 0 && invites === 0;
    });
    for (const page of [desk, ...phones.values()]) await released(page);
    assert.equal(await desk.evaluate(() => (window as any).opened.tracks.size as number), 0);
    assert.deepEqual(site.complaints, []);
  });

  it('is saved by a name, and is there when the page is loaded again', async () => {
    await press(desk, inWall('[part=rounds]'));
    await (await shown(desk, inWall('[part=round-name]'))).focus();
    await desk.keyboard.type('Gates');
    await desk.focus(inWall('[part=round-cameras] input'));
    await desk.keyboard.type('1019,1020,');
    await press(desk, inWall('[part=round-save]'));
    await shown(desk, inWall('[part=round-edit]'));
    await desk.reload();
    await desk.evaluate(async (inside) => {
      await import('/sip-elements.js' as string);
      document.body.innerHTML = `<sip-client server="${location.origin.replace(/^http/, 'ws')}/fswebrtc" user="1001" password="1234">${inside}</sip-client>`;
    }, DESK);
    await goOnline(desk);
    await desk.$eval('sip-monitor', (wall) => wall.startRound('Gates'));
    await until(async () => (await text('[part=round]')).includes('1–2 of 2'));
    await desk.$eval('sip-monitor', (wall) => wall.stop());
    await until(() => site.server.stats().sessions === 0);
  });
});
