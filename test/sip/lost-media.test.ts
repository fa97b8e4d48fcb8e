import {expect} from '@open-wc/testing';
import {LossTimer} from '../../src/sip/loss-timer.js';
import type {SipDialog} from '../../src/sip/user-agent.js';
import {becomes, hears, reaches, until} from '../support/in-page/facts.js';
import {WireUser} from '../support/wire/wire-users.js';
import {Wire} from '../support/wire/wire.js';

const AUDIO = {audio: true, video: false};

/** How long Alice lets media be lost, in milliseconds. */
const PATIENCE = 1_000;

/** Resolves when a loss that nothing interrupts would end a call. */
const isOver = (patience: number): Promise<void> =>
  new Promise((resolve) => new LossTimer(patience, resolve).follow(true));

describe('SipDialog: a far end that is gone without a word', () => {
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;

  async function talk(): Promise<{call: SipDialog; ringing: SipDialog}> {
    const call = alice.agent.invite('bob', AUDIO);
    const ringing = await bob.rings();
    await ringing.accept(AUDIO);
    await reaches(call, 'confirmed');
    await hears(call);
    return {call, ringing};
  }

  /** What is said within a call passes a proxy that is gone: a BYE is lost, an offer refused by the one before it. */
  function losesWay(): void {
    wire.handle = ({request, reply}) => {
      if (request.method === 'INVITE') reply(480);
      return request.method === 'INVITE' || request.method === 'BYE';
    };
  }

  beforeEach(async () => {
    wire = new Wire({alice: '', bob: ''});
    [alice, bob] = await Promise.all([
      new WireUser(wire, {user: 'alice'}, {lossPatience: PATIENCE}).begin(),
      new WireUser(wire, {user: 'bob'}).begin(),
    ]);
  });

  afterEach(async () => {
    wire.handle = undefined;
    await Promise.all([alice.agent.disconnect(), bob.agent.disconnect()]);
  });

  it('ends the call once its media stay lost, which lets go of the devices', async function () {
    this.timeout(60_000);
    const {call, ringing} = await talk();
    const tracks = [...call.localStream!.getTracks(), ...call.remoteStream!.getTracks()];
    losesWay();
    await ringing.hangup();
    await becomes(call, ({health}) => health === 'recovering');
    expect(call.state.phase).to.equal('confirmed');
    const {cause, media} = await reaches(call, 'terminated');
    expect(cause).to.deep.equal({by: 'server', code: 'call-lost'});
    expect(media).to.deep.equal({audio: 'inactive', video: 'inactive'});
    expect(call.localStream).to.equal(undefined);
    expect(tracks.map(({readyState}) => readyState)).to.deep.equal(['ended', 'ended']);
    // Who is there after all is told.
    await until(() => wire.messages.filter((message) => message.startsWith('BYE ')).length === 2);
  });

  it('does not end a call that is held, by whichever side', async function () {
    this.timeout(60_000);
    const calls = [await talk(), await talk()] as const;
    const [own, others] = calls;
    await own.call.setHeld(true);
    await others.ringing.setHeld(true);
    await becomes(others.call, ({remoteHeld}) => remoteHeld);
    losesWay();
    for (const {ringing} of calls) await ringing.hangup();
    await Promise.all(calls.map(({call}) => becomes(call, ({health}) => health === 'recovering')));
    await isOver(2 * PATIENCE);
    expect(calls.map(({call}) => call.state.phase)).to.deep.equal(['confirmed', 'confirmed']);
  });

  it('does not end a call while there is no server to seek its media by', async function () {
    this.timeout(60_000);
    const {call, ringing} = await talk();
    wire.reachable = false;
    wire.cut('alice');
    await ringing.hangup();
    await becomes(call, ({health}) => health === 'recovering');
    await isOver(2 * PATIENCE);
    expect(call.state.phase).to.equal('confirmed');
    losesWay();
    wire.reachable = true;
    expect((await reaches(call, 'terminated')).cause).to.deep.equal({by: 'server', code: 'call-lost'});
  });
});

describe('LossTimer', () => {
  for (const [what, interrupt] of [
    ['media that were found again', (timer: LossTimer) => timer.follow(false)],
    ['media that cannot be sought', (timer: LossTimer) => timer.suspend(true)],
  ] as const)
    it(`does not wait for ${what}`, async () => {
      let ended = false;
      const timer = new LossTimer(200, () => (ended = true));
      timer.follow(true);
      interrupt(timer);
      await isOver(400);
      expect(ended).to.equal(false);
    });
});
