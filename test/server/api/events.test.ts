import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import {MemberEvents} from '../../../server/conference/member-events.js';
import {apiMessage, RawApi} from '../../support/scripted/raw-api.js';
import {openHub, type BareHub} from '../../support/scripted/bare-hub.js';
import {RawSip} from '../../support/scripted/raw-sip.js';

describe('an event', () => {
  let site: BareHub;
  const open: {close(): Promise<void>}[] = [];
  const keep = <T extends {close(): Promise<void>}>(client: T): T => {
    open.push(client);
    return client;
  };
  const phone = async (instance?: string): Promise<RawSip> => {
    const client = keep(await RawSip.open(site.url, '1001'));
    const named = instance === undefined ? '' : `;+sip.instance="<urn:uuid:${instance}>"`;
    const {status} = await client.register({contact: `<${client.contact}>${named};expires=60`});
    assert.equal(status, 200);
    return client;
  };
  const login = async (instance?: string): Promise<RawApi> =>
    keep(await RawApi.loggedIn(site.url, '1001', instance));
  const event = {header: 'Session.State.Change', code: 0, body: [{cid: '5', state: '6'}]};
  const send = (): Promise<boolean> => site.api.sendEvent('1001', event.header, {cid: '5', state: '6'});

  before(async () => {
    site = await openHub();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((client) => client.close()));
  });
  after(() => site.close());

  it('goes to each registration by MESSAGE where nobody is logged in', async () => {
    const [first, second] = [await phone(), await phone()];
    const sent = send();
    assert.deepEqual([await apiMessage(first), await apiMessage(second)], [event, event]);
    assert.equal(await sent, true);
  });

  it('goes over the WebSocket of the only registration, and not by MESSAGE as well', async () => {
    const [client, api] = [await phone(), await login()];
    assert.equal(await send(), true);
    assert.deepEqual(await api.inbox.next(), event);
    assert.equal((await client.request('OPTIONS')).status, 200);
    assert.deepEqual(client.inbox.rest, []);
  });

  it('goes over the WebSocket to the registration that its login named, by MESSAGE to the other', async () => {
    const [first, second] = [await phone('aaaa'), await phone('bbbb')];
    const api = await login('urn:uuid:BBBB');
    const sent = send();
    assert.deepEqual(await apiMessage(first), event);
    assert.deepEqual(await api.inbox.next(), event);
    assert.equal(await sent, true);
    assert.equal((await second.request('OPTIONS')).status, 200);
    assert.deepEqual(second.inbox.rest, []);
  });

  it('goes by MESSAGE to every registration where a login does not tell to which it belongs', async () => {
    const [first, second, api] = [await phone(), await phone(), await login()];
    const sent = send();
    await Promise.all([apiMessage(first), apiMessage(second)]);
    assert.equal(await sent, true);
    assert.deepEqual(api.inbox.rest, []);
  });

  it('goes over the newest login', async () => {
    await phone();
    const [older, newer] = [await login(), await login()];
    await send();
    assert.deepEqual(await newer.inbox.next(), event);
    assert.equal((await older.ask({header: 'reg.ws.heartbeat'})).header, 'reg.ws.heartbeat.CB');
  });

  it('goes by MESSAGE again after a logout, on either carrier', async () => {
    const [client, api] = [await phone(), await login()];
    const body = JSON.stringify({header: 'reg.ws.logout', body: {username: '1001'}});
    site.hub.onMessage = (connection, message) => site.api.receive(connection, message);
    const parts = {to: 'sip:api@localhost', headers: ['Content-Type: application/jsonapi'], body};
    assert.equal((await client.request('MESSAGE', parts)).status, 200);
    assert.equal((await apiMessage(client)).header, 'reg.ws.logout.CB');
    const sent = send();
    assert.deepEqual(await apiMessage(client), event);
    assert.equal(await sent, true);
    assert.deepEqual(api.inbox.rest, []);
  });

  it('is taken by nobody where the user is absent, or refuses it', async () => {
    assert.equal(await send(), false);
    const client = await phone();
    const sent = send();
    client.answer(await client.received('MESSAGE'), 415, 'Unsupported Media Type');
    assert.equal(await sent, false);
  });
});

describe('MemberEvents', () => {
  it('tells of one who begins to talk or ends after the other, and leaves time for the sound between them', async () => {
    const turns: string[][] = [[]];
    let told = 0;
    const everything = new Promise<void>((resolve) => {
      const events = new MemberEvents(
        {
          sendEvent: async (_, __, {number}) => {
            if (turns.at(-1)!.length === 0) setImmediate(() => turns.push([]));
            turns.at(-1)!.push(String(number));
            if ((told += 1) === 16 * 64) resolve();
            return true;
          },
        },
        '5',
        () => Array.from({length: 64}, (_, index) => String(1001 + index)),
      );
      for (let index = 0; index < 16; index += 1)
        events.talking({record: {number: String(1001 + index)}, seat: {talking: true}, talking: false});
    });
    await everything;
    for (const turn of turns) assert.equal(new Set(turn).size, Math.min(turn.length, 1), String(turn.length));
  });
});
