import {expect} from '@open-wc/testing';
import {whenBack} from '../../../src/core/util/when-back.js';

describe('whenBack', () => {
  /** How often a hidden or visible page counts as back whose timers are late by so many milliseconds. */
  async function backsAfter(late: number, hidden: boolean): Promise<number> {
    const ending = new AbortController();
    const {now} = Date;
    Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
    let backs = 0;
    whenBack(() => (backs += 1), ending.signal);
    let ticked = 0;
    Date.now = () => ((ticked += 1), now() + late);
    try {
      while (ticked === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      Date.now = now;
      ending.abort();
      delete (document as {hidden?: boolean}).hidden;
    }
    return backs;
  }

  it('takes late timers for a sleep of the device', async () => {
    expect(await backsAfter(10_000, false)).to.equal(1);
    expect(await backsAfter(90_000, true)).to.equal(1);
  });

  it('does not take the timers of a hidden page, which run once a minute, for a sleep of the device', async () => {
    expect(await backsAfter(58_500, true)).to.equal(0);
  });

  it('does not take a page that is loaded for one that is back', () => {
    const ending = new AbortController();
    let backs = 0;
    whenBack(() => (backs += 1), ending.signal);
    window.dispatchEvent(new PageTransitionEvent('pageshow'));
    expect(backs).to.equal(0);
    window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
    expect(backs).to.equal(1);
    ending.abort();
  });
});
