import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {describe, it} from 'node:test';
import {API_CODE, API_HEADER, CALL_STATE} from '../../../src/dispatch/protocol.js';
import type {ScriptedCall} from '../../support/scripted/scripted-call.js';
import type {ScriptedClient} from '../../support/scripted/scripted-client.js';
import {onSite, type ScriptedSite} from '../../support/scripted/scripted-site.js';

/** The messages that belong to a call. */
const sequence = ({wire}: ScriptedClient): string[] => wire.filter((entry) => entry !== 'reply 1014');

interface Talk {
  readonly alice: ScriptedClient;
  readonly bob: ScriptedClient;
  readonly cid: string;
  readonly asker: ScriptedCall;
  readonly callee: ScriptedCall;
}

/** 1001 asks for a call, 1002 answers. */
async function talking(site: ScriptedSite, media = 1): Promise<Talk> {
  const [alice, bob] = [await site.client('1001'), await site.client('1002')];
  const {cid, call: asker} = await alice.call('1002', media);
  const callee = await bob.incoming.next();
  await callee.answer();
  await Promise.all([callee.established, alice.sees('event 6'), bob.sees('event 6')]);
  return {alice, bob, cid, asker, callee};
}

describe('session.createcall', () => {
  it('replies, invites the asker, then the called party, and connects them', () =>
    onSite(async (site) => {
      const {alice, bob, cid, asker, callee} = await talking(site);
      assert.deepEqual(sequence(alice), ['reply 0', 'INVITE', 'ACK', 'event 3', 'event 5', 'event 6']);
      assert.equal(asker.ids, `${cid}.12`);
      assert.equal(callee.ids, `${cid}.12`);
      assert.doesNotMatch(cid, /\./);
      assert.deepEqual(asker.caller, {number: '1002', name: '李雷'});
      assert.deepEqual(callee.caller, {number: '1001', name: '王芳'});
      assert.deepEqual(alice.sessions.get(cid)?.states, [3, 5, 6]);
      assert.deepEqual(bob.sessions.get(cid)?.states, [5, 6]);
    }));

  it('tells events in strings, with the other party and the direction', () =>
    onSite(async (site) => {
      const {alice, bob, cid} = await talking(site);
      assert.deepEqual(alice.events.at(-1), {
        cid,
        type: '12',
        state: '6',
        direction: '1',
        othernum: '1002',
        othername: '李雷',
      });
      assert.deepEqual(bob.events.at(-1), {
        cid,
        type: '12',
        state: '6',
        direction: '2',
        othernum: '1001',
        othername: '王芳',
      });
    }));

  it('carries audio both ways', () =>
    onSite(async (site) => {
      const {asker, callee} = await talking(site);
      await Promise.all([
        asker.media?.hears(({kind, name}) => kind === 'audio' && name === '1002'),
        callee.media?.hears(({kind, name}) => kind === 'audio' && name === '1001'),
      ]);
      assert.doesNotMatch(callee.description, /^m=video/m);
    }));

  it('carries video both ways, from a key frame on, and requests for more of them to the camera', () =>
    onSite(async (site) => {
      const {asker, callee} = await talking(site, 2);
      await Promise.all([
        asker.media?.hears(({kind, name}) => kind === 'video' && name === '1002'),
        callee.media?.hears(({kind, name, key}) => kind === 'video' && name === '1001' && !key),
      ]);
      assert.equal(callee.media?.heard.find(({kind}) => kind === 'video')?.key, true);
      const before = asker.media?.keyFrameRequests ?? 0;
      const key = callee.media?.hears(({key}) => key);
      await callee.media?.requestKeyFrame();
      await key;
      assert.equal(asker.media?.keyFrameRequests, before + 1);
    }));

  it('works with the INVITE before the reply', () =>
    onSite(
      async (site) => {
        const {alice} = await talking(site);
        assert.deepEqual(sequence(alice).slice(0, 3), ['INVITE', 'reply 0', 'ACK']);
      },
      {inviteOrder: 'invite-first'},
    ));

  it('works over the WebSocket carrier, reply first, events there alone', () =>
    onSite(async (site) => {
      const [alice, bob] = [await site.client('1001', 2), await site.client('1002', 2)];
      const before = alice.wire.length;
      const {cid} = await alice.call('1002');
      const callee = await bob.incoming.next();
      await callee.answer();
      await Promise.all([alice.sees('event 6'), bob.sees('event 6')]);
      assert.deepEqual(alice.wire.slice(before), [
        'reply 0',
        'INVITE',
        'ACK',
        'event 3',
        'event 5',
        'event 6',
      ]);
      await alice.sessions.get(cid)?.call?.hangup();
      await Promise.all([alice.sees('event 10'), bob.sees('event 10')]);
      assert.equal(alice.wire.filter((entry) => entry === 'event 10').length, 1);
    }));

  it('invites the callee on every registration; the first answer wins and the others are cancelled', () =>
    onSite(async (site) => {
      const alice = await site.client('1001');
      const [desk, mobile] = [await site.client('1002'), await site.client('1002')];
      await alice.call('1002');
      const [answered, other] = [await mobile.incoming.next(), await desk.incoming.next()];
      await answered.answer();
      assert.equal(await other.ended, 'cancelled');
      await desk.sees('event 10');
      assert.ok(!desk.wire.includes('event 6'));
      await Promise.all([alice.sees('event 6'), mobile.sees('event 6')]);
      assert.equal(answered.over, undefined);
    }));

  it('invites the asker on the socket that he asked from', () =>
    onSite(async (site) => {
      const [alice, second] = [await site.client('1001'), await site.client('1001')];
      await site.client('1002');
      await alice.call('1002');
      assert.ok(!second.wire.includes('INVITE'));
    }));

  it('does not let the called party ring before the asker can talk', () =>
    onSite(async (site) => {
      const [alice, bob] = [await site.client('1001'), await site.client('1002')];
      alice.refuseOwn = 480;
      await alice.createCall('1002');
      await alice.sees('event 10');
      assert.deepEqual(bob.wire, []);
    }));

  const refusals: [string, Record<string, unknown>, number][] = [
    ['a number that does not exist', {members: '7777'}, API_CODE.userDoesNotExist],
    ['a number that nobody registered', {members: '1003'}, API_CODE.numberNotRegistered],
    ['somebody else as the caller', {caller: '1002'}, API_CODE.notAllowed],
    ['a caller that is no text', {caller: 1001}, API_CODE.badParameter],
    ['no members', {members: ''}, API_CODE.badParameter],
    ['members that are no text', {members: [1002]}, API_CODE.badParameter],
    ['two members', {members: '1002;1003'}, API_CODE.badParameter],
    ['media that do not exist', {isVideo: 3}, API_CODE.badParameter],
    ['no type', {ctype: undefined}, API_CODE.badParameter],
    ['a type that does not exist', {ctype: 99}, API_CODE.type],
    ['a type that is not built yet', {ctype: 3}, API_CODE.operationFailed],
    ['oneself', {members: '1001'}, API_CODE.callee],
  ];
  for (const [what, change, code] of refusals) {
    it(`refuses ${what} with ${code}, and nothing rings`, () =>
      onSite(async (site) => {
        const [alice, bob] = [await site.client('1001'), await site.client('1002')];
        const body = {caller: '1001', ctype: 12, members: '1002', isVideo: 1, ...change};
        const reply = await alice.ask(API_HEADER.createCall, body);
        assert.equal(reply.code, code);
        assert.ok(reply.body[0]?.['msgid']);
        assert.deepEqual([alice.wire, bob.wire], [[`reply ${code}`], []]);
        assert.equal(site.server.stats()['sessions'], 0);
      }));
  }

  it('takes numbers as strings, and call type 1', () =>
    onSite(async (site) => {
      const [alice, bob] = [await site.client('1001'), await site.client('1002')];
      await alice.ask(API_HEADER.createCall, {caller: '1001', ctype: '1', members: ' 1002', isVideo: '2'});
      const call = await bob.incoming.next();
      assert.match(call.ids ?? '', /^[^.]+\.1$/);
      assert.match(call.description, /^m=video/m);
    }));
});

describe('the end of a call', () => {
  const outcomes: [string, number, number][] = [
    ['busy', 486, CALL_STATE.busy],
    ['declined by an existing client', 480, CALL_STATE.rejected],
    ['declined', 603, CALL_STATE.rejected],
  ];
  for (const [what, status, state] of outcomes) {
    it(`tells a callee who is ${what} (${status}) as ${state}, then BYE, then 10`, () =>
      onSite(async (site) => {
        const [alice, bob] = [await site.client('1001'), await site.client('1002')];
        const {call} = await alice.call('1002');
        await (await bob.incoming.next()).decline(status);
        await Promise.all([alice.sees('event 10'), bob.sees('event 10')]);
        assert.deepEqual(sequence(alice).slice(-4), ['event 5', `event ${state}`, 'BYE', 'event 10']);
        assert.equal(call.over, 'bye');
      }));
  }

  it('tells that nobody answered as 17, and stops the ringing', () =>
    onSite(
      async (site) => {
        const [alice, bob] = [await site.client('1001'), await site.client('1002')];
        await alice.call('1002');
        const ringing = await bob.incoming.next();
        assert.equal(await ringing.ended, 'cancelled');
        await Promise.all([alice.sees('event 10'), bob.sees('event 10')]);
        assert.deepEqual(sequence(alice).slice(-3), ['event 17', 'BYE', 'event 10']);
      },
      {noAnswerTimeout: 300},
    ));

  it('goes on ringing where one of two registrations declines', () =>
    onSite(async (site) => {
      const alice = await site.client('1001');
      const [desk, mobile] = [await site.client('1002'), await site.client('1002')];
      await alice.call('1002');
      const [one, other] = [await desk.incoming.next(), await mobile.incoming.next()];
      await one.decline();
      await desk.sees('event 10');
      await other.answer();
      await alice.sees('event 6');
      assert.ok(!alice.wire.includes('event 18'));
    }));

  it('stops the ringing when the asker gives up', () =>
    onSite(async (site) => {
      const [alice, bob] = [await site.client('1001'), await site.client('1002')];
      const {call} = await alice.call('1002');
      const ringing = await bob.incoming.next();
      await call.hangup();
      assert.equal(await ringing.ended, 'cancelled');
      await Promise.all([alice.sees('event 10'), bob.sees('event 10')]);
      assert.deepEqual(
        bob.wire.filter((entry) => entry !== 'event 5'),
        ['INVITE', 'CANCEL', 'ACK', 'event 10'],
      );
    }));

  it('sends event 10 after the BYE was answered, not before', () =>
    onSite(async (site) => {
      const {alice, bob, asker, callee} = await talking(site);
      let release = (): void => undefined;
      callee.beforeByeAnswer = new Promise((resolve) => (release = resolve));
      await asker.hangup();
      await Promise.all([bob.sees('BYE'), alice.sees('event 10')]);
      assert.ok(!bob.wire.includes('event 10'));
      release();
      await bob.sees('event 10');
      assert.equal(callee.over, 'bye');
    }));

  it('ends for the asker when the callee hangs up', () =>
    onSite(async (site) => {
      const {alice, bob, asker, callee} = await talking(site);
      assert.equal(await callee.hangup(), 200);
      assert.equal(await asker.ended, 'bye');
      await Promise.all([alice.sees('event 10'), bob.sees('event 10')]);
      assert.deepEqual([alice.sessions.size, bob.sessions.size], [0, 0]);
    }));

  it('ends for both when a member asks for it', () =>
    onSite(async (site) => {
      const {bob, cid, asker, callee} = await talking(site);
      const {code} = await bob.ask(API_HEADER.forceEnd, {cid});
      assert.equal(code, 0);
      assert.deepEqual(await Promise.all([asker.ended, callee.ended]), ['bye', 'bye']);
    }));

  it('is refused to others, for what is no session, and without a cid', () =>
    onSite(async (site) => {
      const {cid, asker} = await talking(site);
      const carol = await site.client('1003');
      const codeFor = async (body: Record<string, unknown>): Promise<number> =>
        (await carol.ask(API_HEADER.forceEnd, body)).code;
      assert.equal(await codeFor({cid}), API_CODE.notAllowed);
      assert.equal(await codeFor({cid: 'none'}), API_CODE.sessionNotFound);
      assert.equal(await codeFor({}), API_CODE.noCid);
      assert.equal(await codeFor({cid: 5}), API_CODE.badParameter);
      assert.equal(asker.over, undefined);
    }));

  it('frees the call of a client whose socket dies, and tells it when it is back', () =>
    onSite(async (site) => {
      const {alice, bob, cid, callee} = await talking(site);
      await alice.crash();
      assert.equal(await callee.ended, 'bye');
      await bob.sees('event 10');
      await alice.connect();
      await alice.sees('event 10');
      assert.equal(alice.events.at(-1)?.['cid'], cid);
    }));

  it('tells the end of a call to the client that was in it, once, and to no other of the user', () =>
    onSite(async (site) => {
      for (const [crashed, others] of [
        [randomUUID(), [randomUUID(), undefined]],
        [undefined, [randomUUID()]],
      ] as const) {
        const [alice, bob] = [await site.client('1001', 1, crashed), await site.client('1002')];
        await alice.call('1002');
        const callee = await bob.answer();
        await alice.sees('event 6');
        await alice.crash();
        await callee.hangup().catch(() => {});
        await bob.sees('event 10');
        for (const instance of others) {
          const other = await site.client('1001', 1, instance);
          await other.ask(API_HEADER.allGroups, {type: -1, dnsprefix: '', getemp: '1001'});
          assert.ok(!other.wire.includes('event 10'));
          await other.close();
        }
        for (const times of [1, 0]) {
          // The next page of the client.
          const page = await site.client('1001', 1, crashed);
          if (times) await page.sees('event 10');
          await page.ask(API_HEADER.allGroups, {type: -1, dnsprefix: '', getemp: '1001'});
          assert.equal(page.wire.filter((entry) => entry === 'event 10').length, times);
          await page.close();
        }
        await bob.close();
      }
    }));

  it('stops the ringing when the socket of the asker dies, and the call when that of the only callee does', () =>
    onSite(async (site) => {
      const [alice, bob] = [await site.client('1001'), await site.client('1002')];
      await alice.call('1002');
      const ringing = await bob.incoming.next();
      await alice.crash();
      assert.equal(await ringing.ended, 'cancelled');
      await alice.connect();
      const {call} = await alice.call('1002');
      await bob.incoming.next();
      await bob.crash();
      assert.equal(await call.ended, 'bye');
    }));

  it('sends BYE to all when the server ends', async () => {
    let calls: ScriptedCall[] = [];
    await onSite(async (site) => {
      const {asker, callee} = await talking(site);
      calls = [asker, callee];
    });
    assert.deepEqual(
      calls.map(({over}) => over),
      ['bye', 'bye'],
    );
  });
});
