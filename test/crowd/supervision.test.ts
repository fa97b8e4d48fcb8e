import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../support/in-page/facts.js';
import {
  functionsPage,
  measured,
  sendsColours,
  sendsTone,
  type FunctionsPage,
} from '../support/page/functions-page.js';
import {attend, hear, meet, type Attendee} from '../support/page/meeting.js';
import {press, shown} from '../support/page/parts.js';
import {goOnline, nextEvent, phonePage, placeCall} from '../support/page/phone-page.js';
import {hearsTones, sendsSignals, showsHalves, type Halves} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';
import {open, released} from '../support/page/witness.js';

const RED_BLUE: Halves = [
  [200, 40, 40],
  [40, 40, 200],
];
const GREEN_YELLOW: Halves = [
  [40, 180, 40],
  [200, 200, 40],
];

/** What a dispatcher's microphone gives, in hertz. */
const DISPATCHER = 1300;

/** Gives a command to a page's client; its call becomes the page's `call`. */
const command = (page: Page, name: string, ...values: unknown[]): Promise<string | undefined> =>
  page.evaluate(
    async (name, values) => {
      const call = await (document.querySelector('sip-client') as any)[name](...values);
      if (call) (window as any).call = call;
      return call?.id as string | undefined;
    },
    name,
    values,
  );
const hangup = (page: Page): Promise<void> => page.evaluate(() => (window as any).call.hangup());
/** The kinds of the devices that are open in a page. */
const devices = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...((window as any).opened.tracks as Set<MediaStreamTrack>)]
      .filter(({readyState}) => readyState === 'live')
      .map(({kind}) => kind),
  );

describe('monitoring and urgent calls, between real pages', () => {
  let site: Site;
  const pages: Page[] = [];
  const online = async (
    user: string,
    halves: Halves,
    inside = '<sip-incoming></sip-incoming>',
  ): Promise<Page> => {
    const page = await phonePage(site, {user, inside});
    await page.evaluate(() => (document.documentElement.lang = 'en'));
    await sendsSignals(page, {tone: 440, halves});
    await goOnline(page);
    pages.push(page);
    return page;
  };

  before(async () => {
    site = await openSite();
  });
  afterEach(async () => {
    await until(() => site.server.stats()['sessions'] === 0 && site.server.stats()['legs'] === 0);
    for (const page of pages.splice(0)) {
      await released(page);
      await page.close();
    }
    assert.deepEqual(site.complaints, []);
  });
  after(() => site.close());

  it('asks everybody else, and leaves the call alone that they are in', async () => {
    const [asker, watched] = [await online('1001', RED_BLUE), await online('1003', GREEN_YELLOW)];
    const friend = await online('1004', RED_BLUE);
    await command(friend, 'call', '1003');
    await press(watched, "sip-incoming >>> [part~='answer-audio']");
    await nextEvent(friend, 'sip-call-answered');
    await command(asker, 'monitor', '1003');
    const card = await shown(watched, 'sip-incoming >>> [part=call]');
    assert.match(await card.evaluate((element) => element.textContent), /Wants to view your camera/);
    assert.deepEqual(await devices(watched), ['audio']);
    await press(watched, 'sip-incoming >>> [part=show-camera]');
    await showsHalves(asker, GREEN_YELLOW);
    assert.equal((await open(asker)).tracks, 0);
    await shown(watched, 'sip-incoming >>> [part=watcher]');
    await hearsTones(friend, [440]);
    const state = await friend.evaluate(() => structuredClone((window as any).call.state));
    assert.deepEqual([state.phase, state.remoteHeld], ['answered', false]);
    await hangup(asker);
    await command(asker, 'monitor', '1003');
    await press(watched, 'sip-incoming >>> [part=decline]');
    await nextEvent(asker, 'sip-call-hangup');
    const {cause} = await nextEvent(asker, 'sip-call-hangup');
    assert.equal(cause.code, 'declined');
    await hearsTones(friend, [440]);
    await hangup(friend);
  });

  for (const [type, words] of [
    ['urgent', 'Urgent call'],
    ['sos', 'SOS call'],
  ] as const)
    it(`ring through to one who is busy and does not want to be disturbed: ${type}`, async () => {
      const [desk, friend] = [await online('1001', RED_BLUE), await online('1004', RED_BLUE)];
      const busy = await online('1003', GREEN_YELLOW, '<main><h1>Phone</h1><sip-calls></sip-calls></main>');
      await command(busy, 'call', '1004');
      await press(friend, "sip-incoming >>> [part~='answer-audio']");
      await nextEvent(busy, 'sip-call-answered');
      await busy.$eval('sip-client', (client) => {
        client.doNotDisturb = true;
        client.maxCalls = '1';
      });
      await command(desk, 'call', '1003', {type});
      const first = await shown(busy, 'sip-calls >>> [role=listitem]:first-child:has([part=answer])');
      assert.match(await first.evaluate((element) => element.textContent), new RegExp(`王芳[^]*${words}`));
      await until(() =>
        busy.evaluate(() => {
          const {ringer} = (document.querySelector('sip-client') as any).client;
          return ringer.state.tones.join() === 'alarm';
        }),
      );
      await press(busy, 'sip-calls >>> [part=answer]');
      await nextEvent(desk, 'sip-call-answered');
      await hearsTones(desk, [440]);
      await hangup(desk);
      await hangup(busy);
    });
});

describe('calls of others, between real pages', () => {
  let site: Site;
  let members: Attendee[] = [];
  before(async () => (site = await openSite()));
  afterEach(async () => {
    await members[0]!.page.evaluate(async () => {
      for (const call of (document.querySelector('sip-client') as any).calls) await call.hangup();
    });
    for (const {page} of members) {
      await page.evaluate(() => (document.querySelector('sip-client') as any).disconnect());
      await page.close();
    }
    await until(() => site.server.stats()['sessions'] === 0);
  });
  after(() => site.close());

  it('show a member for himself, whoever is shown to all', async () => {
    members = await meet(site, {media: 'video', size: 3});
    const [alice, bob, carol] = members;
    await alice!.page.evaluate(async (pushed) => {
      await (window as any).call.setSpotlight(pushed, true);
    }, bob!.number);
    await showsHalves(alice!.page, bob!.halves);
    await alice!.page.evaluate(async (number) => {
      (window as any).call = await (window as any).call.watchMember(number);
    }, carol!.number);
    await showsHalves(alice!.page, carol!.halves);
    assert.deepEqual((await devices(alice!.page)).sort(), ['audio', 'video']);
  });

  it('are heard by one whom nobody hears, gone into by one whom both hear, and ended for either', async () => {
    members = await attend(site, 3);
    const [alice, bob, carol] = members as [Attendee, Attendee, Attendee];
    await placeCall(bob.page, carol.number, 'audio');
    await nextEvent(carol.page, 'sip-call-received');
    await carol.page.evaluate(() => (window as any).call.answer({media: 'audio'}));
    for (const {page} of [bob, carol]) await nextEvent(page, 'sip-call-answered');
    await command(alice.page, 'listenIn', bob.number);
    await nextEvent(alice.page, 'sip-call-answered');
    await hear(members, {muted: [alice.number]});
    assert.deepEqual(await devices(alice.page), []);
    await hangup(alice.page);
    await until(() =>
      alice.page.evaluate(() => (document.querySelector('sip-client') as any).calls.length === 0),
    );
    await command(alice.page, 'bargeIn', bob.number);
    await nextEvent(alice.page, 'sip-call-answered');
    await hear(members);
    assert.deepEqual(await devices(alice.page), ['audio']);
    await command(alice.page, 'removeOther', bob.number);
    await nextEvent(carol.page, 'sip-call-hangup');
    await hear([alice, bob]);
    await command(alice.page, 'removeCall', bob.number);
    await nextEvent(bob.page, 'sip-call-hangup');
  });
});

describe('monitoring and supervision, by the documented functions', () => {
  let site: Site;
  before(async () => (site = await openSite()));
  after(() => site.close());

  it('show a camera and a member, and go into a call', async () => {
    const [alice, bob, carol] = [
      await functionsPage(site, '1001'),
      await functionsPage(site, '1003'),
      await functionsPage(site, '1004'),
    ] as [FunctionsPage, FunctionsPage, FunctionsPage];
    await sendsColours(bob, GREEN_YELLOW);
    await sendsColours(carol, RED_BLUE);
    await sendsTone(alice, DISPATCHER);
    const elements = ['#localvideo', '#remotevideo', '#remoteaudio'];
    for (const phone of [alice, bob, carol]) await measured(phone);

    await alice.run('VideoBug', '1003', '', ...elements);
    const watched = String((await alice.told('onCallCreated'))[1]);
    assert.equal((await bob.told('onCallReceived'))[1], watched);
    await bob.run('Answer', watched, ...elements);
    await showsHalves(alice.page, GREEN_YELLOW);
    assert.equal((await open(alice.page)).tracks, 0);
    assert.deepEqual(await devices(bob.page), ['video']);
    await alice.run('Hangup', watched);
    assert.equal((await bob.told('onCallHangup'))[1], watched);

    await bob.run('MakeCall', '1004', 2, ...elements, false);
    const sid = String((await bob.told('onCallCreated'))[1]);
    assert.equal((await carol.told('onCallReceived'))[1], sid);
    await carol.run('Answer', sid, ...elements);
    await bob.told('onCallAnswered');
    await alice.run('SetGetCallMemberVideo', sid, '1004', '', '', '1001', '#remotevideo');
    const shownAs = String((await alice.told('onCallCreated'))[1]);
    await showsHalves(alice.page, RED_BLUE);
    await alice.run('Hangup', shownAs);

    for (const [operation, type, opened] of [
      [1, 6, ['audio']],
      [2, 8, []],
    ] as const) {
      await alice.run('froceOPCall', operation, '1003', sid, '1001');
      const [, received, json] = await alice.told('onCallReceived');
      assert.equal(received, sid);
      assert.equal(JSON.parse(String(json)).ctype, type);
      await alice.run('Answer', sid, ...elements);
      await alice.told('onCallAnswered');
      await alice.page.evaluate(async () => {
        const sound = document.querySelector<HTMLMediaElement>('#remoteaudio')!;
        while (!(sound.srcObject as MediaStream | null)?.getAudioTracks().length)
          await new Promise((resolve) => setTimeout(resolve, 20));
      });
      assert.deepEqual(await devices(alice.page), [...opened]);
      for (const {page} of [bob, carol])
        await (opened.length ? hearsTones(page, [DISPATCHER]) : hearsTones(page, [], [DISPATCHER]));
      await alice.run('Hangup', sid);
      await until(async () => (await alice.all()).some(([name]) => name === 'onCallHangup'));
      await alice.told('onCallHangup');
    }
    await alice.run('froceOPCall', 3, '1003', '', '1001');
    for (const phone of [bob, carol]) assert.equal((await phone.told('onCallHangup'))[1], sid);

    await bob.run('MakeCall', '1004', 1, ...elements, false);
    const next = String((await bob.told('onCallCreated'))[1]);
    assert.equal((await carol.told('onCallReceived'))[1], next);
    await carol.run('Answer', next, ...elements);
    await bob.told('onCallAnswered');
    await alice.run('froceOPCall', 4, '1003', next, '1001');
    for (const phone of [bob, carol]) assert.equal((await phone.told('onCallHangup'))[1], next);
    for (const phone of [alice, bob, carol]) assert.deepEqual(await phone.errors(), []);
  });
});
