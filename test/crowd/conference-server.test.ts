import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {hear, meet, type Attendee} from '../support/page/meeting.js';
import {nextEvent} from '../support/page/phone-page.js';
import {hearsTones, showsHalves} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';
import {released} from '../support/page/witness.js';

/** Asks the server from the first member's page; gives the reply. */
const ask = ([creator]: readonly Attendee[], header: string, body: object): Promise<any> =>
  creator!.page.evaluate(
    (header, body) => {
      const {client} = document.querySelector('sip-client') as any;
      return client.sendApi({header, body: {cid: (window as any).call.id, ...body}});
    },
    header,
    body,
  );

describe('a conference of four pages', () => {
  let site: Site;
  let members: Attendee[];
  before(async () => {
    site = await openSite();
    members = await meet(site, {media: 'audio'});
  });
  after(() => site.close());

  it('lets every one hear each of the others, and nobody himself', () => hear(members));

  it('keeps a muted one silent at the others, until he is unmuted', async () => {
    assert.equal((await ask(members, 'operate.member.speak', {number: '1003', stype: 1})).code, 0);
    await hear(members, {muted: ['1003']});
    assert.equal((await ask(members, 'operate.member.speak', {number: '1003', stype: 2})).code, 0);
    await hear(members);
  });

  it('lets a deafened one hear nothing while he is heard', async () => {
    assert.equal((await ask(members, 'operate.member.hear', {number: '1004', htype: 1})).code, 0);
    await hear(members, {deaf: ['1004']});
    assert.equal((await ask(members, 'operate.member.hear', {number: '1004', htype: 2})).code, 0);
    await hear(members);
  });

  it('is held by one and goes on among the others', async () => {
    const {page} = members[1]!;
    await page.evaluate(() => (window as any).call.hold());
    await hear(
      members.filter(({number}) => number !== '1002'),
      {muted: ['1002']},
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
      await released(page);
    }
    assert.deepEqual(site.complaints, []);
  });
});

describe('a conference of four pages with pictures', () => {
  let site: Site;
  let members: Attendee[];
  before(async () => {
    site = await openSite();
    members = await meet(site, {media: 'video'});
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
