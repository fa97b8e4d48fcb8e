import {expect} from '@open-wc/testing';
import type {SipPatch} from '../../../src/core/patches/patch.js';
import type {CallType} from '../../../src/core/types.js';
import {SipError} from '../../../src/errors.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {sound, StagedClient, type Staged} from '../../support/staged/staged-client.js';

const code = (command: Promise<unknown>): Promise<string> =>
  command.then(
    () => 'done',
    (error: unknown) => (error as SipError).code,
  );

/** The other side's voice, which is silent until it speaks. */
class Voice {
  readonly track: MediaStreamTrack;
  readonly #gain: GainNode;

  constructor(context: AudioContext) {
    const target = context.createMediaStreamDestination();
    const tone = new OscillatorNode(context);
    this.#gain = new GainNode(context, {gain: 0});
    tone.connect(this.#gain).connect(target);
    tone.start();
    this.track = target.stream.getAudioTracks()[0]!;
  }

  speak(): void {
    this.#gain.gain.value = 0.3;
  }

  stop(): void {
    this.#gain.gain.value = 0;
  }
}

describe('a patch', () => {
  let client: StagedClient;
  let context: AudioContext;

  beforeEach(async () => {
    client = await StagedClient.ready({historyStorage: 'memory'});
    context = new AudioContext();
  });
  afterEach(() => context.close());

  function connect<T extends Staged>(staged: T): T & {readonly voice: Voice} {
    const voice = new Voice(context);
    staged.dialog.play(new MediaStream([voice.track]), new MediaStream([sound()]));
    staged.dialog.confirm();
    return {...staged, voice};
  }
  const talk = (number: string, type?: CallType): Staged & {readonly voice: Voice} =>
    connect(client.dial('audio', {number, name: ''}, type));
  const meet = (number = '8001') => connect(client.confer({remote: {number, name: ''}}));
  const group = (number = '9001') => connect(client.interphone({remote: {number, name: ''}}));
  const patch = (...all: Staged[]): Promise<SipPatch> =>
    client.patch(
      all.map(({call}) => call),
      {hangTime: 100},
    );
  const held = (...all: Staged[]): boolean[] => all.map(({call}) => call.state.held);
  const muted = (...all: Staged[]): boolean[] => all.map(({call}) => call.state.muted);
  /** Whose voices a side is sent. */
  const sent = ({dialog}: Staged, all: readonly {readonly voice: Voice}[]): number[] =>
    all.flatMap(({voice}, index) => (dialog.mixed.includes(voice.track) ? [index] : []));

  it('sends each side the voices of the others, and an intercom only with its floor', async () => {
    const [call, conference, intercom] = [talk('1'), meet(), group()];
    const all = [call, conference, intercom];
    const made = await patch(...all);
    expect(client.patches).to.deep.equal([made]);
    expect(held(...all)).to.deep.equal([false, false, false]);
    expect(all.map((each) => sent(each, all))).to.deep.equal([[1, 2], [0, 2], []]);
    expect(made.state.members.map(({id}) => id)).to.have.members(all.map(({call: {id}}) => id));
    expect(call.call.state.patch).to.equal(made.id);
    await made.end();
    expect(all.map(({dialog}) => dialog.mixed.length)).to.deep.equal([0, 0, 0]);
    expect([made.state.ended, client.patches, call.call.state.patch]).to.deep.equal([true, [], undefined]);
    // The current call goes on.
    expect(held(call, conference)).to.deep.equal([true, false]);
  });

  it('that ends while the user is in another call leaves a call on hold, which is heard and speaks once it is chosen', async () => {
    const [one, other] = [talk('1'), talk('2')];
    const made = await patch(one, other);
    const third = talk('3');
    await until(() => made.state.part === 'listening');
    await other.call.hangup();
    await becomes(one.call, ({held}) => held);
    expect([made.state.ended, ...held(third)]).to.deep.equal([true, false]);
    await one.call.unhold();
    await becomes(one.call, ({muted}) => !muted);
    expect([...held(one, third), ...muted(one)]).to.deep.equal([false, true, false]);
  });

  it('asks for the floor when another side speaks, and gives it back afterwards', async () => {
    const [call, conference, intercom] = [talk('1'), meet(), group()];
    const all = [call, conference, intercom];
    await patch(...all);
    intercom.voice.speak();
    call.voice.speak();
    await becomes(intercom.intercom, ({floor}) => floor === 'granted');
    await until(() => sent(intercom, all).join() === '0,1');
    expect(sent(call, all)).to.deep.equal([1, 2]);
    call.voice.stop();
    await becomes(intercom.intercom, ({floor}) => floor === 'idle');
    await until(() => sent(intercom, all).length === 0);
    expect(intercom.service.commands).to.deep.equal(['ask', 'give back']);
  });

  it('reports a refused floor, and asks again when the one who spoke has finished', async () => {
    const [call, intercom] = [talk('1'), group()];
    // The voice does not stop, however slowly it comes.
    const made = await client.patch([call.call, intercom.call], {hangTime: 10_000});
    intercom.service.tell('taken', '1005');
    intercom.service.failure = new SipError('floor-denied', {apiCode: 2000});
    call.voice.speak();
    const refusals = (): unknown[] => made.state.members.map(({refusal}) => refusal).filter(Boolean);
    await becomes(made, () => refusals().join() === 'floor-denied');
    intercom.service.tell('idle');
    await becomes(intercom.intercom, ({floor}) => floor === 'granted');
    expect(refusals()).to.deep.equal([]);
  });

  it('keeps the floor for the user who presses the key, and its microphone shut for a user who listens', async () => {
    const [call, intercom] = [talk('1'), group()];
    const made = await patch(call, intercom);
    await made.listen();
    call.voice.speak();
    await becomes(intercom.intercom, ({floor}) => floor === 'granted');
    expect(intercom.dialog.state.muted).to.equal(true);
    await intercom.intercom.requestFloor();
    expect(intercom.dialog.state.muted).to.equal(false);
    call.voice.stop();
    // The patch has given it back: the user alone has it now.
    await until(() => !call.call.patch || intercom.intercom.state.floor === 'granted');
    await intercom.intercom.releaseFloor();
    await becomes(intercom.intercom, ({floor}) => floor === 'idle');
    expect(intercom.service.commands).to.deep.equal(['ask', 'give back']);
  });

  it('lets the user join, listen and leave', async () => {
    const [one, other] = [talk('1'), talk('2')];
    const made = await patch(one, other);
    expect([made.state.part, ...muted(one, other)]).to.deep.equal(['joined', false, false]);
    await one.call.mute();
    expect([made.state.part, ...muted(one, other)]).to.deep.equal(['joined', true, true]);
    await made.join();
    expect(muted(one, other)).to.deep.equal([false, false]);
    await made.listen();
    expect([made.state.part, ...muted(one, other)]).to.deep.equal(['listening', true, true]);
    await made.leave();
    expect(made.state.part).to.equal('out');
    await other.call.unmute();
    expect([made.state.part, ...muted(one, other)]).to.deep.equal(['joined', false, false]);
  });

  it('goes on while the user speaks in another call, who joins again by choosing a member', async () => {
    const [one, other] = [talk('1'), talk('2')];
    const made = await patch(one, other);
    const third = talk('3');
    expect([made.state.part, ...held(one, other, third)]).to.deep.equal(['listening', false, false, false]);
    await client.activate(one.call);
    expect([made.state.part, ...held(one, other, third)]).to.deep.equal(['joined', false, false, true]);
  });

  it('is joined by choosing a member also on the next page', async () => {
    const [one, other] = [talk('1'), talk('2')];
    const made = await patch(one, other);
    talk('3');
    const {kept} = made;
    made.dissolve();
    const next = await client.patch([one.call, other.call], kept);
    expect([next.id, next.state.part]).to.deep.equal([made.id, 'listening']);
    await client.activate(one.call);
    expect([next.state.part, ...muted(one, other)]).to.deep.equal(['joined', false, false]);
  });

  it('leaves the active call alone if the user is not in it', async () => {
    const [one, other, third] = [talk('1'), talk('2'), talk('3')];
    await client.patch([one.call, other.call], {part: 'out'});
    expect([...held(one, other, third), client.state.current]).to.deep.equal([
      false,
      false,
      false,
      third.call,
    ]);
  });

  it('begins without a call that the user holds meanwhile', async () => {
    const all = [talk('1'), meet(), talk('2')];
    const [first, , last] = all;
    const making = patch(...all);
    await becomes(last!.call, ({patch}) => patch !== undefined);
    await last!.call.hold();
    const made = await making;
    expect(made.calls).to.have.members(all.slice(0, 2).map(({call}) => call));
    expect(held(...all)).to.deep.equal([false, false, true]);
    await made.end();
    await first!.call.unhold();
    const again = code(client.merge([first!.call, last!.call]));
    await becomes(first!.call, ({merged}) => merged !== undefined);
    await first!.call.hold();
    expect(await again).to.equal('aborted');
    expect([held(first!, last!), client.patches]).to.deep.equal([[true, false], []]);
  });

  it('takes calls, and lets them go, while the others go on', async () => {
    const [one, other, third] = [talk('1'), talk('2'), talk('3')];
    const all = [one, other, third];
    const made = await patch(one, other);
    await made.add(third.call);
    expect(all.map((each) => sent(each, all))).to.deep.equal([
      [1, 2],
      [0, 2],
      [0, 1],
    ]);
    await made.remove(third.call);
    expect(all.map((each) => sent(each, all))).to.deep.equal([[1], [0], []]);
    expect(held(one, other, third)).to.deep.equal([false, false, true]);
    await other.call.hangup();
    expect([made.state.ended, sent(one, all).length, client.patches]).to.deep.equal([true, 0, []]);
    expect(await code(made.add(third.call))).to.equal('invalid-state');
  });

  it('sends nothing of a side that holds', async () => {
    const [one, other, third] = [talk('1'), talk('2'), talk('3')];
    const all = [one, other, third];
    await patch(...all);
    other.dialog.set({remoteHeld: true});
    expect(all.map((each) => sent(each, all))).to.deep.equal([[2], [0, 2], [0]]);
    other.dialog.set({remoteHeld: false});
    expect(all.map((each) => sent(each, all))).to.deep.equal([
      [1, 2],
      [0, 2],
      [0, 1],
    ]);
  });

  it('refuses a loop, and what cannot be a member', async () => {
    const [one, other, third] = [talk('1'), talk('2'), talk('3')];
    const [conference, sameRoom, intercom, sameGroup] = [meet(), meet(), group(), group()];
    const ringing = client.dial('audio', {number: '4', name: ''});
    const made = await patch(one, other);
    expect([
      await code(patch(one, third)),
      await code(made.add(one.call)),
      await code(patch(conference, sameRoom)),
      await code(patch(third, intercom, sameGroup)),
      await code(patch(third)),
      await code(patch(third, talk('5', 'broadcast'))),
      await code(patch(third, ringing)),
      await code(client.merge([one.call, third.call])),
      await code(client.patch([third.call, conference.call], {part: 'there' as 'out'})),
    ]).to.deep.equal([
      'patch-loop',
      'done',
      'patch-loop',
      'patch-loop',
      'bad-parameter',
      'bad-parameter',
      'invalid-state',
      'patch-loop',
      'bad-parameter',
    ]);
    await made.add(conference.call);
    expect(await code(made.add(sameRoom.call))).to.equal('patch-loop');
    expect(client.patches).to.deep.equal([made]);
  });

  it('tells each side that its voice is recorded in another one', async () => {
    const [one, other] = [talk('1'), talk('2')];
    await patch(one, other);
    one.control.update({recording: true});
    expect(other.dialog.commands).to.include('recording on');
  });
});
