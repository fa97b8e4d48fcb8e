import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../../support/in-page/facts.js';
import {fill, press, shown} from '../../support/page/parts.js';
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
    // The recall takes the samples of what is heard from one.
    const others = site.complaints.filter((text) => !text.includes('ScriptProcessorNode is deprecated'));
    assert.deepEqual(others, []);
  });

  const phases = (): Promise<string> =>
    desk.evaluate(() =>
      document
        .querySelector('sip-client')!
        .calls.map(({state}) => (state.held ? 'held' : state.phase))
        .join(),
    );
  const becomes = (wanted: string): Promise<void> => until(async () => (await phases()) === wanted);

  it('is worked by keys: answers, holds and returns; Escape and F5 end nothing', async () => {
    const caller = await onlinePage(site, {user: '1003'});
    await placeCall(caller, '1001', 'audio');
    await becomes('ringing');
    await desk.keyboard.press('F1');
    await becomes('answered');
    await desk.keyboard.press('F2');
    await becomes('held');
    await caller.waitForFunction(() => document.querySelector('sip-client')!.calls[0]?.state.remoteHeld);
    await desk.keyboard.press('F2');
    await becomes('answered');
    await desk.keyboard.press('F3');
    await desk.keyboard.type('Li');
    await desk.evaluate(() => ((window as unknown as {sameDocument: boolean}).sameDocument = true));
    for (const key of ['Escape', 'F12', 'F11'] as const) await desk.keyboard.press(key);
    assert.equal(await desk.evaluate(() => 'sameDocument' in window), true);
    assert.equal(await phases(), 'answered');
    await caller.evaluate(() => document.querySelector('sip-client')!.calls[0]!.hangup());
    await becomes('');
    await caller.close();
  });

  it('talks to a group while its key is held', async () => {
    const listener = await onlinePage(site, {user: '1004'});
    await listener.evaluate(async () => {
      await document.querySelector('sip-client')!.client!.intercom('9001');
    });
    await desk.keyboard.press('F5');
    await desk.waitForFunction(() =>
      document.querySelector('sip-client')!.calls.some(({remote}) => remote.number === '9001'),
    );
    await desk.waitForFunction(
      () => document.querySelector('sip-client')!.calls[0]?.state.phase === 'answered',
    );
    const speaker = (): Promise<unknown> =>
      listener.evaluate(
        () => (document.querySelector('sip-client')!.calls[0] as any)?.state.speaker?.number ?? '',
      );
    await desk.keyboard.down('F5');
    await until(async () => (await speaker()) === '1001');
    await desk.keyboard.up('F5');
    await until(async () => (await speaker()) === '');
    await desk.keyboard.down('Control');
    await desk.keyboard.down('Space');
    await until(async () => (await speaker()) === '1001');
    await desk.keyboard.up('Space');
    await desk.keyboard.up('Control');
    await until(async () => (await speaker()) === '');
    await listener.close();
  });

  it('is handed over: the next user signs in, and takes over what the first one has left', async () => {
    const caller = await onlinePage(site, {user: '1003'});
    await caller.evaluate(async () => {
      const {client} = document.querySelector('sip-client')!;
      await client!.messages.send('1001', 'the gate is open');
      await client!.call('1001', {type: 'sos'});
    });
    await desk.waitForFunction(() => document.querySelector('sip-client')!.state!.alarms.length === 1);
    await caller.evaluate(() => document.querySelector('sip-client')!.calls[0]!.hangup());
    await desk.waitForFunction(() =>
      document.querySelector('sip-client')!.calls.every(({type}) => type !== 'sos'),
    );
    await press(desk, 'sip-console >>> [part~=hand-over]');
    await fill(desk, 'sip-console >>> [part~=hand-over-comment]', 'Call 1003 back.');
    await press(desk, 'sip-console >>> [part~=end-shift]');
    await shown(desk, 'sip-console >>> [part~=locked]');
    await caller.waitForFunction(
      () => (document.querySelector('sip-client') as any).client.state.connection === 'connected',
    );
    await desk.locator('#sign-in [name=user]').fill('1002');
    await desk.locator('#sign-in [name=password]').fill('1234');
    await press(desk, '#sign-in button');
    await shown(desk, 'sip-console >>> [part~=take-over]');
    const text = await desk.$eval(
      'sip-console >>> [part~=hand-over-panel]',
      (panel) => (panel as HTMLElement).innerText,
    );
    assert.match(text, /Call 1003 back\./);
    assert.ok(!text.includes('the gate is open'), text);
    await press(desk, 'sip-console >>> [part~=take-over]');
    await desk.waitForFunction(() => {
      const {state, client} = document.querySelector('sip-client')!;
      return client!.options.user === '1002' && state!.alarms.some(({number}) => number === '1003');
    });
    const rows = await desk.evaluate(async () => {
      const journal = await document.querySelector('sip-client')!.client!.openJournal();
      await journal.written();
      const {valid} = await journal.verify();
      return {valid, events: journal.rows.map(({event}) => event)};
    });
    assert.equal(rows.valid, true);
    assert.ok(rows.events.includes('taken-over'), rows.events.join());
    const kept = await desk.evaluate(() =>
      Object.keys(localStorage).filter((key) => key.includes('handover')),
    );
    assert.deepEqual(kept, []);
    await caller.close();
  });
});
