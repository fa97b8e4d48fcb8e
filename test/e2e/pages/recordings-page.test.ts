import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {audit} from '../../support/page/audit.js';
import {DownloadFolder} from '../../support/page/download-folder.js';
import {press, shown} from '../../support/page/parts.js';
import {openSite, type Site} from '../../support/page/site.js';

describe("the page's list of recordings", () => {
  let site: Site;
  let page: Page;
  let downloads: DownloadFolder;

  before(async () => {
    site = await openSite();
    downloads = await DownloadFolder.open(site.browser);
    page = await site.open('/controls.html?lang=en');
    for (const user of ['1001', '1002'])
      await shown(page, `#phone-${user} sip-dialer >>> [part~=call]:not([aria-disabled])`);
  });
  after(async () => {
    await downloads.close();
    await site.close();
  });

  const says = async (text: RegExp): Promise<void> => {
    while (!text.test(await page.$eval('.recordings', (section) => (section as HTMLElement).innerText)))
      await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const focused = (): Promise<string | undefined> =>
    page.evaluate(
      () => (document.activeElement as HTMLElement).dataset['act'] ?? document.activeElement?.localName,
    );

  it('says that there is none', async () => {
    await says(/No recordings yet/);
    assert.deepEqual(await audit(page), []);
  });

  it('shows one that is being made, which can only be waited for', async () => {
    // The button downloads it as well.
    await page.$eval('#phone-1001 sip-record-button', (button) =>
      button.addEventListener('sip-recording', (event) => event.preventDefault()),
    );
    await press(page, '#phone-1001 sip-dialer >>> [part~=call]');
    await press(page, '#phone-1002 sip-incoming >>> [part~=answer-video]');
    await press(page, '#phone-1001 sip-record-button >>> button:not([aria-disabled])');
    await says(/Call with .*1002.*\n.*being recorded/);
    assert.equal(await page.$('.recordings button'), null);
  });

  it('shows whom it is of, when, how long and how large it is, and hands it out', async () => {
    await page.waitForFunction(async () => {
      const [kept] = await (document.querySelector('#phone-1001') as any).recordings.list();
      return kept.duration >= 2;
    });
    await press(page, '#phone-1001 sip-hangup-button >>> button');
    await says(/Call with .*1002\)?\n.*\d{4}.* · 0:(0[2-9]|[1-5]\d) · [\d.]+ [kM]B\n/);
    assert.deepEqual(await audit(page), []);
    await press(page, '.recordings [data-act=download]');
    const file = await downloads.file(/^recording-1002-.*\.(mp4|webm)$/);
    const size = await page.evaluate(
      async () => (await (document.querySelector('#phone-1001') as any).recordings.list())[0].size as number,
    );
    assert.equal(file.length, size);
  });

  it('speaks Chinese where the page does', async () => {
    await page.click('[data-language="zh-CN"]');
    await says(/与.*的通话\n/);
    await page.click('[data-language="en"]');
    await says(/Call with/);
  });

  it('asks before it deletes one, by keyboard as well', async () => {
    await page.focus('.recordings [data-act=delete]');
    await page.keyboard.press('Enter');
    await says(/Delete this recording\?/);
    await page.waitForFunction(() => (document.activeElement as HTMLElement).dataset['act'] === 'keep');
    assert.deepEqual(await audit(page), []);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => (document.activeElement as HTMLElement).dataset['act'] === 'delete');
    await page.keyboard.press('Enter');
    await shown(page, '.recordings [data-act=sure]');
    await press(page, '.recordings [data-act=sure]');
    await says(/No recordings yet[^]*Deleted\./);
    assert.equal(await focused(), 'ul');
    assert.deepEqual(site.complaints, []);
  });
});
