import {expect} from '@open-wc/testing';
import {AttemptPause} from '../../../src/core/util/attempt-pause.js';

/** Longer than a test may take. */
const LONG = 60_000;

describe('AttemptPause', () => {
  it('lasts as long as it was asked to', async () => {
    const begun = performance.now();
    await new AttemptPause().wait(50);
    expect(performance.now() - begun).to.be.at.least(49);
  });

  for (const [what, hint] of [
    ['the browser is online', () => window.dispatchEvent(new Event('online'))],
    [
      'the page is shown again',
      () => window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true})),
    ],
    ['the page becomes visible', () => document.dispatchEvent(new Event('visibilitychange'))],
  ] as const)
    it(`ends at once when ${what}`, async () => {
      const wait = new AttemptPause().wait(LONG);
      hint();
      await wait;
    });

  it('ends on request, any number of times', async () => {
    const pause = new AttemptPause();
    for (let count = 0; count < 2; count += 1) {
      const wait = pause.wait(LONG);
      pause.end();
      await wait;
    }
    pause.end();
  });
});
