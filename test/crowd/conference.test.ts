import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {hear, meet, type Attendee} from '../support/page/meeting.js';
import {nextEvent, onlinePage} from '../support/page/phone-page.js';
import {hearsTones, showsHalves, type Halves} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';
import {open} from '../support/page/witness.js';

/** What the development server's sample film sounds like, in hertz, and looks like. */
const FILM_TONE = 600;
const FILM: Halves = [
  [209, 106, 30],
  [29, 111, 167],
];

/** Gives a command to a page's conference; gives the code and the server's code where it is refused. */
function command(
  page: Page,
  name: string,
  ...args: unknown[]
): Promise<{code: string; apiCode?: number} | null> {
  return page.evaluate(
    async (name, args) => {
      try {
        await (window as any).call[name](...args);
        return null;
      } catch (error) {
        const {code, apiCode} = error as any;
        return {code, apiCode};
      }
    },
    name,
    args,
  );
}

/** Waits until a page knows such a member, or none of the number. */
async function knows(
  page: Page,
  number: string,
  fact: Readonly<Record<string, unknown>> | null,
): Promise<void> {
  await page.evaluate(
    async (number, fact) => {
      const {call} = window as any;
      const fits = (): boolean => {
        const member = call.state.members.find((each: any) => each.number === number);
        return fact && member
          ? Object.entries(fact).every(([name, value]) => member[name] === value)
          : !fact && !member;
      };
      while (!fits())
        await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
    },
    number,
    fact,
  );
}

const membersOf = (page: Page): Promise<any[]> => page.evaluate(() => (window as any).call.state.members);

const everybody = (
  members: readonly Attendee[],
  task: (member: Attendee) => Promise<void>,
): Promise<unknown> => Promise.all(members.map(task));

describe('SipConference: four pages', () => {
  let site: Site;
  let members: Attendee[];
  let pages: Page[];
  before(async () => {
    site = await openSite();
    members = await meet(site, {media: 'audio'});
    pages = members.map(({page}) => page);
  });
  after(() => site.close());

  it('lets every one hear each of the others and nobody himself, and know all of them', async () => {
    await hear(members);
    await everybody(members, async ({page}) => {
      for (const {number} of members)
        await knows(page, number, {phase: 'answered', speaking: true, hearing: true, spotlighted: false});
    });
    const names = (await membersOf(pages[3]!)).map(({name}) => name);
    assert.deepEqual(names.sort(), ['Anna Novak', '张伟', '李雷', '王芳'].sort());
    const types = await Promise.all(
      pages.map((page) => page.evaluate(() => [(window as any).call.type, (window as any).call.direction])),
    );
    assert.deepEqual(types, [['conference', 'outgoing'], ...Array(3).fill(['conference', 'incoming'])]);
  });

  it('tells the page of who talks', async () => {
    await everybody(members, async ({page}) => {
      for (const {number} of members) await knows(page, number, {talking: true});
    });
    await pages[2]!.evaluate(() => {
      const told: any[] = ((window as any).told = []);
      document.body.addEventListener('sip-member-change', ({detail}) =>
        told.push({same: detail.conference === (window as any).call, ...structuredClone(detail.member)}),
      );
    });
    await members[3]!.page.evaluate(() => (window as any).call.mute());
    await knows(pages[2]!, '1004', {talking: false});
    const told = await pages[2]!.evaluate(() => (window as any).told);
    assert.ok(told.some(({same, number, talking}: any) => same && number === '1004' && !talking));
    await members[3]!.page.evaluate(() => (window as any).call.unmute());
    await knows(pages[2]!, '1004', {talking: true});
  });

  it('keeps a muted one silent at the others, and shows it on both consoles', async (test) => {
    const [creator, console, ,] = pages;
    assert.equal(await command(creator!, 'setSpeaking', '1003', false), null);
    const since = Date.now();
    await knows(console!, '1003', {speaking: false});
    // The goal is a second; a test waits for facts, so it prints the figure.
    test.diagnostic(`the other console saw it after ${Date.now() - since} ms`);
    await hear(members, {muted: ['1003']});
    assert.equal(await command(console!, 'setSpeaking', '1003', true), null);
    await knows(creator!, '1003', {speaking: true});
    await hear(members);
  });

  it('lets a deafened one hear nothing while he is heard', async () => {
    assert.equal(await command(pages[1]!, 'setHearing', '1004', false), null);
    await knows(pages[0]!, '1004', {hearing: false, speaking: true});
    await hear(members, {deaf: ['1004']});
    assert.equal(await command(pages[0]!, 'setHearing', '1004', true), null);
    await hear(members);
  });

  it('comes to one state on both consoles, whatever they want at once', async () => {
    const [creator, console] = pages as [Page, Page];
    for (let round = 0; round < 5; round++)
      await Promise.all([
        command(creator, 'setSpeaking', '1003', false),
        command(console, 'setSpeaking', '1003', true),
        command(creator, 'setHearing', '1004', true),
        command(console, 'setHearing', '1004', false),
      ]);
    // The last change of all: when it is known, those before it are.
    await command(creator, 'setHearing', '1002', false);
    await everybody(members, ({page}) => knows(page, '1002', {hearing: false}));
    const states = await Promise.all(
      pages.map(async (page) =>
        (await membersOf(page)).map(({number, speaking, hearing}) => [number, speaking, hearing]),
      ),
    );
    for (const state of states)
      assert.deepEqual(new Map(state.map((m) => [m[0], m])), new Map(states[0]!.map((m) => [m[0], m])));
    for (const number of ['1002', '1003', '1004']) {
      await command(creator, 'setSpeaking', number, true);
      await command(creator, 'setHearing', number, true);
    }
    await hear(members);
  });

  it('refuses what somebody may not do, and what cannot be done', async () => {
    const refused = {code: 'not-allowed', apiCode: 1107};
    for (const [name, ...args] of [
      ['addMember', '1005'],
      ['removeMember', '1002'],
      ['setSpeaking', '1003', false],
      ['setHearing', '1001', false],
      ['setSpotlight', '1003', true],
      ['end'],
    ] as const)
      assert.deepEqual(await command(pages[2]!, name, ...args), refused, name);
    const [creator] = pages as [Page];
    assert.deepEqual(await command(creator, 'addMember', '9998'), {code: 'unknown-number', apiCode: 1106});
    assert.deepEqual(await command(creator, 'addMember', '1030'), {code: 'number-offline', apiCode: 1105});
    assert.deepEqual(await command(creator, 'setSpeaking', '1030', true), {
      code: 'member-not-found',
      apiCode: 1124,
    });
    assert.deepEqual(await command(creator, 'setSpotlight', '1003', true), {
      code: 'no-picture',
      apiCode: 1123,
    });
    assert.deepEqual((await command(creator, 'addMember', ''))?.code, 'invalid-number');
    assert.equal((await membersOf(creator)).length, 4);
  });

  it('puts one out, who can be called again and late ones as well', async () => {
    const [creator, , third] = pages as [Page, Page, Page];
    assert.equal(await command(creator, 'removeMember', '1003'), null);
    const {cause} = await nextEvent(third, 'sip-call-hangup');
    assert.equal(cause.code, 'kicked-out');
    await knows(pages[1]!, '1003', null);
    assert.equal(await command(creator, 'addMember', '1003'), null);
    await knows(pages[1]!, '1003', {phase: 'ringing'});
    await nextEvent(third, 'sip-call-received');
    await third.evaluate(() => (window as any).call.answer());
    await nextEvent(third, 'sip-call-answered');
    const late = await onlinePage(site, {user: '1005'});
    assert.equal(await command(creator, 'addMember', '1005'), null);
    await nextEvent(late, 'sip-call-received');
    await late.evaluate(() => (window as any).call.decline());
    await knows(creator, '1005', {phase: 'released'});
    const declined = (await membersOf(creator)).find(({number}) => number === '1005');
    assert.equal(declined.cause.code, 'declined');
    await hear(members);
  });

  it('goes on without one who hangs up, its maker as well, and ends for all when one says so who may', async () => {
    const [creator, second, third, fourth] = pages as [Page, Page, Page, Page];
    await command(fourth, 'hangup');
    await nextEvent(fourth, 'sip-call-hangup');
    await knows(creator, '1004', null);
    await command(creator, 'hangup');
    await nextEvent(creator, 'sip-call-hangup');
    await knows(second, '1001', null);
    await hearsTones(second, [members[2]!.tone], [members[0]!.tone, members[1]!.tone, members[3]!.tone]);
    assert.equal(await command(creator, 'end'), null);
    for (const page of [second, third])
      assert.equal((await nextEvent(page, 'sip-call-hangup')).cause.by, 'remote');
    assert.equal(await command(creator, 'end'), null);
    assert.equal((await command(creator, 'addMember', '1002'))?.code, 'invalid-state');
    for (const page of pages) {
      const {peerConnections, tracks} = await open(page);
      assert.deepEqual([peerConnections, tracks], [0, 0]);
      assert.equal(await page.evaluate(() => (document.querySelector('sip-client') as any).calls.length), 0);
    }
    assert.deepEqual(site.complaints, []);
  });
});

describe('SipConference: pictures', () => {
  let site: Site;
  let members: Attendee[];
  before(async () => {
    site = await openSite();
    members = await meet(site, {media: 'video', size: 3});
  });
  after(() => site.close());

  it('shows the pushed member to all others, on every console as pushed', async () => {
    const [creator] = members as [Attendee];
    for (const {number, halves} of members) {
      assert.equal(await command(creator.page, 'setSpotlight', number, true), null);
      await everybody(members, async (member) => {
        await knows(member.page, number, {spotlighted: true});
        if (member.number !== number) await showsHalves(member.page, halves);
      });
      const pushed = (await membersOf(members[1]!.page)).filter((member) => member.spotlighted);
      assert.deepEqual(
        pushed.map((member) => member.number),
        [number],
      );
    }
    const [picture] = await creator.page.evaluate(() =>
      (window as any).call.remotePictures.map(({id, stream}: any) => [
        typeof id,
        stream.getVideoTracks().length,
      ]),
    );
    assert.deepEqual(picture, ['string', 1]);
    assert.deepEqual(site.complaints, []);
  });
});

describe('SipConference: a broadcast', () => {
  let site: Site;
  let members: Attendee[];
  before(async () => {
    site = await openSite();
    members = await meet(site, {media: 'audio', broadcast: true, size: 3});
  });
  after(() => site.close());

  it('is heard by those who listen, and nobody hears them', async () => {
    const [speaker, ...listeners] = members as [Attendee, Attendee, Attendee];
    await hear(members, {muted: listeners.map(({number}) => number)});
    const states = await Promise.all(
      members.map(({page}) =>
        page.evaluate(() => [(window as any).call.type, (window as any).call.state.listenOnly]),
      ),
    );
    assert.deepEqual(states, [
      ['broadcast', false],
      ['broadcast', true],
      ['broadcast', true],
    ]);
    await knows(speaker.page, '1002', {phase: 'answered', speaking: false});
    assert.equal((await command(speaker.page, 'setSpeaking', '1002', true))?.apiCode, 1111);
    await command(speaker.page, 'end');
    for (const {page} of listeners) await nextEvent(page, 'sip-call-hangup');
    assert.deepEqual(site.complaints, []);
  });
});

describe('SipConference: files', () => {
  let site: Site;
  let members: Attendee[];
  before(async () => {
    site = await openSite();
    members = await meet(site, {media: 'video', size: 2});
  });
  after(() => site.close());

  /** Keeps what a page receives about a file. */
  const follow = (page: Page): Promise<void> =>
    page.evaluate(() => {
      const told: any[] = ((window as any).files = []);
      (window as any).call.addEventListener('memberchange', ({detail: {member}}: any) => {
        if (member.file) told.push(structuredClone(member));
      });
    });

  it('plays one with sound and picture to all, as often as it was asked to, and says how far it is', async () => {
    const [creator, other] = members as [Attendee, Attendee];
    await everybody(members, ({page}) => follow(page));
    await everybody(members, ({page, number}) =>
      hearsTones(page, [number === '1001' ? other.tone : creator.tone], [FILM_TONE]),
    );
    assert.equal(await command(creator.page, 'playFile', 'sample-film', 2), null);
    await everybody(members, async ({page, tone}) => {
      await Promise.all([hearsTones(page, [FILM_TONE], [tone]), showsHalves(page, FILM)]);
    });
    await knows(other.page, 'sample-film', {phase: 'answered'});
    assert.deepEqual(await command(creator.page, 'playFile', 'sample-film'), {
      code: 'file-playing',
      apiCode: 1700,
    });
    await everybody(members, ({page}) => knows(page, 'sample-film', null));
    const told = await other.page.evaluate(() => (window as any).files);
    assert.ok(
      told.every(({file}: any) => file.id === 'sample-film' && file.times === 2 && file.duration > 0),
    );
    assert.deepEqual([...new Set(told.map(({file}: any) => file.time))], [1, 2]);
    assert.equal(told.at(-1).phase, 'released');
    await Promise.all([
      hearsTones(other.page, [creator.tone], [FILM_TONE]),
      showsHalves(other.page, creator.halves),
    ]);
  });

  it('stops one at once, and refuses what is not there or not allowed', async () => {
    const [creator, other] = members as [Attendee, Attendee];
    assert.equal(await command(creator.page, 'playFile', 'sample-sound', 50), null);
    await knows(other.page, 'sample-sound', {phase: 'answered'});
    assert.equal(await command(other.page, 'stopFile', 'sample-sound'), null);
    await knows(creator.page, 'sample-sound', null);
    const missing = {code: 'file-not-found', apiCode: 1114};
    assert.deepEqual(await command(creator.page, 'stopFile', 'sample-sound'), missing);
    assert.deepEqual(await command(creator.page, 'playFile', 'nothing'), missing);
    assert.equal((await command(creator.page, 'playFile', 'sample-sound', 0))?.code, 'bad-parameter');
    await hear(members);
    assert.deepEqual(site.complaints, []);
  });
});

describe('SipConference: what a server can do', () => {
  const NAMES = ['conference', 'broadcast', 'members', 'push', 'playFile'];
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());

  const can = (page: Page): Promise<boolean[]> =>
    page.evaluate(
      (names) => names.map((name) => (document.querySelector('sip-client') as any).capabilities[name]),
      NAMES,
    );

  /** The codes with which a conference of the members is refused. */
  const refusal = (page: Page, members: string): Promise<unknown> =>
    page.evaluate(
      (members) =>
        (document.querySelector('sip-client') as any).createConference({members}).then(
          () => null,
          ({code, apiCode = null}: any) => [code, apiCode],
        ),
      members,
    );

  it('is in the capabilities, and what it refuses has a code', async () => {
    const page = await onlinePage(site, {user: '1001'});
    assert.deepEqual(
      await can(page),
      NAMES.map(() => true),
    );
    assert.deepEqual(await refusal(page, ' '), ['bad-parameter', null]);
    assert.deepEqual(await refusal(page, '9998'), ['unknown-number', 1106]);
    assert.deepEqual(await refusal(page, '1030'), ['number-offline', 1105]);
    assert.equal(await page.evaluate(() => (document.querySelector('sip-client') as any).calls.length), 0);
  });

  it('is rooms alone at a standard server, which are joined by their number', async () => {
    const page = await onlinePage(site, {user: '1002', attributes: 'profile="standard"'});
    assert.deepEqual(
      await can(page),
      NAMES.map((name) => name === 'conference'),
    );
    assert.deepEqual(await refusal(page, '1001'), ['unsupported', null]);
    assert.deepEqual(site.complaints, []);
  });
});
