import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {attend, type Attendee} from '../support/page/meeting.js';
import {nextEvent} from '../support/page/phone-page.js';
import {hearsNow, listens} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';
import {released} from '../support/page/witness.js';

/** How often two press at once. */
const ROUNDS = 4;

/** Opens a group on a page, as its `call`, and waits until its line stands. */
async function opens(page: Page, group: unknown): Promise<void> {
  await page.evaluate(async (group) => {
    const call = ((window as any).call = await (document.querySelector('sip-client') as any).intercom(group));
    while (call.state.phase !== 'answered')
      await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
  }, group);
  await listens(page);
}

/** Answers the group that rings on a page, and waits until its line stands. */
async function answers(page: Page): Promise<any> {
  const received = await nextEvent(page, 'sip-call-received');
  await page.evaluate(() => (window as any).call.answer());
  await nextEvent(page, 'sip-call-answered');
  await listens(page);
  return received;
}

/** Presses or lets go; gives the code where it is refused. */
const does = (page: Page, command: 'requestFloor' | 'releaseFloor'): Promise<string | null> =>
  page.evaluate(
    async (command) =>
      (window as any).call[command]().then(
        () => null,
        (error: any) => error.code,
      ),
    command,
  );

/** Waits until a page's floor is there, and somebody has it. */
const floorIs = (page: Page, floor: string, speaker?: string): Promise<unknown> =>
  page.evaluate(
    async (floor, speaker) => {
      const {call} = window as any;
      while (call.state.floor !== floor || (speaker !== undefined && call.state.speaker?.number !== speaker))
        await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
    },
    floor,
    speaker,
  );

/** Whether a page's microphone is open for the others. */
const isOpen = (page: Page): Promise<boolean> =>
  page.evaluate(() => (window as any).call.localStream.getAudioTracks().some((track: any) => track.enabled));

/** Waits until all others hear the one who speaks, and nobody hears anybody else. */
async function onlyHeard(members: readonly Attendee[], speaker?: Attendee): Promise<void> {
  await Promise.all(
    members.map(async ({page}) => {
      const heard = speaker && speaker.page !== page ? [speaker.tone] : [];
      const others = members.map(({tone}) => tone).filter((tone) => !heard.includes(tone));
      await hearsNow(page, heard, others);
    }),
  );
}

describe('SipIntercom: four pages', () => {
  let site: Site;
  let members: Attendee[];

  before(async () => {
    site = await openSite();
    members = await attend(site, 4);
    for (const {page} of members) await opens(page, '9001');
  });
  after(() => site.close());

  it('begins with nobody heard, and every microphone silent', async () => {
    await onlyHeard(members);
    for (const {page} of members) assert.equal(await isOpen(page), false);
  });

  it('lets all others hear the one who has the floor, and nobody else', async () => {
    for (const speaker of members) {
      assert.equal(await does(speaker.page, 'requestFloor'), null);
      const others = members.filter((member) => member !== speaker);
      for (const {page} of others) await floorIs(page, 'taken', speaker.number);
      await onlyHeard(members, speaker);
      for (const {page} of members) assert.equal(await isOpen(page), page === speaker.page);
      const released = does(speaker.page, 'releaseFloor');
      assert.equal(await released, null);
      for (const {page} of members) await floorIs(page, 'idle');
      await onlyHeard(members);
    }
  });

  it(`gives the floor to exactly one of two who press at once, ${ROUNDS} times`, async () => {
    const [listener, , ...pair] = members as [Attendee, Attendee, Attendee, Attendee];
    const wins: Record<string, number> = {};
    for (let round = 0; round < ROUNDS; round += 1) {
      const at = Date.now() + 100;
      await Promise.all(
        pair.map(({page}) =>
          page.evaluate(async (at) => {
            const {call} = window as any;
            (window as any).grants = 0;
            while (Date.now() < at) await new Promise((resolve) => setTimeout(resolve, 0));
            call.requestFloor().then(
              () => ((window as any).grants = 1),
              () => {},
            );
            while (call.state.floor !== 'granted' && call.state.floor !== 'queued')
              await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
          }, at),
        ),
      );
      const granted: Attendee[] = [];
      for (const member of pair)
        if (await member.page.evaluate(() => (window as any).grants === 1)) granted.push(member);
      assert.equal(granted.length, 1);
      const [winner] = granted as [Attendee];
      const loser = pair.find((member) => member !== winner)!;
      wins[winner.number] = (wins[winner.number] ?? 0) + 1;
      assert.equal(await isOpen(loser.page), false);
      await floorIs(listener.page, 'taken', winner.number);
      await hearsNow(listener.page, [winner.tone], [loser.tone]);
      // Then it is the other one's turn, who still presses.
      await does(winner.page, 'releaseFloor');
      await floorIs(loser.page, 'granted');
      assert.equal(await isOpen(winner.page), false);
      await hearsNow(listener.page, [loser.tone], [winner.tone]);
      await does(loser.page, 'releaseFloor');
      await floorIs(listener.page, 'idle');
    }
    process.stdout.write(`# pressed at once ${ROUNDS} times: ${JSON.stringify(wins)}\n`);
  });

  it('lets a dispatcher take the floor from somebody who is none', async () => {
    const [dispatcher, , speaker] = members as [Attendee, Attendee, Attendee];
    await does(speaker.page, 'requestFloor');
    await onlyHeard(members, speaker);
    assert.equal(await does(dispatcher.page, 'requestFloor'), null);
    await floorIs(speaker.page, 'taken', dispatcher.number);
    assert.equal(await isOpen(speaker.page), false);
    await onlyHeard(members, dispatcher);
    await does(dispatcher.page, 'releaseFloor');
  });

  it('frees the floor within 5 s where the page that has it is killed', async () => {
    const killed = members.pop()!;
    const [first] = members as [Attendee];
    await does(killed.page, 'requestFloor');
    await floorIs(first.page, 'taken', killed.number);
    const waiting = does(members[2]!.page, 'requestFloor');
    await floorIs(members[2]!.page, 'queued', killed.number);
    const since = performance.now();
    killed.page.goto('chrome://crash').catch(() => {});
    assert.equal(await waiting, null);
    const took = performance.now() - since;
    process.stdout.write(`# killed page: the floor went on after ${took.toFixed(0)} ms\n`);
    assert.ok(took < 5000);
    await onlyHeard(members, members[2]);
    await does(members[2]!.page, 'releaseFloor');
  });

  it('leaves by hanging up, and nothing stays open', async () => {
    for (const {page} of members) {
      await page.evaluate(() => (window as any).call.hangup());
      await released(page);
    }
    while (site.server.stats()['sessions']) await new Promise((resolve) => setTimeout(resolve, 20));
  });
});

describe('SipIntercom: where the group is not open', () => {
  let site: Site;
  let members: Attendee[];

  before(async () => {
    site = await openSite({floorTimeout: 10_000});
    members = await attend(site, 3);
  });
  after(() => site.close());

  it('rings, is answered silently, and the floor is taken away after its time', async () => {
    const [, ringing, speaker] = members as [Attendee, Attendee, Attendee];
    await opens(speaker.page, '9001');
    await does(speaker.page, 'requestFloor');
    assert.equal((await answers(ringing.page)).remote.number, '9001');
    assert.equal(await ringing.page.evaluate(() => (window as any).call.type), 'intercom');
    const pair = [ringing, speaker];
    await floorIs(ringing.page, 'taken', speaker.number);
    for (const {page} of pair) {
      const left = await page.evaluate(() => (window as any).call.state.floorEndsAt - Date.now());
      assert.ok(left > 0 && left <= 10_000, `${left} ms left`);
    }
    await onlyHeard(pair, speaker);
    assert.equal(await isOpen(ringing.page), false);
    await floorIs(speaker.page, 'idle');
    assert.equal(await speaker.page.evaluate(() => (window as any).call.state.revocation), 'time-limit');
    assert.equal(await isOpen(speaker.page), false);
    await onlyHeard(pair);
  });

  it('is made of members who are called together', async () => {
    const [maker, called] = members as [Attendee, Attendee];
    await opens(maker.page, {members: called.number, name: 'Crane'});
    assert.equal((await answers(called.page)).remote.name, 'Crane');
    await does(called.page, 'requestFloor');
    await onlyHeard([maker, called], called);
  });
});
