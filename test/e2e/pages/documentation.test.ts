import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {text} from 'node:stream/consumers';
import {after, before, describe, it} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import {within} from '../../../scripts/project.mjs';
import {audit} from '../../support/page/audit.js';
import {openSite, type Site} from '../../support/page/site.js';

/** The live example of a page. */
async function exampleOf(page: Page): Promise<Frame> {
  const frame = await page.waitForSelector('iframe.example');
  await frame!.scrollIntoView();
  return page.waitForFrame((each) => each.url().includes('/docs/examples/'));
}

/** Waits until an example shows something; an error says what it shows instead. */
async function shows(example: Frame, selector: string): Promise<void> {
  await example.waitForSelector(selector, {timeout: 60_000}).catch(async (cause: unknown) => {
    const told = await example
      .evaluate(() => {
        const {connection, registration, error} = document.querySelector('sip-client')?.client?.state ?? {};
        return [document.readyState, connection, registration, error?.code, document.body.innerText];
      })
      .catch(String);
    throw new Error(`${example.url()} ${example.detached ? 'is gone' : 'shows'}: ${String(told)}`, {cause});
  });
}

describe('the documentation site', () => {
  let site: Site;

  /** Runs `scripts/docs.mjs --if-needed`; resolves with what it prints. */
  async function build(): Promise<string> {
    const words = [within('scripts/docs.mjs'), '--if-needed'];
    const child = spawn(process.execPath, words, {stdio: ['ignore', 'pipe', 'inherit']});
    const [output, end] = await Promise.all([text(child.stdout), once(child, 'close')]);
    assert.deepEqual(end, [0, null]);
    return output;
  }

  before(async () => {
    await build();
    site = await openSite();
  });
  after(() => site.close());

  it('is not built again while its sources stay the same', async () => {
    assert.equal(await build(), '');
  });

  for (const path of [
    '/docs/',
    '/docs/elements/sip-dialer.html',
    '/docs/guide/troubleshooting.html',
    '/docs/zh/client.html',
  ])
    it(`is accessible in both themes: ${path}`, async () => {
      const page = await site.open(path);
      await page.waitForSelector('main, .VPHome');
      assert.deepEqual(await audit(page), []);
      await page.close();
    });

  it('really calls in a live example', async () => {
    const page = await site.open('/docs/elements/sip-call.html');
    const example = await exampleOf(page);
    const button = await example.waitForSelector('sip-dialer >>> [part~=call]:not(:disabled)');
    // The frame grows while the example is drawn: a press by position could miss.
    await button!.evaluate((element) => (element as HTMLElement).click());
    const video = await example.waitForSelector('sip-call >>> sip-video >>> video', {visible: true});
    await example.waitForFunction(
      (element) => (element as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames > 5,
      {polling: 100},
      video,
    );
    await page.close();
  });

  it('shows an example in the language of its page, as high as it is', async () => {
    const page = await site.open('/docs/zh/elements/sip-dialer.html');
    const example = await exampleOf(page);
    await shows(example, 'sip-dialer >>> ::-p-text(已注册)');
    await page.waitForFunction(
      () => document.querySelector<HTMLIFrameElement>('iframe.example')!.style.blockSize !== '',
    );
    const [outer, inner] = [
      await page.$eval('iframe.example', (frame) => frame.clientHeight),
      await example.$eval('body', (body) => body.offsetHeight),
    ];
    assert.ok(Math.abs(outer - inner) <= 2, `${outer}, ${inner}`);
    await page.close();
  });

  it('finds what an element has by its search', async () => {
    const page = await site.open('/docs/');
    await page.click('.DocSearch-Button');
    await page.waitForSelector('#localsearch-input');
    await page.type('#localsearch-input', 'press-to-toggle');
    await page.waitForSelector('.VPLocalSearchBox a[href*="sip-intercom"]');
    await page.close();
  });

  it('works under the Content-Security-Policy, without an error of any page', () => {
    assert.deepEqual(site.complaints, []);
  });
});
