import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {
  API_CODE,
  API_HEADER,
  CALL_STATE,
  CALL_TYPE,
  PERSON_STATE,
  USER_TYPE,
} from '../../../src/dispatch/protocol.js';
import type {ScriptedClient} from '../../support/scripted/scripted-client.js';
import {hear, meeting, toneOf} from '../../support/scripted/scripted-meeting.js';
import {onSite} from '../../support/scripted/scripted-site.js';
import {voice} from '../../support/scripted/scripted-voice.js';

const list = async (client: ScriptedClient, cid: string): Promise<string[]> => {
  const {code, body} = await client.ask(API_HEADER.allMembers, {cid});
  assert.equal(code, 0);
  return body.map(({number, state}) => `${String(number)}: ${String(state)}`);
};

const sequence = ({wire}: ScriptedClient): string[] =>
  wire.filter((entry) => !entry.startsWith('member') && entry !== 'event 5');

describe('a conference', () => {
  it('is made of one who asks and others who are called, each told of it with its number and name', () =>
    onSite(async (site) => {
      const [alice, carol] = [await site.client('1001'), await site.client('1003')];
      const {cid} = await alice.gather(['1003', '1003 1001'], {number: '700', name: '早会'});
      const call = await carol.incoming.next();
      assert.equal(call.ids, `${cid}.5`);
      assert.equal(call.caller.number, '700');
      await call.answer();
      await Promise.all([alice.sees('event 6'), carol.sees('event 6')]);
      assert.deepEqual(sequence(alice), ['reply 0', 'INVITE', 'ACK', 'event 6']);
      const told = {cid, type: '5', state: '6', othernum: '700', othername: '早会'};
      assert.deepEqual(alice.events.at(-1), {...told, direction: '1'});
      assert.deepEqual(carol.events.at(-1), {...told, direction: '2'});
    }));

  for (const ctype of [CALL_TYPE.urgent, CALL_TYPE.sos])
    it(`with a file and of type ${ctype}, shows who calls, not what was chosen`, () =>
      onSite(async (site) => {
        const [anna, david] = [await site.client('1003'), await site.client('1005')];
        const group = {ctype, number: '110', name: '李雷', fileId: 'sample-sound'};
        assert.equal((await anna.createGroup(['1005'], group)).code, 0);
        const {caller} = await david.incoming.next();
        assert.match(caller.number, /^91\d\d$/);
        assert.equal(caller.name, 'Anna Novak');
      }));

  it('gets a number where it was given none, in the reply', () =>
    onSite(async (site) => {
      const [alice] = [await site.client('1001'), await site.client('1003')];
      const {body} = await alice.createGroup(['1003']);
      assert.match(String(body[0]?.['sessnum']), /^\d+$/);
      assert.equal(alice.wire.includes('reply 0'), true);
    }));

  it('does not ring before its creator has answered, and is over when he does not', () =>
    onSite(async (site) => {
      const [alice, carol] = [await site.client('1001'), await site.client('1003')];
      alice.refuseOwn = 480;
      await alice.createGroup(['1003']);
      await alice.sees('event 10');
      assert.deepEqual(carol.wire, []);
    }));

  it('works with the INVITE before the reply', () =>
    onSite(
      async (site) => {
        const {clients} = await meeting(site, ['1003']);
        assert.deepEqual(sequence(clients[0]!).slice(0, 3), ['INVITE', 'reply 0', 'ACK']);
      },
      {inviteOrder: 'invite-first'},
    ));

  it('lets everybody hear all others, and nobody himself', () =>
    onSite(async (site) => {
      const {calls} = await meeting(site, ['1003', '1004', '1005']);
      await hear(calls, {
        '1001': ['1003', '1004', '1005'],
        '1003': ['1001', '1004', '1005'],
        '1004': ['1001', '1003', '1005'],
        '1005': ['1001', '1003', '1004'],
      });
    }));

  it('carries the tones of those who may speak to all others, as INFO', () =>
    onSite(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003', '1004']);
      const [alice, carol, dave] = calls;
      await clients[0]!.ask(API_HEADER.memberSpeak, {cid, number: '1003', stype: 1});
      assert.equal(await carol!.info('Signal=3\r\nDuration=160'), 200);
      assert.equal(await dave!.info('Signal=4\r\nDuration=160'), 200);
      await Promise.all([clients[0]!.sees('INFO'), clients[1]!.sees('INFO')]);
      assert.equal(await alice!.info('Signal=1\r\nDuration=160'), 200);
      await Promise.all([clients[1]!.sees('INFO', 2), clients[2]!.sees('INFO')]);
      assert.deepEqual(
        calls.map(({infos}) => infos.map((body) => body.slice(0, 8))),
        [['Signal=4'], ['Signal=4', 'Signal=1'], ['Signal=1']],
      );
    }));

  it('gives silence where nobody speaks, without a gap', () =>
    onSite(async (site) => {
      const {calls} = await meeting(site, ['1003']);
      for (const {media} of calls) if (media) media.sending = false;
      await hear(calls, {'1001': [], '1003': []});
      const heard = calls[0]!.media!.heard.slice(-20);
      heard.slice(1).forEach(({sequence}, index) => {
        assert.equal(sequence, (heard[index]!.sequence + 1) & 0xffff);
      });
    }));

  it('goes on with a member whose packets are no Opus', () =>
    onSite(async (site) => {
      const {calls} = await meeting(site, ['1003', '1004']);
      calls[1]!.media!.voice = undefined;
      await hear(calls, {'1001': ['1004'], '1003': ['1001', '1004'], '1004': ['1001']});
    }));

  it('keeps a muted member from the others, a deafened one from hearing, and takes both back', () =>
    onSite(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003', '1004']);
      const [alice] = clients;
      const change = (header: string, body: object) => alice!.ask(header, {cid, number: '1003', ...body});
      assert.equal((await change(API_HEADER.memberSpeak, {stype: 1})).code, 0);
      await hear(calls, {'1001': ['1004'], '1003': ['1001', '1004'], '1004': ['1001']});
      assert.equal((await change(API_HEADER.memberHear, {htype: '1'})).code, 0);
      await hear(calls, {'1001': ['1004'], '1003': [], '1004': ['1001']});
      await clients[2]!.seesMember({number: '1003', speak: '1', hear: '1'});
      await change(API_HEADER.memberSpeak, {stype: 2});
      await change(API_HEADER.memberHear, {htype: 2});
      await hear(calls, {'1001': ['1003', '1004'], '1003': ['1001', '1004'], '1004': ['1001', '1003']});
    }));

  it('does not let a member be heard who holds it, and lets him come back', () =>
    onSite(async (site) => {
      const {calls} = await meeting(site, ['1003', '1004']);
      await calls[1]!.reinvite('sendonly');
      await hear(calls, {'1001': ['1004'], '1004': ['1001']});
      await calls[1]!.reinvite('sendrecv');
      await hear(calls, {'1001': ['1003', '1004'], '1003': ['1001', '1004']});
    }));

  it('tells who talks, when he begins and when he has ended', () =>
    onSite(async (site) => {
      const {clients, calls} = await meeting(site, ['1003']);
      await clients[0]!.seesMember({number: '1003', state: '6', talking: '1'});
      calls[1]!.media!.sending = false;
      const told = clients[0]!.memberChanges.length;
      await clients[0]!.sees('member 1003: 6', 3);
      assert.ok(clients[0]!.memberChanges.slice(told).some(({talking}) => talking === '0'));
    }));

  it('shows the one who speaks from a key frame on, and him the one before', () =>
    onSite(async (site) => {
      const {calls} = await meeting(site, ['1003', '1004'], 2);
      const [alice, carol, david] = calls.map(({media}) => media!);
      const speaksAlone = async (speaker: typeof alice): Promise<void> => {
        for (const media of [alice, carol, david])
          if (media) media.voice = voice(600, media === speaker ? 0.2 : 0);
      };
      await speaksAlone(carol);
      await Promise.all([
        alice!.hears(({kind, name}) => kind === 'video' && name === '1003'),
        david!.hears(({kind, name}) => kind === 'video' && name === '1003'),
      ]);
      await speaksAlone(david);
      const first = await alice!.hears(({kind, name}) => kind === 'video' && name === '1004');
      assert.equal(first.key, true);
      await david!.hears(({kind, name}) => kind === 'video' && name === '1003');
    }));

  it('tells each whom they see, with the list and when that changes', () =>
    onSite(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003', '1004'], 2);
      const [alice, carol, david] = calls.map(({media}) => media!);
      const shown = async (client: ScriptedClient): Promise<string> => {
        const {body} = await client.ask(API_HEADER.allMembers, {cid});
        return body
          .filter((member) => member['picture'] === '1')
          .map(({number}) => number)
          .join();
      };
      for (const [speaker, number] of [
        [carol, '1003'],
        [david, '1004'],
        [carol, '1003'],
      ] as const) {
        const before = clients.map(({memberChanges}) => memberChanges.length);
        for (const media of [alice, carol, david]) media!.voice = voice(600, media === speaker ? 0.2 : 0);
        await alice!.hears(({kind, name}) => kind === 'video' && name === number);
        const told = clients[0]!;
        await told.seesMember(
          (body) =>
            told.memberChanges.indexOf(body) >= before[0]! &&
            body['picture'] === '1' &&
            body['number'] === number,
        );
        assert.equal(await shown(told), number);
        // Nobody sees their own.
        const own = clients[number === '1003' ? 1 : 2]!;
        assert.notEqual(await shown(own), number);
      }
    }));

  it('shows the pushed member whoever speaks, and the speaker again when that ends', () =>
    onSite(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003', '1004'], 2);
      const [alice, carol, david] = calls.map(({media}) => media!);
      for (const media of [alice, david]) media!.voice = voice(600, 0);
      await alice!.hears(({kind, name}) => kind === 'video' && name === '1003');
      const push = (ptype: number, number = '1004') =>
        clients[0]!.ask(API_HEADER.memberPush, {cid, number, ptype});
      assert.equal((await push(1)).code, 0);
      const first = await alice!.hears(({kind, name}) => kind === 'video' && name === '1004');
      assert.equal(first.key, true);
      await carol!.hears(({kind, name}) => kind === 'video' && name === '1004');
      await clients[1]!.seesMember({number: '1004', push: '1'});
      assert.equal((await push(2)).code, 0);
      await alice!.hears(({kind, name}) => kind === 'video' && name === '1003');
      // One at a time.
      await push(1);
      await push(1, '1001');
      const {body} = await clients[0]!.ask(API_HEADER.allMembers, {cid});
      assert.deepEqual(
        body.filter((member) => member['push'] === '1').map(({number}) => number),
        ['1001'],
      );
    }));
});

describe('the members of a conference', () => {
  it('are told as those who did not answer, by event and in the list, and can be invited again', () =>
    onSite(
      async (site) => {
        const [alice, carol, dave] = await Promise.all(['1001', '1003', '1004'].map((n) => site.client(n)));
        const {cid} = await alice!.gather(['1003', '1004', '1005']);
        await (await carol!.incoming.next()).decline(486);
        await alice!.seesMember({number: '1003', state: String(CALL_STATE.busy)});
        await alice!.seesMember({number: '1004', state: String(CALL_STATE.noAnswer)});
        await alice!.seesMember({number: '1005', state: String(CALL_STATE.noAnswer)});
        assert.deepEqual(await list(alice!, cid), ['1001: 6', '1003: 8', '1004: 17', '1005: 17']);
        // None of this ends the requester's call.
        assert.deepEqual(alice!.sessions.get(cid)?.states, [6]);
        await Promise.all([carol!.sees('event 10'), dave!.sees('event 10')]);
        assert.equal((await alice!.ask(API_HEADER.addMember, {cid, number: '1003'})).code, 0);
        await (await carol!.incoming.next()).answer();
        await alice!.seesMember({number: '1003', state: String(CALL_STATE.connected)});
      },
      {noAnswerTimeout: 500},
    ));

  it('come later, leave, and come again', () =>
    onSite(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003']);
      const [alice, carol] = clients;
      const dave = await site.client('1004');
      const body = {cid, number: '1004', astype: 2, speakertype: 2};
      assert.equal((await alice!.ask(API_HEADER.addMember, body)).code, 0);
      const call = await dave.incoming.next();
      assert.equal(call.ids, `${cid}.5`);
      await call.answer();
      await call.established;
      call.media!.voice = voice(toneOf('1004'));
      await hear([...calls, call], {'1001': ['1003', '1004'], '1004': ['1001', '1003']});
      await calls[1]!.hangup();
      await alice!.seesMember({number: '1003', state: '10'});
      await carol!.sees('event 10');
      await hear([calls[0]!, call], {'1001': ['1004'], '1004': ['1001']});
      assert.deepEqual(await list(alice!, cid), ['1001: 6', '1004: 6']);
      await alice!.ask(API_HEADER.addMember, {cid, number: '1003'});
      await (await carol!.incoming.next()).answer();
      await alice!.sees('member 1003: 6', 2);
    }));

  it('are busy to others as long as they take part', () =>
    onSite(async (site) => {
      const {clients, calls} = await meeting(site, ['1003', '1004']);
      const watcher = await site.client('1005');
      const stateOf = async (): Promise<unknown> =>
        (await watcher.ask(API_HEADER.queryPeople, {queryinfo: '1003'})).body[0]?.['state'];
      assert.equal(await stateOf(), String(PERSON_STATE.busy));
      await calls[1]!.hangup();
      // The server reports without a request that the member is free.
      await watcher.sees('reply 0', 2);
      assert.equal(await stateOf(), String(PERSON_STATE.online));
      assert.ok(clients[0]!.memberChanges.some(({number, state}) => number === '1003' && state === '10'));
    }));

  it('are put out before they were called, and the conference begins without them', () =>
    onSite(async (site) => {
      const [alice, bob, carol] = await Promise.all(['1001', '1002', '1003'].map((n) => site.client(n)));
      let answer = (): void => undefined;
      alice!.beforeOwnAnswer = new Promise((resolve) => (answer = resolve));
      const cid = String((await alice!.createGroup(['1003'])).body[0]?.['cid']);
      assert.equal((await bob!.ask(API_HEADER.deleteMember, {cid, number: '1003'})).code, 0);
      answer();
      await alice!.seesMember({cid, number: '1001', state: '6'});
      assert.deepEqual(await list(alice!, cid), ['1001: 6']);
      assert.deepEqual(carol!.wire, []);
    }));

  it('are put out, told so, and can be invited again at once', () =>
    onSite(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003', '1004']);
      const [alice, carol] = clients;
      assert.equal((await alice!.ask(API_HEADER.deleteMember, {cid, number: '1003'})).code, 0);
      assert.equal((await alice!.ask(API_HEADER.addMember, {cid, number: '1003'})).code, 0);
      assert.equal(await calls[1]!.ended, 'bye');
      await alice!.seesMember({number: '1003', state: '19'});
      // It rings: the end of the call before was told first.
      await (await carol!.incoming.next()).answer();
      await alice!.sees('member 1003: 6', 2);
      const states = carol!.events.map(({state}) => state);
      assert.ok(states.indexOf('19') < states.indexOf('10'));
    }));

  it('may not be invited to speak, where it is asked so', () =>
    onSite(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003']);
      const dave = await site.client('1004');
      await clients[0]!.ask(API_HEADER.addMember, {cid, number: '1004', speakertype: '1'});
      const call = await dave.answer();
      call.media!.voice = voice(toneOf('1004'));
      await clients[1]!.seesMember({number: '1004', state: '6', speak: '1'});
      await hear([...calls, call], {'1001': ['1003'], '1004': ['1001', '1003']});
    }));

  it('are the same to two dispatchers whose commands cross', () =>
    onSite(async (site) => {
      const [alice, bob, carol] = await Promise.all(['1001', '1002', '1003'].map((n) => site.client(n)));
      const {cid} = await alice!.gather(['1002', '1003']);
      for (const client of [bob, carol]) await (await client!.incoming.next()).answer();
      await alice!.seesMember({number: '1003', state: '6'});
      await bob!.seesMember({number: '1003', state: '6'});
      const rounds = 10;
      await Promise.all(
        Array.from({length: rounds}, async (_, round) => {
          const change = (client: ScriptedClient, stype: number) =>
            client.ask(API_HEADER.memberSpeak, {cid, number: '1003', stype});
          await Promise.all([change(alice!, 1 + (round % 2)), change(bob!, 2 - (round % 2))]);
        }),
      );
      const member = async (client: ScriptedClient) =>
        (await client.ask(API_HEADER.allMembers, {cid})).body.find(({number}) => number === '1003');
      const state = await member(alice!);
      assert.deepEqual(await member(bob!), state);
      const last = (client: ScriptedClient) => client.memberChanges.findLast(({number}) => number === '1003');
      for (const client of [alice, bob]) assert.equal(last(client!)?.['speak'], state?.['speak']);
    }));
});

describe('the end of a conference', () => {
  it('comes for all when its creator asks for it', () =>
    onSite(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003', '1004']);
      assert.equal((await clients[0]!.ask(API_HEADER.forceEnd, {cid})).code, 0);
      assert.deepEqual(await Promise.all(calls.map(({ended}) => ended)), ['bye', 'bye', 'bye']);
      await Promise.all(clients.map((client) => client.sees('event 10')));
    }));

  it('does not come with the creator, but with the last one', () =>
    onSite(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003', '1004']);
      await calls[0]!.hangup();
      await hear(calls.slice(1), {'1003': ['1004'], '1004': ['1003']});
      // He still gets its events, and may come back.
      await clients[0]!.seesMember({number: '1001', state: '10'});
      assert.deepEqual(await list(clients[0]!, cid), ['1003: 6', '1004: 6']);
      await calls[1]!.hangup();
      assert.equal(site.server.stats()['sessions'], 1);
      await calls[2]!.hangup();
      await clients[2]!.sees('event 10');
      while (site.server.stats()['sessions']) await clients[2]!.ask('data.get.allgroup', {});
    }));

  it('stops those who ring when nobody is left in it', () =>
    onSite(async (site) => {
      const [alice, carol] = [await site.client('1001'), await site.client('1003')];
      const {call} = await alice.gather(['1003']);
      const ringing = await carol.incoming.next();
      await call.hangup();
      assert.equal(await ringing.ended, 'cancelled');
      await carol.sees('event 10');
    }));

  it('comes when the last socket dies', () =>
    onSite(async (site) => {
      const {clients} = await meeting(site, ['1003']);
      for (const client of clients) await client.crash();
      const other = await site.client('1005');
      while (site.server.stats()['sessions']) await other.ask('data.get.allgroup', {});
    }));
});

describe('a broadcast', () => {
  it('lets its creator be heard and seen by all, and nobody else', () =>
    onSite(async (site) => {
      const [alice, carol, dave] = await Promise.all(['1001', '1003', '1004'].map((n) => site.client(n)));
      const {cid, call} = await alice!.gather(['1003', '1004'], {ctype: CALL_TYPE.broadcast, media: 2});
      const calls = [call];
      for (const client of [carol, dave]) calls.push(await client!.answer());
      assert.deepEqual(
        calls.map(({ids}) => ids),
        [`${cid}.4`, `${cid}.4`, `${cid}.4`],
      );
      for (const {name, media} of calls) media!.voice = voice(toneOf(name));
      await calls[2]!.media!.hears(({kind, name}) => kind === 'video' && name === '1001');
      await hear(calls, {'1001': [], '1003': ['1001'], '1004': ['1001']});
      assert.equal(calls[0]!.media!.heard.filter(({kind}) => kind === 'video').length, 0);
      const {code} = await alice!.ask(API_HEADER.memberSpeak, {cid, number: '1003', stype: 2});
      assert.equal(code, API_CODE.wrongCallType);
    }));
});

describe('what a conference is refused with', () => {
  const refusals: [string, Record<string, unknown>, number][] = [
    ['somebody who does not exist among its members', {members: '1003,7777'}, API_CODE.userDoesNotExist],
    ['nobody who is registered', {members: '1005,1006'}, API_CODE.numberNotRegistered],
    ['nobody but oneself', {members: '1001'}, API_CODE.callee],
    ['no members', {members: ''}, API_CODE.badParameter],
    [
      'sixty-five in all',
      {members: Array.from({length: 64}, (_, index) => 1002 + index).join()},
      API_CODE.badParameter,
    ],
    ['a number that fits into no address', {members: '1003', sessnum: 'a b@c'}, API_CODE.badParameter],
    ['the name of somebody else', {members: '1003', caller: '1003'}, API_CODE.notAllowed],
    ["a user's number", {members: '1003', sessnum: '1002'}, API_CODE.groupExists],
    ["an intercom group's number", {members: '1003', sessnum: 9001}, API_CODE.groupExists],
    [
      'a code of the PBX, which a member who calls back would dial',
      {members: '1003', sessnum: '*721001'},
      API_CODE.groupExists,
    ],
    ['the number of a queue', {members: '1003', sessnum: '400'}, API_CODE.groupExists],
  ];
  for (const [what, body, code] of refusals) {
    it(`${what}: ${code}`, () =>
      onSite(async (site) => {
        const [alice, carol] = [await site.client('1001'), await site.client('1003')];
        const asked = {caller: '1001', ctype: CALL_TYPE.temporaryConference, ...body};
        assert.equal((await alice.ask(API_HEADER.createCall, asked)).code, code);
        assert.deepEqual(carol.wire, []);
        assert.equal(site.server.stats()['sessions'], 0);
      }));
  }

  for (const ctype of [
    CALL_TYPE.singleEnhanced,
    CALL_TYPE.broadcast,
    CALL_TYPE.urgent,
    CALL_TYPE.temporaryIntercom,
    CALL_TYPE.sos,
    CALL_TYPE.filePlay,
  ])
    it(`a user's number in a session of type ${ctype}, which calls nobody then`, () =>
      onSite(async (site) => {
        const [anna, david] = [await site.client('1003'), await site.client('1005')];
        const asked = {caller: '1003', ctype, members: '1005', sessnum: ' 1002 ', sessname: '李雷'};
        const [header, file] =
          ctype === CALL_TYPE.temporaryIntercom
            ? [API_HEADER.createCall, {}]
            : [API_HEADER.createCallPlayFile, {FileID: 'sample-sound'}];
        assert.equal((await anna.ask(header, {...asked, ...file})).code, API_CODE.groupExists);
        assert.deepEqual([anna.wire, david.wire], [['reply 1900'], []]);
        assert.equal(site.server.stats()['sessions'], 0);
      }));

  it('the number of an intercom that runs, which the server does not allot either', () =>
    onSite(async (site) => {
      const [alice, carol] = [await site.client('1001'), await site.client('1003')];
      const {temporaryIntercom, temporaryConference} = CALL_TYPE;
      await alice.gather(['1003'], {ctype: temporaryIntercom, number: '9101'});
      const {code} = await carol.createGroup(['1001'], {ctype: temporaryConference, number: '9101'});
      assert.equal(code, API_CODE.groupExists);
      const {body} = await carol.createGroup(['1001']);
      assert.equal(body[0]?.['sessnum'], '9102');
    }));

  it('a command without, of another or of no session, of no member, of a wrong type, or by somebody who may not', () =>
    onSite(async (site) => {
      const {cid, clients} = await meeting(site, ['1003', '1004']);
      const [alice, carol] = clients;
      const [bob, david] = [await site.client('1002'), await site.client('1005')];
      const codeFor = async (client: ScriptedClient, header: string, body: object): Promise<number> =>
        (await client.ask(header, {cid, number: '1004', ...body})).code;
      const {memberSpeak, memberHear, memberPush, addMember, deleteMember, allMembers, forceEnd} = API_HEADER;
      for (const header of [memberSpeak, memberHear, memberPush, addMember, deleteMember, allMembers]) {
        assert.equal(await codeFor(alice!, header, {cid: ''}), API_CODE.noCid);
        assert.equal(await codeFor(alice!, header, {cid: 'none'}), API_CODE.sessionNotFound);
        assert.equal(await codeFor(alice!, header, {cid: 5}), API_CODE.badParameter);
        assert.equal(await codeFor(david, header, {}), API_CODE.notAllowed);
        if (header === allMembers) continue;
        assert.equal(await codeFor(carol!, header, {}), API_CODE.notAllowed);
        assert.equal(await codeFor(alice!, header, {number: ''}), API_CODE.badParameter);
      }
      for (const [header, field] of [
        [memberSpeak, 'stype'],
        [memberHear, 'htype'],
        [memberPush, 'ptype'],
      ] as const) {
        assert.equal(await codeFor(alice!, header, {number: '1005', [field]: 1}), API_CODE.memberNotFound);
        assert.equal(await codeFor(alice!, header, {[field]: 3}), API_CODE.badParameter);
        assert.equal(await codeFor(alice!, header, {}), API_CODE.badParameter);
      }
      assert.equal(await codeFor(alice!, deleteMember, {number: '1005'}), API_CODE.memberNotFound);
      assert.equal(await codeFor(alice!, memberPush, {ptype: 1}), API_CODE.videoNotSent);
      assert.equal(await codeFor(alice!, addMember, {number: '7777'}), API_CODE.userDoesNotExist);
      assert.equal(await codeFor(alice!, addMember, {number: '1006'}), API_CODE.numberNotRegistered);
      assert.equal(await codeFor(alice!, addMember, {number: '1004'}), 0);
      assert.equal(await codeFor(carol!, forceEnd, {}), API_CODE.notAllowed);
      // A member may see the others; a dispatcher who is not a member may do everything.
      assert.equal(await codeFor(carol!, allMembers, {}), 0);
      assert.equal(await codeFor(bob, memberSpeak, {stype: 1}), 0);
      const {cid: single} = await bob.call('1005');
      assert.equal(await codeFor(bob, allMembers, {cid: single}), API_CODE.wrongCallType);
      assert.equal(await codeFor(bob, forceEnd, {}), 0);
    }));

  it('a sixty-fifth member, with 1011', () => {
    const numbers = Array.from({length: 65}, (_, index) => String(1001 + index));
    const users = numbers.map((number) => ({number, name: number, password: '1234', type: USER_TYPE.common}));
    return onSite(
      async (site) => {
        const [alice, ...others] = await Promise.all(numbers.map((number) => site.client(number)));
        const {cid} = await alice!.gather(numbers.slice(1, -1));
        await Promise.all(others.slice(0, -1).map((client) => client.incoming.next()));
        assert.equal((await list(alice!, cid)).length, 64);
        const {code} = await alice!.ask(API_HEADER.addMember, {cid, number: numbers.at(-1)});
        assert.equal(code, API_CODE.noFreePort);
      },
      {users},
    );
  });
});
