import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {compare} from './compare.js';
import {decode, encodeSmall} from './picture.js';
import {openStudio, type Studio} from './studio.js';
import {variantOf} from './variants.js';

describe('two pictures differ', () => {
  let studio: Studio;
  before(async () => (studio = await openStudio()));
  after(() => studio.close());

  const BUTTON = 'sip-dialer >>> [part~=call]';
  /** How the dialer looks before and after a change; both are as small as committed ones. */
  const compareAfter = (change: (button: HTMLElement) => void) =>
    studio.visit(
      studio.scenes.find(({name}) => name === 'dialer-ready')!,
      async (snap, page) => {
        const variant = variantOf('light-en-320');
        const was = await snap(variant);
        await page.$eval(BUTTON, change as (button: Element) => void);
        return compare(decode(encodeSmall(was)), await snap(variant));
      },
    );

  it('if a button has another color', async () => {
    const difference = await compareAfter((button) => (button.style.background = '#1559c7'));
    assert.match(difference!.reason, /pixels differ/);
  });

  it('if something is four pixels wider', async () => {
    const difference = await compareAfter((button) => (button.style.marginInlineEnd = '4px'));
    assert.match(difference!.reason, /pixels differ/);
  });

  it('if an icon is missing', async () => {
    const difference = await compareAfter((button) =>
      button.querySelector('svg')!.style.setProperty('opacity', '0'),
    );
    assert.match(difference!.reason, /pixels differ/);
  });

  it('not if everything is a pixel further, or a shade brighter', async () => {
    const difference = await compareAfter((button) => {
      const {style} = button.ownerDocument.documentElement;
      style.setProperty('translate', '1px 0');
      style.setProperty('filter', 'brightness(1.02)');
    });
    assert.equal(difference?.reason, undefined);
  });

  it('not if one of them has been made small, however many colors it has', async () => {
    for (const wanted of ['channels-states', 'monitor-16'])
      await studio.visit(
        studio.scenes.find(({name}) => name === wanted)!,
        async (snap) => {
          const whole = await snap(variantOf('dark-zh-CN-320'));
          assert.equal(compare(decode(encodeSmall(whole)), whole)?.reason, undefined, wanted);
        },
      );
  });
});
