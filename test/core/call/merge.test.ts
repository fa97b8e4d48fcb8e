import {expect} from '@open-wc/testing';
import {SipError} from '../../../src/errors.js';
import {becomes} from '../../support/in-page/facts.js';
import {sound, StagedClient, type Staged} from '../../support/staged/staged-client.js';
import type {CallType} from '../../../src/core/types.js';

const code = (command: Promise<unknown>): Promise<string> =>
  command.then(
    () => 'done',
    (error: unknown) => (error as SipError).code,
  );

describe('merging the calls of a client', () => {
  let client: StagedClient;

  beforeEach(async () => {
    client = await StagedClient.ready({user: 'merge', historyStorage: 'memory'});
  });

  function talk(number: string, type: CallType = 'single'): Staged {
    const staged = client.dial('audio', {number, name: ''}, type);
    staged.dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
    staged.dialog.confirm();
    return staged;
  }
  const merge = (...all: Staged[]): Promise<string> => code(client.merge(all.map(({call}) => call)));
  const held = (...all: Staged[]): boolean[] => all.map(({call}) => call.state.held);
  /** How many voices each side gets besides the microphone. */
  const mixed = (...all: Staged[]): number[] => all.map(({dialog}) => dialog.mixed.length);

  it('takes two calls of two that are answered and send audio', async () => {
    const [first, ringing, deaf, conference] = [
      talk('1'),
      client.dial('audio', {number: '2', name: ''}),
      talk('3'),
      talk('4', 'conference'),
    ];
    deaf.dialog.play(new MediaStream([sound()]));
    expect([
      await merge(first),
      await merge(first, first),
      await merge(first, conference),
      await merge(first, ringing),
      await merge(first, deaf),
      await code(client.split(first.call)),
    ]).to.deep.equal([
      'bad-parameter',
      'bad-parameter',
      'bad-parameter',
      'invalid-state',
      'invalid-state',
      'invalid-state',
    ]);
    expect(held(first, conference)).to.deep.equal([true, false]);
  });

  it('can be taken back while the calls are being resumed', async () => {
    const [first, second] = [talk('1'), talk('2')];
    const merging = merge(first, second);
    await becomes(first.call, ({merged}) => merged !== undefined);
    await client.split(second.call);
    expect(await merging).to.equal('aborted');
    expect([first.call.state.merged, second.call.state.merged, client.patches.length]).to.deep.equal([
      undefined,
      undefined,
      0,
    ]);
    expect(mixed(first, second)).to.deep.equal([0, 0]);
    expect(await merge(first, second)).to.equal('done');
  });

  it('leaves one call active if another one cannot be resumed', async () => {
    const [first, second] = [talk('1'), talk('2')];
    first.dialog.failure = new SipError('timeout');
    expect(await merge(first, second)).to.equal('timeout');
    expect([...held(first, second), first.call.state.merged]).to.deep.equal([true, false, undefined]);
    expect(await merge(first, second)).to.equal('done');
  });

  it('merges further calls with those that are merged', async () => {
    const [first, second] = [talk('1'), talk('2')];
    await merge(first, second);
    const third = talk('3');
    expect([...held(first, second), ...mixed(first, second)]).to.deep.equal([true, true, 0, 0]);
    await merge(first, second, third);
    expect([...held(first, second, third), ...mixed(first, second, third)]).to.deep.equal([
      false,
      false,
      false,
      2,
      2,
      2,
    ]);
    await third.call.hangup();
    expect([...mixed(first, second), third.call.state.merged]).to.deep.equal([1, 1, undefined]);
    await second.call.hangup();
    expect([...mixed(first), first.call.state.merged, client.state.current]).to.deep.equal([
      0,
      undefined,
      first.call,
    ]);
  });
});
