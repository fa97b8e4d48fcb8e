import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {API_CODE, API_HEADER, CALL_OPERATION, CALL_TYPE} from '../../../src/dispatch/protocol.js';
import type {ScriptedCall} from '../../support/scripted/scripted-call.js';
import type {ScriptedClient} from '../../support/scripted/scripted-client.js';
import {hear, meeting, toneOf} from '../../support/scripted/scripted-meeting.js';
import {onSite, type ScriptedSite} from '../../support/scripted/scripted-site.js';
import {voice} from '../../support/scripted/scripted-voice.js';

const {bargeIn, listenIn, remove, removeOther} = CALL_OPERATION;
const picture = (name: string) => (packet: {kind: string; name: string; key: boolean}) =>
  packet.kind === 'video' && packet.name === name;
/** The direction of each line, as it was offered. */
const directions = ({description}: ScriptedCall): string[] =>
  [...description.matchAll(/^a=(sendrecv|sendonly|recvonly|inactive)/gm)].map(([, direction]) => direction!);

interface Talkers {
  readonly cid: string;
  readonly clients: readonly ScriptedClient[];
  readonly calls: readonly ScriptedCall[];
}

/** 1003 and 1004 talk, each with its tone. */
async function talk(site: ScriptedSite, media = 1): Promise<Talkers> {
  const clients = [await site.client('1003'), await site.client('1004')];
  const {cid, call} = await clients[0]!.call('1004', media);
  const calls = [call, await clients[1]!.answer()];
  for (const {name, media: own} of calls) own!.voice = voice(toneOf(name));
  return {cid, clients, calls};
}

/** A dispatcher goes into a call of others, with its tone. */
async function goesIn(
  dispatcher: ScriptedClient,
  operation: number,
  called: string,
  cid = '',
): Promise<ScriptedCall> {
  assert.equal((await dispatcher.operate(operation, called, cid)).code, 0);
  const call = await dispatcher.answer();
  call.media!.voice = voice(toneOf('1001'));
  return call;
}

describe('monitoring', () => {
  it('shows a camera to one who is offered to receive alone, with its sound, until he hangs up', () =>
    onSite(async (site) => {
      const alice = await site.client('1001');
      const {cid, call} = await alice.watch('1019');
      assert.equal(call.ids, `${cid}.14`);
      assert.deepEqual(directions(call), ['sendonly', 'sendonly']);
      assert.ok((await call.media!.hears(({kind}) => kind === 'video')).payload.length > 100);
      await call.media!.hears(({kind}) => kind === 'audio');
      await alice.sees('event 6');
      assert.deepEqual(alice.wire.slice(0, 4), ['reply 0', 'INVITE', 'ACK', 'event 6']);
      await call.hangup();
      await alice.forgets(cid);
    }));

  it('asks somebody for the picture alone, and shows it to several at once, from a key frame on', () =>
    onSite(async (site) => {
      const [alice, bob, carol] = [
        await site.client('1001'),
        await site.client('1002'),
        await site.client('1003'),
      ];
      const first = await alice.watch('1003');
      const one = await carol.incoming.next();
      assert.equal(one.ids, `${first.cid}.14`);
      assert.equal(one.caller.number, '1001');
      assert.deepEqual(directions(one), ['recvonly']);
      assert.doesNotMatch(one.description, /^m=audio/m);
      await one.answer();
      const second = await bob.watch('1003');
      await carol.answer();
      for (const {call} of [first, second]) {
        await call.media!.hears(picture('1003'));
        assert.equal(call.media!.heard.find(picture('1003'))!.key, true);
      }
      // The watched side ends one of them; the other continues.
      await one.hangup();
      await alice.forgets(first.cid);
      await second.call.media!.hears(picture('1003'));
      await second.call.hangup();
      await carol.forgets(second.cid);
    }));

  it('leaves a call alone that the watched one is in, and makes nobody busy', () =>
    onSite(async (site) => {
      const {clients, calls} = await talk(site);
      const alice = await site.client('1001');
      const {call} = await alice.watch('1003');
      await clients[0]!.answer();
      await call.media!.hears(picture('1003'));
      await hear(calls, {'1003': ['1004'], '1004': ['1003']});
      const {body} = await alice.ask(API_HEADER.queryPeople, {queryinfo: '1001', getemp: '1001'});
      assert.equal(body.find(({number}) => number === '1001')?.['state'], '1');
    }));

  it('tells that somebody declined, was not there, or answered without a picture', () =>
    onSite(
      async (site) => {
        const [alice, carol] = [await site.client('1001'), await site.client('1003')];
        for (const [what, state] of [
          [(call: ScriptedCall) => call.decline(603), 18],
          [(call: ScriptedCall) => call.decline(486), 8],
          [(call: ScriptedCall) => call.answer('inactive'), 16],
          [async () => undefined, 17],
        ] as const) {
          const {cid} = await alice.watch('1003');
          await what(await carol.incoming.next());
          await alice.forgets(cid);
          const told = alice.events.filter((event) => event['cid'] === cid).map((event) => event['state']);
          assert.deepEqual(told, ['6', String(state), '10']);
        }
      },
      {noAnswerTimeout: 1500},
    ));

  it('is refused with a code each', () =>
    onSite(async (site) => {
      const alice = await site.client('1001');
      await site.client('1016');
      const ask = async (body: Record<string, unknown>): Promise<number> =>
        Number((await alice.ask(API_HEADER.createVideoBug, body)).code);
      for (const [body, code] of [
        [{caller: '1001'}, API_CODE.badParameter],
        [{caller: '1001', called: []}, API_CODE.badParameter],
        [{called: '1003'}, API_CODE.badParameter],
        [{caller: '1002', called: '1003'}, API_CODE.notAllowed],
        [{caller: '1001', called: '4711'}, API_CODE.userDoesNotExist],
        [{caller: '1001', called: '1001'}, API_CODE.callee],
        [{caller: '1001', called: '1003'}, API_CODE.numberNotRegistered],
        [{caller: '1001', called: '1016'}, API_CODE.noVideo],
      ] as const)
        assert.equal(await ask(body), code, JSON.stringify(body));
    }));
});

describe("a member's picture", () => {
  it('goes to everybody who is named, whoever is shown in the room, and ends with the member', () =>
    onSite(async (site) => {
      const {cid, clients} = await meeting(site, ['1003', '1004'], 2);
      const erin = await site.client('1005');
      const {cid: shown, call} = await clients[0]!.place(clients[0]!.showMember(cid, '1004', '1001,1005'));
      assert.equal(call.ids, `${shown}.17`);
      assert.deepEqual(directions(call), ['sendonly']);
      const other = await erin.answer();
      assert.equal(other.ids, `${shown}.17`);
      assert.equal(other.caller.number, '1004');
      for (const {media} of [call, other]) {
        await media!.hears(picture('1004'));
        assert.equal(media!.heard.find(picture('1004'))!.key, true);
        assert.equal(
          media!.heard.every(({name}) => name === '1004'),
          true,
        );
      }
      await other.hangup();
      await call.media!.hears(picture('1004'));
      await clients[0]!.ask(API_HEADER.deleteMember, {cid, number: '1004'});
      await clients[0]!.forgets(shown);
    }));

  it('goes to those who are there, whoever is named beside them', () =>
    onSite(async (site) => {
      const {cid, clients} = await talk(site, 2);
      const erin = await site.client('1005');
      const {code, body} = await clients[0]!.showMember(cid, '1004', '1050,1005,1049');
      assert.equal(code, 0);
      const call = await erin.answer();
      await call.media!.hears(picture('1004'));
      const shown = String(body[0]!['cid']);
      assert.equal((await clients[0]!.ask(API_HEADER.forceEnd, {cid: shown})).code, 0);
      await erin.forgets(shown);
    }));

  it('ends where the call is put through and the member is not in it any more', () =>
    onSite(async (site) => {
      const {cid, clients, calls} = await talk(site, 2);
      const [dave, erin] = [await site.client('1006'), await site.client('1005')];
      const second = await clients[1]!.call('1006', 2);
      await dave.answer();
      const {body} = await clients[0]!.showMember(cid, '1004', '1005');
      const call = await erin.answer();
      await call.media!.hears(picture('1004'));
      const replaces = encodeURIComponent(second.call.replaces);
      assert.equal(await calls[1]!.refer(`<sip:1006@localhost?Replaces=${replaces}>`), 202);
      await erin.forgets(String(body[0]!['cid']));
    }));

  it('of a call of two goes to others alone, and ends with the call', () =>
    onSite(async (site) => {
      const {cid, clients, calls} = await talk(site, 2);
      const erin = await site.client('1005');
      const {code, body} = await clients[0]!.showMember(cid, '1004', '1005');
      assert.equal(code, 0);
      const call = await erin.answer();
      await call.media!.hears(picture('1004'));
      await calls[0]!.hangup();
      await erin.forgets(String(body[0]!['cid']));
    }));

  it('is refused with a code each', () =>
    onSite(async (site) => {
      const {cid, clients} = await meeting(site, ['1003', '1004'], 1);
      const [alice] = clients;
      const erin = await site.client('1005');
      await site.client('1006');
      await alice!.ask(API_HEADER.addMember, {cid, number: '1006', astype: 2, speakertype: 2});
      const {cid: watched} = await erin.watch('1019');
      for (const [client, [sid, member, calleds], code] of [
        [alice, ['', '1003', '1001'], API_CODE.badParameter],
        [alice, [cid, '', '1001'], API_CODE.badParameter],
        [alice, [cid, '1003', ' , '], API_CODE.badParameter],
        [alice, ['none', '1003', '1001'], API_CODE.sessionNotFound],
        [alice, [watched, '1019', '1001'], API_CODE.wrongCallType],
        [erin, [cid, '1003', '1005'], API_CODE.notAllowed],
        [alice, [cid, '1009', '1001'], API_CODE.memberNotFound],
        [alice, [cid, '1006', '1001'], API_CODE.notConnected],
        [alice, [cid, '1003', '1001'], API_CODE.videoNotSent],
      ] as const)
        assert.equal(
          (await client!.showMember(sid, member, calleds)).code,
          code,
          `${sid} ${member} ${calleds}`,
        );
    }));

  it("has the member's number or a free one, not that of another user, of an intercom group or of the PBX", () =>
    onSite(async (site) => {
      const {cid, clients} = await meeting(site, ['1003'], 2);
      const david = await site.client('1005');
      const show = async (sessnum: string): Promise<number> => {
        const body = {srccid: cid, srcnumber: '1003', sessnum, sessname: '西门', calleds: '1005'};
        return (await clients[0]!.ask(API_HEADER.transferVideo, body)).code;
      };
      for (const number of ['1002', '1001', '9001', '77'])
        assert.equal(await show(number), API_CODE.groupExists);
      assert.deepEqual(david.wire, []);
      for (const number of ['1003', '770']) {
        assert.equal(await show(number), 0);
        assert.equal((await david.incoming.next()).caller.number, number);
      }
    }));

  it('is not sent to nobody, to the member, or to whom nobody knows', () =>
    onSite(async (site) => {
      const {cid, clients} = await meeting(site, ['1003'], 2);
      for (const [calleds, code] of [
        ['4711', API_CODE.userDoesNotExist],
        ['1003', API_CODE.callee],
        ['1009', API_CODE.numberNotRegistered],
      ] as const)
        assert.equal((await clients[0]!.showMember(cid, '1003', calleds)).code, code, calleds);
    }));
});

describe('a call of others', () => {
  it('is gone into: all hear each other, and the two go on when he has left', () =>
    onSite(async (site) => {
      const {cid, calls} = await talk(site, 2);
      const alice = await site.client('1001');
      const call = await goesIn(alice, bargeIn, '1004');
      assert.equal(call.ids, `${cid}.6`);
      assert.deepEqual(directions(call), ['sendrecv', 'sendonly']);
      const all = [...calls, call];
      await hear(all, {'1001': ['1003', '1004'], '1003': ['1001', '1004'], '1004': ['1001', '1003']});
      await call.media!.hears(({kind}) => kind === 'video');
      await Promise.all([calls[0]!.media!.hears(picture('1004')), calls[1]!.media!.hears(picture('1003'))]);
      await call.hangup();
      await alice.forgets(cid);
      await hear(calls, {'1003': ['1004'], '1004': ['1003']});
      await Promise.all([calls[0]!.media!.hears(picture('1004')), calls[1]!.media!.hears(picture('1003'))]);
      // And once more, since nothing is left of it.
      await goesIn(alice, bargeIn, '1003', cid);
    }));

  it('is listened to by one who is heard by none, and ends for him with it', () =>
    onSite(async (site) => {
      const {cid, clients, calls} = await talk(site);
      const alice = await site.client('1001');
      const call = await goesIn(alice, listenIn, '1003', cid);
      assert.equal(call.ids, `${cid}.8`);
      assert.deepEqual(directions(call), ['sendonly']);
      await hear([...calls, call], {'1001': ['1003', '1004'], '1003': ['1004'], '1004': ['1003']});
      // A member on hold is not heard, and comes back.
      await calls[0]!.reinvite('sendonly');
      await hear([call], {'1001': ['1004']});
      await calls[0]!.reinvite('sendrecv');
      await hear([...calls, call], {'1001': ['1003', '1004'], '1004': ['1003']});
      await calls[1]!.hangup();
      await Promise.all([alice.forgets(cid), clients[0]!.forgets(cid)]);
    }));

  it('is gone into by one who has just stopped listening, who learns that he has left before he is in again', () =>
    onSite(async (site) => {
      const {calls} = await talk(site);
      const alice = await site.client('1001');
      for (const operation of [listenIn, listenIn, bargeIn]) {
        const call = await goesIn(alice, operation, '1003');
        await alice.sees('event 6');
        const before = alice.wire.length;
        // One right after the other, as a client does that turns listening into barging in.
        const [, {code}] = await Promise.all([call.hangup(), alice.operate(bargeIn, '1003')]);
        assert.equal(code, 0);
        const again = await alice.answer();
        await alice.sees('event 6');
        assert.deepEqual(alice.wire.slice(before, before + 3), ['event 10', 'reply 0', 'INVITE']);
        again.media!.voice = voice(toneOf('1001'));
        await hear(calls, {'1003': ['1001', '1004'], '1004': ['1001', '1003']});
        await again.hangup();
        await alice.forgets(again.ids!.split('.')[0]!);
      }
    }));

  it('goes on with the one who has gone in where one of them is put out', () =>
    onSite(async (site) => {
      const {cid, clients, calls} = await talk(site);
      const alice = await site.client('1001');
      const call = await goesIn(alice, bargeIn, '1003', cid);
      await hear([call], {'1001': ['1003', '1004']});
      assert.equal((await alice.operate(removeOther, '1003', cid)).code, 0);
      await clients[1]!.sees('event 19');
      await clients[1]!.forgets(cid);
      await hear([calls[0]!, call], {'1001': ['1003'], '1003': ['1001']});
      // He has nobody to put through.
      assert.equal(await calls[0]!.refer('<sip:1005@localhost>'), 491);
      assert.equal((await alice.operate(remove, '1004', cid)).code, API_CODE.memberNotFound);
      await call.hangup();
      await clients[0]!.forgets(cid);
    }));

  for (const [what, operation] of [
    ['one', remove],
    ['the other one', removeOther],
  ] as const)
    it(`is over where ${what} of two is put out`, () =>
      onSite(async (site) => {
        const {cid, clients} = await talk(site);
        const alice = await site.client('1001');
        assert.equal((await alice.operate(operation, '1003')).code, 0);
        await clients[operation === remove ? 0 : 1]!.sees('event 19');
        for (const client of clients) await client.forgets(cid);
        assert.equal(clients[operation === remove ? 1 : 0]!.wire.includes('event 19'), false);
      }));

  it('may be a conference, whose members do not count him, and out of which one is put', () =>
    onSite(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003', '1004']);
      await calls[0]!.hangup();
      await clients[0]!.forgets(cid);
      const heard = await goesIn(clients[0]!, bargeIn, '1003', cid);
      await hear([...calls.slice(1), heard], {
        '1001': ['1003', '1004'],
        '1003': ['1001', '1004'],
        '1004': ['1001', '1003'],
      });
      const {body} = await clients[0]!.ask(API_HEADER.allMembers, {cid});
      assert.deepEqual(
        body.map(({number}) => number),
        ['1003', '1004'],
      );
      assert.equal((await clients[0]!.operate(remove, '1003', cid)).code, 0);
      await clients[1]!.sees('event 19');
      await hear([calls[2]!, heard], {'1001': ['1004'], '1004': ['1001']});
      await calls[2]!.hangup();
      await clients[0]!.forgets(cid);
    }));

  it('goes on with others where one is put through to somebody else while he is in', () =>
    onSite(async (site) => {
      const {cid, calls} = await talk(site);
      const [alice, erin] = [await site.client('1001'), await site.client('1005')];
      const call = await goesIn(alice, bargeIn, '1003', cid);
      assert.equal(await calls[0]!.refer('<sip:1005@localhost>'), 202);
      const next = await erin.answer();
      next.media!.voice = voice(toneOf('1005'));
      await hear([calls[1]!, call, next], {
        '1001': ['1004', '1005'],
        '1004': ['1001', '1005'],
        '1005': ['1001', '1004'],
      });
    }));

  it('is left alone where the request is refused, with a code each', () =>
    onSite(async (site) => {
      const {cid, clients} = await talk(site);
      const [alice, erin] = [await site.client('1001'), await site.client('1005')];
      const {cid: watched} = await erin.watch('1019');
      const ask = async (client: ScriptedClient, body: Record<string, unknown>): Promise<number> =>
        Number((await client.ask(API_HEADER.callOperation, body)).code);
      const me = {CallOpType: 1, caller: '1001', receiver: '1001', called: '1003', cid};
      for (const [change, code] of [
        [{CallOpType: 5}, API_CODE.badParameter],
        [{called: ''}, API_CODE.badParameter],
        [{cid: 7}, API_CODE.badParameter],
        [{receiver: '1002'}, API_CODE.notAllowed],
        [{caller: '1002'}, API_CODE.notAllowed],
        [{called: '4711'}, API_CODE.userDoesNotExist],
        [{cid: 'none'}, API_CODE.sessionNotFound],
        [{cid: watched}, API_CODE.wrongCallType],
        [{called: '1005'}, API_CODE.memberNotFound],
        [{called: '1005', cid: ''}, API_CODE.noFittingCall],
      ] as const)
        assert.equal(await ask(alice, {...me, ...change}), code, JSON.stringify(change));
      assert.equal(await ask(erin, {...me, caller: '1005', receiver: '1005'}), API_CODE.notADispatcher);
      await goesIn(alice, listenIn, '1003', cid);
      assert.equal((await alice.operate(bargeIn, '1003', cid)).code, API_CODE.wrongSessionState);
      for (const {wire} of clients) assert.equal(wire.includes('event 10'), false);
    }));

  it('has to stand, and to be the only one where none is named; of several members nobody is the other one', () =>
    onSite(async (site) => {
      const {cid, clients} = await meeting(site, ['1003', '1004']);
      const bob = await site.client('1002');
      assert.equal((await bob.operate(removeOther, '1003', cid)).code, API_CODE.wrongCallType);
      assert.equal((await clients[0]!.operate(bargeIn, '1003', cid)).code, API_CODE.wrongSessionState);
      const second = await clients[1]!.call('1002');
      assert.equal((await clients[0]!.operate(bargeIn, '1003', second.cid)).code, API_CODE.wrongSessionState);
      await bob.answer();
      assert.equal((await clients[0]!.operate(bargeIn, '1003')).code, API_CODE.noFittingCall);
      const erin = await site.client('1005');
      await clients[0]!.ask(API_HEADER.addMember, {cid, number: '1005', astype: 2, speakertype: 2});
      await erin.incoming.next();
      assert.equal((await bob.operate(bargeIn, '1005', cid)).code, API_CODE.notConnected);
    }));
});

describe('an urgent call', () => {
  for (const ctype of [CALL_TYPE.urgent, CALL_TYPE.sos])
    it(`is placed as any call of two, with its type ${ctype} in INVITE and events`, () =>
      onSite(async (site) => {
        const [alice, carol] = [await site.client('1001'), await site.client('1003')];
        const asked = alice.ask(API_HEADER.createCall, {caller: '1001', ctype, members: '1003', isVideo: 1});
        const {cid, call} = await alice.place(asked);
        assert.equal(call.ids, `${cid}.${ctype}`);
        assert.equal((await carol.answer()).ids, `${cid}.${ctype}`);
        await alice.sees('event 6');
        assert.ok(alice.events.every(({type}) => type === String(ctype)));
      }));
});
