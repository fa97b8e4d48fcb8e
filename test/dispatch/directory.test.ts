import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {
  readAll,
  readGroup,
  readPerson,
  readPosition,
  readState,
} from '../../src/dispatch/directory-reader.js';
import {SipError} from '../../src/errors.js';
import type {Position} from '../../src/core/directory/people.js';
import {message, WireClient, WireDispatch, type Reaction} from '../support/wire/wire-dispatch.js';

/** Replies with a whole body. */
const reply =
  (body: unknown, code: number | string = 0): Reaction =>
  (request, server) =>
    server.send(JSON.stringify({header: `${request.header}.CB`, code, body}));

describe('reading the directory', () => {
  it('takes whatever comes for a thing with a number, or for nothing', () => {
    for (const read of [readGroup, readPerson, readPosition])
      fc.assert(
        fc.property(fc.jsonValue(), (raw) => {
          const thing = read(raw);
          expect(thing === undefined || (thing.number !== '' && thing.raw === raw)).to.equal(true);
        }),
      );
  });

  it('takes whatever stands in the places of the fields', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (one, two, three) => {
        const person = readPerson({number: 1001, name: one, type: two, state: three, groupnum: one});
        expect(person).to.include({number: '1001'});
        expect(typeof person!.name).to.equal('string');
        expect(person!.state).to.be.oneOf(['offline', 'online', 'busy', undefined]);
        const place = readPosition({number: '1', lng: one, lat: two, time: three});
        expect(!place || (Math.abs(place.lng) <= 180 && Math.abs(place.lat) <= 90)).to.equal(true);
      }),
    );
  });

  it('knows the states', () => {
    expect(['0', 1, ' 2 ', '3', null, 'on'].map(readState)).to.deep.equal([
      'offline',
      'online',
      'busy',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('takes a group that is its own parent, or has 0 above it, for one at the top', () => {
    for (const parent of ['8', 8, '0', 0, -1, '', null, undefined])
      expect(readGroup({groupnum: 8, groupname: 'A', parent})?.parent).to.equal('');
  });

  for (const [time, expected] of [
    [1_764_061_200_000, 1_764_061_200_000],
    ['1764061200', 1_764_061_200_000],
    ['2025-11-25T09:00:00Z', 1_764_061_200_000],
    ['2025-11-25 09:00:00', new Date(2025, 10, 25, 9).getTime()],
    ['soon', undefined],
    [1e20, undefined],
    [0, undefined],
  ] as const)
    it(`reads the time ${time}`, () => {
      expect(readPosition({number: '1', lng: '121.5', lat: 29, time})?.time).to.equal(expected);
    });

  it('names nobody twice', () => {
    const people = [{number: 1}, {number: '1', name: 'again'}, {number: '2'}, {}, null, 5];
    expect(readAll(message(JSON.stringify({header: 'x', body: people})), readPerson)).to.have.length(2);
  });
});

describe('client.directory', () => {
  let server: WireDispatch;
  let client: WireClient;

  beforeEach(async () => {
    server = new WireDispatch();
    client = new WireClient(server.wire, {user: '1001'});
    await client.connect();
    await client.register();
  });

  afterEach(async () => {
    await client.disconnect();
    await server.close();
  });

  const code = (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => 'done',
      (error: unknown) => (error instanceof SipError ? error.code : String(error)),
    );

  const asked = (): unknown[] => server.requests.map(({header, body}) => [header, body]);

  it('asks as the protocol wants it', async () => {
    const {directory} = client;
    await directory.groups();
    await directory.members('8110');
    await directory.search(' 王 ');
    await directory.byType(7);
    await directory.positions('1010, 1011;sip:1012@wire.test');
    expect(asked()).to.deep.equal([
      ['data.get.allgroup', {type: -1, dnsprefix: '', getemp: '1001'}],
      ['data.get.groupemps', {type: -1, dnsprefix: '', getemp: '1001', groupnum: '8110'}],
      ['data.query.emps', {queryinfo: '王', getemp: '1001'}],
      ['data.get.empbytype', {type: 7, getemp: '1001'}],
      ['gis.get.emppos', {emps: '1010,1011,1012'}],
    ]);
    server.requests.length = 0;
    expect([await directory.search('  '), await directory.positions([])]).to.deep.equal([[], []]);
    expect(asked()).to.deep.equal([]);
  });

  it('gives groups, people and positions, and what the server sent', async () => {
    const raw = {number: 1010, name: '杨帆', type: '1', state: '2', more: true};
    server.reactions['data.get.allgroup'] = reply([
      {groupnum: 8, groupname: 'A', parent: '0', type: '3'},
      {},
    ]);
    server.reactions['data.get.groupemps'] = reply([raw]);
    server.reactions['gis.get.emppos'] = reply([
      {number: '1010', lng: '121.5', lat: '-29', time: '5000000000'},
    ]);
    const [group] = await client.directory.groups();
    expect(group).to.deep.include({number: '8', name: 'A', parent: '', type: 3});
    const [person] = await client.directory.members('8');
    expect(person).to.deep.equal({number: '1010', name: '杨帆', type: 1, state: 'busy', group: '8', raw});
    const [place] = await client.directory.positions('1010');
    expect(place).to.deep.include({number: '1010', lng: 121.5, lat: -29, time: 5e12});
  });

  it('rejects with what the server refuses, and with what cannot be asked', async () => {
    server.reactions['data.get.groupemps'] = reply([{}], '1110');
    expect(await code(client.directory.members('8'))).to.equal('unknown-number');
    expect(await code(client.directory.members(' '))).to.equal('bad-parameter');
    expect(await code(client.directory.byType(NaN))).to.equal('bad-parameter');
    expect(await code(client.directory.follow('a b!"'))).to.equal('invalid-number');
    expect(await code(client.directory.search('x', {signal: AbortSignal.abort()}))).to.equal('aborted');
  });

  it('gives a question up when it is told to', async () => {
    server.reactions['data.query.emps'] = () => {};
    const ending = new AbortController();
    const search = code(client.directory.search('x', {signal: ending.signal}));
    await server.asked('data.query.emps');
    ending.abort();
    expect(await search).to.equal('aborted');
  });

  it('follows a number once for the server, however many follow it', async () => {
    const {directory} = client;
    await Promise.all([directory.follow('1010'), directory.follow(['1010', '1011'])]);
    await directory.unfollow('1010');
    await directory.unfollow('1010,1011');
    await directory.unfollow('1010');
    expect(asked()).to.deep.equal([
      ['gis.set.trace', {type: 1, getemp: '1001', emps: '1010'}],
      ['gis.set.trace', {type: 1, getemp: '1001', emps: '1011'}],
      ['gis.set.trace', {type: 2, getemp: '1001', emps: '1010,1011'}],
    ]);
  });

  it('counts nobody whom the server refuses to follow', async () => {
    server.reactions['gis.set.trace'] = reply([{}], 1107);
    expect(await code(client.directory.follow('1010'))).to.equal('not-allowed');
    expect(client.directory.followed).to.deep.equal([]);
  });

  it('follows again after a reconnection, and after another connect()', async () => {
    await client.directory.follow('1010,1011');
    server.requests.length = 0;
    server.wire.cut();
    expect((await server.asked('gis.set.trace')).body).to.deep.include({type: 1, emps: '1010,1011'});
    await client.disconnect();
    await client.directory.unfollow('1011');
    server.requests.length = 0;
    await client.connect();
    await client.register();
    expect((await server.asked('gis.set.trace')).body).to.deep.include({type: 1, emps: '1010'});
  });

  it('tells of positions and states, and drops what is none with a reason', async () => {
    const lines: string[] = [];
    await client.disconnect();
    client = new WireClient(server.wire, {user: '1001', log: ({text}) => void lines.push(text)});
    await client.connect();
    await client.register();
    const told: unknown[] = [];
    client.addEventListener('sip-position', ({detail}) => told.push(detail));
    const last = new Promise((resolve) =>
      client.addEventListener('sip-person-state', ({detail}) => {
        told.push(detail);
        resolve(detail);
      }),
    );
    const event = (header: string, body: unknown): void => server.send(JSON.stringify({header, body}));
    event('GIS.Position.Change', [{number: '1010', lng: '200', lat: '1'}, null, 5]);
    event('GIS.Position.Change', [{number: '1010', lng: '121.25', lat: '29.5', time: '1764061200000'}]);
    event('GIS.Position.Change', {number: 1011, lng: 1, lat: 2});
    event('Data.Emp.State.Change', [{number: '1010', state: '9'}]);
    event('Data.Emp.State.Change', [{number: '1010', state: '2'}]);
    await last;
    const [first, second, third] = told as [Position, Position, unknown];
    expect(first).to.deep.include({number: '1010', lng: 121.25, lat: 29.5, time: 1_764_061_200_000});
    expect(second.number).to.equal('1011');
    expect(Math.abs(Date.now() - second.time!)).to.be.below(60_000);
    expect(third).to.deep.equal({number: '1010', state: 'busy'});
    expect(lines.filter((line) => line.startsWith('dropped a position'))).to.have.length(3);
    expect(lines.filter((line) => line.startsWith('dropped somebody'))).to.have.length(1);
  });

  it('asks where the other services are', async () => {
    server.reactions['system.server.logininfo'] = reply([{ServerWebHttpsPort: '8443'}]);
    expect(await client.getLoginInfo()).to.include({webPort: 8443, apiUrl: undefined});
  });

  it('is not supported by the standard profile', async () => {
    await client.disconnect();
    expect(await code(client.directory.groups())).to.equal('not-connected');
    client = new WireClient(server.wire, {user: '1001', profile: 'standard'});
    await client.connect();
    expect(await code(client.directory.groups())).to.equal('unsupported');
    expect(await code(client.getLoginInfo())).to.equal('unsupported');
  });
});
