import {expect} from '@open-wc/testing';
import {becomes, hears, reaches, until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire, WireTransport} from '../../support/wire/wire.js';
import type {SipDialog, UserAgentParts} from '../../../src/sip/user-agent.js';

describe('SipUserAgent: connection', () => {
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;

  async function start(parts: UserAgentParts = {}): Promise<void> {
    alice = new WireUser(wire, {user: 'alice'}, parts);
    bob = new WireUser(wire, {user: 'bob'});
    await Promise.all([alice.begin(), bob.begin()]);
  }

  async function talk(): Promise<{call: SipDialog; ringing: SipDialog}> {
    const call = alice.agent.invite('bob', {audio: true, video: false});
    const ringing = await bob.rings();
    await ringing.accept({audio: true, video: false});
    await reaches(call, 'confirmed');
    await hears(call);
    return {call, ringing};
  }

  /** Resolves once Alice has lost a connection. */
  const lost = (): Promise<void> =>
    alice.knows(() => alice.connection.some(([state]) => state === 'reconnecting'));

  beforeEach(() => {
    wire = new Wire({alice: '', bob: ''});
  });

  afterEach(async () => {
    await Promise.all([alice, bob].map((user) => user?.agent.disconnect()));
    expect(wire.connections.size).to.equal(0);
  });

  it('is refused where there is no server', async () => {
    wire.reachable = false;
    alice = bob = new WireUser(wire, {user: 'alice'});
    await rejects(alice.agent.connect(), 'server-unreachable');
    expect(alice.connection).to.deep.equal([
      ['connecting', undefined],
      ['disconnected', 'server-unreachable'],
    ]);
    wire.reachable = true;
    await alice.begin();
    expect(wire.registered('alice')).to.equal(true);
  });

  it('stands once however often it is asked for', async () => {
    await start();
    await Promise.all([alice.agent.connect(), alice.agent.connect()]);
    expect(alice.connection).to.deep.equal([
      ['connecting', undefined],
      ['connected', undefined],
    ]);
  });

  it('can be given up while it is made', async () => {
    alice = bob = new WireUser(wire, {user: 'alice'});
    const connecting = rejects(alice.agent.connect(), 'aborted');
    await alice.agent.disconnect();
    await connecting;
  });

  it('is restored with its registration', async () => {
    await start();
    wire.cut('alice');
    await alice.knows(
      () => alice.registration.at(-1)![0] === 'registered' && alice.registration.length === 5,
    );
    expect(alice.connection.slice(2)).to.deep.equal([
      ['reconnecting', 'connection-lost'],
      ['connected', undefined],
    ]);
    expect(alice.registration.map(([state]) => state).slice(2)).to.deep.equal([
      'unregistered',
      'registering',
      'registered',
    ]);
    await bob.agent.message('alice', 'still there?', 'text/plain');
    expect(alice.messages).to.have.length(1);
  });

  it('keeps its calls', async () => {
    await start();
    const {call, ringing} = await talk();
    wire.reachable = false;
    wire.cut('alice');
    expect(call.state.health).to.equal('suspect');
    expect(call.state.phase).to.equal('confirmed');
    await hears(ringing);
    expect(() => alice.agent.invite('bob', {audio: true, video: false}))
      .to.throw()
      .with.property('code', 'not-connected');
    await rejects(alice.agent.message('bob', 'x', 'text/plain'), 'not-connected');
    wire.reachable = true;
    await becomes(call, ({health}) => health === 'restored');
    await Promise.all([hears(call), hears(ringing)]);
    await call.hangup();
    await reaches(ringing, 'terminated');
  });

  it('brings a BYE of the meantime to the other side', async () => {
    await start();
    const {call, ringing} = await talk();
    wire.reachable = false;
    wire.cut('alice');
    await call.hangup();
    expect(ringing.state.phase).to.equal('confirmed');
    wire.reachable = true;
    const {cause} = await reaches(ringing, 'terminated');
    expect(cause).to.deep.equal({by: 'remote', code: 'normal'});
  });

  it('does nothing late of what was told as failed meanwhile', async () => {
    alice = new WireUser(wire, {user: 'alice', dtmf: 'info'});
    bob = new WireUser(wire, {user: 'bob'});
    await Promise.all([alice.begin(), bob.begin()]);
    const {call, ringing} = await talk();
    const tones: Event[] = [];
    ringing.addEventListener('dtmf', (event) => tones.push(event));
    wire.reachable = false;
    wire.cut('alice');
    const before = wire.messages.length;
    await rejects(call.sendDtmf('5'), 'connection-lost');
    await rejects(
      call.transfer('carol', () => {}),
      'connection-lost',
    );
    wire.reachable = true;
    await becomes(call, ({health}) => health === 'restored');
    await call.sendDtmf('6');
    const requests = wire.messages.slice(before).map((message) => message.split(' ', 1)[0]);
    expect(requests.filter((method) => method !== 'SIP/2.0')).to.deep.equal([
      'REGISTER',
      'INVITE',
      'ACK',
      'INFO',
    ]);
    expect(bob.referrals).to.deep.equal([]);
    expect(tones).to.have.length(1);
  });

  it('ends a call that the other side has forgotten', async () => {
    await start();
    const {call} = await talk();
    wire.handle = ({request, reply}) => {
      if (request.method !== 'INVITE') return false;
      reply(481);
      return true;
    };
    wire.cut('alice');
    const {cause} = await reaches(call, 'terminated');
    expect(cause).to.deep.equal({by: 'server', code: 'call-lost', status: 481});
  });

  it('lets nothing ring that can no longer be answered', async () => {
    await start();
    const call = alice.agent.invite('bob', {audio: true, video: false});
    const ringing = await bob.rings();
    await reaches(call, 'early');
    wire.cut();
    expect(ringing.state.cause).to.deep.equal({by: 'server', code: 'connection-lost'});
    expect(call.state.cause).to.deep.equal({by: 'server', code: 'connection-lost'});
  });

  it('fails a message whose reply is lost with it', async () => {
    await start();
    let arrived!: () => void;
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    wire.handle = ({request}) => {
      if (request.method === 'MESSAGE') arrived();
      return request.method === 'MESSAGE';
    };
    const sending = rejects(alice.agent.message('bob', 'x', 'text/plain'), 'connection-lost');
    await arrival;
    wire.cut('alice');
    await sending;
  });

  it('notices a server that is silent', async () => {
    await start({keepAlive: {interval: 20, response: 30}});
    await until(() => wire.keepAlives.length > 1);
    await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
    wire.answersPings = false;
    wire.handle = () => true;
    await lost();
  });

  it('notices a server that is silent from the beginning, by its first request', async () => {
    wire.answersPings = false;
    wire.handle = () => true;
    alice = new WireUser(wire, {user: 'alice'}, {keepAlive: {interval: 60_000, response: 30}});
    await alice.agent.connect();
    const registering = rejects(alice.agent.register(60), 'connection-lost');
    await lost();
    await registering;
    // It answers by now.
    wire.handle = undefined;
    await alice.knows(() => alice.registration.at(-1)![0] === 'registered');
  });

  it('leaves a server in peace that is slow with what it is asked for', async () => {
    wire.answersPings = false;
    await start({keepAlive: {interval: 60_000, response: 20}});
    const waiting: (() => void)[] = [];
    wire.handle = ({request, reply}) => request.method === 'REGISTER' && waiting.push(() => reply(200)) > 0;
    const asking = alice.agent.register(60);
    await until(() => wire.messages.some((message) => message.startsWith('OPTIONS')));
    // As long as it takes until a second OPTIONS would be sent.
    await new Promise((resolve) => setTimeout(resolve, 60));
    waiting[0]!();
    await asking;
    expect(alice.connection.at(-1)).to.deep.equal(['connected', undefined]);
  });

  it('leaves a server in peace that answers no pings', async () => {
    wire.answersPings = false;
    await start({keepAlive: {interval: 10, response: 10}});
    await until(() => wire.keepAlives.length > 5);
    expect(alice.connection.at(-1)).to.deep.equal(['connected', undefined]);
  });

  it('probes when the page is seen again, and finds a dead connection', async () => {
    wire.answersPings = false;
    await start({keepAlive: {interval: 60_000, response: 30}});
    window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
    // An OPTIONS is answered by any server.
    await until(() => wire.messages.some((message) => message.startsWith('OPTIONS')));
    await alice.agent.message('bob', 'alive', 'text/plain');
    expect(alice.connection.at(-1)).to.deep.equal(['connected', undefined]);
    wire.handle = () => true;
    document.dispatchEvent(new Event('visibilitychange'));
    await lost();
  });

  describe('that goes silent', () => {
    /** Every transport of Alice's, in order, and how many of the earlier ones were open when it was made. */
    let made: {readonly transport: WireTransport; readonly beside: number}[];
    let before: WireTransport;

    beforeEach(async () => {
      made = [];
      await start({
        keepAlive: {interval: 60_000, response: 1_000},
        createTransport: () => {
          const beside = made.filter(({transport}) => transport.state === 'open').length;
          const transport = new WireTransport(wire);
          made.push({transport, beside});
          return transport;
        },
      });
      before = made[0]!.transport;
    });

    it('is replaced by another one before it is given up, and the call goes on', async () => {
      const {call, ringing} = await talk();
      before.blocked = true;
      document.dispatchEvent(new Event('visibilitychange'));
      await becomes(call, ({health}) => health === 'restored');
      expect(made.map(({beside}) => beside)).to.deep.equal([0, 1]);
      expect(before.state).to.equal('closed');
      expect(wire.connectionOf('alice')).to.equal(made[1]!.transport);
      await call.setHeld(true);
      expect(ringing.state.remoteHeld).to.equal(true);
    });

    it('stays if it is heard before another one is open', async () => {
      let open!: () => void;
      before.blocked = true;
      wire.gate = new Promise((resolve) => (open = resolve));
      window.dispatchEvent(new Event('online'));
      await until(() => made.length === 2);
      before.blocked = false;
      wire.tell('alice', '\r\n\r\n');
      await until(() => made[1]!.transport.state === 'closed');
      open();
      await alice.agent.message('bob', 'alive', 'text/plain');
      expect(before.state).to.equal('open');
      expect(alice.connection.at(-1)).to.deep.equal(['connected', undefined]);
    });

    it('is kept as long as usual while a call is being set up', async () => {
      const call = alice.agent.invite('bob', {audio: true, video: false});
      await bob.rings();
      await reaches(call, 'early');
      before.blocked = true;
      document.dispatchEvent(new Event('visibilitychange'));
      await until(() => made[1]?.transport.state === 'closed');
      expect(call.state.phase).to.equal('early');
      expect(alice.connection.at(-1)).to.deep.equal(['connected', undefined]);
      expect((await reaches(call, 'terminated')).cause).to.deep.equal({
        by: 'server',
        code: 'connection-lost',
      });
    });

    it('is given up when its time is over if other tabs use it: another one would be the same', async () => {
      wire.shared = 'ws://wire.test';
      before.blocked = true;
      document.dispatchEvent(new Event('visibilitychange'));
      await alice.knows(() => alice.registration.filter(([state]) => state === 'registered').length === 2);
      expect(made.map(({beside}) => beside)).to.deep.equal([0, 0]);
    });

    it('is found out by a jump of the clock, as after a sleep of the device', async () => {
      before.blocked = true;
      const {now} = Date;
      Date.now = () => now() + 60_000;
      try {
        await alice.knows(() => alice.registration.filter(([state]) => state === 'registered').length === 2);
      } finally {
        Date.now = now;
      }
      expect(made.map(({beside}) => beside)).to.deep.equal([0, 1]);
    });
  });

  for (const [sign, show] of [
    ['the network is back', () => window.dispatchEvent(new Event('online'))],
    ['the page is seen again', () => document.dispatchEvent(new Event('visibilitychange'))],
  ] as const)
    it(`is tried at once when ${sign}, and with short delays again`, async () => {
      const attempts: number[] = [];
      await start({policy: {nextDelay: (attempt) => (attempts.push(attempt) < 3 ? 1 : 600_000)}});
      wire.reachable = false;
      wire.cut('alice');
      await until(() => attempts.length === 3);
      show();
      await until(() => attempts.length === 4);
      expect(attempts).to.deep.equal([0, 1, 2, 1]);
      wire.reachable = true;
      show();
      await alice.knows(() => alice.registration.filter(([state]) => state === 'registered').length === 2);
    });

  it('is begun anew when the network is back while an attempt waits for an answer', async () => {
    await start();
    wire.gate = new Promise(() => {});
    wire.cut('alice');
    await until(() => wire.opening === 1);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    wire.gate = undefined;
    window.dispatchEvent(new Event('online'));
    await alice.knows(() => alice.registration.filter(([state]) => state === 'registered').length === 2);
  });

  it('is kept alive as often as the server asks', async () => {
    wire.handle = ({request, reply}) => {
      if (request.method !== 'REGISTER') return false;
      reply(200, [`Contact: ${request.getHeader('contact')!}`, 'Flow-Timer: 1']);
      return true;
    };
    alice = bob = await new WireUser(
      wire,
      {user: 'alice'},
      {keepAlive: {interval: 60_000, response: 10_000}},
    ).begin();
    const {length} = wire.keepAlives;
    const begun = performance.now();
    await until(() => wire.keepAlives.length > length + 1);
    expect(performance.now() - begun).to.be.at.least(1_550);
  });

  it('restarts ICE for its calls when the network has changed, and not when the page is only seen again', async () => {
    await start();
    const {call, ringing} = await talk();
    const {length} = wire.messages;
    const offers = (): string[] =>
      wire.messages.slice(length).filter((text) => text.startsWith('INVITE') && text.includes('a=ice-ufrag'));
    document.dispatchEvent(new Event('visibilitychange'));
    await alice.agent.message('bob', 'first', 'text/plain');
    expect(offers()).to.deep.equal([]);
    const of = (text: string): string => /a=ice-ufrag:(\S+)/.exec(text)![1]!;
    const [first] = wire.messages.filter((text) => text.startsWith('INVITE') && text.includes('a=ice-ufrag'));
    window.dispatchEvent(new Event('online'));
    await until(() => offers().length > 0);
    expect(of(offers()[0]!)).not.to.equal(of(first!));
    await Promise.all([hears(call), hears(ringing)]);
    expect(alice.connection.map(([state]) => state)).to.deep.equal(['connecting', 'connected']);
  });

  it('answers the server’s own pings', async () => {
    await start();
    wire.tell('alice', '\r\n\r\n');
    await until(() => wire.keepAlives.includes('\r\n'));
  });

  it('gives up where its policy does', async () => {
    await start({policy: {nextDelay: (attempt) => (attempt < 2 ? 1 : undefined)}});
    wire.reachable = false;
    wire.cut('alice');
    await alice.knows(() => alice.connection.at(-1)![0] === 'disconnected');
    expect(alice.connection.at(-1)).to.deep.equal(['disconnected', 'server-unreachable']);
    wire.reachable = true;
    await alice.begin();
    expect(wire.registered('alice')).to.equal(true);
  });

  it('listens to nothing any more after its end', async () => {
    await start({keepAlive: {interval: 10, response: 10}});
    await Promise.all([alice.agent.disconnect(), bob.agent.disconnect()]);
    const {length} = wire.messages;
    const pings = wire.keepAlives.length;
    window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
    window.dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    const carol = await new WireUser(
      wire,
      {user: 'alice'},
      {keepAlive: {interval: 10, response: 10}},
    ).begin();
    // A tick of the keep-alive would have come by now.
    await until(() => wire.keepAlives.length > pings + 1);
    const [{sent} = {sent: []}] = wire.connections;
    expect(wire.keepAlives.length - pings).to.equal(sent.filter((message) => !message.trim()).length);
    const requests = wire.messages.slice(length).map((message) => message.split(' ', 1)[0]);
    expect(requests).to.deep.equal(['REGISTER']);
    await carol.agent.disconnect();
  });

  it('survives what it cannot read', async () => {
    await start();
    wire.tell('alice', 'INVITE nonsense\r\nwithout: end');
    wire.tell('alice', 'SIP/2.0 200 OK\r\n\r\n');
    await bob.agent.message('alice', 'well?', 'text/plain');
    expect(alice.messages.map(({body}) => body)).to.deep.equal(['well?']);
  });
});
