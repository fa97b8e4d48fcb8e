import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {audit} from '../support/page/audit.js';
import {IN_FIREFOX} from '../support/page/browser.js';
import {press, shown} from '../support/page/parts.js';
import {goOnline, phonePage} from '../support/page/phone-page.js';
import {BLACK, hearsTones, sendsSignals} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';
import {released} from '../support/page/witness.js';

const INSIDE = '<main><h1>Intercom</h1><sip-intercom group="9001" push-key="F8"></sip-intercom></main>';
const part = (name: string): string => `sip-intercom >>> [part~=${name}]`;
const floor = (state: string): string => `sip-intercom >>> .talk.${state}`;

interface Speaker {
  readonly number: string;
  readonly tone: number;
  readonly page: Page;
}

/** Waits until a page lets its user read this in a part. */
async function reads(page: Page, name: string, text: string): Promise<void> {
  for (;;) {
    const now = await page.$eval(part(name), (found) => (found as HTMLElement).innerText).catch(() => '');
    if (now.trim() === text) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What a page lets its user read of who speaks. */
const said = (page: Page): Promise<string> =>
  page.$eval(part('speaker'), (line) => (line as HTMLElement).innerText.replace(/\s+/g, ' ').trim());

describe('<sip-intercom> and the development server', () => {
  let site: Site;
  let speakers: Speaker[];
  let first: Speaker;
  let others: readonly Speaker[];

  /** Everybody else hears him and reads his name; he hears nobody. */
  async function isHeard(): Promise<void> {
    await shown(first.page, floor('granted'));
    for (const {page} of others) await shown(page, floor('taken'));
    for (const {page} of others) assert.match(await said(page), /王芳 is speaking|1001 is speaking/);
    await Promise.all(others.map(({page}) => hearsTones(page, [first.tone])));
    await hearsTones(first.page, [], tones());
  }

  /** Nobody hears anything, and all may speak. */
  async function isSilent(): Promise<void> {
    for (const {page} of speakers) await shown(page, floor('idle'));
    await Promise.all(speakers.map(({page}) => hearsTones(page, [], tones())));
  }

  const tones = (): number[] => speakers.map(({tone}) => tone);

  /** Holds the button by the real pointer. */
  async function hold(page: Page): Promise<void> {
    await page.bringToFront();
    await (await shown(page, part('talk'))).hover();
    await page.mouse.down();
  }

  before(async () => {
    site = await openSite();
    speakers = [];
    for (const [number, tone] of [
      ['1001', 440],
      ['1002', 800],
      ['1003', 1300],
    ] as const) {
      const page = await phonePage(site, {user: number, inside: INSIDE});
      await sendsSignals(page, {tone, halves: BLACK});
      await page.evaluate(() => {
        document.documentElement.lang = 'en';
        document.title = 'Intercom';
      });
      await goOnline(page);
      speakers.push({number, tone, page});
    }
    [first, ...others] = speakers as [Speaker, ...Speaker[]];
  });
  after(() => site.close());

  it('is joined by one press on each page, and nobody is heard by that', async () => {
    for (const {page} of speakers) {
      await press(page, `${part('join')}:not([aria-disabled])`);
      await shown(page, floor('idle'));
      await page.evaluate(() => {
        (window as any).call = document.querySelector('sip-intercom')!.intercom;
      });
    }
    await isSilent();
    for (const {page} of speakers) await reads(page, 'members', '3');
    await press(first.page, part('members'));
    assert.match(
      await first.page.$eval(part('member-list'), (list) => list.textContent!),
      /1003.*Not joined/s,
    );
    assert.deepEqual(await audit(first.page), []);
    await first.page.keyboard.press('Escape');
  });

  it('is heard at all others while the pointer holds the button, and not before or after', async () => {
    await hold(first.page);
    await isHeard();
    assert.deepEqual(await audit(others[0]!.page), []);
    await first.page.mouse.up();
    await isSilent();
  });

  it('is heard while the space bar is held on the button, or the page’s key anywhere', async () => {
    await first.page.bringToFront();
    await first.page.focus(part('talk'));
    for (const key of [' ', 'F8'] as const) {
      await first.page.keyboard.down(key);
      await isHeard();
      await first.page.keyboard.up(key);
      await isSilent();
      await first.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    }
  });

  // In Firefox one window alone has the focus, and a button is held no longer than its window has it.
  if (!IN_FIREFOX) {
    it('waits for its turn, and is heard once it has come', async () => {
      const [second, third] = others as [Speaker, Speaker];
      await hold(second.page);
      await shown(second.page, floor('granted'));
      await hold(third.page);
      await shown(third.page, floor('queued'));
      for (const {page} of [first, second]) await reads(page, 'queue', '1 waiting');
      await reads(third.page, 'queue', 'You’re next');
      await hearsTones(first.page, [second.tone], [third.tone]);
      await second.page.mouse.up();
      await shown(third.page, floor('granted'));
      await hearsTones(first.page, [third.tone], [second.tone]);
      await third.page.mouse.up();
      await isSilent();
    });

    it('is silent at the others when its page is hidden while the button is held', async () => {
      await hold(first.page);
      await isHeard();
      const session = await first.page.createCDPSession();
      const {windowId} = await session.send('Browser.getWindowForTarget');
      await session.send('Browser.setWindowBounds', {windowId, bounds: {windowState: 'minimized'}});
      await isSilent();
      await session.send('Browser.setWindowBounds', {windowId, bounds: {windowState: 'normal'}});
      await session.detach();
      await first.page.mouse.up();
    });
  }

  it('is silent at the others when its window loses the focus', async () => {
    await hold(first.page);
    await isHeard();
    await first.page.evaluate(() => window.dispatchEvent(new Event('blur')));
    await isSilent();
    await first.page.mouse.up();
  });

  it('is silent at the others when the element leaves its page', async () => {
    await hold(first.page);
    await isHeard();
    await first.page.evaluate(() => {
      const element = document.querySelector('sip-intercom')!;
      const home = element.parentElement!;
      element.remove();
      Object.assign(window, {back: () => home.append(element)});
    });
    for (const {page} of others) await shown(page, floor('idle'));
    await Promise.all(others.map(({page}) => hearsTones(page, [], tones())));
    await first.page.mouse.up();
    await first.page.evaluate(() => (window as any).back());
    await isSilent();
  });

  it('leaves at a press, and lets every device go', async () => {
    for (const [index, {page}] of speakers.entries()) {
      await press(page, part('leave'));
      await shown(page, part('join'));
      const left = speakers.slice(index + 1);
      for (const other of left) await reads(other.page, 'members', String(left.length));
      await released(page);
    }
    assert.deepEqual(site.complaints, []);
  });
});
