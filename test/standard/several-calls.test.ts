import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {shorten} from '../support/in-page/durations.js';
import {becomes, hears, listens, reaches, received, until} from '../support/in-page/facts.js';
import type {SipDialog} from '../../src/sip/user-agent.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {WireUser} from '../support/wire/wire-users.js';
import {Wire} from '../support/wire/wire.js';

/** Alice talks to Bob; Carol calls her. Bob and Carol are the far ends that listen. */
describe('StandardService: several calls', () => {
  let wire: Wire;
  let alice: WireClient;
  let bob: WireUser;
  let carol: WireUser;
  let devices: Devices;

  async function begin(options: object = {}): Promise<void> {
    alice = new WireClient(wire, {user: 'alice', profile: 'standard', historyStorage: 'memory', ...options});
    await alice.connect();
    await alice.register();
  }

  beforeEach(async () => {
    shorten({glareUnit: 1});
    devices = watchDevices();
    wire = new Wire({alice: '1234', bob: '', carol: ''});
    [bob, carol] = (await Promise.all(
      ['bob', 'carol'].map((user) => new WireUser(wire, {user, password: ''}).begin()),
    )) as [WireUser, WireUser];
  });

  afterEach(async () => {
    await Promise.all([alice.disconnect(), bob.agent.disconnect(), carol.agent.disconnect()]);
    devices.restore();
    expect(devices.opened.filter(({readyState}) => readyState === 'live')).to.have.length(0);
  });

  const arrives = (): Promise<SipCall> =>
    new Promise((resolve) =>
      alice.addEventListener('sip-call-received', ({detail}) => resolve(detail.call), {once: true}),
    );

  async function talkToBob(): Promise<{call: SipCall; far: SipDialog}> {
    const calling = alice.call('bob');
    const far = await bob.rings();
    await far.accept({audio: true, video: false});
    const call = await calling;
    await becomes(call, ({phase}) => phase === 'answered');
    await hears(far);
    return {call, far};
  }

  async function carolCalls(): Promise<{call: SipCall; far: SipDialog}> {
    const arriving = arrives();
    const far = carol.agent.invite('alice', {audio: true, video: false});
    return {call: await arriving, far};
  }

  it('lets Bob hear nothing from the moment on when Carol is answered, and Carol when it is switched back', async () => {
    await begin();
    const first = await talkToBob();
    const second = await carolCalls();
    await second.call.answer();
    await reaches(second.far, 'confirmed');
    await becomes(first.far, ({remoteHeld}) => remoteHeld);
    expect([first.call.state.held, second.call.state.held]).to.deep.equal([true, false]);
    await hears(second.far);
    await isSilent(first.far);
    await alice.activate(first.call);
    await becomes(second.far, ({remoteHeld}) => remoteHeld);
    expect([first.call.state.held, second.call.state.held]).to.deep.equal([false, true]);
    await hears(first.far);
    await isSilent(second.far);
    await second.call.hangup();
    await hears(first.far);
    expect(alice.history.entries.map(({outcome, number}) => [outcome, number])).to.deep.equal([
      ['taken', 'carol'],
    ]);
  });

  it('answers Carol all the same where Bob’s phone refuses to be held, and lets him hear nothing', async () => {
    await begin();
    const first = await talkToBob();
    const second = await carolCalls();
    wire.handle = ({request, reply}) => {
      const refuses = request.method === 'INVITE' && request.ruri?.user !== 'alice' && !!request.toTag;
      if (refuses) reply(488);
      return refuses;
    };
    await second.call.answer();
    await reaches(second.far, 'confirmed');
    await becomes(first.call, ({muted}) => muted);
    expect(first.call.state.held).to.equal(false);
    await hears(second.far);
    await isSilent(first.far);
    wire.handle = undefined;
    await alice.activate(first.call);
    expect(first.call.state.muted).to.equal(false);
    await hears(first.far);
  });

  it('says BYE to Bob where he is to be ended, once Carol is answered', async () => {
    await begin();
    const first = await talkToBob();
    const second = await carolCalls();
    await second.call.answer({others: 'hangup'});
    await reaches(second.far, 'confirmed');
    expect((await reaches(first.far, 'terminated')).cause).to.deep.equal({by: 'remote', code: 'normal'});
    await hears(second.far);
  });

  it('lets Bob go on where Carol gives up while she is answered', async () => {
    await begin();
    const first = await talkToBob();
    const second = await carolCalls();
    const {mediaDevices} = navigator;
    const original = mediaDevices.getUserMedia.bind(mediaDevices);
    let allow = (): void => {};
    const asked = new Promise<void>((resolve) => {
      mediaDevices.getUserMedia = async (constraints) => {
        resolve();
        await new Promise<void>((answer) => (allow = answer));
        return original(constraints);
      };
    });
    try {
      const answering = second.call.answer().then(
        () => 'answered',
        () => 'failed',
      );
      await asked;
      await second.far.hangup();
      await becomes(second.call, ({phase}) => phase === 'released');
      allow();
      expect(await answering).to.equal('failed');
    } finally {
      Reflect.deleteProperty(mediaDevices, 'getUserMedia');
    }
    await until(() => !first.call.state.held);
    await becomes(first.far, ({remoteHeld}) => !remoteHeld);
    await hears(first.far);
  });

  it('lets several speak where the page says so', async () => {
    await begin({parallelCalls: true});
    const first = await talkToBob();
    const second = await carolCalls();
    await second.call.answer();
    await reaches(second.far, 'confirmed');
    await Promise.all([hears(first.far), hears(second.far)]);
    expect(first.call.state.held).to.equal(false);
  });

  for (const [name, options, status] of [
    ['486 over the limit', {maxCalls: 1}, 486],
    ['480 where nobody wants to be disturbed', {doNotDisturb: false}, 480],
  ] as const)
    it(`refuses Carol with ${name}, without a 180, while Bob goes on`, async () => {
      await begin(options);
      const first = await talkToBob();
      alice.doNotDisturb = status === 480;
      const far = carol.agent.invite('alice', {audio: true, video: false});
      expect((await reaches(far, 'terminated')).cause).to.include({status});
      const to = wire.messages.filter((message) => /^From: .*<sip:carol@/m.test(message));
      expect(to.some((message) => message.startsWith('SIP/2.0 180'))).to.equal(false);
      expect(alice.state.calls).to.deep.equal([first.call]);
      expect(alice.history.entries.map(({outcome, number}) => [outcome, number])).to.deep.equal([
        ['missed', 'carol'],
      ]);
      await hears(first.far);
    });

  it('notes as answered on another device what the Reason of the CANCEL says is', async () => {
    await begin();
    const {call, far} = await carolCalls();
    wire.handle = ({request}) => {
      if (request.method !== 'CANCEL') return false;
      wire.handle = undefined;
      const reason = 'Reason: SIP;cause=200;text="Call completed elsewhere"';
      wire.tell('alice', request.data.replace(/^Max-Forwards/m, `${reason}\r\nMax-Forwards`));
      return true;
    };
    void far.hangup();
    await becomes(call, ({phase}) => phase === 'released');
    expect(alice.history.entries.map(({outcome}) => outcome)).to.deep.equal(['elsewhere']);
  });
});

/** Resolves once nothing has been heard for longer than between two beeps of the browser's microphone: it beeps twice a second. */
async function isSilent(far: SipDialog): Promise<void> {
  await listens(far, async () => {
    let last = (await received(far)).energy;
    let since = performance.now();
    await until(async () => {
      const {energy} = await received(far);
      if (energy - last > 1e-6) since = performance.now();
      last = energy;
      return performance.now() - since > 1_100;
    });
  });
}
