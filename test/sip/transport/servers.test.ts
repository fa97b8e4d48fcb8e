import {expect} from '@open-wc/testing';
import {shorten} from '../../support/in-page/durations.js';
import {becomes, hears, reaches, until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {SocketServer} from '../../support/servers/socket-server.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

const A = 'wss://a.test/sip';
const B = 'ws://b.test/sip';
/** Nobody listens there. */
const NOWHERE = 'ws://127.0.0.1:9/sip';

describe('SipUserAgent: several servers', () => {
  /** The registrar behind all of them. */
  let wire: Wire;
  let nothing: Wire;
  let down: Set<string>;
  let tried: string[];
  /** When each server was tried. */
  let times: number[];
  let rounds: number;
  /** The attempts that the reconnect policy was asked about. */
  let attempts: number[];
  /** Servers with a wire of their own. */
  let others: Map<string, Wire>;
  /** Between rounds, in milliseconds. */
  let wait: number;
  let lines: string[];
  const users: WireUser[] = [];

  function user(name: string): WireUser {
    const made = new WireUser(
      wire,
      {user: name, server: [A, B], timeouts: {reply: 300}, log: ({text}) => lines.push(text)},
      {
        createTransport: (url) => {
          tried.push(url);
          times.push(performance.now());
          return (down.has(url) ? nothing : (others.get(url) ?? wire)).createTransport(url);
        },
        policy: {nextDelay: (attempt) => (attempts.push(attempt), rounds++, wait)},
      },
    );
    users.push(made);
    return made;
  }

  beforeEach(() => {
    wire = new Wire({alice: '', bob: ''});
    nothing = new Wire({});
    nothing.reachable = false;
    down = new Set();
    tried = [];
    times = [];
    rounds = 0;
    attempts = [];
    others = new Map();
    wait = 1;
    lines = [];
  });

  afterEach(async () => {
    await Promise.all(users.splice(0).map(({agent}) => agent.disconnect()));
  });

  it('are not needed where the first can be reached', async () => {
    await user('alice').begin();
    expect(tried).to.deep.equal([A]);
    expect(wire.messages[0]).to.match(/^Via: SIP\/2\.0\/WSS /m);
  });

  it('are tried in order where one cannot be reached, without a wait', async () => {
    down.add(A);
    const {connection} = await user('alice').begin();
    expect(tried).to.deep.equal([A, B]);
    expect(connection).to.deep.equal([
      ['connecting', undefined],
      ['connected', undefined],
    ]);
    expect(lines).to.include(`connected to ${B}`).and.not.to.include(`connected to ${A}`);
    expect(wire.registered('alice')).to.equal(true);
    expect(wire.messages[0]).to.match(/^Via: SIP\/2\.0\/WS /m);
    expect(wire.messages[0]).to.match(/^REGISTER sip:a\.test SIP/);
  });

  it('fail with what the first one failed with where none can be reached', async () => {
    down = new Set([A, B]);
    const {agent, connection} = user('alice');
    await rejects(agent.connect(), 'server-unreachable');
    expect(tried).to.deep.equal([A, B]);
    expect(connection.at(-1)).to.deep.equal(['disconnected', 'server-unreachable']);
    down.clear();
    await agent.connect();
    expect(tried).to.deep.equal([A, B, A]);
  });

  it('take over registration and calls', async () => {
    const bob = await new WireUser(wire, {user: 'bob'}).begin();
    users.push(bob);
    const alice = await user('alice').begin();
    const call = alice.agent.invite('bob', {audio: true, video: false});
    const ringing = await bob.rings();
    await ringing.accept({audio: true, video: false});
    await reaches(call, 'confirmed');
    await hears(call);
    down.add(A);
    wire.cut('alice');
    await becomes(call, ({health}) => health === 'restored');
    expect(tried).to.deep.equal([A, A, B]);
    expect(rounds).to.equal(1);
    expect(wire.registered('alice')).to.equal(true);
    await Promise.all([hears(call), hears(ringing)]);
    const registered = wire.messages.filter((text) => /^REGISTER .*<sip:alice@/s.test(text));
    for (const text of registered)
      expect(text).to.include(`+sip.instance="<urn:uuid:${alice.agent.instance}>"`);
    await call.hangup();
    await reaches(ringing, 'terminated');
  });

  it('are waited for between rounds, each beginning with the one that was used last', async () => {
    down.add(A);
    const alice = await user('alice').begin();
    down.add(B);
    tried = [];
    times = [];
    wait = 50;
    wire.cut('alice');
    await until(() => rounds > 2);
    down.delete(A);
    await alice.knows(() => alice.registration.filter(([state]) => state === 'registered').length === 2);
    expect(tried.slice(0, 4)).to.deep.equal([B, A, B, A]);
    expect(times[2]! - times[1]!).to.be.at.least(49);
    expect(tried.at(-1)).to.equal(A);
    expect(tried.length).to.equal(2 * rounds);
  });

  /** A server that takes connections, and answers each REGISTER with the status, or not at all. */
  function useless(status?: number, headers: string[] = []): Wire {
    const server = new Wire({});
    server.handle = ({reply}) => {
      if (status) reply(status, headers);
      return true;
    };
    return server;
  }

  for (const [status, code] of [
    [503, 'registration-refused'],
    [undefined, 'timeout'],
  ] as const)
    it(`are gone on with where one answers a REGISTER with ${status ?? 'nothing'}`, async () => {
      others.set(A, useless(status));
      const alice = await user('alice').begin();
      expect(tried).to.deep.equal([A, B]);
      expect(wire.registered('alice')).to.equal(true);
      expect(alice.registration).to.deep.equal([
        ['registering', undefined],
        ['unregistered', code],
        ['registering', undefined],
        ['registered', undefined],
      ]);
      // So does a renewal.
      wire.handle = useless(status).handle;
      others.clear();
      others.set(A, new Wire({alice: ''}));
      wire.cut('alice');
      await alice.knows(() => alice.registration.filter(([state]) => state === 'registered').length === 2);
      expect(tried).to.deep.equal([A, B, B, A]);
    });

  for (const status of [503, undefined])
    it(`keep the call where one answers a renewal with ${status ?? 'nothing'}`, async () => {
      const bob = await new WireUser(wire, {user: 'bob'}).begin();
      const alice = user('alice');
      users.push(bob);
      await alice.agent.connect();
      // It is renewed at once.
      await alice.agent.register(1);
      const call = alice.agent.invite('bob', {audio: true, video: false});
      const far = await bob.rings();
      await far.accept({audio: true, video: false});
      await reaches(call, 'confirmed');
      await Promise.all([hears(call), hears(far)]);
      const isA = (via = ''): boolean => via.startsWith('SIP/2.0/WSS');
      wire.handle = ({request, reply}) => {
        const refused = request.method === 'REGISTER' && isA(request.getHeader('via'));
        if (refused && status) reply(status);
        return refused;
      };
      await becomes(call, ({health}) => health === 'restored');
      expect(tried).to.deep.equal([A, B]);
      expect(alice.connection.slice(2).map(([state]) => state)).to.deep.equal(['reconnecting', 'connected']);
      await Promise.all([hears(call), hears(far)]);
      const before = wire.messages.length;
      await call.setHeld(true);
      await far.setHeld(true);
      expect([call.state.remoteHeld, far.state.remoteHeld]).to.deep.equal([true, true]);
      await call.hangup();
      expect((await reaches(far, 'terminated')).cause).to.deep.equal({by: 'remote', code: 'normal'});
      const vias = wire.messages.slice(before).map((text) => /^Via: (.*)$/m.exec(text)?.[1]);
      expect(vias.filter((via) => isA(via))).to.deep.equal([]);
    });

  it('are waited for longer and longer where none registers', async () => {
    wire.handle = useless(503).handle;
    const alice = user('alice');
    const {agent, registration} = alice;
    await agent.connect();
    await rejects(agent.register(60), 'registration-refused');
    expect(tried).to.deep.equal([A, B]);
    await until(() => tried.length >= 5);
    expect(attempts.slice(0, 6)).to.deep.equal([0, 1, 0, 2, 0, 3]);
    wire.handle = undefined;
    await alice.knows(() => registration.at(-1)?.[0] === 'registered');
    expect(registration.map(([state]) => state)).not.to.include('rejected');
  });

  it('are left alone where one refuses for good', async () => {
    others.set(A, useless(403));
    const {agent, registration} = user('alice');
    await agent.connect();
    await rejects(agent.register(60), 'wrong-password');
    expect(registration.at(-1)).to.deep.equal(['rejected', 'wrong-password']);
    expect(tried).to.deep.equal([A]);
  });

  it('are not asked again before the time that one asks for', async () => {
    others.set(A, useless(503, ['Retry-After: 600']));
    const alice = await user('alice').begin();
    expect(tried).to.deep.equal([A, B]);
    wire.cut('alice');
    await alice.knows(() => alice.registration.filter(([state]) => state === 'registered').length === 2);
    down.add(B);
    wire.cut('alice');
    await until(() => rounds > 3);
    expect(tried.filter((url) => url === A)).to.have.length(1);
  });

  it('are tried beside one that is slow, and the first to open is kept', async () => {
    shorten({nextServer: 30});
    const slow = new Wire({alice: ''});
    slow.gate = new Promise(() => {});
    others.set(A, slow);
    const {connection} = await user('alice').begin();
    expect(tried).to.deep.equal([A, B]);
    expect(wire.registered('alice')).to.equal(true);
    await until(() => slow.opening === 0);
    expect(connection.at(-1)).to.deep.equal(['connected', undefined]);
  });

  it('are those that the other tabs have reached', async () => {
    shorten({serverReturn: 20});
    wire.shared = B;
    await user('alice').begin();
    expect(lines).to.include(`connected to ${B}`);
    expect(wire.messages[0]).to.match(/^Via: SIP\/2\.0\/WS /m);
    // It would have returned by now.
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(tried).to.deep.equal([A]);
    // The worker returns for all tabs.
    const {length} = wire.messages;
    for (const {onmoved} of wire.connections) onmoved!(A);
    await until(() => wire.messages.slice(length).some((message) => message.startsWith('REGISTER')));
    expect(lines).to.include(`connected to ${A}`);
  });

  describe('of which the first was away', () => {
    let first: Wire;
    let alice: WireUser;

    beforeEach(async () => {
      shorten({serverReturn: 40});
      first = new Wire({alice: ''});
      first.reachable = false;
      others.set(A, first);
      alice = await user('alice').begin();
      expect(wire.registered('alice')).to.equal(true);
    });

    it('are left for it without a gap', async () => {
      const before = [...wire.connections];
      let served = true;
      first.handle = ({request}) => {
        // The other one still delivers.
        served &&= request.method !== 'REGISTER' || before.every(({state}) => state === 'open');
        return false;
      };
      await until(() => tried.length > 3);
      first.reachable = true;
      await until(() => first.registered('alice') && wire.connections.size === 0);
      expect(served).to.equal(true);
      expect(alice.connection.map(([state]) => state)).to.deep.equal(['connecting', 'connected']);
      expect(alice.registration.map(([state]) => state)).to.deep.equal(['registering', 'registered']);
      const {length} = tried;
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(tried.length).to.equal(length);
    });

    it('are not left during a call', async () => {
      const bob = await new WireUser(wire, {user: 'bob'}).begin();
      users.push(bob);
      const call = alice.agent.invite('bob', {audio: true, video: false});
      const far = await bob.rings();
      const before = tried.length;
      first.reachable = true;
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(tried.slice(before)).to.deep.equal([]);
      await far.reject();
      await reaches(call, 'terminated');
      await until(() => first.registered('alice'));
    });

    it('are gone on with when it does not register', async () => {
      first.handle = useless(503).handle;
      first.reachable = true;
      const times = (): number => alice.registration.filter(([state]) => state === 'registered').length;
      await alice.knows(() => times() === 2);
      expect(wire.registered('alice')).to.equal(true);
      expect(alice.connection.at(-1)).to.deep.equal(['connected', undefined]);
    });
  });

  it('are real ones, of which the first refuses', async () => {
    const server = await SocketServer.listen();
    const alice = new WireUser(
      wire,
      {user: 'alice', server: `${NOWHERE}, ${server.url}`},
      {createTransport: undefined},
    );
    users.push(alice);
    await alice.agent.connect();
    await server.knows(() => server.opened === 1);
    await alice.agent.disconnect();
    await server.close();
  });
});
