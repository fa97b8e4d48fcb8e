import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {within} from '../../../scripts/project.mjs';
import {press, shown} from '../../support/page/parts.js';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {isPlayedBy, watchPlayers} from '../../support/page/players.js';
import {openSite, type Site} from '../../support/page/site.js';

const DIAL = 'sip-dialer >>> [part~=call]:not([aria-disabled])';
const ANSWER = 'sip-incoming >>> [part~=answer-audio]';
const HOLD = 'sip-call >>> sip-hold-button >>> button';
const HANG_UP = 'sip-call >>> sip-hangup-button >>> button';

/** What a user presses in the page of each step, and which of its elements is heard. */
const STEPS = [
  {call: '#call', answer: '#answer', hold: undefined, hangUp: '#hangup', player: 'sound'},
  {call: '#call', answer: '#answer', hold: HOLD, hangUp: '#hangup', player: 'sound'},
  {call: '#call', answer: ANSWER, hold: HOLD, hangUp: '#hangup', player: 'sip-call'},
  {call: DIAL, answer: ANSWER, hold: HOLD, hangUp: HANG_UP, player: 'sip-call'},
  {call: DIAL, answer: ANSWER, hold: HOLD, hangUp: HANG_UP, player: 'sip-call'},
  {call: DIAL, answer: ANSWER, hold: HOLD, hangUp: HANG_UP, player: 'sip-call'},
];

/** Waits until the page says this of itself. */
async function says(page: Page, text: string): Promise<void> {
  await shown(page, `#state::-p-text(${text})`);
}

/** The blocks of code in a document, of a language, without indentation. */
function blocksOf(document: string, language: string): string[] {
  const text = readFileSync(within(document), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, code]) =>
    plain(code!),
  );
}

const plain = (code: string): string => code.replace(/^\s+|\s+$/gm, '');

describe('the guide that moves a page in six steps', () => {
  let site: Site;
  let other: Page;
  before(async () => {
    site = await openSite();
    other = await onlinePage(site, {user: '1001', inside: '<sip-call></sip-call>'});
  });
  after(() => site.close());

  /** Waits until the server has so many registrations. */
  async function registers(count: number): Promise<void> {
    while (site.server.stats()['bindings'] !== count) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  for (const [index, {call, answer, hold, hangUp, player}] of STEPS.entries())
    it(`step ${index + 1} calls, is called, and registers once`, async () => {
      const page = await site.open(`/moving/${index + 1}.html`, watchPlayers);
      await says(page, 'Ready');

      await press(page, call);
      assert.equal((await nextEvent(other, 'sip-call-received')).remote.number, '1003');
      await says(page, 'Calling');
      await other.evaluate(() => (window as any).call.answer());
      await nextEvent(other, 'sip-call-answered');
      await says(page, 'In a call');
      await isPlayedBy(page, player);
      if (hold) {
        await press(page, hold);
        await says(page, 'On hold');
        await other.waitForFunction(() => (window as any).call.state.remoteHeld);
        await press(page, hold);
        await says(page, 'In a call');
      }
      await press(page, hangUp);
      await nextEvent(other, 'sip-call-hangup');
      await says(page, 'Ready');

      await placeCall(other, '1003', 'audio');
      await says(page, 'Ringing');
      await press(page, answer);
      await says(page, 'In a call');
      await nextEvent(other, 'sip-call-answered');
      await isPlayedBy(page, player);
      // Those of this page and of the other one.
      await registers(2);
      await other.evaluate(() => (window as any).call.hangup());
      await nextEvent(other, 'sip-call-hangup');
      await says(page, 'Ready');
      await page.close();
    });

  it('shows what the pages have, in both languages', () => {
    const pages = [1, 2, 3, 4, 5, 6].flatMap((step) => [`${step}.html`, `${step === 2 ? 1 : step}.js`]);
    const texts = pages.map((name) => plain(readFileSync(within(`demo/moving/${name}`), 'utf8')));
    for (const language of ['html', 'js']) {
      const shownIn = (document: string): string[] => blocksOf(document, language);
      const blocks = shownIn('docs/migrate/moving.md');
      assert.deepEqual(shownIn('docs/zh/migrate/moving.md'), blocks);
      assert.ok(blocks.length > 2);
      assert.deepEqual(
        blocks.filter((block) => !texts.some((text) => text.includes(block))),
        [],
      );
    }
  });

  it('makes no page complain', () => {
    assert.deepEqual(site.complaints, []);
  });
});
