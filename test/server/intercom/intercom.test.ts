import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {API_CODE, API_HEADER, CALL_TYPE, FLOOR_OPERATION} from '../../../src/dispatch/protocol.js';
import type {ServerOptions} from '../../../server/server.js';
import type {RawApiMessage} from '../../support/scripted/raw-api.js';
import type {ScriptedCall} from '../../support/scripted/scripted-call.js';
import type {ScriptedClient} from '../../support/scripted/scripted-client.js';
import {hear, toneOf} from '../../support/scripted/scripted-meeting.js';
import {onSite, type ScriptedSite} from '../../support/scripted/scripted-site.js';
import {voice} from '../../support/scripted/scripted-voice.js';

/** 1001 is a dispatcher, as 1002 is; the others are none. */
const INTERCOMS: ServerOptions = {
  intercoms: [
    {number: '9001', name: '巡逻 Patrol', members: ['1001', '1002', '1003', '1004', '1005', '1006']},
    {number: '9002', name: 'Nobody else', members: ['1004']},
  ],
};

const NOBODY = {speaker: '', speakername: ''};
const CAROL = {speaker: '1003', speakername: 'Anna Novak'};

const join = (client: ScriptedClient, members = '9001'): Promise<RawApiMessage> =>
  client.ask(API_HEADER.intercomJoin, {caller: client.user, members});

const apply = (client: ScriptedClient, body: Record<string, unknown> = {}): Promise<RawApiMessage> =>
  client.ask(API_HEADER.applySpeak, {
    caller: client.user,
    ctype: CALL_TYPE.intercom,
    members: '9001',
    isVideo: 1,
    optype: FLOOR_OPERATION.apply,
    ...body,
  });

const release = (client: ScriptedClient, body: Record<string, unknown> = {}): Promise<RawApiMessage> =>
  apply(client, {optype: FLOOR_OPERATION.release, ...body});

/** Joins, and answers the INVITE by hand: existing clients do not know the request. */
async function joins(client: ScriptedClient, members = '9001'): Promise<ScriptedCall> {
  const {code} = await join(client, members);
  assert.equal(code, 0);
  return speaking(await client.answer());
}

/** Sends its tone all the time, with or without the floor. */
function speaking(call: ScriptedCall): ScriptedCall {
  if (call.media) call.media.voice = voice(toneOf(call.name));
  return call;
}

/** Resolves with the event that reports this, new or earlier. */
async function told(client: ScriptedClient, fact: Record<string, string>, from = 0) {
  for (;;) {
    const found = client.events
      .slice(from)
      .find((event) => Object.entries(fact).every(([name, value]) => event[name] === value));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function everybody(site: ScriptedSite, ...numbers: string[]): Promise<ScriptedClient[]> {
  return Promise.all(numbers.map((number) => site.client(number)));
}

describe('an intercom', () => {
  it('is joined without speaking, rings nobody, and tells who has the floor', () =>
    onSite(async (site) => {
      const [carol, david] = await everybody(site, '1003', '1004');
      const reply = await join(carol!);
      assert.deepEqual(Object.keys(reply.body[0]!).sort(), ['cid', 'sessnum']);
      assert.equal(reply.body[0]!['sessnum'], '9001');
      const call = await carol!.answer();
      const {cid} = reply.body[0]!;
      assert.equal(call.ids, `${String(cid)}.9`);
      assert.equal(call.caller.number, '9001');
      const group = {cid: String(cid), type: '9', direction: '1', othernum: '9001', othername: '巡逻 Patrol'};
      await told(carol!, {state: '11'});
      assert.deepEqual(carol!.events, [
        {...group, state: '6'},
        {...group, state: '11', ...NOBODY, waiting: '0'},
      ]);
      assert.deepEqual(david!.wire, []);
      // Again by the same client, also once it has registered anew: nothing but the floor's state.
      await carol!.refresh();
      const again = await join(carol!);
      assert.deepEqual(again.body, reply.body);
      await carol!.sees('event 11', 2);
      assert.equal(carol!.wire.filter((entry) => entry === 'INVITE').length, 1);
      assert.equal(
        (await carol!.ask(API_HEADER.intercomJoin, {caller: '1003', members: '9001', cid})).code,
        0,
      );
      const stranger = await david!.ask(API_HEADER.intercomJoin, {caller: '1004', members: '9001', cid});
      assert.equal(stranger.code, API_CODE.sessionNotFound);
    }, INTERCOMS));

  it('begins with the first one who asks for the floor: he and all who are registered are invited', () =>
    onSite(async (site) => {
      const [carol, david, eve] = await everybody(site, '1003', '1004', '1005');
      const asked = apply(carol!);
      const {call, cid} = await carol!.place(asked);
      const reply = await asked;
      assert.deepEqual(
        reply.body.map((body) => Object.keys(body).sort()),
        [['cid', 'msgid', 'sessnum']],
      );
      assert.equal(call.ids, `${cid}.9`);
      assert.deepEqual(carol!.wire.slice(0, 2), ['reply 0', 'INVITE']);
      await told(carol!, {state: '12', ...CAROL});
      const calls = [speaking(call)];
      for (const other of [david!, eve!]) {
        calls.push(speaking(await other.answer()));
        assert.equal(calls.at(-1)!.ids, `${cid}.9`);
        await told(other, {state: '11', ...CAROL, othernum: '9001'});
      }
      await hear(calls, {'1003': [], '1004': ['1003'], '1005': ['1003']});
      // A member gets a reply that names no request.
      for (const again of [
        await apply(carol!),
        await release(carol!),
        await release(carol!),
        await apply(david!),
      ])
        assert.equal(again.body[0]!['msgid'], undefined);
      await told(carol!, {state: '11', speaker: '1004'});
      await hear(calls, {'1003': ['1004'], '1004': [], '1005': ['1004']});
      assert.equal(eve!.wire.filter((entry) => entry === 'INVITE').length, 1);
    }, INTERCOMS));

  it('calls nobody twice, and lets who declined or came late join', () =>
    onSite(async (site) => {
      const [carol, david] = await everybody(site, '1003', '1004');
      await joins(carol!);
      assert.equal((await apply(carol!)).code, 0);
      await (await david!.incoming.next()).decline();
      await release(carol!);
      const eve = await site.client('1005');
      await apply(carol!);
      assert.deepEqual(eve.wire, []);
      const calls = [await joins(david!), await joins(eve)];
      await told(eve, {state: '11', ...CAROL});
      await told(david!, {state: '11', ...CAROL});
      await hear(calls, {'1004': ['1003'], '1005': ['1003']});
    }, INTERCOMS));

  it('takes the request of one whom it calls for his answer', () =>
    onSite(async (site) => {
      const [carol, david] = await everybody(site, '1003', '1004');
      await carol!.place(apply(carol!));
      await release(carol!);
      await david!.sees('INVITE');
      const {call} = await david!.place(apply(david!));
      speaking(call);
      await told(carol!, {state: '11', speaker: '1004'});
      assert.equal(david!.wire.filter((entry) => entry === 'INVITE').length, 1);
      await hear([carol!.sessions.values().next().value!.call!], {'1003': ['1004']});
    }, INTERCOMS));

  it('queues three, refuses the fourth, and gives the floor in their order', () =>
    onSite(
      async (site) => {
        const clients = await everybody(site, '1003', '1004', '1005', '1006');
        const [carol, david, eve, frank] = clients;
        for (const client of clients) await joins(client);
        assert.equal((await apply(carol!)).code, 0);
        for (const [client, queue] of [
          [david!, '1'],
          [eve!, '2'],
        ] as const) {
          const reply = await apply(client);
          assert.equal(reply.code, API_CODE.floorNotGranted);
          assert.deepEqual(reply.body, [{queue, ...CAROL}]);
          await told(client, {state: '13', ...CAROL});
        }
        assert.equal((await apply(eve!)).body[0]!['queue'], '2');
        const refused = await apply(frank!);
        assert.equal(refused.code, API_CODE.floorNotGranted);
        assert.deepEqual(refused.body, [{queue: '0', ...CAROL}]);
        assert.equal((await release(frank!)).code, API_CODE.floorNotGranted);
        assert.equal((await release(carol!)).code, 0);
        await told(david!, {state: '12', speaker: '1004'});
        await told(eve!, {state: '13', speaker: '1004'});
        // A member who no longer waits is skipped.
        assert.equal((await release(eve!)).code, 0);
        await told(eve!, {state: '11', speaker: '1004'});
        await release(david!);
        for (const client of clients) await told(client, {state: '11', ...NOBODY}, client.events.length - 1);
        assert.equal((await release(david!)).code, API_CODE.floorNotGranted);
      },
      {...INTERCOMS, floorQueue: 2},
    ));

  it('denies where nobody may wait', () =>
    onSite(
      async (site) => {
        const [carol, david, eve] = await everybody(site, '1003', '1004', '1005');
        await carol!.place(apply(carol!));
        await david!.answer();
        assert.equal((await apply(david!)).code, API_CODE.floorNotGranted);
        assert.equal(david!.wire.includes('event 13'), false);
        // Who is not in it does not come in by that; he is called already, though.
        const reply = await apply(eve!);
        assert.equal(reply.code, API_CODE.floorNotGranted);
        const late = await site.client('1006');
        const denied = await apply(late);
        assert.deepEqual([denied.code, denied.body[0]!['cid']], [API_CODE.floorNotGranted, undefined]);
        assert.equal(late.wire.includes('INVITE'), false);
      },
      {...INTERCOMS, floorQueue: 0},
    ));

  it('lets dispatchers take it from others, and wait before them for each other', () =>
    onSite(async (site) => {
      const clients = await everybody(site, '1001', '1002', '1003', '1004');
      const [alice, bob, carol, david] = clients;
      const calls = [];
      for (const client of clients) calls.push(await joins(client));
      await apply(carol!);
      assert.equal((await apply(david!)).body[0]!['queue'], '1');
      assert.equal((await apply(alice!)).code, 0);
      await told(carol!, {state: '11', speaker: '1001'});
      await hear(calls, {'1001': [], '1003': ['1001'], '1004': ['1001']});
      assert.equal((await apply(bob!)).body[0]!['queue'], '1');
      await release(alice!);
      await told(bob!, {state: '12', speaker: '1002'});
      await release(bob!);
      await told(david!, {state: '12', speaker: '1004'});
      // A member who lost the floor does not wait for it.
      await release(david!);
      await told(carol!, {state: '11', ...NOBODY}, carol!.events.length - 1);
    }, INTERCOMS));

  it('takes the floor from one who has had it for too long', () =>
    onSite(
      async (site) => {
        const clients = await everybody(site, '1003', '1004');
        const [carol, david] = clients;
        const calls = [];
        for (const client of clients) calls.push(await joins(client));
        await apply(carol!);
        await apply(david!);
        await told(carol!, {state: '11', speaker: '1004'});
        await hear(calls, {'1003': ['1004'], '1004': []});
        await told(david!, {state: '11', ...NOBODY}, david!.events.length);
        await hear(calls, {'1003': [], '1004': []});
      },
      {...INTERCOMS, floorTimeout: 3_000},
    ));

  it('tells all who is in it, how many wait, for how long somebody may speak, and why he lost the floor', () =>
    onSite(
      async (site) => {
        const clients = await everybody(site, '1001', '1003', '1004', '1005');
        const [alice, carol, david, eve] = clients as [
          ScriptedClient,
          ScriptedClient,
          ScriptedClient,
          ScriptedClient,
        ];
        const {body} = await join(carol);
        const calls = [speaking(await carol.answer())];
        for (const client of [alice, david]) calls.push(await joins(client));
        const cid = String(body[0]!['cid']);
        const inIt = (list: readonly Record<string, unknown>[]): unknown[] =>
          list.filter(({state}) => state === '6').map(({number}) => number);
        // Members who are not in it are listed too, and may ask.
        const list = await eve.ask(API_HEADER.allMembers, {cid});
        assert.deepEqual(
          list.body.map(({number}) => number),
          INTERCOMS.intercoms![0]!.members,
        );
        assert.deepEqual(inIt(list.body), ['1001', '1003', '1004']);
        const stranger = await site.client('1007');
        assert.equal((await stranger.ask(API_HEADER.allMembers, {cid})).code, API_CODE.notAllowed);

        await apply(carol);
        const speaks = await told(carol, {state: '12', ...CAROL});
        assert.deepEqual([speaks['waiting'], speaks['timeleft'], speaks['queue']], ['0', '4', undefined]);
        await apply(david);
        await told(david, {state: '13', ...CAROL, waiting: '1', queue: '1'});
        // Also the speaker and the listeners hear of the queue.
        await told(carol, {state: '12', ...CAROL, waiting: '1'});
        const listens = await told(alice, {state: '11', ...CAROL, waiting: '1'});
        assert.match(String(listens['timeleft']), /^[1-4]$/);
        await release(david);
        await told(alice, {state: '11', ...CAROL, waiting: '0'}, alice.events.indexOf(listens) + 1);

        const before = carol.events.length;
        await apply(alice);
        await told(carol, {state: '11', speaker: '1001', revoke: '4'}, before);
        await told(alice, {state: '11', ...NOBODY, revoke: '2'});
        assert.deepEqual(
          david.events.filter(({revoke}) => revoke !== undefined),
          [],
        );

        await calls[1]!.hangup();
        await carol.sees('member 1001: 10');
        assert.deepEqual(inIt((await carol.ask(API_HEADER.allMembers, {cid})).body), ['1003', '1004']);
      },
      {...INTERCOMS, floorTimeout: 4000},
    ));

  it('frees the floor of one who hangs up or loses his socket, and is over when the last one has left', () =>
    onSite(async (site) => {
      const clients = await everybody(site, '1003', '1004', '1005');
      const [carol, david, eve] = clients;
      const calls = [];
      for (const client of clients) calls.push(await joins(client));
      await apply(carol!);
      await apply(david!);
      await calls[0]!.hangup();
      await told(david!, {state: '12', speaker: '1004'});
      await apply(eve!);
      const since = performance.now();
      await david!.crash();
      await told(eve!, {state: '12', speaker: '1005'});
      assert.ok(performance.now() - since < 5000);
      assert.equal(site.server.stats()['sessions'], 1);
      await calls[2]!.hangup();
      await eve!.sees('event 10');
      assert.equal(site.server.stats()['sessions'], 0);
      // It starts again.
      await joins(carol!);
      assert.equal(site.server.stats()['sessions'], 1);
    }, INTERCOMS));

  it('moves to the device that somebody joins with', () =>
    onSite(async (site) => {
      const [carol, again, david] = [
        await site.client('1003'),
        await site.client('1003'),
        await site.client('1004'),
      ];
      const calls = [await joins(david!), await joins(carol!)];
      await apply(carol!);
      calls.push(await joins(again!));
      assert.equal(await calls[1]!.ended, 'bye');
      await told(david!, {state: '11', ...NOBODY}, 2);
      assert.equal((await apply(again!)).code, 0);
      await hear([calls[0]!], {'1004': ['1003']});
    }, INTERCOMS));

  it('is joined again by one who has just left, who learns that he has left before he is in it again', () =>
    onSite(async (site) => {
      const [alice, bob] = await everybody(site, '1001', '1002');
      await joins(bob!);
      const call = await joins(alice!);
      await alice!.sees('event 11');
      const before = alice!.wire.length;
      const [, {code}] = await Promise.all([call.hangup(), join(alice!)]);
      assert.equal(code, 0);
      await alice!.answer();
      const seen = alice!.wire.slice(before).filter((entry) => !entry.startsWith('member'));
      assert.deepEqual(seen.slice(0, 3), ['event 10', 'reply 0', 'INVITE']);
    }, INTERCOMS));

  it('is made for as long as it lasts, its members called when its maker is in it', () =>
    onSite(async (site) => {
      const [carol, david, eve] = await everybody(site, '1003', '1004', '1005');
      const options = {ctype: CALL_TYPE.temporaryIntercom, number: '700', name: 'Crane'};
      const {cid, call} = await carol!.gather(['1004', '1005', '1003'], options);
      const calls = [speaking(call), speaking(await david!.answer()), speaking(await eve!.answer())];
      assert.deepEqual(
        calls.map(({ids}) => ids),
        Array.from({length: 3}, () => `${cid}.13`),
      );
      await told(david!, {
        state: '11',
        ...NOBODY,
        type: '13',
        othernum: '700',
        othername: 'Crane',
        direction: '2',
      });
      await hear(calls, {'1003': [], '1004': [], '1005': []});
      // Existing clients ask with the number of the other type.
      assert.equal((await apply(david!, {members: '700'})).code, 0);
      assert.equal((await apply(eve!, {members: '700', ctype: 13})).code, API_CODE.floorNotGranted);
      await hear(calls, {'1003': ['1004'], '1004': [], '1005': ['1004']});
      const taken = await carol!.createGroup(['1004'], options);
      assert.equal(taken.code, API_CODE.groupExists);
      assert.equal((await david!.ask(API_HEADER.forceEnd, {cid})).code, API_CODE.notAllowed);
      await carol!.endForAll(cid);
      await Promise.all([carol!.forgets(cid), david!.forgets(cid), eve!.forgets(cid)]);
      assert.equal((await apply(david!, {members: '700'})).code, API_CODE.groupNotFound);
    }, INTERCOMS));

  it('makes nobody busy, and is no conference', () =>
    onSite(async (site) => {
      const [alice, carol] = await everybody(site, '1001', '1003');
      const {body} = await join(carol!);
      await carol!.answer();
      const found = await alice!.ask('data.query.emps', {queryinfo: '1003', getemp: '1001'});
      assert.equal(String(found.body[0]!['state']), '1');
      const muted = await alice!.ask(API_HEADER.memberSpeak, {
        cid: body[0]!['cid'],
        number: '1003',
        stype: 1,
      });
      assert.equal(muted.code, API_CODE.wrongCallType);
    }, INTERCOMS));

  it('refuses what it cannot do with the code that says why', () =>
    onSite(async (site) => {
      const [carol, david] = await everybody(site, '1003', '1004');
      const {notInGroup, groupNotFound, badParameter, notAllowed, wrongCallType} = API_CODE;
      const codes: [number, Record<string, unknown>][] = [
        [notInGroup, {members: '9002'}],
        [groupNotFound, {members: '9009'}],
        [badParameter, {members: ''}],
        [badParameter, {members: '9001,9002'}],
        [badParameter, {members: {}}],
        [badParameter, {caller: 1003}],
        [notAllowed, {caller: '1004'}],
      ];
      for (const [code, body] of codes) {
        assert.equal((await apply(carol!, body)).code, code, JSON.stringify(body));
        assert.equal((await release(carol!, body)).code, code, JSON.stringify(body));
        const joined = await carol!.ask(API_HEADER.intercomJoin, {caller: '1003', members: '9001', ...body});
        assert.equal(joined.code, code, JSON.stringify(body));
      }
      assert.equal((await apply(carol!, {optype: 57})).code, badParameter);
      assert.equal((await apply(carol!, {ctype: 'x'})).code, badParameter);
      assert.equal((await apply(carol!, {ctype: 5})).code, wrongCallType);
      assert.equal((await release(carol!)).code, API_CODE.sessionNotFound);
      assert.equal((await carol!.createCall('9001')).code, API_CODE.intercomGroupCannotBeCalled);
      for (const ctype of [CALL_TYPE.temporaryConference, CALL_TYPE.temporaryIntercom]) {
        const called = await carol!.createGroup(['1004', '9001'], {ctype});
        assert.equal(called.code, API_CODE.intercomGroupCannotBeCalled);
      }
      const make = (members: string[], number = '') =>
        carol!.createGroup(members, {ctype: CALL_TYPE.temporaryIntercom, number});
      assert.equal((await make(['1004'], '9002')).code, API_CODE.groupExists);
      assert.equal((await make(['1004', '4711'])).code, API_CODE.userDoesNotExist);
      assert.equal((await make(['1005'])).code, API_CODE.numberNotRegistered);
      assert.equal((await make(['1003'])).code, API_CODE.callee);
      const many = Array.from({length: 64}, (_, index) => String(1010 + index));
      assert.equal((await make(many)).code, badParameter);
      const cid = await carol!.ask(API_HEADER.intercomJoin, {caller: '1003', members: '9001', cid: 'none'});
      assert.equal(cid.code, API_CODE.sessionNotFound);
      assert.deepEqual(david!.wire, []);
    }, INTERCOMS));
});
