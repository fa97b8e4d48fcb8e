import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {API_CODE, API_HEADER, CREATING_HEADERS} from '../../../src/dispatch/protocol.js';
import {startServer, type DispatchServer} from '../../../server/server.js';
import {apiMessage, post, RawApi, type RawApiMessage} from '../../support/scripted/raw-api.js';
import {RawSip} from '../../support/scripted/raw-sip.js';

/** The requests that carriers or sessions answer directly. */
const ANSWERED: ReadonlySet<string> = new Set([
  API_HEADER.loginInfo,
  API_HEADER.login,
  API_HEADER.heartbeat,
  API_HEADER.logout,
]);

type Ask = (request: unknown) => Promise<RawApiMessage>;

let server: DispatchServer;
before(async () => {
  server = await startServer({port: 0});
});
after(() => server.close());

/** What holds on both carriers. */
function behaves(ask: () => Ask): void {
  it('answers text that does not parse with error.CB and 1800', async () => {
    assert.deepEqual(await ask()('{"header":'), {header: 'error.CB', code: 1800, body: [{}]});
  });

  for (const [what, request, reply] of [
    ['no object', [1], {header: 'error.CB', code: 1008, body: [{}]}],
    ['no header', {msgid: 'm1'}, {msgid: 'm1', header: 'error.CB', code: 1008, body: [{}]}],
    ['a header that is no text', {header: 7}, {header: 'error.CB', code: 1008, body: [{}]}],
    [
      'a body that is no object',
      {header: 'data.get.allgroup', msgid: 'm2', body: [1]},
      {msgid: 'm2', header: 'data.get.allgroup.CB', code: 1008, body: [{}]},
    ],
    [
      'a msgid that is neither a text nor a number',
      {header: 'data.get.allgroup', msgid: [3]},
      {header: 'data.get.allgroup.CB', code: 1008, body: [{}]},
    ],
    [
      'more levels than a stack has',
      `{"header":"data.get.allgroup","msgid":"m5","body":{"getemp":${'['.repeat(30_000)}${']'.repeat(30_000)}}}`,
      {msgid: 'm5', header: 'data.get.allgroup.CB', code: 1008, body: [{}]},
    ],
    [
      'a header that nobody knows',
      {header: 'no.such.thing', msgid: 'm4'},
      {msgid: 'm4', header: 'no.such.thing.CB', code: 1008, body: [{}]},
    ],
  ] as const) {
    it(`answers ${what} with 1008`, async () => {
      assert.deepEqual(await ask()(request), reply);
    });
  }

  it('answers every request of the protocol with a code', async () => {
    for (const header of Object.values(API_HEADER).filter((each) => !ANSWERED.has(each))) {
      const reply = await ask()({header, msgid: `m-${header}`, body: {}});
      assert.equal(reply.msgid, `m-${header}`);
      assert.ok(
        Object.values(API_CODE).some((code) => code === reply.code),
        header,
      );
      assert.equal(reply.body[0]?.['msgid'], CREATING_HEADERS.has(header) ? `m-${header}` : undefined);
    }
  });

  it('spells the reply to session.createvideobug as existing clients expect it', async () => {
    const reply = await ask()({header: 'session.createvideobug', body: {}});
    assert.equal(reply.header, 'session.creatvideobug.CB');
  });

  it('takes numbers for a msgid and for members, and echoes the msgid as it came', async () => {
    for (const [called, code] of [
      [1002, API_CODE.numberNotRegistered],
      [1999, API_CODE.userDoesNotExist],
    ]) {
      const body = {caller: '1001', ctype: 12, members: called, isVideo: 1};
      const reply = await ask()({header: API_HEADER.createCall, msgid: 7, body});
      assert.deepEqual([reply.msgid, reply.body[0]?.['msgid'], reply.code], [7, 7, code]);
    }
  });

  it('takes a request without msgid and body', async () => {
    const reply = await ask()({header: 'data.get.allgroup'});
    assert.equal(reply.header, 'data.get.allgroup.CB');
    assert.ok(!('msgid' in reply));
  });

  for (const [header, body] of [
    ['session.createcall', {caller: '1002', ctype: 12, members: '1003', isVideo: 1}],
    ['data.get.allgroup', {getemp: '1002'}],
    ['operate.call', {CallOpType: 1, caller: '1001', called: '1003', cid: '', receiver: '1002'}],
  ] as const) {
    it(`refuses ${header} in the name of somebody else with 1107`, async () => {
      assert.equal((await ask()({header, msgid: 'm', body})).code, 1107);
    });
  }

  it('takes the own number as a number, and refuses other types with 1008', async () => {
    assert.equal((await ask()({header: 'data.get.allgroup', body: {getemp: 1001}})).code, 0);
    assert.equal((await ask()({header: 'data.get.allgroup', body: {getemp: {}}})).code, 1008);
  });

  it('tells the login information as texts, from the address that the client used', async () => {
    const {code, body} = await ask()({header: 'system.server.logininfo'});
    assert.equal(code, 0);
    const [port, socket] = [String(server.port), `ws://localhost:${server.port}`];
    assert.deepEqual(body, [
      {
        EXEmployeeLoginSipIP: 'localhost',
        EXEmployeeLoginICEIP: 'localhost',
        EXServerWebHttpsPort: port,
        EXRecordServerWebIP: 'localhost',
        EXRecordServerWebPort: port,
        EXServerWebSocketPATH: socket,
        ServerWebHttpsPort: port,
        RecordServerWebIP: 'localhost',
        RecordServerWebPort: port,
        ServerWebSocketPATH: socket,
        EchoNumber: '9999',
      },
    ]);
  });
}

describe('the API over SIP MESSAGE', () => {
  let client: RawSip;
  before(async () => {
    client = await RawSip.registered(server.url, '1001');
  });
  after(() => client.close());

  behaves(() => async (request) => {
    const text = typeof request === 'string' ? request : JSON.stringify(request);
    assert.equal(await post(client, text), 200);
    return apiMessage(client);
  });

  it('replies with a MESSAGE of exactly its type, to the registered Contact, its length in bytes', async () => {
    await post(client, JSON.stringify({header: '不知道', msgid: 'm'}));
    const message = await client.received('MESSAGE');
    client.answer(message, 200, 'OK');
    assert.equal(message.header('content-type'), 'application/resjsonapi');
    assert.equal(message.header('content-length'), String(Buffer.byteLength(message.body)));
    assert.equal(message.start, `MESSAGE ${client.contact} SIP/2.0`);
    assert.match(message.header('from') ?? '', /<sip:api@localhost>/);
  });

  it('replies to the socket that asked, not to another one of the same user', async () => {
    const second = await RawSip.registered(server.url, '1001');
    await post(second, JSON.stringify({header: 'no.such', msgid: 'second'}));
    assert.equal((await apiMessage(second)).msgid, 'second');
    assert.deepEqual(client.inbox.rest, []);
    await second.close();
  });

  it('refuses another content type with 415', async () => {
    assert.equal(await post(client, '{}', 'text/plain'), 415);
  });

  it('needs a registration or credentials', async () => {
    const stranger = await RawSip.open(server.url, '1005');
    const parts = {
      to: 'sip:api@localhost',
      headers: ['Content-Type: application/jsonapi'],
      body: JSON.stringify({header: 'no.such', msgid: 'credentials'}),
    };
    assert.equal((await stranger.request('MESSAGE', parts)).status, 401);
    assert.equal((await stranger.authorized('MESSAGE', parts)).status, 200);
    assert.equal((await apiMessage(stranger)).msgid, 'credentials');
    await stranger.close();
  });
});

describe('the API over a WebSocket', () => {
  let api: RawApi;
  before(async () => {
    api = await RawApi.loggedIn(server.url, '1001');
  });
  after(() => api.close());

  behaves(() => (request) => {
    api.send(typeof request === 'string' ? request : JSON.stringify(request));
    return api.inbox.next();
  });

  it('takes a binary frame for the same', async () => {
    api.send(Buffer.from(JSON.stringify({header: '没有', msgid: 'binary'})));
    assert.deepEqual(await api.inbox.next(), {msgid: 'binary', header: '没有.CB', code: 1008, body: [{}]});
  });

  it('answers heartbeats', async () => {
    const reply = await api.ask({header: 'reg.ws.heartbeat', msgid: 'h', body: {username: '1001'}});
    assert.deepEqual(reply, {msgid: 'h', header: 'reg.ws.heartbeat.CB', code: 0, body: [{}]});
  });

  it('closes with 1009 what sends more than a megabyte', async () => {
    const large = await RawApi.open(server.url);
    large.send('x'.repeat(1024 * 1024 + 1));
    assert.equal(await large.closed, 1009);
  });
});

describe('the login of the WebSocket', () => {
  let api: RawApi;
  before(async () => {
    api = await RawApi.open(server.url);
  });
  after(() => api.close());

  it('answers requests before it with 1002', async () => {
    assert.equal((await api.ask({header: 'data.get.allgroup'})).code, 1002);
    assert.equal((await api.ask({header: 'reg.ws.heartbeat', body: {username: '1001'}})).code, 1002);
    assert.equal((await api.ask({header: 'no.such.thing'})).code, 1002);
  });

  it('challenges a login without a password', async () => {
    const reply = await api.ask({header: 'reg.ws.login', body: {username: '1001', password: ''}});
    assert.equal(reply.code, 1014);
    assert.match(String(reply.body[0]?.['checkuuid']), /^\S{16,}$/);
  });

  it('answers a wrong password with 1005', async () => {
    const reply = await api.login('1001', 'wrong');
    assert.equal(reply.code, 1005);
    assert.deepEqual(reply.body, [{}]);
  });

  it('answers an unknown user with 1005', async () => {
    assert.equal((await api.login('4711', '1234')).code, 1005);
  });

  it('answers a password without a challenge with 1005', async () => {
    const body = {username: '1001', password: '81dc9bdb52d04dc20036dbd8313ed055'};
    assert.equal((await api.ask({header: 'reg.ws.login', body})).code, 1005);
  });

  it("does not take an answer to somebody else's challenge", async () => {
    await api.ask({header: 'reg.ws.login', body: {username: '1002', password: ''}});
    const body = {username: '1001', password: 'a'.repeat(32)};
    assert.equal((await api.ask({header: 'reg.ws.login', body})).code, 1005);
  });

  it('answers wrong types and long names, which it would remember, with 1008', async () => {
    assert.equal((await api.ask({header: 'reg.ws.login', body: {username: 1, password: ''}})).code, 1008);
    const long = 'x'.repeat(500_000);
    assert.equal((await api.ask({header: 'reg.ws.login', body: {username: long, password: ''}})).code, 1008);
    assert.equal((await api.login('1001', '1234', long)).code, 1008);
  });

  it('knows no client by an empty name, which anyone could give', async () => {
    await api.login('1059', '1234', '');
    for (let count = 0; count < 11; count += 1) {
      const stranger = await RawApi.open(server.url);
      for (let wrong = 0; wrong < 3; wrong += 1) await stranger.login('1059', 'wrong', '');
      await stranger.close();
    }
    const next = await RawApi.open(server.url);
    assert.equal((await next.login('1059', 'wrong', '')).code, 1001);
    await next.close();
    await api.ask({header: 'reg.ws.logout', body: {username: '1059'}});
  });

  it('succeeds with the right password, and ends with the logout', async () => {
    assert.deepEqual(await api.login('1001', '1234'), {
      header: 'reg.ws.login.CB',
      code: 0,
      body: [{once: '1'}],
    });
    assert.equal((await api.ask({header: 'data.get.allgroup'})).code, 0);
    const other = {header: 'reg.ws.logout', body: {username: '1002'}};
    assert.equal((await api.ask(other)).code, 1107);
    assert.equal((await api.ask({header: 'reg.ws.logout', body: {username: '1001'}})).code, 0);
    assert.equal((await api.ask({header: 'data.get.allgroup'})).code, 1002);
  });

  it('closes a socket that never logs in', async () => {
    const impatient = await startServer({port: 0, loginTimeout: 50});
    const idle = await RawApi.open(impatient.url);
    assert.equal(await idle.closed, 1000);
    await impatient.close();
  });
});
