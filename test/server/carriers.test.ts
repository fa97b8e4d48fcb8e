import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, describe, it} from 'node:test';
import {API_CODE, API_HEADER, CALL_TYPE} from '../../src/dispatch/protocol.js';
import {startServer, type DispatchServer} from '../../server/server.js';
import {RawApi, type RawApiMessage} from '../support/scripted/raw-api.js';
import {RawSip} from '../support/scripted/raw-sip.js';
import {askOverSip, essence, REQUESTS, session} from '../support/scripted/api-requests.js';
import type {ScriptedClient} from '../support/scripted/scripted-client.js';
import {onSite} from '../support/scripted/scripted-site.js';

describe('the two carriers of the API', () => {
  let server: DispatchServer;
  let phone: RawSip;
  let called: RawSip;
  let api: RawApi;

  before(async () => {
    server = await startServer({port: 0});
    phone = await RawSip.registered(server.url, '1001');
    called = await RawSip.registered(server.url, '1002');
    api = await RawApi.loggedIn(server.url, '1001');
  });

  after(async () => {
    await api.close();
    await phone.close();
    await called.close();
    await server.close();
  });

  const overSip = (text: string): Promise<RawApiMessage> => askOverSip(phone, text);
  const overSocket = (text: string): Promise<RawApiMessage> => {
    const {msgid} = JSON.parse(text) as {msgid: string};
    api.send(text);
    return api.inbox.next((message) => message.msgid === msgid);
  };
  const write = (header: string, body: unknown): string =>
    JSON.stringify({msgid: randomUUID(), header, body});

  for (const [header, body] of REQUESTS)
    it(`answer alike, also when the socket dies in the middle: ${header} ${JSON.stringify(body)}`, async () => {
      const sip = await overSip(write(header, body));
      const socket = await overSocket(write(header, body));
      assert.deepEqual(essence(socket), essence(sip));
      const dying = await RawApi.loggedIn(server.url, '1001');
      const text = write(header, body);
      dying.send(text);
      const again = overSip(text);
      await dying.close();
      assert.deepEqual(essence(await again), essence(sip));
    });

  it('make one session of a request that comes on both', async () => {
    const before = server.stats()['sessions']!;
    const text = write(API_HEADER.createCall, {...session, ctype: 12});
    const first = await overSocket(text);
    const second = await overSip(text);
    assert.equal(first.code, 0);
    assert.deepEqual(second, first);
    assert.equal(server.stats()['sessions'], before + 1);
  });

  it('do again what a page asks again on the same socket, whatever it calls it', async () => {
    const text = JSON.stringify({
      msgid: 'always',
      header: API_HEADER.createCall,
      body: {...session, ctype: 12},
    });
    const [first, second] = [await overSocket(text), await overSocket(text)];
    assert.notEqual(first.body[0]?.['cid'], second.body[0]?.['cid']);
  });
});

/** Sends a request on one carrier, or on both: then the socket of carrier 2 dies before the reply. */
type Ask = (header: string, body: Record<string, unknown>) => Promise<RawApiMessage>;

/** Sessions of every kind from their beginning to their end, each member real; what was replied, in order. */
async function lifeOfSessions(ask: Ask, clients: readonly ScriptedClient[]): Promise<unknown[]> {
  const [alice, carol, dave] = clients;
  const replies: unknown[] = [];
  const does = async (header: string, body: Record<string, unknown>): Promise<RawApiMessage> => {
    const reply = await ask(header, body);
    assert.equal(reply.code, API_CODE.none, `${header} ${JSON.stringify(body)}`);
    replies.push(essence(reply));
    return reply;
  };
  const create = async (body: Record<string, unknown>): Promise<string> => {
    const {cid} = await alice!.place(does(API_HEADER.createCall, {...session, isVideo: 2, ...body}));
    return cid;
  };

  const cid = await create({ctype: CALL_TYPE.temporaryConference, members: '1003,1004', sessnum: '700'});
  await carol!.answer();
  await dave!.answer();
  const list = (): Promise<RawApiMessage> => does(API_HEADER.allMembers, {cid});
  for (const [header, field] of [
    [API_HEADER.memberSpeak, 'stype'],
    [API_HEADER.memberHear, 'htype'],
    [API_HEADER.memberPush, 'ptype'],
  ] as const)
    for (const type of [1, 2]) {
      await does(header, {cid, number: '1003', [field]: type});
      await list();
    }
  await does(API_HEADER.deleteMember, {cid, number: '1004'});
  await dave!.forgets(cid);
  await list();
  await does(API_HEADER.addMember, {cid, number: '1004', astype: 2, speakertype: 2});
  await dave!.answer();
  await list();
  await does(API_HEADER.forceEnd, {cid});
  await Promise.all([carol!.forgets(cid), dave!.forgets(cid)]);

  const broadcast = await create({ctype: CALL_TYPE.broadcast, members: '1003'});
  await carol!.answer();
  await does(API_HEADER.allMembers, {cid: broadcast});
  await does(API_HEADER.forceEnd, {cid: broadcast});
  await carol!.forgets(broadcast);

  const file = {FileID: 'sample-sound'};
  for (const ctype of [CALL_TYPE.temporaryConference, CALL_TYPE.broadcast, CALL_TYPE.filePlay]) {
    const asked = does(API_HEADER.createCallPlayFile, {...session, ctype, members: '1003', ...file});
    const {cid: played} = await alice!.place(asked);
    await carol!.answer();
    const stop = (): Promise<RawApiMessage> => does(API_HEADER.playFileStop, {cid: played, ...file});
    // Stopped and played once each, or it would be refused the second time.
    await stop();
    await does(API_HEADER.playFile, {cid: played, ...file, RePlayNum: '"2"', playnow: '1'});
    await carol!.seesMember({cid: played, number: 'sample-sound', times: '2'});
    await stop();
    await does(API_HEADER.forceEnd, {cid: played});
    await carol!.forgets(played);
  }

  const {body} = await does(API_HEADER.createVideoBug, {caller: '1001', called: '1003', codec: '*7*101'});
  const watched = String(body[0]!['cid']);
  await carol!.answer();
  await does(API_HEADER.forceEnd, {cid: watched});
  await carol!.forgets(watched);

  const urgent = await create({ctype: CALL_TYPE.urgent, members: '1003'});
  await carol!.answer();
  await does(API_HEADER.transferVideo, {srccid: urgent, srcnumber: '1003', calleds: '1004'});
  await dave!.answer();
  const operation = {CallOpType: 3, caller: '1001', called: '1003', cid: '', receiver: '1001'};
  await does(API_HEADER.callOperation, operation);
  await carol!.forgets(urgent);

  const call = await create({ctype: CALL_TYPE.singleEnhanced, members: '1003'});
  await carol!.answer();
  await does(API_HEADER.forceEnd, {cid: call});
  await carol!.forgets(call);

  const intercom = await create({ctype: CALL_TYPE.temporaryIntercom, members: '1003', sessnum: '701'});
  await carol!.answer();
  const floor = {caller: '1001', ctype: 13, members: '701', isVideo: 1};
  await does(API_HEADER.applySpeak, {...floor, optype: 55});
  await does(API_HEADER.applySpeak, {...floor, optype: 56});
  await does(API_HEADER.intercomJoin, {caller: '1001', members: '701'});
  await does(API_HEADER.forceEnd, {cid: intercom});
  await carol!.forgets(intercom);

  await does(API_HEADER.tracePositions, {type: 1, getemp: '1001', emps: '1010'});
  // What was requested twice was done once.
  for (const client of [carol!, dave!]) assert.equal(client.incoming.rest.length, 0);
  return replies;
}

describe('the two carriers of the API, in sessions that run', () => {
  it('do the same, also when the socket dies in the middle', async () => {
    const told: unknown[][] = [];
    for (const way of ['sip', 'socket', 'dying socket'] as const)
      await onSite(async ({server, client}) => {
        const clients = [
          await client('1001', way === 'socket' ? 2 : 1),
          await client('1003'),
          await client('1004'),
        ];
        const ask: Ask = async (header, body) => {
          const msgid = randomUUID();
          if (way === 'dying socket') {
            const dying = await RawApi.loggedIn(server.url, '1001');
            dying.send(JSON.stringify({msgid, header, body}));
            await dying.close();
          }
          return clients[0]!.ask(header, body, msgid);
        };
        told.push(await lifeOfSessions(ask, clients));
      });
    const [sip, socket, dying] = told;
    assert.equal(sip!.length, 49);
    assert.deepEqual(socket, sip);
    assert.deepEqual(dying, sip);
  });
});

describe('carrier 2 of one of several registrations of a user', () => {
  it('belongs to the one that had asked last how to log in', () =>
    onSite(async (site) => {
      const [first, second] = [await site.client('1001', 2), await site.client('1001', 2)];
      // Newer than both, and asks nothing.
      const third = await site.client('1001');
      await site.client('1002');
      const invited = (times: number): Promise<ScriptedClient> =>
        Promise.race(
          [first, second, third].map(async (client) => {
            await client.sees('INVITE', times);
            return client;
          }),
        );
      for (const asker of [second, first]) {
        const {code} = await asker.createCall('1002');
        assert.equal(code, API_CODE.none);
        assert.ok((await invited(1)) === asker);
        await asker.sees('ACK');
        await asker.sees('event 3');
        asker.wire.length = 0;
      }
    }));
});
