import {expect} from '@open-wc/testing';
import {SessionTimer} from '../../../src/sip/dialog/session-timer.js';
import type {SipDialog} from '../../../src/sip/user-agent.js';
import {shorten} from '../../support/in-page/durations.js';
import {becomes, hears, reaches, until} from '../../support/in-page/facts.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire, type Arrived} from '../../support/wire/wire.js';

const AUDIO = {audio: true, video: false};

/** The value of a message's header; undefined where it has none. */
function header(message: string, name: string): string | undefined {
  return new RegExp(`^${name}: (.*)\r$`, 'mi').exec(message)?.[1];
}

/** Whether Alice has sent it. */
function isOfAlice(message: string): boolean {
  const by = message.startsWith('SIP/2.0') ? 'To' : 'From';
  return new RegExp(`^${by}: .*<sip:alice@`, 'm').test(message);
}

/**
 * Alice is under test. What Bob sends is rewritten on its way, as a server with short intervals would send it; what she says
 * of timers does not reach him, unless a test wants that.
 */
describe('SipDialog: session timers', () => {
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;
  /** What Alice has sent, in order, and when. */
  let sent: string[];
  let times: number[];
  /** When Bob's first 200 to an INVITE passed. */
  let accepted: number;
  /** How often Alice has tried to reconnect, every 100 ms. */
  let attempts: number;
  /** Changes Bob's messages on their way. */
  let passed: (message: string) => string;
  /** Alice's messages likewise. */
  let told: (message: string) => string;

  const invites = (): string[] => sent.filter((message) => message.startsWith('INVITE '));
  const offers = (): string[] => invites().filter((message) => /^To: .*;tag=/m.test(message));
  const byes = (): string[] => sent.filter((message) => message.startsWith('BYE '));
  const add = (message: string, ...headers: string[]): string =>
    message.replace('\r\n', `\r\n${headers.map((line) => `${line}\r\n`).join('')}`);
  /** Removes the session timer headers of our stack from Bob's messages. */
  const bare = (message: string): string =>
    message.replace(/^(Session-Expires|Min-SE|Require):.*\r\n/gim, '').replace(/, timer/, '');
  const ofInvite = (message: string): boolean =>
    message.startsWith('SIP/2.0 200') && /^CSeq: \d+ INVITE/m.test(message);

  /** Bob's 2xx name the interval, and who refreshes. */
  function agrees(interval: number, refresher: 'uac' | 'uas'): void {
    passed = (message) =>
      ofInvite(message)
        ? add(bare(message), `Session-Expires: ${interval};refresher=${refresher}`, 'Require: timer')
        : bare(message);
  }

  /** Bob's INVITEs ask for the interval. */
  function asks(...headers: string[]): void {
    passed = (message) => (message.startsWith('INVITE ') ? add(bare(message), ...headers) : bare(message));
  }

  async function calls(): Promise<{call: SipDialog; far: SipDialog}> {
    const call = alice.agent.invite('bob', AUDIO);
    const far = await bob.rings();
    await far.accept(AUDIO);
    await reaches(call, 'confirmed');
    return {call, far};
  }

  async function isCalled(): Promise<{call: SipDialog; far: SipDialog}> {
    const far = bob.agent.invite('alice', AUDIO);
    const call = await alice.rings();
    await call.accept(AUDIO);
    await reaches(far, 'confirmed');
    return {call, far};
  }

  /** The milliseconds from Bob's 200 to Alice's first message that matches. */
  function delay(fact: (message: string) => boolean): number {
    return times[sent.findIndex(fact)]! - accepted;
  }

  beforeEach(async () => {
    // A refresh begins at half of an interval. The session is over 700 ms before its end, not a third of it: in an interval
    // of 4 s a refresh has 1.3 s, and takes most of a second on a busy machine.
    shorten({glareUnit: 1, sessionInterval: 1_000, transaction: 700});
    wire = new Wire({alice: '', bob: ''});
    sent = [];
    times = [];
    accepted = attempts = 0;
    passed = told = bare;
    alice = new WireUser(wire, {user: 'alice'}, {policy: {nextDelay: () => (attempts++, 100)}});
    bob = new WireUser(wire, {user: 'bob'});
    await Promise.all([alice.begin(), bob.begin()]);
    wire.edit = (message) => {
      if (message.trim() === '') return message;
      if (!isOfAlice(message)) {
        if (ofInvite(message)) accepted ||= performance.now();
        return passed(message);
      }
      sent.push(message);
      times.push(performance.now());
      return told(message);
    };
  });

  afterEach(async () => {
    await Promise.all([alice, bob].map(({agent}) => agent.disconnect()));
  });

  it('are offered in an INVITE, and taken by who knows none', async () => {
    const {call, far} = await calls();
    const [invite] = invites();
    expect(header(invite!, 'Session-Expires')).to.equal('1800');
    expect(header(invite!, 'Min-SE')).to.equal('90');
    expect(header(invite!, 'Supported')).to.match(/\btimer\b/);
    await call.setHeld(true);
    // Neither side agreed to a timer.
    expect(header(offers()[0]!, 'Session-Expires')).to.equal(undefined);
    await far.hangup();
    await reaches(call, 'terminated');
  });

  it('are refreshed by the caller at half the interval, not before, again and again, without touching hold or sound', async () => {
    agrees(4, 'uac');
    const {call, far} = await calls();
    await Promise.all([hears(call), hears(far)]);
    await until(() => offers().length >= 2);
    expect(delay((message) => message === offers()[0])).to.be.at.least(1_990);
    for (const offer of offers().slice(0, 2)) {
      expect(header(offer, 'Session-Expires')).to.equal('4;refresher=uac');
      expect(header(offer, 'Supported')).to.match(/\btimer\b/);
    }
    await Promise.all([hears(call), hears(far)]);
    await call.setHeld(true);
    await becomes(far, ({remoteHeld}) => remoteHeld);
    const before = offers().length;
    await until(() => offers().length > before);
    expect(call.state).to.deep.include({
      phase: 'confirmed',
      held: true,
      remoteHeld: false,
      health: 'healthy',
    });
    expect(far.state.remoteHeld).to.equal(true);
    await call.setHeld(false);
    await Promise.all([hears(call), hears(far)]);
  });

  it('end a call whose other side was to refresh it and did not, before the interval is over', async () => {
    shorten({transaction: 32_000});
    agrees(6, 'uas');
    const {call, far} = await calls();
    const {cause} = await reaches(call, 'terminated');
    expect(cause).to.deep.equal({by: 'server', code: 'session-expired'});
    // A third of it before its end (§10).
    await until(() => byes().length > 0);
    expect(delay((message) => message.startsWith('BYE '))).to.be.within(3_990, 6_000);
    expect(offers()).to.deep.equal([]);
    expect((await reaches(far, 'terminated')).cause).to.deep.equal({by: 'remote', code: 'session-expired'});
    expect(byes().map((bye) => header(bye, 'Reason'))).to.deep.equal([
      'Q.850;cause=102;text="Session expired"',
    ]);
  });

  it('go on where the other side refreshes: its offers are answered with the interval', async () => {
    // Between two that know them, the server shortens the interval, and has the callee refresh. An offer and its answer have a
    // sixth of it until the session is over: on a busy machine, they take most of a second.
    const answers = (): string[] => sent.filter((message) => ofInvite(message));
    passed = told = (message) =>
      message
        .replace(/^(Session-Expires): 1800(;.*)?\r$/m, '$1: 9;refresher=uas\r')
        .replace(/^(Session-Expires): 9;/m, (same, name) => (answers().length > 0 ? `${name}: 2;` : same))
        .replace(/^Min-SE:.*\r\n/m, '');
    const {call} = await calls();
    // The first interval is over by the second answer.
    await until(() => answers().length >= 2 || call.state.phase !== 'confirmed');
    expect(call.state.phase).to.equal('confirmed');
    for (const [index, answer] of answers().slice(0, 2).entries()) {
      expect(header(answer, 'Session-Expires')).to.equal(`${index === 0 ? 9 : 2};refresher=uac`);
      expect(header(answer, 'Require')).to.equal('timer');
    }
    expect(offers()).to.deep.equal([]);
    // Bob falls silent.
    wire.handle = ({request}) => request.from.uri.user === 'bob';
    expect((await reaches(call, 'terminated')).cause?.code).to.equal('session-expired');
  });

  it('are refreshed by this side once it has reconnected: a server may send requests to the lost connection', async () => {
    agrees(60, 'uas');
    const {call} = await calls();
    await call.setHeld(true);
    expect(offers().map((offer) => header(offer, 'Session-Expires'))).to.deep.equal(['60;refresher=uas']);
    agrees(60, 'uac');
    wire.cut('alice');
    await until(() => offers().length === 2);
    expect(header(offers()[1]!, 'Session-Expires')).to.equal('60;refresher=uac');
    await becomes(call, ({health}) => health === 'restored');
    await call.setHeld(false);
    expect(header(offers()[2]!, 'Session-Expires')).to.equal('60;refresher=uac');
  });

  for (const [what, headers, answer, required] of [
    ['leaves the choice', ['Session-Expires: 60', 'Supported: timer'], '60;refresher=uac', 'timer'],
    [
      'wants to be called',
      ['Session-Expires: 60;refresher=uas', 'Supported: replaces, timer'],
      '60;refresher=uas',
      'timer',
    ],
    ['is a proxy before somebody who knows none', ['Session-Expires: 60'], '60;refresher=uas', undefined],
    ['writes it short', ['x: 60;refresher=uac', 'k: timer'], '60;refresher=uac', 'timer'],
    ['asks for none', ['Supported: timer'], undefined, undefined],
    ['writes nonsense', ['Session-Expires: soon', 'Supported: timer'], undefined, undefined],
  ] as const)
    it(`are agreed to where the caller ${what}`, async () => {
      asks(...headers);
      await isCalled();
      const [accepted] = sent.filter((message) => ofInvite(message));
      expect(header(accepted!, 'Session-Expires')).to.equal(answer);
      expect(header(accepted!, 'Require')).to.equal(required);
      expect(header(accepted!, 'Supported')).to.match(/\btimer\b/);
    });

  it('are refreshed by the one who is called where that is asked for', async () => {
    asks('Session-Expires: 4;refresher=uas', 'Supported: timer');
    const {call, far} = await isCalled();
    await until(() => offers().length > 0);
    expect(header(offers()[0]!, 'Session-Expires')).to.equal('4;refresher=uac');
    expect([call.state.phase, far.state.phase]).to.deep.equal(['confirmed', 'confirmed']);
  });

  it('are asked for once more, longer, where a server wants that', async () => {
    wire.handle = ({request, reply}: Arrived) => {
      if (request.method !== 'INVITE' || Number(header(sent.at(-1)!, 'Min-SE')) >= 3_600) return false;
      reply(422, ['Min-SE: 3600']);
      return true;
    };
    const {call, far} = await calls();
    const [first, second, ...others] = invites();
    expect(others).to.deep.equal([]);
    expect(header(second!, 'Session-Expires')).to.equal('3600');
    expect(header(second!, 'Min-SE')).to.equal('3600');
    expect([first, second].map((invite) => header(invite!, 'Call-ID'))).to.deep.equal([call.id, call.id]);
    expect(parseInt(header(second!, 'CSeq')!)).to.be.above(parseInt(header(first!, 'CSeq')!));
    expect(second!.split('\r\n\r\n')[1]).to.equal(first!.split('\r\n\r\n')[1]);
    await Promise.all([hears(call), hears(far)]);
  });

  it('end a call that a server will have at no interval', async () => {
    let least = 1_800;
    wire.handle = ({request, reply}: Arrived) => {
      if (request.method === 'INVITE') reply(422, [`Min-SE: ${++least}`]);
      return request.method === 'INVITE';
    };
    const call = alice.agent.invite('bob', AUDIO);
    expect((await reaches(call, 'terminated')).cause).to.include({by: 'server', status: 422});
    expect(invites()).to.have.length(6);
  });

  it('are refreshed once more, longer, where a server wants that', async () => {
    agrees(4, 'uac');
    const {call} = await calls();
    let refused = 0;
    wire.handle = ({request, reply}: Arrived) => {
      if (request.method !== 'INVITE' || !request.toTag || refused > 0) return false;
      refused++;
      reply(422, ['Min-SE: 8']);
      return true;
    };
    await until(() => offers().length > 1);
    expect(
      offers()
        .slice(0, 2)
        .map((offer) => header(offer, 'Session-Expires')),
    ).to.deep.equal(['4;refresher=uac', '8;refresher=uac']);
    expect(call.state.phase).to.equal('confirmed');
  });

  it('are given up with the call where nobody answers a refresh', async () => {
    agrees(4, 'uac');
    const {call} = await calls();
    wire.handle = ({request}) => request.method === 'INVITE';
    expect((await reaches(call, 'terminated')).cause).to.deep.equal({by: 'server', code: 'session-expired'});
    expect(offers()).to.have.length(1);
  });

  it('need no refresh of their own after one that met the other side’s', async () => {
    agrees(4, 'uac');
    const {call, far} = await calls();
    asks('Session-Expires: 4;refresher=uas', 'Supported: timer');
    let refuse: (() => void) | undefined;
    wire.handle = ({request, reply}: Arrived) => {
      if (request.method !== 'INVITE') return false;
      if (request.from.uri.user !== 'alice') {
        // The refresh was under way: Alice gets that answer, and then the refresh.
        refuse?.();
        wire.handle = undefined;
        return false;
      }
      refuse = () => reply(491);
      void far.setHeld(true);
      return true;
    };
    await becomes(call, ({remoteHeld}) => remoteHeld);
    // The refresh that crossed Bob's is not repeated: the next is at half of the interval that begins with his.
    await until(() => offers().length > 1);
    const next = sent.indexOf(offers()[1]!);
    const answer = sent.slice(0, next).findLastIndex((message) => ofInvite(message));
    // A timer may be early by as much as the clock is coarse.
    expect(times[next]! - times[answer]!).to.be.at.least(1_950);
    expect(call.state.phase).to.equal('confirmed');
  });

  it('wait for a connection that is lost, and go on with it', async () => {
    shorten({transaction: 32_000});
    agrees(6, 'uas');
    const {call, far} = await calls();
    await hears(call);
    wire.reachable = false;
    wire.cut('alice');
    // By now it would be over.
    await until(() => attempts > 41);
    expect(call.state.phase).to.equal('confirmed');
    agrees(6, 'uac');
    wire.reachable = true;
    await becomes(call, ({health}) => health === 'restored');
    expect([call.state.phase, far.state.phase]).to.deep.equal(['confirmed', 'confirmed']);
    const before = offers().length;
    await Promise.all([hears(call), hears(far)]);
    // From now on it is refreshed again.
    await until(() => offers().length > before);
    expect(call.state.phase).to.equal('confirmed');
  });

  it('stop with the call', async () => {
    agrees(4, 'uac');
    const {call, far} = await calls();
    await call.hangup();
    await reaches(far, 'terminated');
    const {call: later} = await calls();
    await until(() => offers().length > 0);
    // The first call's would have come before.
    expect(offers().map((offer) => header(offer, 'Call-ID'))).to.deep.equal([later.id]);
    expect(byes()).to.have.length(1);
  });
});

describe('SessionTimer', () => {
  it('refreshes a session no more often than one with the shortest interval', async () => {
    shorten({sessionInterval: 2_000});
    const refreshed: number[] = [];
    const timers = [2, 1].map((interval) => {
      const timer = new SessionTimer(
        () => refreshed.push(interval),
        () => {},
      );
      const headers = {
        getHeaders: (name: string) =>
          name === 'session-expires' ? [`${interval};refresher=uas`] : name === 'supported' ? ['timer'] : [],
      };
      expect(timer.answered(headers)).to.include(`Session-Expires: ${interval};refresher=uas`);
      return timer;
    });
    await until(() => refreshed.length === 2);
    expect(refreshed).to.deep.equal([2, 1]);
    for (const timer of timers) timer.stop();
  });

  it('asks for nothing more once it is stopped', async () => {
    shorten({sessionInterval: 1_000});
    const told: string[] = [];
    const begin = (name: string): SessionTimer => {
      const timer = new SessionTimer(
        () => told.push(`${name} refresh`),
        () => told.push(`${name} expire`),
      );
      timer.accepted({getHeaders: (header) => (header === 'session-expires' ? ['1;refresher=uac'] : [])});
      return timer;
    };
    begin('stopped').stop();
    begin('other');
    // Those of the stopped one would have come before.
    await until(() => told.includes('other expire'));
    expect(told).to.deep.equal(['other refresh', 'other expire']);
  });
});
