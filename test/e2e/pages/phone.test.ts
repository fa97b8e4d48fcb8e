import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {audit} from '../../support/page/audit.js';
import {receives} from '../../support/page/measure.js';
import {press, shown} from '../../support/page/parts.js';
import {openSite, type Site} from '../../support/page/site.js';
import {released, witness} from '../../support/page/witness.js';

const PHONES = ['#phone-1001', '#phone-1002'] as const;
const [first, corner] = PHONES;

describe('the page of a whole phone', () => {
  let site: Site;
  let page: Page;
  before(async () => {
    site = await openSite();
    page = await site.open('/phone.html', witness);
    // What the measures read of a <sip-client>.
    await page.$$eval('sip-phone', (phones) => {
      for (const phone of phones)
        Object.defineProperty(phone, 'calls', {get: () => phone.client?.state.calls ?? []});
    });
  });
  after(() => site.close());

  it('registers by its own attributes, of which the password is gone', async () => {
    for (const phone of PHONES) {
      await page.waitForFunction(
        (phone) =>
          (document.querySelector(phone) as HTMLElementTagNameMap['sip-phone']).client?.state.registration ===
          'registered',
        {},
        phone,
      );
      assert.equal(await page.$eval(phone, (element) => element.hasAttribute('password')), false);
    }
    assert.deepEqual(await audit(page), []);
  });

  it('opens in the corner when it is called, and both are heard and seen', async () => {
    await press(page, `${first} >>> sip-dialer >>> [part~=video]`);
    await press(page, `${corner} >>> sip-incoming >>> [part~=answer-video]`);
    for (const phone of PHONES) {
      await shown(page, `${phone} >>> sip-call >>> .remote.playing`);
      await receives(page, phone, {frames: 5, energy: 0.01});
    }
    assert.deepEqual(await audit(page), []);
  });

  it('is heard still while it is closed', async () => {
    await press(page, `${corner} >>> [part~=launcher]`);
    await page.waitForFunction((corner) => !(document.querySelector(corner) as any).open, {}, corner);
    const plays = await page.$eval(corner, (element) => {
      const call = element.shadowRoot!.querySelector('sip-call')!;
      const audio = call
        .shadowRoot!.querySelector('sip-audio')!
        .shadowRoot!.querySelector<HTMLAudioElement>('audio')!;
      return !audio.paused && !audio.muted;
    });
    assert.equal(plays, true);
    await receives(page, corner, {frames: 0, energy: 0.01});
  });

  it('ends the call, leaves no device on, and has it in the history', async () => {
    await press(page, `${first} >>> sip-call >>> [part~=hangup]`);
    // The other one has to be told first.
    for (const phone of PHONES)
      await page.waitForFunction((phone) => !(document.querySelector(phone) as any).calls.length, {}, phone);
    await released(page);
    await press(page, `${first} >>> [data-view=history]`);
    await shown(page, `${first} >>> sip-history >>> [part=entry]`);
    assert.deepEqual(site.complaints, []);
  });
});
