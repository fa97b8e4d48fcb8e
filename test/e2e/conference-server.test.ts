import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {goOnline, nextEvent, phonePage} from '../support/phone-page.js';
import {hearsTones, sendsSignals, showsHalves, type Halves} from '../support/signals.js';
import {openSite, type Site} from '../support/site.js';
import {open} from '../support/witness.js';

/** A page with a tone and a picture of its own. */
interface Member {
  readonly number: string;
  readonly tone: number;
  readonly halves: Halves;
  readonly page: Page;
}

const SIGNALS: readonly Omit<Member, 'page'>[] = [
  {
    number: '1001',
    tone: 440,
    halves: [
      [200, 40, 40],
      [40, 40, 200],
    ],
  },
  {
    number: '1002',
    tone: 800,
    halves: [
      [40, 180, 40],
      [200, 200, 40],
    ],
  },
  {
    number: '1003',
    tone: 1300,
    halves: [
      [40, 180, 180],
      [200, 40, 200],
    ],
  },
  {
    number: '1004',
    tone: 2000,
    halves: [
      [220, 220, 220],
      [30, 30, 30],
    ],
  },
];

/** Opens the four pages, and has the first one make a conference that the others answer. */
async function meet(site: Site, media: 'audio' | 'video'): Promise<Member[]> {
  const members: Member[] = [];
  for (const signals of SIGNALS) {
    const page = await phonePage(site, {user: signals.number});
    await sendsSignals(page, signals);
    await goOnline(page);
    members.push({...signals, page});
  }
  const [creator, ...others] = members;
  await creator!.page.evaluate(
    async (numbers, media) => {
      const {client} = document.querySelector('sip-client') as any;
      const request = {kind: 'conference', members: numbers, number: '', name: '', media};
      (window as any).call = await client.createSession(request);
    },
    others.map(({number}) => number),
    media,
  );
  for (const {page} of others) {
    await nextEvent(page, 'sip-call-received');
    await page.evaluate((media) => (window as any).call.answer({media}), media);
  }
  await Promise.all(members.map(({page}) => nextEvent(page, 'sip-call-answered')));
  return members;
}

/** Asks the server from the first member's page; gives the reply. */
const ask = ([creator]: readonly Member[], header: string, body: object): Promise<any> =>
  creator!.page.evaluate(
    (header, body) => {
      const {client} = document.querySelector('sip-client') as any;
      return client.sendApi({header, body: {cid: (window as any).call.id, ...body}});
    },
    header,
    body,
  );

/** Waits until each hears all others, except those who may not be heard or hear nothing. */
async function hear(members: readonly Member[], muted: string[] = [], deaf: string[] = []): Promise<void> {
  await Promise.all(
    members.map(({number, page}) => {
      const heard = members.filter(
        (other) => other.number !== number && !muted.includes(other.number) && !deaf.includes(number),
      );
      const others = members.filter((other) => !heard.includes(other));
      return hearsTones(
        page,
        heard.map(({tone}) => tone),
        others.map(({tone}) => tone),
      );
    }),
  );
}

describe('a conference of four pages', () => {
  let site: Site;
  let members: Member[];
  before(async () => {
    site = await openSite();
    members = await meet(site, 'audio');
  });
  after(() => site.close());

  it('lets every one hear each of the others, and nobody himself', () => hear(members));

  it('keeps a muted one silent at the others, until he is unmuted', async () => {
    assert.equal((await ask(members, 'operate.member.speak', {number: '1003', stype: 1})).code, 0);
    await hear(members, ['1003']);
    assert.equal((await ask(members, 'operate.member.speak', {number: '1003', stype: 2})).code, 0);
    await hear(members);
  });

  it('lets a deafened one hear nothing while he is heard', async () => {
    assert.equal((await ask(members, 'operate.member.hear', {number: '1004', htype: 1})).code, 0);
    await hear(members, [], ['1004']);
    assert.equal((await ask(members, 'operate.member.hear', {number: '1004', htype: 2})).code, 0);
    await hear(members);
  });

  it('is held by one and goes on among the others', async () => {
    const {page} = members[1]!;
    await page.evaluate(() => (window as any).call.hold());
    await hear(
      members.filter(({number}) => number !== '1002'),
      ['1002'],
    );
    await page.evaluate(() => (window as any).call.unhold());
    await hear(members);
  });

  it('goes on without one who hangs up, and ends for all when its creator says so', async () => {
    await members[1]!.page.evaluate(() => (window as any).call.hangup());
    await nextEvent(members[1]!.page, 'sip-call-hangup');
    const left = members.filter(({number}) => number !== '1002');
    await Promise.all(
      left.map(({tone, page}) => {
        const others = left.filter((other) => other.tone !== tone);
        return hearsTones(
          page,
          others.map((other) => other.tone),
          [tone, members[1]!.tone],
        );
      }),
    );
    assert.equal((await ask(members, 'operate.forceend.call', {})).code, 0);
    for (const {page} of left) await nextEvent(page, 'sip-call-hangup');
    for (const {page} of members) {
      const {peerConnections, tracks} = await open(page);
      assert.deepEqual([peerConnections, tracks], [0, 0]);
    }
    assert.deepEqual(site.complaints, []);
  });
});

describe('a conference of four pages with pictures', () => {
  let site: Site;
  let members: Member[];
  before(async () => {
    site = await openSite();
    members = await meet(site, 'video');
  });
  after(() => site.close());

  it('shows the pushed member to all others, each one in turn', async () => {
    for (const {number, halves} of members) {
      assert.equal((await ask(members, 'operate.member.push', {number, ptype: 1})).code, 0);
      const others = members.filter((other) => other.number !== number);
      await Promise.all(others.map(({page}) => showsHalves(page, halves)));
    }
  });

  it('shows the one who speaks when nobody is pushed', async () => {
    await ask(members, 'operate.member.push', {number: '1004', ptype: 2});
    for (const speaker of members.slice(1, 3)) {
      for (const {number} of members) {
        const stype = number === speaker.number ? 2 : 1;
        await ask(members, 'operate.member.speak', {number, stype});
      }
      const others = members.filter((other) => other !== speaker);
      await Promise.all(others.map(({page}) => showsHalves(page, speaker.halves)));
    }
    assert.deepEqual(site.complaints, []);
  });
});
