import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {press, shown} from '../../support/page/parts.js';
import {onlinePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

/** The boxes of the desk's regions, which nothing that rings may move. */
const boxes = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const {shadowRoot} = document
      .querySelector('sip-console')!
      .shadowRoot!.querySelector('sip-console-panel')!;
    return [...shadowRoot!.querySelectorAll('section')]
      .map((section) => JSON.stringify(section.getBoundingClientRect()))
      .join();
  });

describe('the page of the desk', () => {
  let site: Site;
  let desk: Page;

  before(async () => {
    site = await openSite();
    desk = await site.open('/console.html', (page) => page.setViewport({width: 1280, height: 720}));
    await desk.waitForFunction(
      () => document.querySelector('sip-client')?.state?.registration === 'registered',
    );
    await shown(desk, 'sip-console >>> [part~=waiting]');
  });
  after(() => site.close());

  it('has the height of the window, and does not scroll', async () => {
    const sizes = await desk.evaluate(() => {
      const {scrollWidth, scrollHeight} = document.documentElement;
      return [
        scrollWidth,
        scrollHeight,
        document.querySelector('sip-console')!.getBoundingClientRect().bottom,
      ];
    });
    assert.deepEqual(sizes, [1280, 720, 720]);
  });

  it('takes a call from its queue, moves nothing, and plays it once', async () => {
    const place = await boxes(desk);
    const caller = await onlinePage(site, {user: '1003'});
    await placeCall(caller, '1001', 'audio');
    await shown(desk, 'sip-console >>> sip-queue >>> [part~=answer]');
    assert.equal(await boxes(desk), place);
    await press(desk, 'sip-console >>> [part~=waiting]');
    await press(desk, 'sip-console >>> sip-queue >>> [part~=answer]');
    await desk.waitForFunction(() =>
      document.querySelector('sip-client')!.calls.some(({state}) => state.phase === 'answered'),
    );
    await shown(desk, 'sip-console >>> sip-call >>> [part~=hangup]');
    assert.equal(await boxes(desk), place);
    await desk.waitForFunction(() => {
      const found = (root: ParentNode): HTMLMediaElement[] =>
        [...root.querySelectorAll('*')].flatMap((element) => [
          ...(element instanceof HTMLMediaElement ? [element] : []),
          ...(element.shadowRoot ? found(element.shadowRoot) : []),
        ]);
      const playing = found(document).filter(
        ({srcObject, muted, paused}) =>
          !muted && !paused && srcObject instanceof MediaStream && srcObject.getAudioTracks().length > 0,
      );
      return playing.length === 1;
    });
    await press(desk, 'sip-console >>> sip-call >>> [part~=hangup]');
    await desk.waitForFunction(() => document.querySelector('sip-client')!.calls.length === 0);
    await caller.close();
  });

  it('has the map as a tab, which comes when it is first chosen, fills its place and moves nothing', async () => {
    const place = await boxes(desk);
    assert.equal(await desk.$('sip-console >>> sip-map'), null);
    await press(desk, 'sip-console >>> #tab-map');
    await shown(desk, 'sip-console >>> sip-map >>> [role=option]');
    const heights = await desk.evaluate(() => {
      const {shadowRoot} = document
        .querySelector('sip-console')!
        .shadowRoot!.querySelector('sip-console-panel')!;
      return ['#pane-map', 'sip-map'].map(
        (selector) => shadowRoot!.querySelector(selector)!.getBoundingClientRect().height,
      );
    });
    assert.equal(heights[0], heights[1]);
    assert.equal(await boxes(desk), place);
    assert.deepEqual(site.complaints, []);
  });
});
