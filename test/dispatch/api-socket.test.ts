import {md5} from '@noble/hashes/legacy.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';
import {expect} from '@open-wc/testing';
import {resolveOptions, type Credentials} from '../../src/core/client/options.js';
import type {ApiMessage, ApiState} from '../../src/core/types.js';
import type {SipError} from '../../src/errors.js';
import {Carriers} from '../../src/dispatch/carriers.js';
import {makeRequest, type ApiRequest} from '../../src/dispatch/envelope.js';
import {API_HEADER} from '../../src/dispatch/protocol.js';
import {backoff} from '../../src/core/util/reconnect-policy.js';
import {until} from '../support/in-page/facts.js';
import {SocketServer} from '../support/servers/socket-server.js';

const CHALLENGE = 'b1946ac9';

/** The response to a challenge (docs/protocol/sign-in.md#login). */
function answerOf(password: string): string {
  return bytesToHex(md5(utf8ToBytes(password + CHALLENGE)));
}

describe('Carriers', () => {
  let server: SocketServer;
  let carriers: Carriers;
  /** What went over SIP. */
  let messages: ApiRequest[];
  let states: ApiState[];
  let onState: (state: ApiState) => void;
  let unsolicited: ApiMessage[];
  /** The headers of the messages that the page receives. */
  let told: string[];
  let onTold: () => void;
  let credentials: () => Credentials;
  let loginInfo: object;
  /** The text that carrier 1 sends instead of its usual reply. */
  let sipReply: object;
  let timeouts: object;

  beforeEach(async () => {
    server = await SocketServer.listen();
    messages = [];
    states = [];
    onState = () => {};
    unsolicited = [];
    told = [];
    onTold = () => {};
    credentials = () => ({password: '密码'});
    loginInfo = {};
    sipReply = {};
    timeouts = {};
    server.react = logIn;
  });

  afterEach(async () => {
    await carriers.close();
    await server.close();
  });

  function make(api = true): Carriers {
    carriers = new Carriers({
      options: resolveOptions({
        server: 'ws://pbx.test:7443/fswebrtc',
        user: '1001',
        credentials: () => credentials(),
        trustedHosts: new URL(server.url).hostname,
        ...(api && {api: server.url}),
        timeouts: {reply: 2_000, heartbeat: 60_000, ...timeouts},
      }),
      sender: {message: async (_number, text) => overSip(JSON.parse(text) as ApiRequest)},
      policy: backoff({first: 10, longest: 40}),
      instance: () => 'an-instance',
      shared: () => false,
      onState: (state) => {
        states.push(state);
        onState(state);
      },
      onUnsolicited: (message) => unsolicited.push(message),
      onMessage: ({header}) => {
        told.push(header);
        onTold();
      },
    });
    return carriers;
  }

  /** Carrier 1 replies at once. */
  function overSip(request: ApiRequest): void {
    messages.push(request);
    const body = request.header === API_HEADER.loginInfo ? [loginInfo] : [{over: 'sip'}];
    const header = `${request.header}.CB`;
    const {msgid} = request;
    carriers.receive(JSON.stringify({header, msgid, code: 0, body, ...sipReply}));
  }

  /** A server that accepts 1001's login and replies to everything. */
  function logIn(request: ApiRequest, client: number): void {
    const {password} = (request.body ?? {}) as {password?: string};
    if (request.header !== API_HEADER.login) server.reply(client, request, 0, {over: 'socket'});
    else if (password === '') server.reply(client, request, '1014', {checkuuid: CHALLENGE});
    else server.reply(client, request, password === answerOf('密码') ? 0 : 1005);
  }

  /** The same, and it promises to perform repeated requests once. */
  function promises(request: ApiRequest, client: number): void {
    const {password} = (request.body ?? {}) as {password?: string};
    if (password) server.reply(client, request, 0, {once: '1'});
    else logIn(request, client);
  }

  const ask = async (): Promise<unknown> =>
    (await carriers.request(makeRequest('data.get.allgroup'))).body[0];

  async function refusal(command: Promise<unknown>): Promise<string> {
    return command.then(
      () => 'accepted',
      (error: unknown) => (error as SipError).code,
    );
  }

  it('logs in by the challenge, with the registration that it belongs to', async () => {
    await make().open();
    const logins = server.requests(API_HEADER.login).map(({body}) => body);
    expect(logins).to.deep.equal([
      {username: '1001', password: '', instance: 'an-instance'},
      {username: '1001', password: answerOf('密码'), instance: 'an-instance'},
    ]);
    expect(states).to.deep.equal(['opening', 'open']);
  });

  it('sends over SIP until the login stands, then over the socket, and over SIP again after it', async () => {
    make();
    expect(await ask()).to.deep.equal({over: 'sip'});
    const challenged = new Promise<() => void>((resolve) => {
      server.react = (request, client) => resolve(() => ((server.react = logIn), logIn(request, client)));
    });
    const opening = carriers.open();
    const proceed = await challenged;
    expect(await ask()).to.deep.equal({over: 'sip'});
    proceed();
    await opening;
    expect(await ask()).to.deep.equal({over: 'socket'});
    await carriers.close();
    expect(server.requests(API_HEADER.logout)[0]?.body).to.deep.equal({username: '1001'});
    expect(await ask()).to.deep.equal({over: 'sip'});
    await server.knows(() => server.closed.length === 1);
    expect(states).to.deep.equal(['opening', 'open', 'closed']);
  });

  it('takes binary frames', async () => {
    await make().open();
    server.send(0, JSON.stringify({header: 'GIS.Position.Change', body: [{name: '王'}]}), true);
    await until(() => unsolicited.length > 0);
    expect(unsolicited[0]?.body).to.deep.equal([{name: '王'}]);
  });

  it('asks for the address over SIP, and again for each attempt', async () => {
    loginInfo = {ServerWebSocketPATH: server.url.replace(/\/socket-relay.*/, '')};
    make(false);
    expect(await refusal(carriers.open())).to.equal('server-unreachable');
    expect(messages.map(({header}) => header)).to.deep.equal([API_HEADER.loginInfo]);
    expect(states).to.deep.equal(['opening', 'closed']);
  });

  it('asks for the login information over SIP, whether a login stands or not', async () => {
    loginInfo = {ServerWebSocketPATH: 'wss://10.0.0.5:7443', Extra: '1'};
    make();
    expect((await carriers.loginInfo()).raw).to.deep.equal(loginInfo);
    await carriers.open();
    expect((await carriers.loginInfo()).raw).to.deep.equal(loginInfo);
    expect(messages.map(({header}) => header)).to.deep.equal([API_HEADER.loginInfo, API_HEADER.loginInfo]);
    expect(server.requests(API_HEADER.loginInfo)).to.deep.equal([]);
  });

  it('says that a server without an address has no socket', async () => {
    make(false);
    expect(await refusal(carriers.open())).to.equal('unsupported');
  });

  it('asks for the password once more after a refusal', async () => {
    const given = ['old', '密码'];
    credentials = () => ({password: given.shift()!});
    await make().open();
    expect(given).to.have.length(0);
    expect(server.opened).to.equal(1);
  });

  /** A server that takes one token, and asks those without one for a password. */
  function takesToken(token: string): void {
    server.react = (request, client) => {
      const given = (request.body ?? {}) as {token?: string};
      if (request.header !== API_HEADER.login || given.token === undefined) logIn(request, client);
      else server.reply(client, request, given.token === token ? 0 : 1005);
    };
  }

  it('logs in with a token, and asks for another one after a refusal', async () => {
    takesToken('second');
    const given = ['ended', 'second'];
    credentials = () => ({token: given.shift()!});
    await make().open();
    const bodies = server.requests(API_HEADER.login).map(({body}) => body);
    expect(bodies).to.deep.equal([
      {username: '1001', password: '', instance: 'an-instance', token: 'ended'},
      {username: '1001', password: '', instance: 'an-instance', token: 'second'},
    ]);
  });

  it('does not come back with a token that was refused', async () => {
    takesToken('another');
    credentials = () => ({token: 'ended'});
    expect(await refusal(make().open())).to.equal('token-refused');
    await server.knows(() => server.closed.length === 1);
    expect(server.opened).to.equal(1);
  });

  it('answers a server that knows no tokens with the password, if the page has one', async () => {
    credentials = () => ({token: 'unknown', password: '密码'});
    await make().open();
    await carriers.close();
    credentials = () => ({token: 'unknown'});
    expect(await refusal(make().open())).to.equal('credentials-failed');
    credentials = () => ({ha1: '0'.repeat(32)});
    expect(await refusal(make().open())).to.equal('credentials-failed');
  });

  it('asks the page for a token again, by the rules of a lost socket, while it has none', async () => {
    takesToken('first');
    let asked = 0;
    credentials = () => {
      if (++asked === 2 || asked === 3) throw new TypeError('Failed to fetch');
      return {token: 'first'};
    };
    await make().open();
    const back = new Promise<void>((resolve) => {
      onState = (state) => state === 'open' && resolve();
    });
    server.break(0);
    await back;
    expect(asked).to.equal(4);
    expect(states).to.deep.equal(['opening', 'open', 'opening', 'open']);
  });

  it('does not come back with a password that was refused', async () => {
    credentials = () => ({password: 'wrong'});
    expect(await refusal(make().open())).to.equal('wrong-password');
    expect(states).to.deep.equal(['opening', 'closed']);
    await server.knows(() => server.closed.length === 1);
    expect(server.opened).to.equal(1);
  });

  it('comes back by itself when the socket breaks, and fails what waited there', async () => {
    await make().open();
    server.react = () => {};
    const waiting = refusal(carriers.request(makeRequest('session.createcall')));
    await server.knows(() => server.requests('session.createcall').length === 1);
    server.react = logIn;
    server.break(0);
    expect(await waiting).to.equal('connection-lost');
    expect(messages, 'nothing is asked twice').to.have.length(0);
    expect(await ask()).to.deep.equal({over: 'sip'});
    await until(() => states.at(-1) === 'open');
    expect(await ask()).to.deep.equal({over: 'socket'});
    expect(states).to.deep.equal(['opening', 'open', 'opening', 'open']);
  });

  it('asks again over SIP, under the same name, what changes nothing', async () => {
    await make().open();
    server.react = () => {};
    const waiting = ask();
    await server.knows(() => server.requests('data.get.allgroup').length === 1);
    server.react = logIn;
    server.break(0);
    expect(await waiting).to.deep.equal({over: 'sip'});
    expect(messages[0]).to.deep.equal(server.requests('data.get.allgroup')[0]);
  });

  it('asks anything again where the server promised to do it once', async () => {
    server.react = promises;
    await make().open();
    server.react = () => {};
    const waiting = carriers.request(makeRequest('session.createcall'));
    await server.knows(() => server.requests('session.createcall').length === 1);
    server.react = logIn;
    server.break(0);
    expect((await waiting).body[0]).to.deep.equal({over: 'sip'});
    expect(messages).to.deep.equal(server.requests('session.createcall'));
  });

  it('does not ask again what has no name of its own, and would be done twice', async () => {
    server.react = promises;
    await make().open();
    server.react = () => {};
    const nameless = {header: 'session.createcall', msgid: undefined};
    const lost = refusal(carriers.request(nameless));
    await server.knows(() => server.requests('session.createcall').length === 1);
    server.break(0);
    expect(await lost).to.equal('connection-lost');
    expect(messages).to.deep.equal([]);
  });

  for (const header of Object.values(API_HEADER).filter((name) => !name.startsWith('reg.ws.')))
    it(`gives the same for ${header} over SIP, over the socket, and where that dies in the middle`, async () => {
      const request = makeRequest(header, {cid: 'c1'});
      const asked = async (): Promise<object> => {
        const {code, body} = await carriers.request({...request, msgid: crypto.randomUUID()});
        return {code, body};
      };
      /** The server is at work when its socket breaks. */
      let dies = false;
      server.react = (arrived, client) => {
        const {password} = (arrived.body ?? {}) as {password?: string};
        if (arrived.header === API_HEADER.login && password) server.reply(client, arrived, 0, {once: '1'});
        else if (arrived.header === API_HEADER.login) logIn(arrived, client);
        else if (dies) server.break(client);
        else server.reply(client, arrived, 1103, {cid: 'c1'});
      };
      make();
      sipReply = {code: 1103, body: [{cid: 'c1'}]};
      const sip = await asked();
      await carriers.open();
      const socket = await asked();
      dies = true;
      const dying = await asked();
      expect(sip).to.deep.equal({code: 1103, body: [{cid: 'c1'}]});
      expect([socket, dying]).to.deep.equal([sip, sip]);
      expect(messages.map(({header: name}) => name)).to.deep.equal([header, header]);
      // It is the same request that was asked again.
      expect(server.requests(header).at(-1)).to.deep.equal(messages.at(-1));
    });

  it('lets somebody who hears of the loss wait until it is back', async () => {
    await make().open();
    const back = new Promise<void>((resolve, reject) => {
      onState = (state) => {
        if (state === 'opening') carriers.open().then(resolve, reject);
      };
    });
    server.break(0);
    await back;
    expect(states.at(-1)).to.equal('open');
  });

  it('sends heartbeats while it is idle, and closes where none is answered', async () => {
    timeouts = {heartbeat: 40};
    await make().open();
    await server.knows(() => server.requests(API_HEADER.heartbeat).length >= 2);
    expect(server.requests(API_HEADER.heartbeat)[0]?.body).to.deep.equal({username: '1001'});
    expect(states.at(-1)).to.equal('open');
    // The page gets no replies to heartbeats, since it sent none.
    expect(told).to.deep.equal(['reg.ws.login.CB', 'reg.ws.login.CB']);
    server.react = (request, client) => {
      if (client > 0) logIn(request, client);
    };
    await server.knows(() => server.closed.includes(0));
    await until(() => states.at(-1) === 'open' && server.opened === 2);
  });

  it('sends a heartbeat at once when the page is shown again', async () => {
    await make().open();
    expect(server.requests(API_HEADER.heartbeat)).to.deep.equal([]);
    document.dispatchEvent(new Event('visibilitychange'));
    await server.knows(() => server.requests(API_HEADER.heartbeat).length === 1);
  });

  it('asks over SIP where the server forgot the login', async () => {
    await make().open();
    server.react = (request, client) =>
      client === 0 ? server.reply(client, request, 1002) : logIn(request, client);
    expect(await ask()).to.deep.equal({over: 'sip'});
    await until(() => states.at(-1) === 'open' && server.opened === 2);
  });

  it('can be closed while it opens', async () => {
    server.react = () => {};
    make();
    const opening = refusal(carriers.open());
    await server.knows(() => server.frames.length === 1);
    await carriers.close();
    expect(await opening).to.equal('aborted');
    await server.knows(() => server.closed.length === 1);
    expect(states).to.deep.equal(['opening', 'closed']);
  });

  it('stays closed if the page closes it when the reply to the login comes', async () => {
    onTold = () => {
      if (told.length === 2) void carriers.close();
    };
    expect(await refusal(make().open())).to.equal('aborted');
    expect(states).to.deep.equal(['opening', 'closed']);
    await carriers.open();
    expect(states.slice(2)).to.deep.equal(['opening', 'open']);
    expect(await ask()).to.deep.equal({over: 'socket'});
  });

  it('can be closed while it tries again', async () => {
    await make().open();
    await server.close();
    await until(() => states.at(-1) === 'opening');
    await carriers.close();
    expect(states.at(-1)).to.equal('closed');
    expect(await ask()).to.deep.equal({over: 'sip'});
  });

  it('refuses an address that is no WebSocket’s', async () => {
    carriers = new Carriers({
      options: resolveOptions({server: 'ws://pbx.test/', user: '1001', api: 'http://pbx.test/'}),
      sender: {message: async () => {}},
      instance: () => '',
      shared: () => false,
      onState: (state) => states.push(state),
      onUnsolicited: () => {},
    });
    expect(await refusal(carriers.open())).to.equal('bad-parameter');
  });
});
