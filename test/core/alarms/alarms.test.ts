import {expect} from '@open-wc/testing';
import type {AlarmAcknowledgement} from '../../../src/core/alarms/alarm.js';
import type {Party} from '../../../src/core/types.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {StagedClient, type Staged} from '../../support/staged/staged-client.js';
import {person, StagedPeople} from '../../support/staged/staged-people.js';

const ANNA = {number: '1003', name: 'Anna Novak'};
const KEY = 'sip-elements:alarms:alarms@example.com';

describe('alarms', () => {
  const clients: StagedClient[] = [];
  async function ready(options: object = {}, people?: StagedPeople): Promise<StagedClient> {
    const client = new StagedClient({
      user: 'alarms',
      domain: 'example.com',
      historyStorage: 'local',
      ...options,
    });
    client.directoryService = people;
    clients.push(client);
    await client.connect();
    await client.register();
    return client;
  }
  /** As a reload does: nothing is signed out. */
  const reloaded = (): Promise<StagedClient> => ready();
  async function sos(client: StagedClient, remote: Party = ANNA): Promise<Staged> {
    const staged = client.ring('audio', remote, 'sos');
    await until(() => client.state.alarms.some(({id}) => id === staged.call.id));
    return staged;
  }
  const numbers = (client: StagedClient): readonly string[] => client.state.alarms.map(({number}) => number);

  beforeEach(() => localStorage.clear());
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.disconnect();
  });

  it('are SOS calls that arrive, and no others', async () => {
    const client = await ready();
    client.ring('audio', ANNA, 'urgent');
    client.dial('audio', ANNA, 'sos');
    const {call} = await sos(client, {number: '1004', name: 'Bea'});
    expect(client.state.alarms).to.have.length(1);
    const [alarm] = client.state.alarms;
    expect(alarm).to.include({id: call.id, number: '1004', name: 'Bea', count: 1});
    expect(alarm!.time).to.be.closeTo(Date.now(), 5_000);
  });

  it('stay when the call is answered and when it ends, with both times', async () => {
    const client = await ready();
    const {call, dialog} = await sos(client);
    await call.answer();
    await becomes(client, ({alarms}) => alarms[0]?.answeredAt !== undefined);
    dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await becomes(client, ({alarms}) => alarms[0]?.endedAt !== undefined);
    expect(client.calls).to.deep.equal([]);
    expect(numbers(client)).to.deep.equal(['1003']);
  });

  it('end when they are acknowledged, with the author and the time, once', async () => {
    const client = await ready();
    const {call} = await sos(client);
    const told: AlarmAcknowledgement[] = [];
    client.addEventListener('sip-alarm-acknowledged', ({detail}) => told.push(detail));
    await client.alarms.acknowledge(call.id);
    await client.alarms.acknowledge(call.id);
    await client.alarms.acknowledge('unknown');
    expect(client.state.alarms).to.deep.equal([]);
    expect(told).to.have.length(1);
    expect(told[0]).to.include({id: call.id, number: '1003', name: 'Anna Novak', author: 'alarms'});
    expect(told[0]!.time).to.be.closeTo(Date.now(), 5_000);
    expect(told[0]!.since).to.be.at.most(told[0]!.time);
    expect(call.state.phase, 'the call rings on').to.equal('ringing');
  });

  it('of a number that calls again is one, since the first call', async () => {
    const client = await ready();
    const first = await sos(client);
    const {time} = client.state.alarms[0]!;
    await first.call.decline();
    const second = await sos(client);
    expect(client.state.alarms).to.have.length(1);
    expect(client.state.alarms[0]).to.include({id: second.call.id, count: 2, time, endedAt: undefined});
    await sos(client, {number: '', name: ''});
    await sos(client, {number: '', name: ''});
    expect(client.state.alarms, 'callers without a number may be several').to.have.length(3);
  });

  it('survive the page, and are those of all tabs', async () => {
    const client = await ready();
    const {call} = await sos(client);
    const next = await reloaded();
    await becomes(next, ({alarms}) => alarms.length === 1);
    expect(next.state.alarms[0]).to.include({id: call.id, number: '1003', name: 'Anna Novak'});
    await next.alarms.acknowledge(call.id);
    // Browsers tell it to the other tabs alone.
    dispatchEvent(new StorageEvent('storage', {key: KEY}));
    expect(client.state.alarms).to.deep.equal([]);
  });

  it('last as long as the page if the account stores nothing', async () => {
    const client = await ready({historyStorage: 'memory'});
    const {call} = await sos(client);
    expect(localStorage.length).to.equal(0);
    await client.alarms.acknowledge(call.id);
    expect(client.state.alarms).to.deep.equal([]);
  });

  it('stay if there is no room to store them', async () => {
    const {setItem} = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      const client = await ready();
      await sos(client);
      await sos(client, {number: '1004', name: 'Bea'});
      expect(numbers(client)).to.deep.equal(['1003', '1004']);
    } finally {
      Storage.prototype.setItem = setItem;
    }
  });

  it('are erased by signing out, except those of a tab that is still signed in', async () => {
    const client = await ready();
    await sos(client);
    const other = await reloaded();
    await becomes(other, ({alarms}) => alarms.length === 1);
    await client.disconnect();
    expect(client.state.alarms).to.deep.equal([]);
    expect(localStorage.getItem(KEY)).to.equal(null);
    dispatchEvent(new StorageEvent('storage', {key: KEY}));
    expect(numbers(other)).to.deep.equal(['1003']);
    await other.disconnect();
    expect(localStorage.getItem(KEY)).to.equal(null);
  });

  it('are not stored if the user signs out while their code is loaded', async () => {
    const client = await ready();
    client.ring('audio', ANNA, 'sos');
    const loaded = client.alarms.load();
    await client.disconnect();
    await loaded.catch(() => {});
    expect(client.state.alarms).to.deep.equal([]);
    expect(localStorage.getItem(KEY)).to.equal(null);
  });

  it('are erased by signing out before any was shown', async () => {
    const client = await ready();
    await sos(client);
    const [left] = [localStorage.getItem(KEY)!];
    await client.disconnect();
    localStorage.setItem(KEY, left);
    const next = new StagedClient({user: 'alarms', domain: 'example.com', historyStorage: 'local'});
    await next.disconnect();
    expect(localStorage.getItem(KEY)).to.equal(null);
  });

  it('have the position of the caller, who is followed until the alarm is acknowledged', async () => {
    const people = new StagedPeople([], [person('1003', 'Anna Novak', '')]);
    people.places.push({number: '1003', lng: 9.97, lat: 53.54, time: 1_000, raw: {}});
    const client = await ready({}, people);
    const {call} = await sos(client);
    await becomes(client, ({alarms}) => alarms[0]?.position?.lat === 53.54);
    client.host.positionChanged({number: '1003', lng: 9.98, lat: 53.55, time: 2_000, raw: {}});
    client.host.positionChanged({number: '1004', lng: 1, lat: 1, time: 2_000, raw: {}});
    expect(client.state.alarms[0]!.position).to.deep.equal({lng: 9.98, lat: 53.55, time: 2_000});
    expect(client.directory.followed).to.deep.equal(['1003']);
    await client.alarms.acknowledge(call.id);
    await until(() => people.asked.includes('unfollow 1003'));
    expect(client.directory.followed).to.deep.equal([]);
  });

  it('leave out what other scripts have stored', async () => {
    const alarm = {id: 'a', number: '1003', name: 'A', time: 1, count: 1};
    // What no date can have cannot be written.
    const late = [{time: 1e300}, {endedAt: -9e15}, {position: {lng: 1, lat: 1, time: 9e15}}];
    const broken = [
      ...[null, 7, {}, {...alarm, id: 3}, {...alarm, position: 'x'}, {...alarm, time: 'soon'}],
      ...late.map((more) => ({...alarm, ...more})),
    ];
    localStorage.setItem(KEY, JSON.stringify({version: 1, alarms: [...broken, alarm]}));
    const client = await ready();
    await becomes(client, ({alarms}) => alarms.length > 0);
    expect(client.state.alarms).to.deep.equal([alarm]);
    localStorage.setItem(KEY, '{');
    await (await ready()).alarms.acknowledge('a');
  });
});
