import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Album} from './scene.js';
import {forEachScene, openStudio, type Studio} from './studio.js';
import {variantOf, type VariantName} from './variants.js';

/** What a dispatcher works with. */
const DESK = /^(console|journal|keys|map|monitor|queue)/;

/** Why a camera shows no video, which its tile has whole in its tooltip and for screen readers. */
const REASON = / by hint$/;

/** The narrowest window in each language, and a desk in the language whose words are longest. */
const NARROW: readonly VariantName[] = ['light-en-320', 'light-zh-CN-320', 'light-ar-320'];
const WIDE: readonly VariantName[] = ['light-ar-1440'];

describe('texts', () => {
  let studio: Studio;
  before(async () => (studio = await openStudio()));
  after(() => studio.close());

  it('of a desk are shown whole in each language, at 320 px as well', async () => {
    const cut: string[] = [];
    await forEachScene(
      studio.scenes.filter(({name}) => DESK.test(name)),
      (scene) =>
        studio.visit(scene, async (snap, page) => {
          const variants = [...NARROW, ...WIDE].map(variantOf);
          for (const variant of variants.filter(({width}) => !scene.only || width === scene.only)) {
            await snap(variant);
            const found = await page.evaluate(() => (window as unknown as {album: Album}).album.shortened());
            cut.push(
              ...found
                .filter((text) => !REASON.test(text))
                .map((text) => `${scene.name}.${variant.name}: ${text}`),
            );
          }
        }),
    );
    assert.deepEqual(cut.sort(), []);
  });
});
