import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {audit} from '../../support/page/audit.js';
import {fallsSilent, receives, turnsBlack} from '../../support/page/measure.js';
import {press, shown} from '../../support/page/parts.js';
import {openSite, type Site} from '../../support/page/site.js';
import {open, released, witness} from '../../support/page/witness.js';

/** Selectors of what is on the page of two phones. */
const phone = (user: string) => {
  const within = (tag: string) => (part: string) => `#phone-${user} ${tag} >>> [part~=${part}]`;
  return {
    client: `#phone-${user}`,
    dialer: within('sip-dialer'),
    incoming: within('sip-incoming'),
    call: within('sip-call'),
  };
};
const [first, second] = [phone('1001'), phone('1002')];

const phaseOf = (page: Page, client: string): Promise<string> =>
  page.evaluate(
    (client) => (document.querySelector(client)!.querySelector('sip-call') as any).call?.state.phase,
    client,
  );

/** Counts how often a text is split into its characters, as the grammar of SIP does to decode a table. */
function countSplits(): void {
  const {split} = String.prototype;
  const counted = window as unknown as {splits: number};
  counted.splits = 0;
  String.prototype.split = function (...given: unknown[]): string[] {
    if (given[0] === '') counted.splits += 1;
    return Reflect.apply(split, this, given) as string[];
  };
}

async function reaches(page: Page, client: string, phase: string): Promise<void> {
  while ((await phaseOf(page, client)) !== phase) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('the page of two phones', () => {
  let site: Site;
  let page: Page;
  before(async () => {
    site = await openSite();
    page = await site.open('/', async (opened) => {
      await witness(opened);
      await opened.evaluateOnNewDocument(countSplits);
    });
  });
  after(() => site.close());

  it('registers both by itself, with a number to call in each', async () => {
    for (const [{dialer}, user, number] of [
      [first, '1001', '1002'],
      [second, '1002', '1001'],
    ] as const) {
      await shown(page, `${dialer('call')}:not([aria-disabled])`);
      assert.match(await page.$eval(dialer('status'), (element) => element.textContent!), new RegExp(user));
      assert.equal(
        await page.$eval(dialer('number'), (element) => (element as HTMLInputElement).value),
        number,
      );
    }
    assert.deepEqual(await audit(page), []);
  });

  it('has both green buttons in view in a low window', async () => {
    const usual = page.viewport();
    await page.setViewport({width: 800, height: 600});
    for (const {dialer} of [first, second]) {
      const {y, height} = (await (await shown(page, dialer('call'))).boundingBox())!;
      assert.ok(y + height <= 600, `it ends at ${y + height}`);
    }
    assert.deepEqual(await audit(page), []);
    await page.setViewport(usual);
  });

  it('connects a call with a picture by its green buttons, and both ends see and hear', async () => {
    await press(page, first.dialer('call'));
    await shown(page, second.incoming('answer-video'));
    assert.deepEqual(await audit(page), []);
    await press(page, second.incoming('answer-video'));
    for (const {client} of [first, second]) {
      await reaches(page, client, 'answered');
      await receives(page, client, {frames: 10, energy: 0.01});
      await turnsBlack(page, client, false);
    }
    assert.deepEqual(await audit(page), []);
  });

  it('keeps the second phone silent until its sound is asked for', async () => {
    const heard = (client: string): Promise<boolean> =>
      page.evaluate((client) => {
        const audio = document
          .querySelector(client)!
          .querySelector('sip-call')!
          .shadowRoot!.querySelector('sip-audio')!
          .shadowRoot!.querySelector('audio')!;
        return !audio.muted && !audio.paused;
      }, client);
    assert.deepEqual([await heard(first.client), await heard(second.client)], [true, false]);
    await press(page, second.call('sound'));
    while (!(await heard(second.client))) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('sends silence when muted, and sound again', async () => {
    await press(page, first.call('mute'));
    await fallsSilent(page, second.client);
    await press(page, first.call('mute'));
    await receives(page, second.client, {frames: 0, energy: 0.01});
  });

  it('sends black and frees the camera when it is turned off, and a picture again', async () => {
    const devices = async (): Promise<number> => (await open(page)).tracks;
    const before = await devices();
    await press(page, first.call('camera'));
    await turnsBlack(page, second.client);
    // What is seen there is the name, not the black picture.
    await shown(page, `${second.client} sip-call >>> .middle:not([hidden])`);
    await shown(page, `${second.client} sip-call >>> .remote:state(dark)`);
    assert.equal(await devices(), before - 1);
    assert.deepEqual(await audit(page), []);
    await press(page, first.call('camera'));
    await turnsBlack(page, second.client, false);
    assert.equal(await devices(), before);
  });

  it('ends the call at both, says so, and leaves no device on', async () => {
    await press(page, second.call('hangup'));
    for (const {client} of [first, second]) await reaches(page, client, 'released');
    await released(page);
    await shown(page, first.call('again'));
    assert.deepEqual(await audit(page), []);
  });

  it('says that a call was declined', async () => {
    await press(page, first.dialer('call'));
    await press(page, second.incoming('decline'));
    await reaches(page, first.client, 'released');
    const text = await page.$eval(`${first.client} sip-call`, (element) => element.shadowRoot!.textContent!);
    assert.match(text, /declined/);
    assert.equal((await open(page)).tracks, 0);
  });

  it('decodes the tables of the grammar of SIP once, not for each header', async () => {
    const decoded = await page.evaluate(() => (window as unknown as {splits: number}).splits);
    assert.ok(decoded > 0 && decoded < 1_000, `${decoded} tables`);
  });

  it('speaks Chinese at the press of a button', async () => {
    await page.locator('[data-language="zh-CN"]').click();
    await page.waitForFunction(() =>
      document
        .querySelector('sip-dialer')!
        .shadowRoot!.querySelector('[part~=call]')!
        .textContent!.includes('呼叫'),
    );
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN');
    assert.deepEqual(await audit(page), []);
  });

  it('makes the page complain of nothing, its Content-Security-Policy included', () => {
    assert.deepEqual(site.complaints, []);
  });
});
