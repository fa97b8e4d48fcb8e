import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {API_CODE, API_HEADER} from '../../../src/dispatch/protocol.js';
import type {ScriptedClient} from '../../support/scripted/scripted-client.js';
import {meeting} from '../../support/scripted/scripted-meeting.js';
import {onSite, type ScriptedSite} from '../../support/scripted/scripted-site.js';

const {allMembers, memberSpeak, memberHear, memberPush, playFile, playFileStop, forceEnd} = API_HEADER;

/** Two dispatchers who follow a conference without taking part, on different carriers. */
async function consoles(site: ScriptedSite, cid: string): Promise<[ScriptedClient, ScriptedClient]> {
  const pair: [ScriptedClient, ScriptedClient] = [await site.client('1002', 2), await site.client('1023')];
  for (const client of pair) assert.equal((await client.ask(allMembers, {cid})).code, 0);
  return pair;
}

const members = async (client: ScriptedClient, cid: string): Promise<Record<string, unknown>[]> =>
  (await client.ask(allMembers, {cid})).body.map(({talking: _, ...member}) => member);

/** What a console shows after all events: the last change of each member. */
const shown = ({memberChanges}: ScriptedClient, number: string): Record<string, unknown> | undefined => {
  const last = memberChanges.findLast((change) => change['number'] === number);
  if (!last) return undefined;
  const {talking: _, cid: _cid, ...member} = last;
  return member;
};

describe('two consoles at one conference', () => {
  it('show each other’s changes, though neither takes part', (test) =>
    onSite(async (site) => {
      const {cid} = await meeting(site, ['1003', '1004'], 2);
      const pair = await consoles(site, cid);
      const changes: [string, Record<string, unknown>, Record<string, string>][] = [
        [memberSpeak, {stype: 1}, {speak: '1'}],
        [memberHear, {htype: 1}, {hear: '1'}],
        [memberPush, {ptype: 1}, {push: '1'}],
        [API_HEADER.deleteMember, {}, {state: '19'}],
      ];
      const delays: number[] = [];
      for (const [index, [header, body, change]] of changes.entries()) {
        const [one, other] = index % 2 ? pair : pair.toReversed();
        const asked = performance.now();
        assert.equal((await one!.ask(header, {cid, number: '1003', ...body})).code, 0);
        await other!.seesMember({cid, number: '1003', ...change});
        delays.push(performance.now() - asked);
      }
      // The goal is a second; a test waits for facts, so it prints the figure.
      test.diagnostic(`the other console saw a change after ${Math.max(...delays).toFixed(0)} ms at most`);
      await pair[0].ask(playFile, {cid, FileID: 'sample-sound', RePlayNum: '"9"', playnow: '1'});
      await pair[1].seesMember({cid, number: 'sample-sound', state: '6'});
      await pair[1].ask(playFileStop, {cid, FileID: 'sample-sound'});
      await pair[0].seesMember({cid, number: 'sample-sound', state: '10'});
    }));

  it('come to one state where their commands cross, and show it', () =>
    onSite(async (site) => {
      const {cid} = await meeting(site, ['1003', '1004'], 2);
      const pair = await consoles(site, cid);
      for (let round = 0; round < 8; round += 1)
        await Promise.all(
          pair.flatMap((client, index) => {
            const on = (round + index) % 2;
            const number = on ? '1003' : '1004';
            return [
              client.ask(memberSpeak, {cid, number: '1003', stype: 1 + on}),
              client.ask(memberHear, {cid, number: '1004', htype: 2 - on}),
              client.ask(memberPush, {cid, number, ptype: 1}),
              client.ask(on ? playFile : playFileStop, {cid, FileID: 'sample-sound', RePlayNum: '"9"'}),
            ];
          }),
        );
      await pair[0].ask(playFileStop, {cid, FileID: 'sample-sound'});
      const state = await members(pair[0], cid);
      assert.deepEqual(await members(pair[1], cid), state);
      assert.equal(state.filter(({push}) => push === '1').length, 1);
      assert.deepEqual(
        state.map(({number}) => number),
        ['1001', '1003', '1004'],
      );
      for (const member of state.slice(1))
        for (const client of pair) assert.deepEqual(shown(client, String(member['number'])), member);
    }));

  it('are both told of the end, whoever asks for it', () =>
    onSite(async (site) => {
      const {cid, clients} = await meeting(site, ['1003']);
      const pair = await consoles(site, cid);
      const codes = await Promise.all(pair.map(async (client) => (await client.ask(forceEnd, {cid})).code));
      // The later one may find it ended.
      assert.ok(codes.includes(0));
      for (const code of codes) assert.ok(code === 0 || code === API_CODE.sessionNotFound);
      for (const client of pair) {
        await client.sees('event 10');
        assert.deepEqual(client.events, [{...client.events[0], cid, type: '5', state: '10', direction: '0'}]);
      }
      await clients[1]!.sees('event 10');
    }));

  it('tell nobody who only looks in, and may not', () =>
    onSite(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003', '1004']);
      const stranger = await site.client('1005');
      assert.equal((await stranger.ask(allMembers, {cid})).code, API_CODE.notAllowed);
      // A member who watched receives nothing after leaving.
      await clients[1]!.ask(allMembers, {cid});
      await calls[1]!.hangup();
      await clients[1]!.sees('event 10');
      const told = clients[1]!.memberChanges.length;
      await clients[0]!.ask(memberSpeak, {cid, number: '1004', stype: 1});
      await clients[2]!.seesMember({number: '1004', speak: '1'});
      await clients[1]!.ask(API_HEADER.allGroups, {});
      assert.equal(clients[1]!.memberChanges.length, told);
      assert.deepEqual(stranger.memberChanges, []);
    }));
});
