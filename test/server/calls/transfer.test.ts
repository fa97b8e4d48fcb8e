import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {until} from '../../support/in-page/facts.js';
import type {ScriptedCall} from '../../support/scripted/scripted-call.js';
import type {ScriptedClient} from '../../support/scripted/scripted-client.js';
import {onSite, type ScriptedSite} from '../../support/scripted/scripted-site.js';

interface Talk {
  readonly cid: string;
  /** The requester's side of the call. */
  readonly asker: ScriptedCall;
  readonly callee: ScriptedCall;
}

const clients = (site: ScriptedSite, ...users: string[]): Promise<ScriptedClient[]> =>
  Promise.all(users.map((user) => site.client(user)));

/** One requests a call to the other, who answers. */
async function talking(from: ScriptedClient, to: ScriptedClient, media = 1): Promise<Talk> {
  const before = [from, to].map(({wire}) => wire.filter((entry) => entry === 'event 6').length + 1);
  const {cid, call: asker} = await from.call(to.user, media);
  const callee = await to.incoming.next();
  await callee.answer();
  await Promise.all([callee.established, from.sees('event 6', before[0]), to.sees('event 6', before[1])]);
  return {cid, asker, callee};
}

/** The two hear each other. */
const hear = (one: ScriptedCall, other: ScriptedCall): Promise<unknown> =>
  Promise.all([
    one.media?.hears(({kind, name}) => kind === 'audio' && name === other.name),
    other.media?.hears(({kind, name}) => kind === 'audio' && name === one.name),
  ]);

/** The other party in the last event of a session. */
const otherOf = ({events}: ScriptedClient, cid: string): unknown =>
  events.findLast((event) => event['cid'] === cid)?.['othernum'];

describe('a REFER within a call', () => {
  it('calls the number in the session of the one who stays, and connects them', () =>
    onSite(async (site) => {
      const [alice, bob, carol] = (await clients(site, '1001', '1002', '1003')) as [
        ScriptedClient,
        ScriptedClient,
        ScriptedClient,
      ];
      const {cid, asker, callee} = await talking(alice, bob);
      await asker.reinvite('sendonly');
      assert.equal(await asker.refer('<sip:1003@localhost>'), 202);
      const third = await carol.incoming.next();
      assert.equal(third.ids, `${cid}.12`);
      assert.deepEqual(third.caller, {number: '1002', name: '李雷'});
      await asker.notified('SIP/2.0 180 Ringing');
      await third.answer();
      await asker.notified('SIP/2.0 200 OK');
      assert.equal(await asker.ended, 'bye');
      await alice.sees('event 10');
      assert.deepEqual(
        asker.notifications.map(({body, state}) => `${body} ${state}`),
        [
          'SIP/2.0 100 Trying active;expires=180',
          'SIP/2.0 180 Ringing active;expires=180',
          'SIP/2.0 200 OK terminated;reason=noresource',
        ],
      );
      await hear(callee, third);
      await carol.sees('event 6');
      assert.deepEqual([otherOf(bob, cid), otherOf(carol, cid)], ['1003', '1002']);
      // He is not on hold any more.
      assert.match(callee.offers.at(-1) ?? '', /^a=sendrecv/m);
      await third.hangup();
      assert.equal(await callee.ended, 'bye');
      await bob.sees('event 10');
    }));

  it('puts the asker through as well, with a picture', () =>
    onSite(async (site) => {
      const [alice, bob, carol] = (await clients(site, '1001', '1002', '1003')) as [
        ScriptedClient,
        ScriptedClient,
        ScriptedClient,
      ];
      const {cid, asker, callee} = await talking(alice, bob, 2);
      assert.equal(await callee.refer('<sip:1003@localhost>'), 202);
      const third = await carol.incoming.next();
      assert.match(third.description, /^m=video [1-9]/m);
      await third.answer();
      assert.equal(await callee.ended, 'bye');
      await Promise.all([
        asker.media?.hears(({kind, name}) => kind === 'video' && name === '1003'),
        third.media?.hears(({kind, name}) => kind === 'video' && name === '1001'),
      ]);
      assert.equal(otherOf(alice, cid), '1003');
    }));

  it('connects the other sides of two calls, and ends both for the one who had them', () =>
    onSite(async (site) => {
      const [alice, bob, carol] = (await clients(site, '1001', '1002', '1003')) as [
        ScriptedClient,
        ScriptedClient,
        ScriptedClient,
      ];
      const first = await talking(alice, bob);
      await first.asker.reinvite('sendonly');
      const second = await talking(alice, carol);
      const replaces = encodeURIComponent(second.asker.replaces);
      assert.equal(await first.asker.refer(`<sip:1003@localhost?Replaces=${replaces}>`), 202);
      await first.asker.notified('SIP/2.0 200 OK');
      assert.deepEqual(await Promise.all([first.asker.ended, second.asker.ended]), ['bye', 'bye']);
      await hear(first.callee, second.callee);
      assert.deepEqual([otherOf(bob, first.cid), otherOf(carol, second.cid)], ['1003', '1002']);
      assert.match(first.callee.offers.at(-1) ?? '', /^a=sendrecv/m);
      await first.callee.hangup();
      assert.equal(await second.callee.ended, 'bye');
      await Promise.all([bob, carol].map((client) => client.sees('event 10')));
    }));

  it('lets those who were connected be put through again', () =>
    onSite(async (site) => {
      const [alice, bob, carol, dave] = (await clients(site, '1001', '1002', '1003', '1004')) as [
        ScriptedClient,
        ScriptedClient,
        ScriptedClient,
        ScriptedClient,
      ];
      const first = await talking(alice, bob);
      const second = await talking(alice, carol);
      await first.asker.refer(`<sip:1003@localhost?Replaces=${encodeURIComponent(second.asker.replaces)}>`);
      await first.asker.ended;
      await first.callee.refer('<sip:1004@localhost>');
      const third = await dave.incoming.next();
      assert.equal(third.ids, `${second.cid}.12`);
      await third.answer();
      assert.equal(await first.callee.ended, 'bye');
      await hear(second.callee, third);
      await third.hangup();
      assert.equal(await second.callee.ended, 'bye');
    }));

  for (const [what, target, told] of [
    ['does not exist', '9998', 'SIP/2.0 404 Not Found'],
    ['is not registered', '1005', 'SIP/2.0 480 Temporarily Unavailable'],
    ['is the other party', '1002', 'SIP/2.0 403 Forbidden'],
  ] as const)
    it(`tells ${told.slice(8)} where the number ${what}, and the call goes on`, () =>
      onSite(async (site) => {
        const [alice, bob] = (await clients(site, '1001', '1002')) as [ScriptedClient, ScriptedClient];
        const {asker, callee} = await talking(alice, bob);
        await asker.refer(`<sip:${target}@localhost>`);
        await asker.notified(told);
        await hear(asker, callee);
      }));

  for (const [status, told] of [
    [486, 'SIP/2.0 486 Busy Here'],
    [480, 'SIP/2.0 480 Temporarily Unavailable'],
    [603, 'SIP/2.0 603 Decline'],
    [500, 'SIP/2.0 480 Temporarily Unavailable'],
  ] as const)
    it(`tells ${told.slice(8)} where the number answers ${status}, and the call goes on`, () =>
      onSite(async (site) => {
        const [alice, bob, carol] = (await clients(site, '1001', '1002', '1003')) as [
          ScriptedClient,
          ScriptedClient,
          ScriptedClient,
        ];
        const {asker, callee} = await talking(alice, bob);
        await asker.refer('<sip:1003@localhost>');
        await (await carol.incoming.next()).decline(status);
        await asker.notified(told);
        await hear(asker, callee);
        await asker.hangup();
        assert.equal(await callee.ended, 'bye');
      }));

  it('goes on without the one who asked where he hangs up at once', () =>
    onSite(async (site) => {
      const [alice, bob, carol] = (await clients(site, '1001', '1002', '1003')) as [
        ScriptedClient,
        ScriptedClient,
        ScriptedClient,
      ];
      const {asker, callee} = await talking(alice, bob);
      await asker.refer('<sip:1003@localhost>');
      const third = await carol.incoming.next();
      await asker.hangup();
      await third.answer();
      await hear(callee, third);
      await callee.hangup();
      assert.equal(await third.ended, 'bye');
    }));

  it('ends it all where nobody is left who waits', () =>
    onSite(async (site) => {
      const [alice, bob, carol] = (await clients(site, '1001', '1002', '1003')) as [
        ScriptedClient,
        ScriptedClient,
        ScriptedClient,
      ];
      const first = await talking(alice, bob);
      await first.asker.refer('<sip:1003@localhost>');
      const third = await carol.incoming.next();
      await first.callee.hangup();
      await first.asker.notified('SIP/2.0 487 Request Terminated');
      assert.deepEqual(await Promise.all([first.asker.ended, third.ended]), ['bye', 'cancelled']);
      const second = await talking(alice, bob);
      await second.asker.refer('<sip:1003@localhost>');
      const again = await carol.incoming.next();
      await second.asker.hangup();
      await again.decline(486);
      assert.equal(await second.callee.ended, 'bye');
    }));

  it('does one at a time, and none that names nobody', () =>
    onSite(async (site) => {
      const [alice, bob, carol] = (await clients(site, '1001', '1002', '1003')) as [
        ScriptedClient,
        ScriptedClient,
        ScriptedClient,
      ];
      const {asker, callee} = await talking(alice, bob);
      assert.equal(await asker.refer('<sip:localhost>'), 400);
      assert.equal(await asker.refer('<sip:1003@localhost>'), 202);
      await carol.incoming.next();
      assert.equal(await callee.refer('<sip:1003@localhost>'), 491);
    }));

  it('hands over nothing that is another one’s, that is not there, or to himself', () =>
    onSite(async (site) => {
      const [alice, bob, carol] = (await clients(site, '1001', '1002', '1003')) as [
        ScriptedClient,
        ScriptedClient,
        ScriptedClient,
      ];
      const first = await talking(alice, bob);
      const second = await talking(carol, bob);
      const escaped = (text: string): string => encodeURIComponent(text);
      await first.asker.refer(`<sip:1003@localhost?Replaces=${escaped(second.asker.replaces)}>`);
      await first.asker.notified('SIP/2.0 403 Forbidden');
      await first.asker.refer(`<sip:1003@localhost?Replaces=${escaped('x;to-tag=1;from-tag=2')}>`);
      await first.asker.notified('SIP/2.0 481 Call/Transaction Does Not Exist');
      await second.asker.refer(`<sip:1003@localhost?Replaces=${escaped(second.asker.replaces)}>`);
      await second.asker.notified('SIP/2.0 481 Call/Transaction Does Not Exist');
      await hear(first.asker, first.callee);
    }));

  it('puts calls through that were made by SIP itself', () =>
    onSite(async (site) => {
      const [alice, bob, carol] = (await clients(site, '1001', '1002', '1003')) as [
        ScriptedClient,
        ScriptedClient,
        ScriptedClient,
      ];
      const placing = alice.invite('1002');
      const callee = await bob.incoming.next();
      await callee.answer();
      const asker = (await placing).call!;
      await asker.refer('<sip:1003@localhost>');
      const third = await carol.incoming.next();
      assert.deepEqual(third.caller, {number: '1002', name: '李雷'});
      await third.answer();
      assert.equal(await asker.ended, 'bye');
      await hear(callee, third);
    }));

  it('says by SIP who is at the other end now, once, to the one who cannot know it', () =>
    onSite(async (site) => {
      const [alice, bob, carol] = (await clients(site, '1001', '1002', '1003')) as [
        ScriptedClient,
        ScriptedClient,
        ScriptedClient,
      ];
      const placing = alice.invite('1002');
      const callee = await bob.incoming.next();
      await callee.answer();
      const asker = (await placing).call!;
      await callee.refer('<sip:1003@localhost>');
      const third = await carol.incoming.next();
      await third.answer();
      assert.equal(await callee.ended, 'bye');
      await hear(asker, third);
      await until(() => asker.asserted.length > 0);
      assert.deepEqual(asker.asserted, ['"Anna Novak" <sip:1003@localhost>']);
      assert.deepEqual([third.offers, third.asserted], [[], []]);
    }));
});
