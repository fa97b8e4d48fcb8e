import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page, SerializedAXNode} from 'puppeteer-core';
import {receives} from '../../support/page/measure.js';
import {press, shown} from '../../support/page/parts.js';
import {openSite, type Site} from '../../support/page/site.js';
import {colorAt, hasCalls, openRecipe} from '../../support/recipes/recipe.js';

/** What a screen reader says in a part of the page. */
async function readingOf(page: Page, selector: string): Promise<string[]> {
  const root = (await page.$(selector))!;
  const tree = await page.accessibility.snapshot({root, interestingOnly: false});
  const names = (node: SerializedAXNode): string[] => [
    ...(node.name ? [node.name] : []),
    ...(node.children ?? []).flatMap(names),
  ];
  return names(tree!);
}

describe('recipes for the look', () => {
  let site: Site;
  before(async () => (site = await openSite()));
  after(() => site.close());
  afterEach(() => assert.deepEqual(site.complaints.splice(0), []));

  it('have a call in a layout of the page: its box answers, its controls act at the far end', async () => {
    const page = await openRecipe(site, 'own-layout');
    await press(page, '#other-phone sip-dialer >>> [part~=call]');
    await shown(page, '#own-phone dialog[open]');
    assert.equal(await page.$eval('#caller', (caller) => caller.textContent), '李雷');
    await press(page, '#answer');
    await hasCalls(page, '#other-phone', 1);
    assert.equal(await page.$('dialog[open]'), null);
    await receives(page, '#other-phone', {frames: 3, energy: 0.01});
    // The picture of the other side fills the stage, in the page's own place.
    await page.waitForFunction(() => {
      const [stage, video] = ['#own-phone', '#own-phone sip-video:not([of])'].map((each) =>
        document.querySelector(each)!.getBoundingClientRect(),
      );
      const picture = document
        .querySelector('#own-phone sip-video:not([of])')!
        .shadowRoot!.querySelector('video')!;
      return picture.videoWidth > 0 && video!.width === stage!.width && video!.height === stage!.height;
    });
    const soundOf = (): Promise<number> =>
      page.$eval('#other-phone', (client) => {
        const [call] = (client as HTMLElementTagNameMap['sip-client']).calls;
        return call!.level();
      });
    while ((await soundOf()) < 0.01);
    await press(page, '#own-phone sip-mute-button >>> button:not([aria-disabled=true])');
    while ((await soundOf()) > 0.001);
    await press(page, '#own-phone sip-hangup-button >>> button');
    await hasCalls(page, '#other-phone', 0);
    await shown(page, '#own-phone:not(.active)');
    await page.close();
  });

  it('have a phone read out in a language of the page, the other one in that of the page', async () => {
    const page = await openRecipe(site, 'own-language');
    const section = 'section[lang=fr]';
    const english =
      /^(?:Registered|Call|Video call|Urgent.*|Answer|Decline|Mute|Hold|Hang up|Keypad|Connected|Delete|No call|Full screen|Picture.*|Connection quality.*)$/;
    await shown(page, `${section} sip-dialer >>> [aria-label="Effacer"]`);
    const before = await readingOf(page, section);
    for (const word of ['Connecté', 'Appeler', 'Appel vidéo', 'Effacer', 'Aucun appel'])
      assert.ok(before.includes(word), `${word} in ${before.join(' | ')}`);
    await press(page, '#other-phone sip-dialer >>> [part~=call]');
    await shown(page, `${section} sip-incoming >>> [part~=answer-audio]`);
    const ringing = await readingOf(page, section);
    for (const word of ['Appel entrant', 'Répondre', 'Refuser'])
      assert.ok(
        ringing.some((each) => each.includes(word)),
        `${word} in ${ringing.join(' | ')}`,
      );
    await press(page, `${section} sip-incoming >>> [part~=answer-audio]`);
    await hasCalls(page, '#french-phone', 1);
    await shown(page, `${section} sip-call >>> sip-hangup-button >>> button[aria-label=Raccrocher]`);
    const talking = await readingOf(page, section);
    for (const word of ['Couper le micro', 'Mettre en attente', 'Raccrocher', 'En communication'])
      assert.ok(talking.includes(word), `${word} in ${talking.join(' | ')}`);
    const found = [before, ringing, talking].flat().filter((each) => english.test(each));
    assert.deepEqual(found, []);
    assert.ok((await readingOf(page, '#other-phone')).includes('Hang up'));
    await page.close();
  });

  it('have a phone with the colors, corners and font of the page, in light and dark', async () => {
    const page = await openRecipe(site, 'own-theme');
    const look = async (phone: string): Promise<unknown[]> => {
      const button = await shown(page, `${phone} sip-dialer >>> [part~=call]`);
      const [radius, font] = await button.evaluate((each) => {
        const {borderStartStartRadius, fontFamily} = getComputedStyle(each);
        return [borderStartStartRadius, fontFamily.split(',', 1)[0]];
      });
      // Beside the word.
      return [await colorAt(page, button, 0.1, 0.5), radius, font];
    };
    for (const [scheme, own, other] of [
      ['light', [76, 106, 31], [20, 122, 67]],
      ['dark', [181, 207, 127], [76, 195, 138]],
    ] as const) {
      await page.emulateMediaFeatures([
        {name: 'prefers-color-scheme', value: scheme},
        {name: 'prefers-reduced-motion', value: 'reduce'},
      ]);
      assert.deepEqual(await look('#own-phone'), [own, '4px', 'Georgia'], scheme);
      assert.deepEqual((await look('#other-phone')).slice(0, 2), [other, '999px'], scheme);
    }
    await page.close();
  });
});
