import {expect} from '@open-wc/testing';
import type {SipError} from '../../../src/errors.js';
import {SipError as Failure} from '../../../src/errors.js';
import {newestCall} from '../../../src/core/call/newest-call.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient, type Staged} from '../../support/staged/staged-client.js';

const code = (command: Promise<unknown>): Promise<string> =>
  command.then(
    () => 'done',
    (error: unknown) => (error as SipError).code,
  );

describe('the lines of a client', () => {
  let client: StagedClient;

  beforeEach(async () => {
    client = await StagedClient.ready({user: 'lines', historyStorage: 'memory'});
  });

  function talk(number: string): Staged {
    const staged = client.dial('audio', {number, name: ''});
    staged.dialog.confirm();
    return staged;
  }
  const ring = (number: string): Staged => client.ring('audio', {number, name: ''});
  const held = (...all: Staged[]): boolean[] => all.map(({call}) => call.state.held);

  it('has no current call without calls', () => expect(client.state.current).to.equal(undefined));

  it('takes a call that rings for the current one only where there is no other', async () => {
    const first = ring('1');
    expect(client.state.current).to.equal(first.call);
    await first.call.answer();
    const second = ring('2');
    expect(client.state.current).to.equal(first.call);
    await first.call.hangup();
    expect(client.state.current).to.equal(second.call);
  });

  it('holds the call that speaks when another one is answered, and that is the current one', async () => {
    const first = talk('1');
    const second = ring('2');
    await second.call.answer();
    expect(held(first, second)).to.deep.equal([true, false]);
    expect(client.state.current).to.equal(second.call);
  });

  it('holds the call that speaks as soon as another one is made', async () => {
    const first = talk('1');
    const call = await client.call('1003');
    expect(held(first)).to.deep.equal([true]);
    expect(client.state.current).to.equal(call);
  });

  it('switches: one goes on, the other is held', async () => {
    const first = talk('1');
    const second = talk('2');
    expect(held(first, second)).to.deep.equal([true, false]);
    await first.call.unhold();
    expect(held(first, second)).to.deep.equal([false, true]);
    expect(client.state.current).to.equal(first.call);
    await client.activate(second.call);
    expect(held(first, second)).to.deep.equal([true, false]);
    expect(client.state.current).to.equal(second.call);
  });

  it('ends at the last of switches that come in one moment', async () => {
    const [first, second, third] = [talk('1'), talk('2'), talk('3')];
    await Promise.all([
      client.activate(first.call),
      client.activate(second.call),
      client.activate(third.call),
      client.activate(first.call),
    ]);
    expect(held(first, second, third)).to.deep.equal([false, true, true]);
    expect(client.state.current).to.equal(first.call);
  });

  it('leaves a held call held when the one that speaks ends', async () => {
    const first = talk('1');
    const second = talk('2');
    await second.call.hangup();
    expect(held(first)).to.deep.equal([true]);
    expect(client.state.current).to.equal(first.call);
  });

  it('ends the call that speaks where that is asked for, once the other one is answered', async () => {
    const first = talk('1');
    const second = ring('2');
    await second.call.answer({others: 'hangup'});
    expect(first.call.state).to.deep.include({phase: 'released', cause: {by: 'local', code: 'normal'}});
    expect(second.call.state.phase).to.equal('answered');
  });

  it('goes on with the call that spoke where the other one cannot be answered, and ends nothing', async () => {
    const first = talk('1');
    const second = ring('2');
    second.dialog.failure = new Failure('not-acceptable');
    expect(await code(second.call.answer({others: 'hangup'}))).to.equal('not-acceptable');
    await until(() => !first.call.state.held);
    expect(first.dialog.commands).to.deep.equal(['hold', 'unhold']);
    expect(client.state.current).to.equal(first.call);
  });

  it('goes on with the call that spoke where the other one cannot be placed', async () => {
    const first = talk('1');
    client.failure = new Failure('unknown-number', {status: 404});
    expect(await code(client.call('4711'))).to.equal('unknown-number');
    await until(() => !first.call.state.held);
  });

  it('goes on with the call that spoke where the other one cannot go on', async () => {
    const first = talk('1');
    const second = talk('2');
    first.dialog.failure = new Failure('not-acceptable', {status: 488});
    expect(await code(first.call.unhold())).to.equal('not-acceptable');
    await until(() => !second.call.state.held);
    expect(held(first, second)).to.deep.equal([true, false]);
    expect(client.state.current).to.equal(second.call);
  });

  it('answers all the same where the other call cannot be held, which is muted until it is chosen again', async () => {
    const first = talk('1');
    const second = ring('2');
    first.dialog.failure = new Failure('not-acceptable', {status: 488});
    await second.call.answer();
    await until(() => first.call.state.muted);
    expect(second.call.state.phase).to.equal('answered');
    expect(held(first)).to.deep.equal([false]);
    await client.activate(first.call);
    expect(first.call.state).to.deep.include({muted: false, held: false});
    expect(held(second)).to.deep.equal([true]);
  });

  it('leaves a call muted that its user has muted', async () => {
    const first = talk('1');
    await first.call.mute();
    first.dialog.failure = new Failure('not-acceptable', {status: 488});
    const second = talk('2');
    await until(() => first.dialog.commands.includes('hold'));
    await client.activate(first.call);
    expect(first.call.state.muted).to.equal(true);
    expect(held(second)).to.deep.equal([true]);
  });

  it('holds a call that is answered after another one was chosen', async () => {
    const first = client.dial('audio', {number: '1', name: ''});
    const second = ring('2');
    await second.call.answer();
    first.dialog.confirm();
    await until(() => first.call.state.held);
    expect(held(second)).to.deep.equal([false]);
    expect(client.state.current).to.equal(second.call);
  });

  it('holds the call that speaks where another one is answered by itself', async () => {
    const first = talk('1');
    const second = ring('2');
    second.dialog.confirm();
    await until(() => first.call.state.held);
    expect(held(second)).to.deep.equal([false]);
    expect(client.state.current).to.equal(second.call);
  });

  it('lets several speak where the page says so', async () => {
    client = await StagedClient.ready({user: 'lines', historyStorage: 'memory', parallelCalls: true});
    const first = talk('1');
    const second = ring('2');
    await second.call.answer();
    await client.activate(first.call);
    const third = client.dial('audio', {number: '3', name: ''});
    await client.activate(second.call);
    third.dialog.confirm();
    expect(held(first, second, third)).to.deep.equal([false, false, false]);
    expect(client.state.current).to.equal(second.call);
    const fourth = ring('4');
    await fourth.call.answer({others: 'hangup'});
    expect(client.state.calls).to.deep.equal([fourth.call]);
  });

  it('leaves alone what is watched beside it', async () => {
    const first = talk('1');
    const {dialog} = client.dial('video', {number: '7', name: ''}, 'monitor');
    dialog.confirm(true);
    expect(held(first)).to.deep.equal([false]);
    expect(client.state.current).to.equal(first.call);
    talk('2');
    expect(dialog.commands).to.deep.equal([]);
  });

  it('makes a call that was not answered yet the current one, and refuses what rings or is over', async () => {
    const out = client.dial('audio', {number: '1', name: ''});
    const first = talk('2');
    await client.activate(out.call);
    expect(client.state.current).to.equal(out.call);
    expect(held(first)).to.deep.equal([true]);
    const second = ring('3');
    expect(await code(client.activate(second.call))).to.equal('invalid-state');
    await second.call.decline();
    expect(await code(client.activate(second.call))).to.equal('invalid-state');
  });

  it('does not take what the page keeps quiet for the current call', () => {
    client.addEventListener('sip-call-received', (event) => event.preventDefault());
    const {call} = ring('1');
    expect(call.state.quiet).to.equal(true);
    expect(client.state.current).to.equal(undefined);
  });

  it('prefers what is not held, then what is newer, then what rings', async () => {
    client = await StagedClient.ready({user: 'lines', historyStorage: 'memory', parallelCalls: true});
    const [first, second] = [talk('1'), talk('2')];
    ring('3');
    const {calls} = client.state;
    expect(newestCall(calls)).to.equal(second.call);
    await second.call.hold();
    expect(newestCall(calls)).to.equal(first.call);
    expect(newestCall(calls, second.call)).to.equal(second.call);
    await first.call.hold();
    expect(newestCall(calls)).to.equal(second.call);
  });
});

describe('the number of calls', () => {
  const ready = (options: object): Promise<StagedClient> =>
    StagedClient.ready({user: 'limits', historyStorage: 'memory', ...options});

  it('has a limit, beyond which none is placed', async () => {
    const client = await ready({maxCalls: 2});
    client.dial();
    const {call} = client.ring();
    const refused = await client.call('1004').catch((error: unknown) => error as SipError);
    expect(refused).to.include({code: 'too-many-calls', subject: '2'});
    expect(client.asked).to.not.include('call 1004 audio');
    await call.decline();
    expect((await client.call('1004')).state.phase).to.equal('ringing');
  });

  it('counts calls that have no name yet', async () => {
    const client = await ready({maxCalls: 1});
    let name = (): void => {};
    client.patience = new Promise((resolve) => (name = resolve));
    const first = client.call('1002');
    expect(await code(client.call('1003'))).to.equal('too-many-calls');
    name();
    expect((await first).remote.number).to.equal('1002');
  });

  it('leaves out calls of other domains that only ring', async () => {
    const client = await ready({maxCalls: 1});
    const {call} = client.ring('audio', {number: '777@evil.test', name: ''});
    const own = await client.call('1004');
    await own.hangup();
    await call.answer();
    expect(await code(client.call('1004'))).to.equal('too-many-calls');
  });

  it('is eight where the page says nothing, and what is watched does not count', async () => {
    const client = await ready({});
    for (let count = 0; count < 9; count += 1) client.dial('video', undefined, 'monitor');
    for (let count = 0; count < 8; count += 1) client.dial();
    expect(await code(client.call('1003'))).to.equal('too-many-calls');
  });
});
