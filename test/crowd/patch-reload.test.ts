import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {SIGNALS} from '../support/page/meeting.js';
import {fillPage, goOnline, nextEvent, phonePage, placeCall} from '../support/page/phone-page.js';
import {hearsTones, sendsSignals} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';
import {released} from '../support/page/witness.js';

/** What each page's microphone gives, in hertz. */
const [DESK, CALLER, MEMBER, RADIO] = SIGNALS.map(({tone}) => tone) as [number, number, number, number];

const DESK_ACCOUNT = {user: '1001', attributes: 'resume history-storage="none"'};

describe('a patch of a call, a conference and an intercom whose page is loaded again', () => {
  let site: Site;
  let [desk, caller, member, radio]: Page[] = [];

  const attend = async (page: Page, index: number): Promise<void> => {
    await sendsSignals(page, SIGNALS[index]!);
    await goOnline(page);
  };
  const answers = async (page: Page): Promise<void> => {
    await nextEvent(page, 'sip-call-received');
    await page.evaluate(() => (window as any).call.answer());
    await nextEvent(page, 'sip-call-answered');
  };
  const opens = (page: Page): Promise<void> =>
    page.evaluate(async () => {
      const call = ((window as any).call = await (document.querySelector('sip-client') as any).intercom(
        '9001',
      ));
      while (call.state.phase !== 'answered')
        await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
    });
  /** Waits until a page hears these tones, and none of the others: its own least of all. */
  const hears = (page: Page, ...tones: number[]): Promise<void> => {
    const others = [DESK, CALLER, MEMBER, RADIO].filter((tone) => !tones.includes(tone));
    return hearsTones(page, tones, others);
  };
  const patchOf = (page: Page): Promise<{id: string; part: string; members: string[]}> =>
    page.evaluate(async () => {
      const {client} = document.querySelector('sip-client') as any;
      while (client.patches[0]?.state.members.length !== 3)
        await new Promise((resolve) => client.addEventListener('statechange', resolve, {once: true}));
      const [{id, state}] = client.patches;
      return {id, part: state.part, members: state.members.map((each: any) => each.id).sort()};
    });

  /** Loads the desk's page anew; resolves when it has its three calls again. */
  const reloads = async (): Promise<void> => {
    await desk!.reload();
    await fillPage(desk!, DESK_ACCOUNT);
    await attend(desk!, 0);
    for (let count = 0; count < 3; count += 1) await nextEvent(desk!, 'sip-call-resumed');
  };

  before(async () => {
    site = await openSite();
    const pages: Page[] = [];
    for (const [index, {number}] of SIGNALS.entries()) {
      const page = await phonePage(site, index === 0 ? DESK_ACCOUNT : {user: number});
      await attend(page, index);
      pages.push(page);
    }
    [desk, caller, member, radio] = pages;
    await placeCall(desk!, '1002', 'audio');
    await answers(caller!);
    await nextEvent(desk!, 'sip-call-answered');
    await desk!.evaluate(() =>
      (document.querySelector('sip-client') as any).createConference({members: '1003'}),
    );
    await answers(member!);
    await hears(member!, DESK);
    for (const page of [desk!, radio!]) await opens(page);
    await desk!.evaluate(async () => {
      const element = document.querySelector('sip-client') as any;
      await element.patch(element.calls, {hangTime: 300});
    });
    await Promise.all([
      hears(caller!, DESK, MEMBER),
      hears(member!, DESK, CALLER),
      hears(radio!, DESK, CALLER, MEMBER),
    ]);
  });
  after(() => site.close());

  it('is made again: all sides hear each other, and none of them itself', async () => {
    const earlier = await patchOf(desk!);
    await reloads();
    assert.deepEqual(await patchOf(desk!), earlier);
    await Promise.all([
      hears(caller!, DESK, MEMBER),
      hears(member!, DESK, CALLER),
      hears(radio!, DESK, CALLER, MEMBER),
    ]);
    assert.equal(site.server.stats()['sessions'], 3);
  });

  it('passes on who has the floor, and what is said while the user only listens', async () => {
    await desk!.evaluate(() => (document.querySelector('sip-client') as any).client.patches[0].listen());
    await reloads();
    assert.equal((await patchOf(desk!)).part, 'listening');
    await Promise.all([hears(caller!, MEMBER), hears(member!, CALLER), hears(radio!, CALLER, MEMBER)]);
    for (const page of [caller!, member!]) await page.evaluate(() => (window as any).call.mute());
    await hears(radio!);
    await radio!.evaluate(() => (window as any).call.requestFloor());
    await Promise.all([hears(caller!, RADIO), hears(member!, RADIO)]);
    await radio!.evaluate(() => (window as any).call.releaseFloor());
    for (const page of [caller!, member!]) await page.evaluate(() => (window as any).call.unmute());
    await hears(radio!, CALLER, MEMBER);
  });

  it('goes on between the others when one of them leaves, and leaves nothing open', async () => {
    await reloads();
    await patchOf(desk!);
    await member!.evaluate(() => (window as any).call.hangup());
    await Promise.all([hears(radio!, CALLER), hears(caller!)]);
    await desk!.evaluate(() => (document.querySelector('sip-client') as any).disconnect());
    for (const page of [desk!, caller!, member!]) await released(page);
    assert.deepEqual(site.complaints, []);
  });
});
