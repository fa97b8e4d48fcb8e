import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {GROUPS, USERS} from '../../../server/users.js';
import {startServer, type DispatchServer} from '../../../server/server.js';
import {RawApi, type RawApiMessage} from '../../support/scripted/raw-api.js';
import {RawSip} from '../../support/scripted/raw-sip.js';
import {ScriptedClient} from '../../support/scripted/scripted-client.js';

let server: DispatchServer;
before(async () => {
  server = await startServer({port: 0, positionInterval: 30});
});
after(() => server.close());

describe('the sample organisation', () => {
  it('has 3 levels and 60 people, 4 of them cameras', () => {
    const parents = new Map(GROUPS.map(({number, parent}) => [number, parent]));
    const level = (number: string): number => (number ? 1 + level(parents.get(number) ?? '') : 0);
    assert.deepEqual(
      [...new Set(GROUPS.map(({number}) => level(number)))].sort((one, other) => one - other),
      [1, 2, 3],
    );
    assert.equal(USERS.length, 60);
    assert.equal(new Set(USERS.map(({number}) => number)).size, 60);
    assert.equal(USERS.filter(({type}) => type === 7).length, 4);
    for (const {group} of USERS) assert.ok(group && parents.has(group));
    for (const {parent} of GROUPS) assert.ok(parent === '' || parents.has(parent));
  });
});

describe('the directory', () => {
  let api: RawApi;
  let phone: RawSip;

  beforeEach(async () => {
    phone = await RawSip.registered(server.url, '1001');
    api = await RawApi.loggedIn(server.url, '1001');
  });

  afterEach(async () => {
    await api.close();
    await phone.close();
  });

  const ask = (header: string, body: object = {}): Promise<RawApiMessage> =>
    api.ask({header, msgid: header, body});

  it('lists every group with the one above it', async () => {
    const {code, body} = await ask('data.get.allgroup', {type: -1, dnsprefix: '', getemp: '1001'});
    assert.equal(code, 0);
    assert.equal(body.length, GROUPS.length);
    assert.deepEqual(body[1], {
      groupnum: '8100',
      groupname: '调度部 Dispatch',
      parent: '8000',
      type: '0',
    });
  });

  it('lists who belongs to a group, with states as texts', async () => {
    const {code, body} = await ask('data.get.groupemps', {groupnum: '8110', getemp: '1001'});
    assert.equal(code, 0);
    assert.deepEqual(
      body.map(({number, state}) => [number, state]),
      [
        ['1001', '1'],
        ['1002', '0'],
        ['1023', '0'],
        ['1024', '0'],
      ],
    );
    assert.deepEqual(body[0], {number: '1001', name: '王芳', type: '0', state: '1', groupnum: '8110'});
  });

  it('takes numbers for texts and texts for numbers', async () => {
    const {body} = await ask('data.get.groupemps', {groupnum: 8410, type: '7', getemp: 1001});
    assert.deepEqual(
      body.map(({number}) => number),
      ['1019', '1020', '1021', '1022'],
    );
  });

  it('finds people by a part of the name or of the number', async () => {
    const numbers = async (queryinfo: string): Promise<unknown[]> =>
      (await ask('data.query.emps', {queryinfo, getemp: '1001'})).body.map(({number}) => number);
    assert.deepEqual(await numbers('王'), ['1001', '1028']);
    assert.deepEqual(await numbers('aNNa'), ['1003']);
    assert.deepEqual(await numbers('1060'), ['1060']);
    assert.deepEqual(await numbers('nobody at all'), [undefined]);
  });

  it('finds people by their type', async () => {
    const {body} = await ask('data.get.empbytype', {type: 7, getemp: '1001'});
    assert.equal(body.length, 4);
    assert.ok(body.every(({type}) => type === '7'));
  });

  for (const [header, body, code] of [
    ['data.get.groupemps', {groupnum: '4711'}, 1110],
    ['data.get.groupemps', {groupnum: {}}, 1008],
    ['data.query.emps', {queryinfo: ' '}, 1008],
    ['data.get.empbytype', {type: 'seven'}, 1008],
    ['gis.get.emppos', {}, 1008],
    ['gis.set.trace', {type: 3, emps: '1010'}, 1008],
    ['gis.set.trace', {type: 1, emps: '4711'}, 1106],
    ['data.query.emps', {queryinfo: '王', getemp: '1002'}, 1107],
  ] as const)
    it(`answers ${header} ${JSON.stringify(body)} with ${code}`, async () => {
      assert.equal((await ask(header, body)).code, code);
    });

  it('knows where people with a handheld are, and that they move', async () => {
    const place = async (): Promise<Record<string, unknown>> =>
      (await ask('gis.get.emppos', {emps: '1010, 1001;4711'})).body[0]!;
    assert.equal((await ask('gis.get.emppos', {emps: '1010 1010,1010'})).body.length, 1);
    const first = await place();
    assert.equal(first['number'], '1010');
    for (const name of ['lng', 'lat', 'time']) assert.match(String(first[name]), /^\d+(\.\d+)?$/);
    let later = first;
    while (later['lng'] === first['lng']) later = await place();
    assert.ok(Math.abs(Number(later['lng']) - Number(first['lng'])) < 0.001);
  });

  it('tells of positions until nobody wants to know', async () => {
    assert.equal((await ask('gis.set.trace', {type: 1, emps: '1010,1019', getemp: '1001'})).code, 0);
    const seen = new Set<unknown>();
    while (seen.size < 4) {
      const {header, body} = await api.inbox.next();
      assert.equal(header, 'GIS.Position.Change');
      seen.add(body[0]!['number']).add(body[0]!['lng']);
    }
    api.send(JSON.stringify({header: 'gis.set.trace', body: {type: 2, emps: '1010,1019'}}));
    // In the order of their arrival: none may come after the reply.
    let told = await api.inbox.next();
    while (told.header === 'GIS.Position.Change') told = await api.inbox.next();
    assert.equal(told.header, 'gis.set.trace.CB');
    assert.equal((await ask('no.such')).header, 'no.such.CB');
  });

  it('tells those who have asked for somebody whether he can be reached, and that he is in a call', async () => {
    await ask('data.get.groupemps', {groupnum: '8310'});
    const state = async (): Promise<unknown> => {
      const {body} = await api.inbox.next(({header}) => header === 'Data.Emp.State.Change');
      return body[0];
    };
    const anna = await ScriptedClient.start(server.url, '1003');
    assert.deepEqual(await state(), {number: '1003', state: '1'});
    const bob = await ScriptedClient.start(server.url, '1002');
    const {call} = await anna.call('1002');
    assert.deepEqual(await state(), {number: '1003', state: '2'});
    await call.hangup();
    assert.deepEqual(await state(), {number: '1003', state: '1'});
    await anna.close();
    assert.deepEqual(await state(), {number: '1003', state: '0'});
    await bob.close();
  });
});
