import {expect} from '@open-wc/testing';
import {shorten} from '../../support/in-page/durations.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {StallRepair} from '../../../src/media/quality/stall-repair.js';
import type {CallStall} from '../../../src/media/types.js';
import {StagedClient, type Staged} from '../../support/staged/staged-client.js';
import {fares} from '../../support/staged/staged-quality.js';

/** The time until the first ICE restart, in milliseconds. */
const REPAIR = 200;

describe('a call in which nothing arrives any more', () => {
  let client: StagedClient;
  let staged: Staged;
  const sought = (): number => staged.dialog.commands.filter((command) => command === 'restartIce').length;
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

  it('has another way sought, though nobody listens', async () => {
    await stalls();
    await until(() => sought() === 1);
  });

  it('has none sought any more once something arrives, or the call is over', async () => {
    await stalls();
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

  it('is lost for the dialog as long as that lasts, and after the repair was in vain', async () => {
    await stalls();
    await until(() => staged.dialog.loss === 'recovering');
    expect(sought()).to.equal(0);
    await until(() => staged.dialog.loss === 'failed');
    expect(sought()).to.equal(1);
    staged.call.addEventListener('quality', listen);
    await fares(staged, {});
    await until(() => staged.dialog.loss === undefined);
  });

  it('is not lost once it is on hold', async () => {
    await stalls();
    await until(() => staged.dialog.loss !== undefined);
    staged.dialog.set({held: true});
    expect(staged.dialog.loss).to.equal(undefined);
  });

  it('has none sought while it is on hold', async () => {
    staged.dialog.set({held: true});
    staged.call.addEventListener('quality', listen);
    await fares(staged, {silent: true});
    await new Promise((resolve) => setTimeout(resolve, 3 * REPAIR));
    expect(sought()).to.equal(0);
  });
});

describe('StallRepair', () => {
  const times: number[] = [];
  let repair: StallRepair;
  const follows = async (stall: CallStall | undefined, milliseconds: number): Promise<void> => {
    for (const begun = performance.now(); performance.now() - begun < milliseconds;) {
      repair.follow(stall);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const LOST: CallStall = {media: 'audio', cause: 'lost'};
  const UNKNOWN: CallStall = {media: 'audio', cause: 'unknown'};

  beforeEach(() => {
    shorten({stallRepair: 100, steadyMedia: 300});
    times.length = 0;
    repair = new StallRepair(() => times.push(performance.now()));
  });
  afterEach(() => repair.stop());

  it('seeks another way each time after twice the time', async () => {
    while (times.length < 3) await follows(LOST, 10);
    expect(times[1]! - times[0]!).to.be.at.least(190);
    expect(times[2]! - times[1]!).to.be.at.least(390);
  });

  it('goes on counting if something arrives only for a moment, and begins anew once it arrives again', async () => {
    while (times.length < 1) await follows(LOST, 10);
    repair.follow(undefined);
    const since = performance.now();
    while (times.length < 2) await follows(LOST, 10);
    expect(times[1]! - since).to.be.at.least(190);
    await follows(undefined, 400);
    // A busy machine may have reported that only once.
    repair.follow(undefined);
    // If the attempts still counted, this cause would allow none.
    repair.follow(UNKNOWN);
    expect(repair.vain).to.equal(false);
    while (times.length < 3) await follows(UNKNOWN, 10);
  });

  it('seeks once if nobody knows whether anything is sent, and not at all if nothing is', async () => {
    await follows({media: 'audio', cause: 'not-sent'}, 200);
    expect(times).to.have.length(0);
    await follows(UNKNOWN, 80);
    expect(repair.vain).to.equal(false);
    await follows(UNKNOWN, 800);
    expect(times).to.have.length(1);
    expect(repair.vain).to.equal(true);
    await follows(undefined, 10);
    expect(repair.vain).to.equal(false);
  });
});
