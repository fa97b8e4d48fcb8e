import assert from 'node:assert/strict';
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {bringDecoder} from '../../support/page/download-folder.js';
import {press, shown} from '../../support/page/parts.js';
import {openSite, type Site} from '../../support/page/site.js';
import {hangUp, hasCalls, openRecipe} from '../../support/recipes/recipe.js';

/** What the customer says, in hertz. */
const TONE = 700;

describe('the recipe for the upload of recordings', () => {
  let site: Site;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sip-elements-recordings-'));
    site = await openSite({uploads: folder});
  });
  after(async () => {
    await site.close();
    await rm(folder, {recursive: true});
  });

  const kept = (page: Page): Promise<readonly {readonly state: string}[]> =>
    page.evaluate(() =>
      document.querySelector<HTMLElementTagNameMap['sip-client']>('#agent-phone')!.client!.recordings.list(),
    );

  /** Calls the customer, who says a tone, for two seconds. */
  async function talk(page: Page): Promise<void> {
    await press(page, '#agent-phone sip-dialer >>> [part~=call]');
    await press(page, '#customer-phone sip-incoming >>> [part~=answer-audio]');
    await hasCalls(page, '#agent-phone', 1);
    await page.waitForFunction(() => {
      const {calls} = document.querySelector<HTMLElementTagNameMap['sip-client']>('#agent-phone')!;
      return (calls[0]!.recordingDuration ?? 0) > 2000;
    });
    await hangUp(page, '#agent-phone');
  }

  it('sends what both sides said to the server, deletes it here, and sends later what the server refused', async () => {
    const page = await openRecipe(site, 'upload-recordings');
    await page.evaluate(async (frequency) => {
      const client = document.querySelector<HTMLElementTagNameMap['sip-client']>('#customer-phone')!;
      client.options = {
        processAudio: () => {
          const context = new AudioContext();
          const oscillator = new OscillatorNode(context, {frequency});
          const target = context.createMediaStreamDestination();
          oscillator.connect(new GainNode(context, {gain: 0.3})).connect(target);
          oscillator.start();
          return target.stream.getAudioTracks()[0]!;
        },
      };
      await client.updateComplete;
    }, TONE);
    await page.waitForFunction(
      () =>
        document.querySelector<HTMLElementTagNameMap['sip-client']>('#customer-phone')!.client?.state
          .registration === 'registered',
    );
    await talk(page);
    const link = await shown(page, '.list a');
    const id = await link.evaluate((each) =>
      new URL((each as HTMLAnchorElement).href).pathname.split('/').pop()!,
    );
    assert.match(await link.evaluate((each) => each.textContent!), /^[\d_-]+-1002\.(?:m4a|mp4|webm)$/);
    while ((await kept(page)).length) await new Promise((resolve) => setTimeout(resolve, 20));

    const [name] = (await readdir(folder)).filter((each) => each.includes(id));
    const bytes = (await readFile(join(folder, name!))).toString('base64');
    await bringDecoder(page);
    const {duration, said, nothing} = await page.evaluate(
      async (bytes, tone) => {
        const file = new Blob([Uint8Array.from(atob(bytes), (each) => each.charCodeAt(0))]);
        const decoded = await (globalThis as any).recordings.decoded(file);
        const {sound} = decoded;
        const [said, nothing] = [tone, 3000].map((each) => decoded.level(each, 0.5, sound - 0.5));
        decoded.close();
        return {duration: sound, said, nothing};
      },
      bytes,
      TONE,
    );
    assert.ok(duration > 1.5 && duration < 20, `${duration} s`);
    assert.ok(said > 0.05 && nothing < said / 5, `${said} of the tone, ${nothing} of another one`);

    // A server that is out of order: the recording stays, and is sent by the next page.
    await page.setRequestInterception(true);
    const refuse = (request: any): void =>
      request.url().includes('UpFileServlet') ? request.respond({status: 503, body: ''}) : request.continue();
    page.on('request', refuse);
    await talk(page);
    await page.waitForFunction(() => document.querySelector('[role=status]')!.textContent!.includes('503'));
    assert.deepEqual(
      (await kept(page)).map(({state}) => state),
      ['finished'],
    );
    page.off('request', refuse);
    await page.setRequestInterception(false);
    await page.reload();
    await shown(page, '.list a');
    while ((await kept(page)).length) await new Promise((resolve) => setTimeout(resolve, 20));
    const [, later = ''] = /\/uploads\/(.+)/.exec(
      await page.$eval('.list a', (each) => each.getAttribute('href')!),
    )!;
    const {length} = await page.evaluate(async (id) => (await fetch(`/uploads/${id}`)).text(), later);
    assert.ok(later !== id && length > 1000, `${later} has ${length} characters`);
    await page.close();
  });
});
