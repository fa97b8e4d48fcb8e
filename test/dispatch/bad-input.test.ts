import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import type {CallCause} from '../../src/core/types.js';
import {API_CODE, API_HEADER, CALL_STATE} from '../../src/dispatch/protocol.js';
import '../../src/locales/zh-CN.js';
import {describeError, SipError, type SipErrorCode} from '../../src/errors.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {becomes, reaches} from '../support/in-page/facts.js';
import {WireClient, WireDispatch, type Reaction} from '../support/wire/wire-dispatch.js';

/** What a row of the table can use. */
interface Scene {
  readonly server: WireDispatch;
  readonly client: WireClient;
  readonly devices: Devices;
}

/** Returns the code that a command rejects with. */
async function refusal(command: Promise<unknown>): Promise<SipErrorCode> {
  try {
    await command;
  } catch (error) {
    expect(error).to.be.instanceOf(SipError);
    return (error as SipError).code;
  }
  throw new Error('The command was not refused.');
}

async function ready({client}: Scene): Promise<void> {
  await client.connect();
  await client.register();
}

/** Registers and calls; returns why that was refused. */
async function refusedCall(scene: Scene, react: Reaction, number = '1002'): Promise<SipErrorCode> {
  await ready(scene);
  scene.server.reactions[API_HEADER.createCall] = react;
  return refusal(scene.client.call(number, {media: 'video'}));
}

/** Registers and calls; returns the call once its own dialog is connected. */
async function placedCall(scene: Scene): Promise<SipCall> {
  const {server, client} = scene;
  await ready(scene);
  server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'c1'});
  const call = await client.call('1002', {media: 'video'});
  await reaches(await server.invite('c1.12', {video: true}), 'confirmed');
  return call;
}

/** Places a call whose session then fails with the state; returns the cause of its end. */
async function failedCall(scene: Scene, state: number): Promise<SipErrorCode | 'normal'> {
  const call = await placedCall(scene);
  scene.server.event('c1', CALL_STATE.ringing);
  scene.server.event('c1', state);
  scene.server.event('c1', CALL_STATE.release);
  return (await over(call)).code;
}

async function over(call: SipCall): Promise<CallCause> {
  return (await becomes(call, ({phase}) => phase === 'released')).cause!;
}

/** Places a call without the device; returns the call's warning. */
async function warning(scene: Scene): Promise<SipErrorCode | undefined> {
  const call = await placedCall(scene);
  expect(call.remoteStream?.getTracks().length).to.be.greaterThan(0);
  return call.state.warning;
}

const withoutReply: Reaction = () => {};

/** Everything that can go wrong, and the code that the page gets for it. */
const ROWS: readonly (readonly [string, SipErrorCode, (scene: Scene) => Promise<unknown>])[] = [
  [
    'a server that cannot be reached',
    'server-unreachable',
    async ({server, client}) => {
      server.wire.reachable = false;
      const code = await refusal(client.connect());
      expect(client.state).to.deep.include({connection: 'disconnected'});
      expect(client.state.error?.code).to.equal(code);
      return code;
    },
  ],
  ['a call before connecting', 'not-connected', ({client}) => refusal(client.call('1002'))],
  [
    'a wrong password',
    'wrong-password',
    async ({server, client}) => {
      server.wire.users.set('1001', 'another');
      await client.connect();
      const code = await refusal(client.register());
      expect(client.state.registration).to.equal('rejected');
      expect(client.state.error?.code).to.equal(code);
      return code;
    },
  ],
  [
    'a user that the server does not know',
    'unknown-user',
    async ({server, client}) => {
      server.wire.users.delete('1001');
      await client.connect();
      return refusal(client.register());
    },
  ],
  [
    'a call before registering',
    'not-registered',
    async ({client, devices}) => {
      await client.connect();
      const code = await refusal(client.call('1002'));
      expect(devices.opened).to.have.length(0);
      return code;
    },
  ],
  [
    'something that is no number',
    'invalid-number',
    async (scene) => refusedCall(scene, withoutReply, '<b>me</b>'),
  ],
  [
    'a number that does not exist',
    'unknown-number',
    async (scene) =>
      refusedCall(scene, (request, server) => server.reply(request, API_CODE.userDoesNotExist)),
  ],
  [
    'a number that is not there, its code as text',
    'number-offline',
    async (scene) => refusedCall(scene, (request, server) => server.reply(request, '1105')),
  ],
  [
    'a number that is busy, as the reply says',
    'busy',
    async (scene) => refusedCall(scene, (request, server) => server.reply(request, API_CODE.numberBusy)),
  ],
  ['somebody busy, as an event says', 'busy', async (scene) => failedCall(scene, CALL_STATE.busy)],
  ['somebody who declines', 'declined', async (scene) => failedCall(scene, CALL_STATE.rejected)],
  ['nobody who answers', 'no-answer', async (scene) => failedCall(scene, CALL_STATE.noAnswer)],
  ['media that found no way', 'media-failed', async (scene) => failedCall(scene, CALL_STATE.mediaTimeout)],
  [
    'a caller who gives up while it rings',
    'cancelled',
    async (scene) => {
      const {server, client} = scene;
      await ready(scene);
      const ringing = new Promise<SipCall>((resolve) =>
        client.addEventListener('sip-call-received', ({detail}) => resolve(detail.call)),
      );
      const leg = await server.invite('c1.12', {video: true});
      const call = await ringing;
      call.prepare();
      await leg.hangup();
      return (await over(call)).code;
    },
  ],
  [
    'a microphone that is refused',
    'microphone-refused',
    async (scene) => {
      scene.devices.microphone = 'NotAllowedError';
      return warning(scene);
    },
  ],
  [
    'a microphone that is missing',
    'microphone-missing',
    async (scene) => {
      scene.devices.microphone = 'NotFoundError';
      return warning(scene);
    },
  ],
  [
    'a microphone that is in use',
    'microphone-busy',
    async (scene) => {
      scene.devices.microphone = 'NotReadableError';
      return warning(scene);
    },
  ],
  [
    'a camera that is refused',
    'camera-refused',
    async (scene) => {
      scene.devices.camera = 'NotAllowedError';
      return warning(scene);
    },
  ],
  [
    'a camera that is missing',
    'camera-missing',
    async (scene) => {
      scene.devices.camera = 'NotFoundError';
      return warning(scene);
    },
  ],
  [
    'a camera that is in use',
    'camera-busy',
    async (scene) => {
      scene.devices.camera = 'NotReadableError';
      return warning(scene);
    },
  ],
  [
    'an insecure page',
    'insecure-page',
    async (scene) => {
      // The far end gets its devices first: it is on a page of its own.
      Object.defineProperty(navigator, 'mediaDevices', {value: undefined, configurable: true});
      try {
        await ready(scene);
        const {server, client} = scene;
        server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'c1'});
        const call = await client.call('1002');
        Reflect.deleteProperty(navigator, 'mediaDevices');
        await reaches(await server.invite('c1.12'), 'confirmed');
        return call.state.warning;
      } finally {
        Reflect.deleteProperty(navigator, 'mediaDevices');
      }
    },
  ],
  [
    'a reply of broken JSON that still names its request',
    'bad-reply',
    async (scene) =>
      refusedCall(scene, ({msgid}, server) => server.send(`{"header":"x","body":[{"msgid":"${msgid}"`)),
  ],
  [
    'a reply of broken JSON that names nothing',
    'bad-reply',
    async (scene) => refusedCall(scene, (_request, server) => server.send('<html>502</html>')),
  ],
  [
    'a reply without a session',
    'bad-reply',
    async (scene) => refusedCall(scene, (request, server) => server.reply(request, 0)),
  ],
  [
    'a reply with a code that is not known',
    'server-error',
    async (scene) => refusedCall(scene, (request, server) => server.reply(request, 4711)),
  ],
  ['a reply that never comes', 'timeout', async (scene) => refusedCall(scene, withoutReply)],
  [
    'a reply that never comes, with the INVITE',
    'timeout',
    async (scene) => {
      const {server} = scene;
      const refused = await refusedCall(scene, () => void server.invite('c1.12', {video: true}));
      expect((await server.asked(API_HEADER.forceEnd)).body).to.deep.equal({cid: 'c1'});
      return refused;
    },
  ],
  [
    'a reply that comes after its time, and its INVITE after that',
    'timeout',
    async (scene) => {
      const {server, client} = scene;
      const code = await refusedCall(scene, withoutReply);
      const late = new Promise((resolve) => client.addEventListener('sip-api-received', resolve));
      server.reply(
        server.requests.find(({header}) => header === API_HEADER.createCall)!,
        0,
        {cid: 'c1'},
      );
      await late;
      expect((await server.asked(API_HEADER.forceEnd)).body).to.deep.equal({cid: 'c1'});
      const {cause} = await reaches(await server.invite('c1.12'), 'terminated');
      expect(cause?.status).to.equal(480);
      return code;
    },
  ],
  [
    'a reply without an INVITE',
    'no-invite',
    async (scene) => {
      const {server, client} = scene;
      await ready(scene);
      server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'c1'});
      const {code} = await over(await client.call('1002'));
      expect((await server.asked(API_HEADER.forceEnd)).body).to.deep.equal({cid: 'c1'});
      return code;
    },
  ],
  [
    'a server without the API',
    'no-dispatch-server',
    async (scene) => {
      await ready(scene);
      const {wire} = scene.server;
      wire.handle = undefined;
      return refusal(scene.client.call('1002'));
    },
  ],
  [
    'a connection that is lost while the call is asked for',
    'connection-lost',
    async (scene) => refusedCall(scene, (_request, {wire}) => wire.cut('1001')),
  ],
  [
    'a call that is given up before it has a name',
    'aborted',
    async (scene) => {
      await ready(scene);
      scene.server.reactions[API_HEADER.createCall] = withoutReply;
      const ending = new AbortController();
      const refused = refusal(scene.client.call('1002', {signal: ending.signal}));
      await scene.server.asked(API_HEADER.createCall);
      ending.abort();
      return refused;
    },
  ],
  [
    'a client that disconnects while it calls',
    'aborted',
    async (scene) => {
      await ready(scene);
      scene.server.reactions[API_HEADER.createCall] = withoutReply;
      const refused = refusal(scene.client.call('1002'));
      await scene.server.asked(API_HEADER.createCall);
      await scene.client.disconnect();
      return refused;
    },
  ],
  [
    'a message to a number that does not exist',
    'unknown-number',
    async (scene) => {
      await ready(scene);
      return refusal(scene.client.sendMessage('4711', 'Hello'));
    },
  ],
  [
    'an API message that is no JSON',
    'bad-parameter',
    async (scene) => {
      await ready(scene);
      return refusal(scene.client.sendApi('{header'));
    },
  ],
];

describe('What bad input gets', () => {
  let scene: Scene;

  beforeEach(async () => {
    const devices = watchDevices();
    const server = new WireDispatch();
    await server.leg('1002');
    const timeouts = {reply: 500, invite: 1_500};
    scene = {server, devices, client: new WireClient(server.wire, {user: '1001', timeouts})};
  });

  afterEach(async () => {
    const {server, client, devices} = scene;
    const rings = client.state.calls.filter(({state}) => state.phase === 'ringing');
    const isIncoming = rings.some(({direction}) => direction === 'incoming');
    await client.disconnect();
    await server.close();
    devices.restore();
    expect(isIncoming, 'something is left ringing').to.equal(false);
    expect(client.state.calls).to.have.length(0);
    expect(
      devices.opened.filter(({readyState}) => readyState === 'live'),
      'a device is left on',
    ).to.have.length(0);
  });

  for (const [what, code, provoke] of ROWS) {
    it(`tells ${what} as ${code}`, async () => {
      expect(await provoke(scene)).to.equal(code);
      expect(describeError({code, subject: '1002'}, 'en')).to.match(/[.!]$/);
      expect(describeError({code, subject: '1002'}, 'zh-CN')).to.match(/。$/);
    });
  }

  it('settles a call once where its reply comes twice', async () => {
    const {server, client} = scene;
    await ready(scene);
    server.reactions[API_HEADER.createCall] = (request) => {
      server.reply(request, 0, {cid: 'c1'});
      server.reply(request, 0, {cid: 'c1'});
    };
    const again = new Promise((resolve) => client.addEventListener('sip-api-received', resolve));
    const call = await client.call('1002');
    await again;
    await reaches(await server.invite('c1.12'), 'confirmed');
    expect(client.state.calls).to.deep.equal([call]);
    await call.hangup();
    expect(server.requests.map(({header}) => header)).to.deep.equal([API_HEADER.createCall]);
  });

  it('tells of an address where nobody listens over a real WebSocket', async () => {
    const {SipClient} = await import('../../src/client.js');
    const client = new SipClient({server: 'ws://127.0.0.1:9/fswebrtc', user: '1001', password: '1234'});
    expect(await refusal(client.connect())).to.equal('server-unreachable');
    expect(client.state).to.deep.include({connection: 'disconnected', registration: 'unregistered'});
  });
});
