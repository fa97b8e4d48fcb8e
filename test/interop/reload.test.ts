import assert from 'node:assert/strict';
import {after, before, describe} from 'node:test';
import {connects, ends, hearEachOther, off, seeEachOther} from '../support/interop/conversation.js';
import {tellsOfLog, tellsOfPage, testsThatTell} from '../support/interop/evidence.js';
import {startKamailio, type Kamailio} from '../support/interop/kamailio.js';
import {
  cause,
  hangsUp,
  LOOPBACK_FLAGS,
  person,
  reloads,
  showsState,
  talksTo,
  type Person,
  type PersonOptions,
} from '../support/interop/sip-page.js';
import {IN_FIREFOX} from '../support/page/browser.js';
import {crashes} from '../support/page/crash.js';
import {collectGarbage, instances} from '../support/page/heap.js';
import {nextEvent, placeCall} from '../support/page/phone-page.js';
import {openSite, type Site} from '../support/page/site.js';
import {open} from '../support/page/witness.js';
import {size} from '../support/size.js';

const RELOADS = size(5, 50);

const ALICE: PersonOptions = {tone: 440, attributes: 'resume'};

describe('the reload of a page in a call at Kamailio', () => {
  let kamailio: Kamailio;
  let site: Site;
  let alice: Person;
  let bob: Person;

  before(async () => {
    kamailio = await startKamailio();
    site = await openSite({chromeFlags: LOOPBACK_FLAGS});
    alice = await person(site, kamailio, 'alice', ALICE);
    bob = await person(site, kamailio, 'bob', {
      tone: 800,
      halves: [
        [40, 180, 40],
        [180, 180, 40],
      ],
    });
  });
  after(async () => {
    await site?.close();
    await kamailio?.stop();
  });

  const it = testsThatTell(async () => [
    ...(await Promise.all([alice, bob].map(({user, page}) => tellsOfPage(user, page)))),
    tellsOfLog('Kamailio', kamailio.log()),
  ]);

  /** The call of a page: what stays the same over a reload. */
  const talking = ({page}: Person): Promise<{id: string; duration: number; ended: number}> =>
    page.evaluate(() => {
      const {call, events} = window as any;
      const ended = events.filter(({type}: Event) => type === 'sip-call-hangup').length;
      return {id: call.id, duration: call.duration, ended};
    });

  /** Alice’s page is loaded anew; resolves once it has the call again. */
  async function comesBack(load?: (address: string) => Promise<unknown>): Promise<void> {
    await reloads(alice, kamailio, ALICE, load);
    for (const type of ['sip-call-resumed', 'sip-call-answered']) await nextEvent(alice.page, type);
    await showsState(alice, 'health', 'healthy');
  }

  it(`leaves one call at the other side, which hears on, ${RELOADS} times in a row`, async () => {
    await connects(alice, bob);
    await hearEachOther(alice, bob);
    const before = {alice: await talking(alice), bob: await talking(bob)};
    for (let count = 0; count < RELOADS; count += 1) {
      await comesBack();
      await hearEachOther(alice, bob);
    }
    const now = {alice: await talking(alice), bob: await talking(bob)};
    assert.equal(now.alice.id, before.alice.id);
    assert.deepEqual([now.bob.id, now.bob.ended], [before.bob.id, 0]);
    assert.ok(now.alice.duration > before.alice.duration && now.bob.duration > before.bob.duration);
    await talksTo(bob, ['alice']);
    assert.equal((await kamailio.contacts('alice')).length, 1);
    // Nothing is kept of the pages that are gone.
    assert.equal((await open(bob.page)).peerConnections, 1);
    await collectGarbage(bob.page);
    const kept = {SipCall: 'Object.getPrototypeOf(call)', RTCPeerConnection: 'RTCPeerConnection.prototype'};
    if (!IN_FIREFOX) assert.deepEqual(await instances(bob.page, kept), {SipCall: 1, RTCPeerConnection: 1});
    await ends(bob, alice);
  });

  it('keeps what was muted muted, what was held held, and the pictures', async () => {
    await connects(bob, alice, 'video');
    await seeEachOther(alice, bob);
    await comesBack();
    await seeEachOther(alice, bob);
    await alice.page.evaluate(() => (window as any).call.mute());
    await comesBack();
    await showsState(alice, 'muted', true);
    await alice.page.evaluate(() => (window as any).call.unmute());
    await hearEachOther(alice, bob);
    await alice.page.evaluate(() => (window as any).call.hold());
    await comesBack();
    await showsState(alice, 'held', true);
    await showsState(bob, 'remoteHeld', true);
    await alice.page.evaluate(() => (window as any).call.unhold());
    await hearEachOther(alice, bob);
    await ends(alice, bob);
  });

  // Only Chromium's inspector ends the process of a page.
  if (!IN_FIREFOX)
    it('continues the call after a crash, too', async () => {
      await connects(alice, bob);
      await hearEachOther(alice, bob);
      await comesBack(() => crashes(alice.page));
      await hearEachOther(alice, bob);
      await talksTo(bob, ['alice']);
      await ends(alice, bob);
    });

  if (!IN_FIREFOX)
    it('ends a call that still rings at the other side when its page crashes', async () => {
      await placeCall(alice.page, 'bob', 'audio');
      await nextEvent(bob.page, 'sip-call-received');
      await reloads(alice, kamailio, ALICE, () => crashes(alice.page));
      assert.deepEqual(await cause(bob), {by: 'remote', code: 'cancelled'});
      await talksTo(alice, []);
    });

  it('goes on if the page is back after the server could not reach it for a while', async () => {
    await connects(alice, bob);
    await hearEachOther(alice, bob);
    await reloads(alice, kamailio, ALICE, async (address) => {
      await alice.page.goto('about:blank');
      await bob.page.waitForFunction(
        () => (window as any).messages.filter((line: string) => line.startsWith('← SIP/2.0 480')).length >= 4,
        {polling: 50},
      );
      await alice.page.goto(address);
    });
    for (const type of ['sip-call-resumed', 'sip-call-answered']) await nextEvent(alice.page, type);
    await hearEachOther(alice, bob);
    await ends(alice, bob);
  });

  it('leaves the other side within 30 s if the page was closed for good', async () => {
    await connects(alice, bob);
    await hearEachOther(alice, bob);
    const closed = Date.now();
    await alice.page.close();
    assert.deepEqual(await cause(bob), {by: 'server', code: 'call-lost'});
    const after = (Date.now() - closed) / 1_000;
    assert.ok(after < 30, `only after ${after} s`);
    await off(bob);
    alice = await person(site, kamailio, 'alice', ALICE);
  });

  it('ends the call for good where the other side hung up meanwhile', async () => {
    await connects(alice, bob);
    await reloads(alice, kamailio, ALICE, async (address) => {
      await alice.page.goto('about:blank');
      await hangsUp(bob);
      await alice.page.goto(address);
    });
    for (const type of ['sip-call-resumed', 'sip-call-answered']) await nextEvent(alice.page, type);
    assert.equal((await cause(alice)).code, 'call-lost');
    await talksTo(alice, []);
    await talksTo(bob, []);
    assert.equal(await bob.page.evaluate(() => (window as any).events.length), 0);
  });
});
