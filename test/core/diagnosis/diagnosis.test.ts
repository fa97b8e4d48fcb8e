import {expect} from '@open-wc/testing';
import type {DiagnoseOptions} from '../../../src/core/diagnosis/diagnosis.js';
import type {SipClientOptions} from '../../../src/core/client/options.js';
import {backoff} from '../../../src/core/util/reconnect-policy.js';
import {API_HEADER} from '../../../src/dispatch/protocol.js';
import {shorten} from '../../support/in-page/durations.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {description, Stranger} from '../../support/wire/stranger.js';
import {WireClient, WireDispatch} from '../../support/wire/wire-dispatch.js';

describe('a diagnosis', () => {
  let server: WireDispatch;
  let clients: WireClient[];

  beforeEach(() => {
    server = new WireDispatch();
    clients = [];
  });
  afterEach(async () => {
    await Promise.all(clients.map((client) => client.disconnect()));
    await server.close();
  });

  /** A client whose diagnosis signs in on the same wire. */
  const made = (options: Partial<SipClientOptions> = {}): WireClient => {
    class Client extends WireClient {
      constructor(given: Partial<SipClientOptions>) {
        super(
          server.wire,
          {user: '1001', historyStorage: 'none', ...given},
          backoff({first: 10, longest: 50}),
        );
        clients.push(this);
      }
    }
    return new Client(options);
  };

  /** Runs steps; returns what they found by their names. */
  async function find(client: WireClient, options: DiagnoseOptions): Promise<Record<string, string>> {
    const diagnosis = await client.diagnose(options);
    await diagnosis.finished;
    return Object.fromEntries(diagnosis.steps.map(({name, verdict, code}) => [name, `${verdict} ${code}`]));
  }

  /** Begins a check that has signed in, and waits for the server to call an echo. */
  async function checks(options: Partial<SipClientOptions> = {}): Promise<{end: () => Promise<void>}> {
    server.reactions[API_HEADER.createCall] = () => {};
    const client = made({...options, timeouts: {reply: 60_000}});
    const ending = new AbortController();
    const diagnosis = await client.diagnose({
      only: ['sign-in', 'call'],
      echo: '1002',
      signal: ending.signal,
    });
    await server.asked(API_HEADER.createCall);
    return {
      end: async () => {
        // The server has asked this client and no other one.
        expect(server.wire.registered('1001')).to.equal(true);
        ending.abort();
        await diagnosis.finished;
      },
    };
  }

  it('that signs in takes no message: the server keeps it for the user', async () => {
    const {end} = await checks();
    const statuses: string[] = [];
    server.wire.edit = (message) => {
      if (/^CSeq: \d+ MESSAGE/m.test(message) && message.startsWith('SIP/2.0'))
        statuses.push(message.slice(8, 11));
      return message;
    };
    for (const [type, body] of [
      ['text/plain', 'the alarm of gate 4 is off'],
      ['message/imdn+xml', '<imdn/>'],
    ])
      server.wire.tell(
        '1001',
        [
          'MESSAGE sip:1001@wire.test SIP/2.0',
          `Via: SIP/2.0/WS wire.test;branch=z9hG4bK${body!.length}`,
          'Max-Forwards: 70',
          'From: <sip:1002@wire.test>;tag=m',
          'To: <sip:1001@wire.test>',
          `Call-ID: m${body!.length}@wire.test`,
          'CSeq: 1 MESSAGE',
          `Content-Type: ${type}`,
          `Content-Length: ${body!.length}`,
          '',
          body,
        ].join('\r\n'),
      );
    await until(() => statuses.length === 2);
    expect(statuses[0]).to.equal('480');
    await end();
  });

  it('that signs in takes no call, however urgent, and answers none by itself', async () => {
    const {end} = await checks({autoAnswer: true});
    const offer = await description();
    const callers = ['a.16', 'b.11'].map(
      (ids) =>
        new Stranger(server.wire, {
          user: '1001',
          headers: {From: '<sip:1002@wire.test>;tag=TAG', 'Call-Info': '<sip:x>;answer-after=0', ids},
          offer,
        }),
    );
    await until(() => callers.every(({status}) => status >= 200));
    expect(callers.map(({status}) => status)).to.deep.equal([480, 480]);
    await end();
  });

  /** A client that was signed in, and whose server cannot be reached at the moment. */
  const reconnecting = async (): Promise<ReturnType<typeof made>> => {
    const client = made();
    await client.connect();
    await client.register();
    server.wire.reachable = false;
    server.wire.cut();
    await becomes(client, ({connection}) => connection === 'reconnecting');
    return client;
  };

  it('waits for a client that signs in again, and does not sign in beside it', async () => {
    const client = await reconnecting();
    const finding = find(client, {only: ['sign-in']});
    await until(() => server.wire.opening === 0);
    server.wire.reachable = true;
    expect(await finding).to.deep.equal({'sign-in': 'passed signed-in'});
    expect(clients).to.have.length(1);
    expect(client.state.registration).to.equal('registered');
  });

  it('says of a client that cannot sign in again why, and does not sign in beside it', async () => {
    shorten({checkedSignIn: 300});
    const client = await reconnecting();
    const found = await find(client, {only: ['sign-in']});
    expect(found['sign-in']).to.match(/^failed /);
    expect(clients).to.have.length(1);
    server.wire.reachable = true;
    await becomes(client, ({registration}) => registration === 'registered');
  });

  it('ends when the user signs out, and signs nobody in again', async () => {
    let open = (): void => {};
    server.wire.gate = new Promise<void>((resolve) => (open = resolve));
    const client = made();
    const connecting = client.connect().catch(() => {});
    const diagnosis = await client.diagnose({only: ['sign-in']});
    await until(() => diagnosis.steps[0]!.verdict === 'running');
    await client.disconnect();
    open();
    await Promise.all([diagnosis.finished, connecting]);
    expect(diagnosis.steps).to.deep.equal([{name: 'sign-in', verdict: 'skipped', code: 'aborted'}]);
    expect(clients).to.have.length(1);
    expect(server.wire.messages.filter((message) => message.startsWith('REGISTER'))).to.deep.equal([]);
  });

  it('ends although the page’s function never tells the STUN and TURN servers', async () => {
    shorten({checkedRelay: 50});
    const iceServers = (): Promise<readonly RTCIceServer[]> => new Promise(() => {});
    expect(await find(made({iceServers}), {only: ['stun', 'turn-udp']})).to.deep.equal({
      stun: 'failed too-slow',
      'turn-udp': 'failed too-slow',
    });
  });

  it('ends by its signal although the page’s function never tells the STUN and TURN servers', async () => {
    const client = made({iceServers: () => new Promise(() => {})});
    const ending = new AbortController();
    const finding = find(client, {only: ['stun'], signal: ending.signal});
    await Promise.resolve();
    ending.abort();
    expect(await finding).to.deep.equal({stun: 'skipped aborted'});
  });

  it('ends although the camera does not open a second time, and closes it when it does', async () => {
    shorten({checkedDevice: 300, checkedMedia: 300});
    const {mediaDevices} = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    const opened: MediaStream[] = [];
    let [cameras, release] = [0, (): void => {}];
    mediaDevices.getUserMedia = async (constraints) => {
      // A driver that hangs.
      if (constraints?.video && ++cameras === 2) await new Promise<void>((resolve) => (release = resolve));
      const stream = await open(constraints);
      opened.push(stream);
      return stream;
    };
    try {
      const found = await find(made(), {only: ['camera', 'call']});
      expect(found['camera']).to.equal('passed camera-works');
      expect(found['call']).to.equal('passed media-local');
      release();
      await until(() => opened.length === 2);
      await until(() =>
        opened.every((stream) => stream.getTracks().every(({readyState}) => readyState === 'ended')),
      );
    } finally {
      mediaDevices.getUserMedia = open;
    }
  });

  it('takes an echo that a framework has emptied for none', async () => {
    for (const echo of [null, undefined] as unknown as string[])
      expect(await find(made(), {echo, only: ['secure-page']})).to.deep.equal({
        'secure-page': 'passed page-secure',
      });
  });
});
