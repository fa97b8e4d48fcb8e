import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../../support/in-page/facts.js';
import {shown} from '../../support/page/parts.js';
import {openSite, type Site} from '../../support/page/site.js';

describe('the demo of telemetry', () => {
  let site: Site;
  let page: Page;

  before(async () => {
    site = await openSite();
    page = await site.open('/telemetry.html?lang=en');
  });
  after(() => site.close());

  /** The events that are listed, the newest first. */
  const listed = (): Promise<string[]> =>
    page.$$eval('#events code:first-child', (all) => all.map(({textContent}) => textContent ?? ''));

  it('lists what a call measures, and how it ended', async () => {
    await until(async () => (await listed()).some((line) => /^sip\.register {2}[\d.]+ s$/.test(line)));
    await page.evaluate(() => document.querySelector('sip-client')!.call('9999'));
    await until(async () => (await listed()).some((line) => /^rtc\.mos {2}[1-4](\.\d+)?$/.test(line)));
    await page.evaluate(() => document.querySelector('sip-client')!.calls[0]!.hangup());
    await until(async () => (await listed()).some((line) => line.startsWith('sip.call ')));
    assert.equal(await page.$eval('#none', (none) => (none as HTMLElement).hidden), true);
    await shown(page, '#events:not([hidden])');
  });
});
