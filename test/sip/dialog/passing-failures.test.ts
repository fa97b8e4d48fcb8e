import {expect} from '@open-wc/testing';
import {Timers} from 'sip.js/lib/core/index.js';
import type {SipDialog} from '../../../src/sip/user-agent.js';
import {becomes, hears, reaches, until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire, type Arrived} from '../../support/wire/wire.js';

const {TIMER_B} = Timers;

describe('SipDialog: offers that fail for a while', () => {
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;
  let call: SipDialog;
  let far: SipDialog;
  /** When each of Alice's offers reached the server. */
  let times: number[];
  /** The number of retries. */
  let attempts: number;

  /** Handles the coming offers by number, from 0; an offer for which it returns false passes. */
  function meets(deal: (offer: number, arrived: Arrived) => boolean): void {
    wire.handle = (arrived) => {
      if (arrived.request.method !== 'INVITE') return false;
      times.push(performance.now());
      return deal(times.length - 1, arrived);
    };
  }

  /** Refuses this many offers. */
  const refuses = (count: number, status: number, ...headers: string[]): void =>
    meets((offer, {reply}) => {
      if (offer >= count) return false;
      reply(status, headers);
      return true;
    });

  /** The ICE user names of the offers that were made within the call. */
  const fragments = (): (string | undefined)[] =>
    wire.messages
      .filter((message) => message.startsWith('INVITE sip:'))
      .map((message) => /^a=ice-ufrag:(.*)$/m.exec(message)?.[1]);

  beforeEach(async () => {
    times = [];
    attempts = 0;
    wire = new Wire({alice: '', bob: ''});
    [alice, bob] = await Promise.all([
      new WireUser(wire, {user: 'alice'}, {policy: {nextDelay: () => (attempts++, 10)}}).begin(),
      new WireUser(wire, {user: 'bob'}).begin(),
    ]);
    call = alice.agent.invite('bob', {audio: true, video: false});
    far = await bob.rings();
    await far.accept({audio: true, video: false});
    await reaches(call, 'confirmed');
    await Promise.all([hears(call), hears(far)]);
  });

  afterEach(async () => {
    Timers.TIMER_B = TIMER_B;
    wire.handle = undefined;
    await Promise.all([alice.agent.disconnect(), bob.agent.disconnect()]);
  });

  for (const status of [430, 477, 480, 500, 503, 504])
    it(`are made again after a ${status}, and seek new ways still`, async () => {
      refuses(3, status);
      window.dispatchEvent(new Event('online'));
      wire.cut('alice');
      await becomes(call, ({health}) => health === 'restored');
      expect(times).to.have.length(4);
      const [first, ...later] = fragments();
      for (const fragment of later) expect(fragment).not.to.equal(first);
      await Promise.all([hears(call), hears(far)]);
    });

  it('are made again where nothing comes back', async () => {
    Timers.TIMER_B = 400;
    meets((offer) => {
      // The last lost offer has its timer: the next one is answered, for which a busy machine needs longer.
      if (offer === 1) Timers.TIMER_B = TIMER_B;
      return offer < 2;
    });
    window.dispatchEvent(new Event('online'));
    wire.cut('alice');
    await becomes(call, ({health}) => health === 'restored');
    expect(times).to.have.length(3);
    await Promise.all([hears(call), hears(far)]);
  });

  it('hold after all where they come after a lost connection', async () => {
    refuses(2, 480);
    wire.cut('alice');
    await alice.knows(() => alice.connection.at(-1)![0] === 'connected');
    await call.setHeld(true);
    expect(times.length).to.be.at.least(3);
    expect([call.state.held, far.state.remoteHeld]).to.deep.equal([true, true]);
  });

  it('wait for the connection and the registration where they are asked for meanwhile', async () => {
    Timers.TIMER_B = 50;
    const before = wire.messages.length;
    wire.reachable = false;
    wire.cut('alice');
    const held = call.setHeld(true);
    held.catch(() => {});
    // By now an attempt would have failed.
    await until(() => attempts > 20);
    expect(call.state.held).to.equal(false);
    Timers.TIMER_B = TIMER_B;
    wire.reachable = true;
    await held;
    expect([call.state.held, far.state.remoteHeld]).to.deep.equal([true, true]);
    const requests = wire.messages.slice(before).map((message) => message.split(' ', 1)[0]);
    expect(requests.filter((method) => method !== 'SIP/2.0')).to.deep.equal(['REGISTER', 'INVITE', 'ACK']);
  });

  it('end with the call where the connection does not come back', async () => {
    wire.reachable = false;
    wire.cut('alice');
    const held = rejects(call.setHeld(true), 'aborted');
    await until(() => attempts > 2);
    await call.hangup();
    await held;
  });

  it('are made again when the server asks for it', async () => {
    refuses(1, 503, 'Retry-After: 1 (soon);duration=5');
    await call.setHeld(true);
    expect(times).to.have.length(2);
    expect(times[1]! - times[0]!).to.be.at.least(999);
    expect([call.state.held, far.state.remoteHeld]).to.deep.equal([true, true]);
  });

  it('are told as failed where the server wants to be left alone for longer than anybody waits', async () => {
    refuses(2, 503, 'Retry-After: 60');
    wire.cut('alice');
    await alice.knows(() => alice.connection.at(-1)![0] === 'connected');
    const {status} = await rejects(call.setHeld(true), 'server-error');
    expect(status).to.equal(503);
    expect([call.state.held, far.state.remoteHeld]).to.deep.equal([false, false]);
    await Promise.all([hears(call), hears(far)]);
    // A new command is tried at once.
    wire.handle = undefined;
    await call.setHeld(true);
    expect([call.state.held, far.state.remoteHeld]).to.deep.equal([true, true]);
  });

  it('are told as failed where nothing comes back', async () => {
    Timers.TIMER_B = 400;
    meets((offer) => offer === 0);
    await rejects(call.setHeld(true), 'timeout');
    Timers.TIMER_B = TIMER_B;
    expect([call.state.phase, call.state.held]).to.deep.equal(['confirmed', false]);
    await call.setHeld(true);
    expect(far.state.remoteHeld).to.equal(true);
  });

  it('end the call where nothing ever comes back', async () => {
    Timers.TIMER_B = 50;
    meets(() => true);
    wire.cut('alice');
    const {cause} = await reaches(call, 'terminated');
    expect(cause).to.deep.equal({by: 'server', code: 'call-lost'});
    expect(times).to.have.length(11);
    await reaches(far, 'terminated');
  });

  it('end the call where the other side says that nothing came back', async () => {
    refuses(1, 408);
    wire.cut('alice');
    const {cause} = await reaches(call, 'terminated');
    expect(cause).to.deep.equal({by: 'server', code: 'call-lost', status: 408});
    expect(times).to.have.length(1);
  });

  it('leave the call as it is where only another way for its media is sought and nothing came back', async () => {
    refuses(1, 408);
    call.restartIce();
    await until(() => times.length === 1);
    for (const held of [true, false]) {
      await far.setHeld(held);
      await becomes(call, ({remoteHeld}) => remoteHeld === held);
    }
    const before = fragments();
    call.restartIce();
    await until(() => fragments().length > before.length);
    expect(before).not.to.include(fragments().at(-1));
    await Promise.all([hears(call), hears(far)]);
    expect(call.state.phase).to.equal('confirmed');
  });
});
