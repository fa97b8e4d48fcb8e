import {expect} from '@open-wc/testing';
import {shorten} from '../support/in-page/durations.js';
import {becomes, until} from '../support/in-page/facts.js';
import {StagedClient, type Staged} from '../support/staged/staged-client.js';
import {fares} from '../support/staged/staged-quality.js';

/** Until another way is sought the first time, in milliseconds. */
const REPAIR = 200;

describe('a call in which nothing arrives any more', () => {
  let client: StagedClient;
  let staged: Staged;
  const sought = (): number => staged.dialog.commands.filter((command) => command === 'seekWay').length;
  const listen = (): void => {};

  beforeEach(async () => {
    shorten({statisticsInterval: 50, mediaStall: 250, stallRepair: REPAIR});
    client = await StagedClient.ready();
    staged = client.dial();
    staged.dialog.confirm();
    // Only for `fares`: a call is watched without it.
    staged.call.addEventListener('quality', listen);
    await fares(staged, {});
    staged.call.removeEventListener('quality', listen);
  });
  afterEach(() => client.disconnect());

  /** Nothing arrives from now on. */
  async function stalls(): Promise<void> {
    staged.call.addEventListener('quality', listen);
    await fares(staged, {silent: true});
    staged.call.removeEventListener('quality', listen);
    await becomes(staged.call, ({stalled}) => stalled !== undefined);
  }

  it('has another way sought, each time after twice the time, though nobody listens', async () => {
    await stalls();
    expect(staged.call.state.stalled!.cause).to.be.oneOf(['unknown', 'lost', 'disconnected']);
    const times: number[] = [];
    for (const count of [1, 2, 3]) {
      await until(() => sought() >= count);
      times.push(performance.now());
    }
    expect(times[1]! - times[0]!).to.be.at.least(1.9 * REPAIR);
    expect(times[2]! - times[1]!).to.be.at.least(3.8 * REPAIR);
  });

  it('has none sought any more once something arrives, or the call is over', async () => {
    await stalls();
    await until(() => sought() === 1);
    staged.call.addEventListener('quality', listen);
    await fares(staged, {});
    await becomes(staged.call, ({stalled}) => stalled === undefined);
    const before = sought();
    await new Promise((resolve) => setTimeout(resolve, 4 * REPAIR));
    expect(sought()).to.equal(before);
    await stalls();
    await staged.call.hangup();
    const after = sought();
    await new Promise((resolve) => setTimeout(resolve, 2 * REPAIR));
    expect(sought()).to.equal(after);
  });

  it('has none sought while it is on hold', async () => {
    staged.dialog.set({held: true});
    staged.call.addEventListener('quality', listen);
    await fares(staged, {silent: true});
    await new Promise((resolve) => setTimeout(resolve, 3 * REPAIR));
    expect(sought()).to.equal(0);
  });
});
