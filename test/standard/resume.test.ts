import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import {becomes, hears, hearsSound, reaches, until} from '../support/in-page/facts.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {WireUser} from '../support/wire/wire-users.js';
import {Wire} from '../support/wire/wire.js';

const AUDIO = {audio: true, video: false};
const isInvite = (message: string): boolean => message.startsWith('INVITE ');
const isCancel = (message: string): boolean => message.startsWith('CANCEL ');
const BOB = {number: 'bob', name: 'Bob'};

/** Alice's page is gone in the middle of a call, and another page of hers is there; Bob's page stays. */
describe('StandardService: the other side comes back in another page', () => {
  let wire: Wire;
  let gone: WireUser;
  let back: WireUser;
  let bob: WireClient;
  let call: SipCall;

  beforeEach(async () => {
    wire = new Wire({alice: '', bob: '', carol: ''});
    gone = await new WireUser(wire, {user: 'alice'}).begin();
    back = await new WireUser(wire, {user: 'alice'}).begin();
    bob = new WireClient(wire, {user: 'bob', password: '', profile: 'standard', historyStorage: 'memory'});
    await bob.connect();
    await bob.register();
    bob.addEventListener('sip-call-received', ({detail}) => void (call = detail.call).answer(), {once: true});
  });
  afterEach(async () => {
    await bob.disconnect();
    await Promise.all([gone, back].map(({agent}) => agent.disconnect()));
  });

  async function talk() {
    const dialog = gone.agent.invite('bob', AUDIO);
    await reaches(dialog, 'confirmed');
    await hearsSound(call);
    return {dialog, identity: dialog.identity!};
  }

  it('goes on with the same call, which is heard and neither rings nor begins anew', async () => {
    const {dialog, identity} = await talk();
    const {answeredAt} = call.state;
    const callId = call.callId;
    const told: string[] = [];
    for (const type of ['sip-call-received', 'sip-call-answered', 'sip-call-hangup'] as const)
      bob.addEventListener(type, () => told.push(type));
    const next = back.agent.takeOver(identity, BOB, AUDIO);
    await reaches(next, 'confirmed');
    expect((await reaches(dialog, 'terminated')).cause).to.include({by: 'remote', code: 'normal'});
    expect(bob.state.calls).to.deep.equal([call]);
    expect([call.state.phase, call.state.answeredAt, call.callId]).to.deep.equal([
      'answered',
      answeredAt,
      next.id,
    ]);
    expect(call.callId).not.to.equal(callId);
    await Promise.all([hearsSound(call), hears(next)]);
    expect(told).to.deep.equal([]);
    await next.hangup();
    await becomes(call, ({phase}) => phase === 'released');
    await until(() => bob.history.entries.length === 1);
    expect(bob.history.entries[0]!.outcome).to.equal('taken');
  });

  it('leaves muted what was muted, and held what was held', async () => {
    const {identity} = await talk();
    await call.mute();
    await call.hold();
    const next = back.agent.takeOver(identity, BOB, AUDIO);
    await becomes(next, ({remoteHeld}) => remoteHeld);
    await until(() => call.callId === next.id);
    await becomes(call, ({held, muted}) => held && muted);
    await call.unhold();
    await call.unmute();
    await hears(next);
  });

  it('ends for both where the other side refuses: it does not know the extension', async () => {
    const {identity} = await talk();
    wire.handle = ({request, reply}) => {
      if (!request.hasHeader('replaces')) return false;
      reply(420, ['Unsupported: replaces']);
      return true;
    };
    const next = back.agent.takeOver(identity, BOB, AUDIO);
    await reaches(next, 'terminated');
    const {cause} = await becomes(call, ({phase}) => phase === 'released');
    expect(cause).to.include({by: 'remote', code: 'normal'});
  });

  it('is another call where another address takes the place, even with the same number', async () => {
    const {identity} = await talk();
    wire.edit = (message) =>
      /^Replaces:/m.test(message) ? message.replace(/^(From: .*)@wire\.test/m, '$1@elsewhere.test') : message;
    const before = call;
    const next = back.agent.takeOver(identity, BOB, AUDIO);
    await reaches(next, 'confirmed');
    await becomes(before, ({phase}) => phase === 'released');
    expect(bob.state.calls.map(({callId}) => callId)).to.deep.equal([next.id]);
  });

  it('takes back a call that still rings where it left it, with the Via of the page that is gone', async () => {
    const carol = await new WireUser(wire, {user: 'carol'}).begin();
    const dialog = gone.agent.invite('carol', AUDIO);
    const ringing = await carol.rings();
    await reaches(dialog, 'early');
    const identity = dialog.identity!;
    for (const connection of wire.connections) if (connection.sent.some(isInvite)) connection.blocked = true;
    await gone.agent.disconnect();
    const before = wire.messages.length;
    const next = await new WireUser(wire, {user: 'alice'}).begin();
    next.agent.end(identity);
    expect((await reaches(ringing, 'terminated')).cause).to.deep.equal({by: 'remote', code: 'cancelled'});
    const [invite, cancel] = [wire.messages.find(isInvite)!, wire.messages.slice(before).find(isCancel)!];
    // RFC 3261 §9.1
    for (const line of [/^\w+ (\S+)/, /^Via: (.*)$/m, /^From: (.*)$/m, /^To: (.*)$/m, /^CSeq: (\d+)/m])
      expect(line.exec(cancel)![1]).to.equal(line.exec(invite)![1]);
    await Promise.all([next, carol].map(({agent}) => agent.disconnect()));
  });

  it('ends for both where the user signs out before the other side has answered', async () => {
    const {identity} = await talk();
    wire.handle = ({request}) => request.hasHeader('replaces');
    back.agent.takeOver(identity, BOB, AUDIO);
    await until(() => wire.messages.some((message) => /^INVITE [^]*^Replaces:/m.test(message)));
    await back.agent.disconnect();
    const {cause} = await becomes(call, ({phase}) => phase === 'released');
    expect(cause).to.include({by: 'remote', code: 'normal'});
  });

  it('sends nothing of a user who mutes while the other side comes back', async () => {
    const {identity} = await talk();
    const next = back.agent.takeOver(identity, BOB, AUDIO);
    await until(() => wire.messages.some((message) => /^INVITE [^]*^Replaces:/m.test(message)));
    await call.mute();
    await until(() => call.callId === next.id);
    expect(call.state.muted).to.equal(true);
  });
});
