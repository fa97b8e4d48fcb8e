import {expect} from '@open-wc/testing';
import {LossTimer} from '../../../src/sip/dialog/loss-timer.js';
import type {SipDialog} from '../../../src/sip/user-agent.js';
import {shorten} from '../../support/in-page/durations.js';
import {becomes, hears, reaches, until} from '../../support/in-page/facts.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

const AUDIO = {audio: true, video: false};

/** Resolves after twice the time in which an uninterrupted loss would end a call. */
const isOver = async (patience: 'mediaLoss' | 'absence' = 'mediaLoss'): Promise<void> => {
  for (const _ of [1, 2]) await new Promise<void>((resolve) => new LossTimer(resolve).follow(patience));
};

/** Two users whose calls lose their media, on a wire of their own. */
class Pair {
  readonly wire = new Wire({alice: '', bob: ''});
  readonly alice = new WireUser(this.wire, {user: 'alice'});
  readonly bob = new WireUser(this.wire, {user: 'bob'});

  async begin(): Promise<this> {
    await Promise.all([this.alice.begin(), this.bob.begin()]);
    return this;
  }

  async talk(): Promise<{call: SipDialog; ringing: SipDialog}> {
    const call = this.alice.agent.invite('bob', AUDIO);
    const ringing = await this.bob.rings();
    await ringing.accept(AUDIO);
    await reaches(call, 'confirmed');
    await hears(call);
    return {call, ringing};
  }

  /** Requests within a call pass a dead proxy: a BYE or an ACK is lost, an offer is refused by the proxy before it. */
  losesWay(status: number): void {
    this.wire.handle = ({request, reply}) => {
      if (request.method === 'INVITE') reply(status);
      return ['INVITE', 'BYE', 'ACK'].includes(request.method);
    };
  }

  async end(): Promise<void> {
    this.wire.handle = undefined;
    await Promise.all([this.alice.agent.disconnect(), this.bob.agent.disconnect()]);
  }
}

// The browser needs 5 seconds and more to find out that media are lost: one wait for everything.
describe('SipDialog: a far end that is gone without a word', () => {
  const pairs: Pair[] = [];
  const begin = async (): Promise<Pair> => {
    const pair = await new Pair().begin();
    pairs.push(pair);
    return pair;
  };

  afterEach(async () => {
    await Promise.all(pairs.splice(0).map((pair) => pair.end()));
  });

  /** Ends the call whose media stay lost and releases the devices; keeps calls that either side holds. */
  async function endsUnlessHeld(): Promise<void> {
    const pair = await begin();
    const {call, ringing} = await pair.talk();
    const held = [await pair.talk(), await pair.talk()] as const;
    await held[0].call.setHeld(true);
    await held[1].ringing.setHeld(true);
    await becomes(held[1].call, ({remoteHeld}) => remoteHeld);
    const tracks = [...call.localStream!.getTracks(), ...call.remoteStream!.getTracks()];
    pair.losesWay(503);
    for (const each of [ringing, ...held.map((talk) => talk.ringing)]) await each.hangup();
    await becomes(call, ({health}) => health === 'recovering');
    expect(call.state.phase).to.equal('confirmed');
    const {cause, media} = await reaches(call, 'terminated');
    expect(cause).to.deep.equal({by: 'server', code: 'call-lost'});
    expect(media).to.deep.equal({audio: 'inactive', video: 'inactive'});
    expect(call.localStream).to.equal(undefined);
    expect(tracks.map(({readyState}) => readyState)).to.deep.equal(['ended', 'ended']);
    // A far end that is still there gets one BYE from Bob for each call, and one from Alice.
    await until(() => pair.wire.messages.filter((message) => message.startsWith('BYE ')).length === 4);
    await Promise.all(held.map((talk) => becomes(talk.call, ({health}) => health === 'recovering')));
    await isOver();
    expect(held.map((talk) => talk.call.state.phase)).to.deep.equal(['confirmed', 'confirmed']);
  }

  /** Keeps a call while no server is there to restart its media, and ends it once there is one again. */
  async function waitsForServer(): Promise<void> {
    const pair = await begin();
    const {call, ringing} = await pair.talk();
    pair.wire.reachable = false;
    pair.wire.cut('alice');
    await ringing.hangup();
    await becomes(call, ({health}) => health === 'recovering');
    await isOver();
    expect(call.state.phase).to.equal('confirmed');
    pair.losesWay(503);
    pair.wire.reachable = true;
    expect((await reaches(call, 'terminated')).cause).to.deep.equal({by: 'server', code: 'call-lost'});
  }

  it('ends a call once its media stay lost, but none that is held or has no server to seek them by', async () => {
    shorten({mediaLoss: 600});
    await Promise.all([endsUnlessHeld(), waitsForServer()]);
  });

  it('ends a call soon if the server cannot reach its other side either, also if it is held, or owes an ACK', async () => {
    shorten({absence: 200});
    const pair = await begin();
    const {call, ringing} = await pair.talk();
    const held = await pair.talk();
    await held.ringing.setHeld(true);
    await becomes(held.call, ({remoteHeld}) => remoteHeld);
    const owing = await pair.talk();
    pair.wire.handle = ({request}) => request.method === 'ACK';
    await owing.ringing.setHeld(true);
    pair.losesWay(480);
    for (const each of [ringing, held.ringing, owing.ringing]) await each.hangup();
    const calls = [call, held.call, owing.call];
    await Promise.all(calls.map((each) => becomes(each, ({health}) => health === 'recovering')));
    for (const each of calls) {
      each.restartIce();
      expect((await reaches(each, 'terminated')).cause).to.deep.equal({by: 'server', code: 'call-lost'});
    }
  });

  it('ends a call in which nothing arrives, though a server goes on answering ICE, but none in which it arrives again', async () => {
    shorten({mediaLoss: 300, restored: 100});
    const pair = await begin();
    const {call} = await pair.talk();
    const other = await pair.talk();
    const held = await pair.talk();
    await held.call.setHeld(true);
    for (const each of [call, other.call, held.call]) {
      each.setLoss('recovering');
      expect(each.state.health).to.equal('recovering');
    }
    call.setLoss('failed');
    expect(call.state.health).to.equal('failed');
    other.call.setLoss(undefined);
    expect(other.call.state.health).to.equal('restored');
    expect((await reaches(call, 'terminated')).cause).to.deep.equal({by: 'server', code: 'call-lost'});
    await until(() => pair.wire.messages.filter((message) => message.startsWith('BYE ')).length === 1);
    await becomes(other.call, ({health}) => health === 'healthy');
    await isOver();
    expect([other, held].map((talk) => talk.call.state.phase)).to.deep.equal(['confirmed', 'confirmed']);
  });

  it('keeps a call whose other side the server cannot reach while its media arrive', async () => {
    shorten({absence: 100, mediaLoss: 200});
    const pair = await begin();
    const {call, ringing} = await pair.talk();
    pair.losesWay(480);
    const offers = (): number => pair.wire.messages.filter((message) => message.startsWith('INVITE ')).length;
    const before = offers();
    call.restartIce();
    await until(() => offers() > before);
    await isOver();
    expect(call.state.phase).to.equal('confirmed');
    await Promise.all([hears(call), hears(ringing)]);
  });
});

describe('LossTimer', () => {
  for (const [what, interrupt] of [
    ['media that were found again', (timer: LossTimer) => timer.follow(undefined)],
    ['media that cannot be sought', (timer: LossTimer) => timer.suspend(true)],
  ] as const)
    it(`does not wait for ${what}`, async () => {
      shorten({mediaLoss: 200});
      let ended = false;
      const timer = new LossTimer(() => (ended = true));
      timer.follow('mediaLoss');
      interrupt(timer);
      await isOver();
      expect(ended).to.equal(false);
    });
});
