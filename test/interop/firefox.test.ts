import assert from 'node:assert/strict';
import {after, afterEach, before, describe} from 'node:test';
import {
  connects,
  ends,
  hearEachOther,
  holdEachOther,
  off,
  seeEachOther,
  sendsTones,
} from '../support/interop/conversation.js';
import {startDeskPhone, type DeskPhone} from '../support/interop/desk-phone.js';
import {tellsOfLog, tellsOfPage, testsThatTell} from '../support/interop/evidence.js';
import {startKamailio, type Kamailio} from '../support/interop/kamailio.js';
import {nextEvent, placeCall} from '../support/page/phone-page.js';
import {hearsTones} from '../support/page/signals.js';
import {answer, cause, hangsUp, LOOPBACK_FLAGS, person, type Person} from '../support/interop/sip-page.js';
import {openSite, type Site} from '../support/page/site.js';

describe('Firefox at Kamailio', () => {
  let kamailio: Kamailio;
  let sites: Site[];
  let alice: Person;
  let bob: Person;
  let desk: DeskPhone;

  before(async () => {
    kamailio = await startKamailio();
    const firefox = await openSite({firefox: true});
    const chromium = await openSite({chromeFlags: LOOPBACK_FLAGS});
    sites = [firefox, chromium];
    alice = await person(firefox, kamailio, 'alice', {tone: 800});
    bob = await person(chromium, kamailio, 'bob', {
      tone: 1300,
      attributes: 'dtmf="info"',
      halves: [
        [40, 180, 40],
        [180, 180, 40],
      ],
    });
    desk = await startDeskPhone(kamailio, {answers: true});
  });
  after(async () => {
    await desk?.stop();
    for (const site of sites ?? []) await site.close();
    await kamailio?.stop();
  });
  afterEach(
    async () => {
      for (const each of [alice, bob]) await hangsUp(each);
      for (const each of [alice, bob]) await off(each);
    },
    {timeout: 20_000},
  );

  const it = testsThatTell(async () => [
    ...(await Promise.all([alice, bob].map(({user, page}) => tellsOfPage(user, page)))),
    `desk: events not taken: ${desk.events().join(', ') || 'none'}`,
    tellsOfLog('Kamailio', kamailio.log()),
  ]);

  it('is registered with one binding', async () => {
    assert.equal((await kamailio.contacts('alice')).length, 1);
  });

  for (const [what, caller] of [
    ['calls Chromium', () => alice],
    ['is called by Chromium', () => bob],
  ] as const)
    it(`${what}: both see, hear and hold each other, are told of tones, and either ends it`, async () => {
      const [from, to] = caller() === alice ? [alice, bob] : [bob, alice];
      await connects(from, to, 'video');
      await seeEachOther(from, to);
      await holdEachOther(from, to);
      await sendsTones(bob, alice);
      await ends(from, to);
      await connects(from, to);
      await hearEachOther(from, to);
      await ends(to, from);
    });

  it('calls a phone by UDP, which is told of tones (RFC 4733) and of the end', async () => {
    await placeCall(alice.page, 'desk', 'audio');
    await nextEvent(alice.page, 'sip-call-answered');
    await hearsTones(alice.page, [desk.tone], [alice.tone]);
    await desk.hears(alice.tone);
    await alice.page.evaluate(() => (window as any).call.sendDtmf('15#'));
    const tones: (string | undefined)[] = [];
    while (tones.length < 3) tones.push((await desk.event('CALL_DTMF_START')).param);
    assert.deepEqual(tones, ['1', '5', '#']);
    await alice.page.evaluate(() => (window as any).call.hangup());
    await desk.event('CALL_CLOSED');
  });

  it('is called by a phone by UDP, which ends it', async () => {
    await desk.command('dial', 'sip:alice@sip.test');
    const {remote} = await nextEvent(alice.page, 'sip-call-received');
    assert.equal(remote.number, 'desk');
    await answer(alice);
    await nextEvent(alice.page, 'sip-call-answered');
    await hearsTones(alice.page, [desk.tone], [alice.tone]);
    await desk.hears(alice.tone);
    await desk.command('hangup');
    assert.equal((await cause(alice)).code, 'normal');
  });
});
