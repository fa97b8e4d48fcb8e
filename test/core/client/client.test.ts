import {expect} from '@open-wc/testing';
import type {SipCall} from '../../../src/core/call/call.js';
import {SIP_EVENTS, type SipEventDetails} from '../../../src/core/client/events.js';
import type {SipError} from '../../../src/errors.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {WireClient, WireDispatch} from '../../support/wire/wire-dispatch.js';

/** The client's events with their details, in order. */
function story(client: WireClient): string[] {
  const told: string[] = [];
  const words: {[K in keyof SipEventDetails]?: (detail: SipEventDetails[K]) => string} = {
    'sip-connection': ({state}) => state,
    'sip-registration': ({state, error}) => (error ? `${state} ${error.code}` : state),
    'sip-call-state': ({phase}) => phase,
    'sip-call-hangup': ({cause}) => cause.code,
  };
  for (const name of SIP_EVENTS)
    client.addEventListener(name, ({detail}: CustomEvent) => {
      const say = words[name] as ((detail: unknown) => string) | undefined;
      told.push(say ? `${name}: ${say(detail)}` : name);
    });
  return told;
}

async function code(command: Promise<unknown>): Promise<string> {
  return command.then(
    () => 'done',
    (error: unknown) => (error as SipError).code,
  );
}

describe('SipClient', () => {
  let server: WireDispatch;
  let client: WireClient;

  beforeEach(() => {
    server = new WireDispatch();
    client = new WireClient(server.wire, {user: '1001'});
  });

  afterEach(async () => {
    await client.disconnect();
    await server.close();
  });

  async function ring(): Promise<SipCall> {
    const ringing = new Promise<SipCall>((resolve) =>
      client.addEventListener('sip-call-received', ({detail}) => resolve(detail.call), {once: true}),
    );
    await server.invite('c1.12');
    return ringing;
  }

  it('begins with nothing', () => {
    expect(client.state).to.deep.equal({
      connection: 'disconnected',
      registration: 'unregistered',
      api: 'closed',
      calls: [],
      patches: [],
      alarms: [],
      watchers: [],
      tabCalls: [],
      doNotDisturb: false,
    });
    expect(Object.values(client.capabilities).filter((can) => can)).to.deep.equal([]);
  });

  it('tells each step of a connection once', async () => {
    const told = story(client);
    await Promise.all([client.connect(), client.connect()]);
    await client.connect();
    await client.register();
    await client.disconnect();
    await client.disconnect();
    expect(told).to.deep.equal([
      'sip-connection: connecting',
      'sip-connection: connected',
      'sip-server-connect',
      'sip-registration: registering',
      'sip-registration: registered',
      'sip-registration: unregistered',
      'sip-connection: disconnected',
      'sip-server-disconnect',
    ]);
    expect(server.wire.registered('1001')).to.equal(false);
    expect(client.state).to.deep.include({connection: 'disconnected', registration: 'unregistered'});
  });

  it('knows what the server can do, also after the connection', async () => {
    await client.connect();
    const {capabilities} = client;
    const {presence, rooms, ...others} = capabilities;
    expect([presence, rooms]).to.deep.equal([false, false]);
    expect(others).to.include({call: true, upload: true, urgent: true});
    expect(Object.values(others).every((can) => can)).to.equal(true);
    await client.disconnect();
    expect(client.capabilities).to.equal(capabilities);
  });

  it('refuses every command without a connection', async () => {
    const commands = [
      client.register(),
      client.unregister(),
      client.call('1002'),
      client.sendMessage('1002', 'x'),
      client.sendApi({header: 'x'}),
      client.connectApi(),
    ];
    expect(await Promise.all(commands.map(code))).to.deep.equal(commands.map(() => 'not-connected'));
    expect(await code(client.disconnectApi())).to.equal('done');
  });

  it('gives up connecting when it is told to disconnect', async () => {
    const connecting = code(client.connect());
    await client.disconnect();
    expect(await connecting).to.equal('aborted');
    expect(client.state.connection).to.equal('disconnected');
    expect(server.wire.connections.size).to.equal(0);
  });

  it('gives up connecting when it is told to while it tells that it connects', async () => {
    client.addEventListener('sip-connection', () => void client.disconnect(), {once: true});
    expect(await code(client.connect())).to.equal('aborted');
    await client.disconnect();
    expect(client.state.connection).to.equal('disconnected');
    expect(server.wire.connections.size).to.equal(0);
  });

  for (const profile of ['dispatch', 'standard'] as const)
    it(`gives up a call that waits for the browser’s question when it disconnects (${profile})`, async () => {
      const {mediaDevices} = navigator;
      const original = mediaDevices.getUserMedia.bind(mediaDevices);
      let answer = (): void => {};
      let opened!: Promise<MediaStream>;
      const asked = new Promise<void>((resolve) => {
        mediaDevices.getUserMedia = (constraints) => {
          resolve();
          const answered = new Promise<void>((allow) => (answer = allow));
          return (opened = answered.then(() => original(constraints)));
        };
      });
      try {
        client = new WireClient(server.wire, {user: '1001', profile});
        await client.connect();
        await client.register();
        const call = code(client.call('1002'));
        await asked;
        await client.disconnect();
        expect(await call).to.equal('aborted');
        answer();
        const [track] = (await opened).getTracks();
        await until(() => track?.readyState === 'ended');
      } finally {
        Reflect.deleteProperty(mediaDevices, 'getUserMedia');
      }
    });

  it('connects again at once after disconnecting', async () => {
    await client.connect();
    await client.register();
    const ending = client.disconnect();
    await client.connect();
    await ending;
    expect(client.state).to.deep.include({connection: 'connected', registration: 'unregistered'});
    await client.register();
    expect(client.state.registration).to.equal('registered');
  });

  it('keeps the failure in its state until a connection stands', async () => {
    server.wire.reachable = false;
    expect(await code(client.connect())).to.equal('server-unreachable');
    expect(client.state.error?.code).to.equal('server-unreachable');
    server.wire.reachable = true;
    await client.connect();
    expect(client.state.error).to.equal(undefined);
  });

  it('comes back and registers again where the connection is lost', async () => {
    await client.connect();
    await client.register();
    const told = story(client);
    server.wire.cut('1001');
    expect(client.state.connection).to.equal('reconnecting');
    expect(await code(client.call('1002'))).to.equal('not-connected');
    await becomes(client, ({registration}) => registration === 'registered');
    expect(told).to.deep.equal([
      'sip-registration: unregistered',
      'sip-connection: reconnecting',
      'sip-server-disconnect',
      'sip-connection: connected',
      'sip-server-connect',
      'sip-registration: registering',
      'sip-registration: registered',
    ]);
  });

  it('tells the story of a call in order', async () => {
    await client.connect();
    await client.register();
    const told = story(client);
    const call = await ring();
    expect(client.state.calls).to.deep.equal([call]);
    await call.answer();
    await becomes(call, ({phase}) => phase === 'answered');
    expect(call.state.answeredAt).to.be.within(Date.now() - 5_000, Date.now());
    await call.hangup();
    await call.hangup();
    expect(told).to.deep.equal([
      'sip-call-received',
      'sip-call-state: answered',
      'sip-call-answered',
      'sip-call-state: released',
      'sip-call-hangup: normal',
    ]);
    expect(client.state.calls).to.have.length(0);
  });

  it('keeps quiet where the page takes the ringing upon itself', async () => {
    await client.connect();
    await client.register();
    client.addEventListener('sip-call-received', (event) => event.preventDefault());
    const call = await ring();
    await Promise.resolve();
    expect(call.state).to.deep.include({phase: 'ringing', quiet: true});
  });

  it('lets a page refuse a call while it is told of it', async () => {
    await client.connect();
    await client.register();
    client.addEventListener('sip-call-received', ({detail}) => void detail.call.decline());
    const leg = await server.invite('c1.12');
    const {cause} = await becomes(leg, ({phase}) => phase === 'terminated');
    expect(cause).to.deep.equal({by: 'remote', code: 'declined', status: 603});
    expect(client.state.calls).to.have.length(0);
  });

  it('refuses what a call cannot do in its phase', async () => {
    await client.connect();
    await client.register();
    const call = await ring();
    await call.answer();
    expect(await code(call.answer())).to.equal('invalid-state');
    expect(await code(call.decline())).to.equal('invalid-state');
    await call.hangup();
    expect(await code(call.answer())).to.equal('invalid-state');
    expect(await code(call.mute())).to.equal('invalid-state');
    expect(await code(call.decline())).to.equal('done');
  });

  it('ends its calls when it disconnects', async () => {
    await client.connect();
    await client.register();
    const call = await ring();
    await call.answer();
    await client.disconnect();
    expect(call.state).to.deep.include({phase: 'released', cause: {by: 'local', code: 'normal'}});
    expect(client.state.calls).to.have.length(0);
  });

  it('has a state that can be cloned but for its calls', async () => {
    await client.connect();
    await client.register();
    const call = await ring();
    const {calls: _calls, current: _current, ...rest} = client.state;
    expect(structuredClone(rest)).to.deep.equal(rest);
    expect(structuredClone(call.state)).to.deep.equal(call.state);
    await call.decline();
  });

  it('takes 60 seconds for a lifetime that no server takes', async () => {
    await client.connect();
    await client.register(5_000);
    const register = server.wire.messages.find((message) => message.startsWith('REGISTER '));
    expect(register).to.match(/expires=60\b/);
  });

  for (const request of ['', '{', '[]', '"x"', '{}', '{"header":5}', {} as {header: string}])
    it(`refuses the API message ${JSON.stringify(request)}`, async () => {
      await client.connect();
      expect(await code(client.sendApi(request))).to.equal('bad-parameter');
      expect(server.requests).to.have.length(0);
    });
});
