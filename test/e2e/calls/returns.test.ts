import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {receives} from '../../support/page/measure.js';
import {
  fillPage,
  goOnline,
  nextEvent,
  onlinePage,
  placeCall,
  type Account,
} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';
import {openCutWay, type CutWay} from '../../support/servers/cut-way.js';

const HEARD = {frames: 0, energy: 0.01};

/** Both pages hear the other one. */
const hear = (...pages: readonly Page[]): Promise<unknown> =>
  Promise.all(pages.map((page) => receives(page, 'sip-client', HEARD)));

/** The page's call, as what must stay the same. */
const talking = (page: Page): Promise<{id: string; type: string; duration: number; ended: number}> =>
  page.evaluate(() => {
    const {call, events} = window as any;
    const ended = events.filter(({type}: Event) => type === 'sip-call-hangup').length;
    return {id: call.id, type: call.type, duration: call.duration, ended};
  });

/** Resolves when the state of the page's call has these values. */
const becomes = (page: Page, state: Record<string, unknown>): Promise<unknown> =>
  page.waitForFunction(
    (state) => Object.entries(state).every(([name, value]) => (window as any).call?.state[name] === value),
    {},
    state,
  );

const call = (page: Page, method: string, ...given: unknown[]): Promise<void> =>
  page.evaluate(
    async (method, given) => {
      await (window as any).call[method](...given);
    },
    method,
    given,
  );

/** The page's call shows new pictures. */
const sees = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const {call} = window as any;
    while (!call.remoteStream?.getVideoTracks().length)
      await new Promise((resolve) => call.addEventListener('streamschange', resolve, {once: true}));
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = new MediaStream(call.remoteStream.getVideoTracks());
    void video.play();
    for (let count = 0; count < 3; count += 1)
      await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    video.srcObject = null;
  });

/** How the page's call ended. */
async function cause(page: Page): Promise<{by: string; code: string}> {
  await becomes(page, {phase: 'released'});
  return page.evaluate(() => (window as any).call.state.cause);
}

const ALICE: Account = {user: '1001', attributes: 'resume history-storage="none"'};

describe('a page that is loaded again in a call', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;

  before(async () => {
    site = await openSite();
    [alice, bob] = await Promise.all([onlinePage(site, ALICE), onlinePage(site, {user: '1002'})]);
  });
  after(() => site.close());

  /** Loads the page anew; resolves when it has its call again. */
  async function reloads(page: Page, account = ALICE): Promise<void> {
    await page.reload();
    await fillPage(page, account);
    await goOnline(page);
    await nextEvent(page, 'sip-call-resumed');
    await becomes(page, {phase: 'answered', health: 'healthy'});
  }

  async function answers(page: Page): Promise<void> {
    await nextEvent(page, 'sip-call-received');
    await call(page, 'answer');
    await nextEvent(page, 'sip-call-answered');
  }

  it('continues a call of two: one call all along at the other side, which hears on', async () => {
    await placeCall(alice, '1002', 'audio');
    await answers(bob);
    await nextEvent(alice, 'sip-call-answered');
    await hear(alice, bob);
    const before = [await talking(alice), await talking(bob)] as const;
    for (let count = 0; count < 3; count += 1) {
      await reloads(alice);
      await hear(alice, bob);
    }
    const now = [await talking(alice), await talking(bob)] as const;
    assert.deepEqual([now[0].id, now[1].id, now[1].ended], [before[0].id, before[1].id, 0]);
    assert.ok(now.every(({duration}, index) => duration > before[index]!.duration));
    assert.equal(site.server.stats()['sessions'], 1);
    assert.equal(site.server.stats()['bindings'], 2);
  });

  it('keeps what was muted muted, and what was held held', async () => {
    await call(alice, 'mute');
    await reloads(alice);
    await becomes(alice, {muted: true});
    await call(alice, 'unmute');
    await hear(bob);
    await call(alice, 'hold');
    await becomes(bob, {remoteHeld: true});
    await reloads(alice);
    await becomes(alice, {held: true});
    await becomes(bob, {remoteHeld: true});
    await call(alice, 'unhold');
    await hear(alice, bob);
    await call(bob, 'hangup');
    assert.deepEqual(await cause(alice), {by: 'remote', code: 'normal'});
    await nextEvent(bob, 'sip-call-hangup');
  });

  it('joins its conference again, with its members', async () => {
    await alice.evaluate(async () => {
      const client = document.querySelector('sip-client') as any;
      (window as any).call = await client.createConference({members: ['1002'], media: 'audio'});
    });
    await answers(bob);
    await becomes(alice, {phase: 'answered'});
    await hear(alice, bob);
    await reloads(alice);
    await hear(alice, bob);
    assert.equal((await talking(alice)).type, 'conference');
    await alice.waitForFunction(() => (window as any).call.state.members?.length === 2);
    await call(alice, 'removeMember', '1002');
    await nextEvent(bob, 'sip-call-hangup');
    await call(alice, 'hangup');
  });

  it('joins its intercom again, without the floor, and may ask for it', async () => {
    for (const page of [alice, bob])
      await page.evaluate(async () => {
        (window as any).call = await (document.querySelector('sip-client') as any).intercom('9001');
      });
    await call(alice, 'requestFloor');
    await hear(bob);
    await reloads(alice);
    await becomes(alice, {floor: 'idle', muted: true});
    await becomes(bob, {floor: 'idle'});
    await call(alice, 'requestFloor');
    await hear(bob);
    await call(bob, 'hangup');
    await call(alice, 'hangup');
  });

  it('is watched on', async () => {
    const watched = {...ALICE, user: '1003', attributes: `${ALICE.attributes} allow-monitoring`};
    const carol = await onlinePage(site, watched);
    await bob.evaluate(async () => {
      (window as any).call = await (document.querySelector('sip-client') as any).monitor('1003');
    });
    await sees(bob);
    await reloads(carol, watched);
    await sees(bob);
    await becomes(bob, {phase: 'answered'});
    await call(bob, 'hangup');
    await becomes(carol, {phase: 'released'});
    await carol.close();
  });

  it('ends the call of a page without `resume` at once', async () => {
    const [dave, erin] = [await onlinePage(site, {user: '1004'}), await onlinePage(site, {user: '1005'})];
    await placeCall(dave, '1005', 'audio');
    await answers(erin);
    await hear(dave, erin);
    const closed = performance.now();
    await dave.close();
    assert.deepEqual(await cause(erin), {by: 'remote', code: 'normal'});
    assert.ok(performance.now() - closed < 5_000);
  });
});

describe('a page whose connection to the server is cut in a call', () => {
  let site: Site;
  let way: CutWay;
  let alice: Page;
  let bob: Page;

  before(async () => {
    site = await openSite();
    way = await openCutWay(site.server.port);
    const server = `ws://127.0.0.1:${way.port}/fswebrtc`;
    alice = await onlinePage(site, {user: '1001', server, withoutCsp: true});
    bob = await onlinePage(site, {user: '1002'});
    await placeCall(alice, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    await call(bob, 'answer');
    await becomes(alice, {phase: 'answered'});
    await hear(alice, bob);
  });
  after(async () => {
    await way?.close();
    await site?.close();
  });

  for (const seconds of [3, 20])
    it(`goes on talking for ${seconds} s, and after them`, async () => {
      way.block();
      const mended = new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
      await becomes(alice, {health: 'suspect'});
      await hear(alice, bob);
      await mended;
      way.restore();
      await becomes(alice, {health: 'restored'});
      await call(bob, 'hold');
      await becomes(alice, {remoteHeld: true});
      await call(bob, 'unhold');
      await becomes(alice, {remoteHeld: false});
      await hear(alice, bob);
      assert.equal((await talking(bob)).ended, 0);
    });

  it('has lost the call after 30 s, as has the other side, and both know why', async () => {
    const begun = performance.now();
    way.block();
    assert.deepEqual(await cause(bob), {by: 'remote', code: 'session-expired'});
    assert.ok(performance.now() - begun > 29_000);
    way.restore();
    const {by, code} = await cause(alice);
    assert.deepEqual([by, code], ['server', 'call-lost']);
    assert.equal(site.server.stats()['sessions'], 0);
  });
});
