import {expect} from '@open-wc/testing';
import type {IceServersSource} from '../../../src/core/client/ice-servers.js';
import {watchDevices, type Devices} from '../../support/in-page/devices.js';
import {becomes, hears, reaches, until} from '../../support/in-page/facts.js';
import {shorten} from '../../support/in-page/durations.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

/** Nobody listens there. */
const server = (password: string): RTCIceServer => ({
  urls: 'turn:127.0.0.1:65001?transport=udp',
  username: 'alice',
  credential: password,
});

const wrong = (subject: string) => ({
  code: 'ice-servers-failed',
  subject,
  expected: '[{"urls": "turn:…", "username": "…", "credential": "…"}]',
});

describe('SipUserAgent: ICE servers that a function gives', () => {
  const Connection = window.RTCPeerConnection;
  const AUDIO = {audio: true, video: false};
  let wire: Wire;
  let bob: WireUser;
  let devices: Devices;
  /** The credentials with which connections gathered candidates, in order; empty without servers. */
  let gathered: string[];
  /** The credentials that connections were given, in order. */
  let configured: string[];
  const users: WireUser[] = [];

  async function user(iceServers: IceServersSource, user = 'alice'): Promise<WireUser> {
    const made = new WireUser(wire, {user, iceServers, timeouts: {iceGathering: 50}});
    users.push(made);
    return made.begin();
  }

  beforeEach(async () => {
    [gathered, configured] = [[], []];
    devices = watchDevices();
    window.RTCPeerConnection = class extends Connection {
      override async setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void> {
        gathered.push(String(this.getConfiguration().iceServers?.[0]?.credential ?? ''));
        await super.setLocalDescription(description);
      }

      override setConfiguration(configuration: RTCConfiguration): void {
        configured.push(String(configuration.iceServers?.[0]?.credential ?? ''));
        super.setConfiguration(configuration);
      }
    };
    wire = new Wire({alice: '', bob: '', carol: ''});
    bob = await new WireUser(wire, {user: 'bob'}).begin();
    users.push(bob);
  });

  afterEach(async () => {
    window.RTCPeerConnection = Connection;
    await Promise.all(users.splice(0).map(({agent}) => agent.disconnect()));
    await until(() => devices.opened.every(({readyState}) => readyState === 'ended'));
    devices.restore();
  });

  it('are asked for before each call, made here or there', async () => {
    let asked = 0;
    const alice = await user(async () => {
      const password = `password ${++asked}`;
      // It takes a while, as a request of a page does.
      await new Promise((resolve) => setTimeout(resolve, 150));
      return [server(password)];
    });
    const first = alice.agent.invite('bob', AUDIO);
    await (await bob.rings()).reject();
    await reaches(first, 'terminated');
    expect(gathered).to.deep.equal(['password 1']);
    const call = bob.agent.invite('alice', AUDIO);
    await (await alice.rings()).accept(AUDIO);
    await reaches(call, 'confirmed');
    // Bob has none.
    expect(gathered).to.deep.equal(['password 1', '', 'password 2']);
  });

  it('are asked for again where another way is sought: the old ones may have expired', async () => {
    let asked = 0;
    const alice = await user(async () => [server(`password ${++asked}`)]);
    const call = alice.agent.invite('bob', AUDIO);
    await (await bob.rings()).accept(AUDIO);
    await reaches(call, 'confirmed');
    await hears(call);
    call.restartIce();
    await until(() => gathered.length > 3);
    expect(gathered.filter((password) => password)).to.deep.equal(['password 1', 'password 2']);
  });

  it('are asked for again where the other side seeks another way', async () => {
    let asked = 0;
    const carol = await user(async () => [server(`password ${++asked}`)], 'carol');
    const call = bob.agent.invite('carol', AUDIO);
    await (await carol.rings()).accept(AUDIO);
    await reaches(call, 'confirmed');
    await hears(call);
    call.restartIce();
    await until(() => gathered.length > 3);
    expect(gathered).to.deep.equal(['', 'password 1', '', 'password 2']);
    // A continuing call is no reason to ask.
    await call.setHeld(true);
    expect(asked).to.equal(2);
  });

  it('are those that a call has where the function fails within it', async () => {
    let asked = 0;
    const carol = await user(async () => {
      if (++asked > 1) throw new Error('503');
      return [server('password 1')];
    }, 'carol');
    const call = bob.agent.invite('carol', AUDIO);
    const ringing = await carol.rings();
    await ringing.accept(AUDIO);
    await reaches(call, 'confirmed');
    await hears(call);
    window.dispatchEvent(new Event('online'));
    wire.cut('bob');
    await becomes(call, ({health}) => health === 'restored');
    wire.cut('carol');
    await becomes(ringing, ({health}) => health === 'restored');
    await ringing.setHeld(true);
    expect(asked).to.be.above(1);
  });

  for (const [how, result] of [
    ['a list', (password: string) => ({iceServers: [server(password)], ttl: 1})],
    [
      'coturn’s REST interface',
      (password: string) => ({uris: [String(server('').urls)], username: 'alice', password, ttl: 1}),
    ],
  ] as const)
    it(`with a lifetime, as ${how} has it, are renewed in a running call before they end`, async () => {
      let asked = 0;
      const alice = await user(async () => {
        // One renewal fails, and is tried again.
        if (++asked === 2) throw new Error('503');
        return result(`password ${asked}`);
      });
      const call = alice.agent.invite('bob', AUDIO);
      await (await bob.rings()).accept(AUDIO);
      await reaches(call, 'confirmed');
      await hears(call);
      expect(configured.at(-1)).to.equal('password 1');
      await until(() => configured.at(-1) === 'password 3');
      // The next way is sought with valid ones.
      call.restartIce();
      await until(() => gathered.filter(Boolean).length > 1);
      expect(gathered.filter(Boolean).at(-1)).to.equal(configured.at(-1));
      await call.hangup();
      const before = asked;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(asked).to.equal(before);
    });

  it('that do not come are an error in the end', async () => {
    shorten({iceServers: 50});
    const alice = await user(() => new Promise(() => {}));
    const {cause} = await reaches(alice.agent.invite('bob', AUDIO), 'terminated');
    expect(cause).to.include({by: 'local', code: 'ice-servers-failed', subject: 'no result in 50 ms'});
  });

  for (const [what, given, why] of [
    ['throws', async () => Promise.reject(new Error('404')), {code: 'ice-servers-failed', subject: '404'}],
    ['gives a single server', async () => server('hush') as never, wrong('iceServers')],
    [
      'gives an object around them',
      async () => ({iceServers: [server('hush')]}) as never,
      wrong('iceServers'),
    ],
    ['gives nothing', async () => undefined as never, wrong('iceServers')],
    [
      'gives a TURN server without a password',
      async () => [{urls: 'turn:turn.example', username: 'alice'}],
      wrong('iceServers, username, credential'),
    ],
  ] as const)
    it(`make no call where the function ${what}: nobody rings, no device stays open`, async () => {
      const alice = await user(given);
      const call = alice.agent.invite('bob', AUDIO);
      const {cause} = await reaches(call, 'terminated');
      expect(cause).to.deep.equal({by: 'local', ...why});
      expect(wire.messages.some((message) => message.startsWith('INVITE'))).to.equal(false);
      expect(devices.opened.map(({readyState}) => readyState)).not.to.include('live');
    });

  it('keep nobody from hanging up while the page has not answered', async () => {
    let asked = 0;
    const alice = await user(() => new Promise(() => asked++));
    const call = alice.agent.invite('bob', AUDIO);
    await until(() => asked === 1 && devices.opened.length > 0);
    await call.hangup();
    expect(call.state.cause).to.deep.equal({by: 'local', code: 'normal'});
    expect(devices.opened.map(({readyState}) => readyState)).not.to.include('live');
    expect(wire.messages.some((message) => message.startsWith('INVITE'))).to.equal(false);
  });
});
