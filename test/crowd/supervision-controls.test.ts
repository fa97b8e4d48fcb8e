import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../support/in-page/facts.js';
import {SIGNALS} from '../support/page/meeting.js';
import {fill, press} from '../support/page/parts.js';
import {goOnline, nextEvent, phonePage, placeCall} from '../support/page/phone-page.js';
import {hearsTones, keepSent, sendsSignals, takeSent} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';
import {open, released} from '../support/page/witness.js';

const [DISPATCHER, , BOB, CAROL] = SIGNALS.map(({tone}) => tone) as [number, number, number, number];

const DESK =
  '<main><sip-dialer></sip-dialer><sip-calls></sip-calls><sip-directory></sip-directory><sip-history></sip-history></main>';
const PHONE = '<sip-incoming></sip-incoming><sip-call></sip-call>';

describe('calls of others, by the controls of a dispatcher’s page', () => {
  let site: Site;
  let pages: [desk: Page, bob: Page, carol: Page];
  const online = async (index: number, inside: string): Promise<Page> => {
    const signals = SIGNALS[index]!;
    const page = await phonePage(site, {user: signals.number, inside});
    await page.evaluate(() => (document.documentElement.lang = 'en'));
    await sendsSignals(page, signals);
    await goOnline(page);
    return page;
  };
  before(async () => {
    site = await openSite();
    pages = [await online(0, DESK), await online(2, PHONE), await online(3, PHONE)];
    await keepSent(pages[0]);
  });
  afterEach(async () => {
    await until(() => site.server.stats()['sessions'] === 0 && site.server.stats()['legs'] === 0);
    for (const page of pages) await released(page);
    assert.deepEqual(site.complaints, []);
  });
  after(() => site.close());

  /** Waits until an element of a page says this. */
  const says = (page: Page, tag: string, words: string | RegExp): Promise<void> =>
    until(() =>
      page.$eval(
        tag,
        ({shadowRoot}, words) => new RegExp(words).test(shadowRoot!.textContent!),
        words instanceof RegExp ? words.source : words,
      ),
    );
  /** Chooses an action from the menu of a person’s row. */
  const choose = async (number: string, action: string): Promise<void> => {
    const [desk] = pages;
    const row = `sip-directory >>> sip-directory-row[data-number="${number}"]`;
    await press(desk, `${row} >>> [part=more]`);
    await press(desk, `sip-directory >>> sip-directory-menu >>> [part=${action}]`);
  };
  it('are listened in to, barged into and ended', async () => {
    const [desk, bob, carol] = pages;
    await placeCall(bob, '1004', 'audio');
    await press(carol, "sip-incoming >>> [part~='answer-audio']");
    for (const page of [bob, carol]) await nextEvent(page, 'sip-call-answered');
    await fill(desk, 'sip-directory >>> [part~=search]', '100');

    await choose('1003', 'listen-in');
    await nextEvent(desk, 'sip-call-answered');
    await says(desk, 'sip-calls', 'They can’t hear you');
    await hearsTones(desk, [BOB, CAROL]);
    for (const page of [bob, carol]) await hearsTones(page, [], [DISPATCHER]);
    assert.equal((await open(desk)).tracks, 0);
    await takeSent(desk);

    await press(desk, 'sip-calls >>> [part=barge-in]');
    assert.equal((await nextEvent(desk, 'sip-call-hangup')).cause.by, 'local');
    await nextEvent(desk, 'sip-call-answered');
    await says(desk, 'sip-calls', 'Both sides can hear you');
    await hearsTones(bob, [DISPATCHER, CAROL]);
    await hearsTones(carol, [DISPATCHER, BOB]);
    await hearsTones(desk, [BOB, CAROL]);
    const [bye, ...others] = (await takeSent(desk)).filter((line) => !/^SIP/.test(line));
    assert.match(bye!, /^BYE /);
    assert.deepEqual(others, ['MESSAGE sip:api@localhost SIP/2.0']);

    await press(desk, 'sip-calls >>> [part=hangup]');
    await nextEvent(desk, 'sip-call-hangup');
    await hearsTones(bob, [CAROL], [DISPATCHER]);
    await hearsTones(carol, [BOB], [DISPATCHER]);
    await says(desk, 'sip-history', /Barged in/);
    const entries = await desk.$$eval('sip-history >>> [part=entry]', (rows) =>
      rows.map((row) => (row as HTMLElement).innerText.replace(/\s+/g, ' ')),
    );
    assert.match(entries[0]!, /Anna Novak.*Barged in/);
    assert.match(entries[1]!, /Anna Novak.*Listened in/);

    await choose('1003', 'force-end');
    await press(desk, 'sip-directory >>> sip-directory-menu >>> [part=confirm]');
    assert.deepEqual((await nextEvent(bob, 'sip-call-hangup')).cause, {by: 'server', code: 'kicked-out'});
    assert.deepEqual((await nextEvent(carol, 'sip-call-hangup')).cause, {by: 'remote', code: 'normal'});
  });

  it('are barged into from the menu while the user listens and is in two groups', async () => {
    const [desk, bob, carol] = pages;
    await desk.$eval('main', (main) =>
      main.insertAdjacentHTML(
        'beforeend',
        '<sip-intercom group="9001"></sip-intercom><sip-intercom group="9002"></sip-intercom>',
      ),
    );
    for (const group of [9001, 9002]) {
      await press(desk, `sip-intercom[group="${group}"] >>> [part=join]`);
      await nextEvent(desk, 'sip-call-answered');
    }
    await placeCall(bob, '1004', 'audio');
    await press(carol, "sip-incoming >>> [part~='answer-audio']");
    for (const page of [bob, carol]) await nextEvent(page, 'sip-call-answered');
    for (let round = 0; round < 2; round += 1) {
      await choose('1003', 'listen-in');
      await nextEvent(desk, 'sip-call-answered');
      await choose('1003', 'barge-in');
      assert.equal((await nextEvent(desk, 'sip-call-hangup')).cause.by, 'local');
      await nextEvent(desk, 'sip-call-answered');
      await hearsTones(bob, [DISPATCHER, CAROL]);
      await hearsTones(carol, [DISPATCHER, BOB]);
      await hearsTones(desk, [BOB, CAROL]);
      await desk.evaluate(() => (window as any).call.hangup());
      await nextEvent(desk, 'sip-call-hangup');
    }
    await desk.evaluate(async () => {
      for (const element of document.querySelectorAll('sip-intercom')) {
        await element.stop();
        element.remove();
      }
    });
    for (let left = 0; left < 2; left += 1) await nextEvent(desk, 'sip-call-hangup');
    await bob.evaluate(() => (window as any).call.hangup());
    for (const page of [bob, carol]) await nextEvent(page, 'sip-call-hangup');
  });

  it('come first if they are for help', async () => {
    const [desk, bob] = pages;
    await fill(desk, 'sip-dialer >>> input', '1003');
    await press(desk, 'sip-dialer >>> [part=more]');
    await press(desk, 'sip-dialer >>> [part=sos]');
    await says(bob, 'sip-incoming', 'SOS call');
    await press(bob, "sip-incoming >>> [part~='answer-audio']");
    for (const page of [desk, bob]) {
      await nextEvent(page, 'sip-call-answered');
      assert.equal(await page.evaluate(() => (window as any).call.type), 'sos');
    }
    await hearsTones(bob, [DISPATCHER]);
    await says(bob, 'sip-call', 'SOS call');
    await says(desk, 'sip-calls', 'SOS call');
    await press(desk, 'sip-calls >>> [part=hangup]');
    for (const page of [desk, bob]) await nextEvent(page, 'sip-call-hangup');
    await says(bob, 'sip-call', 'SOS call');
    assert.equal(await bob.$('sip-call >>> .urgent'), null);
    await press(bob, 'sip-call >>> [part=again]');
    assert.equal((await nextEvent(desk, 'sip-call-received')).remote.number, '1003');
    await press(bob, 'sip-call >>> [part~=hangup]');
    for (const page of [desk, bob]) await nextEvent(page, 'sip-call-hangup');
    await press(desk, 'sip-history >>> [part=entry]:nth-of-type(2) [part=call]');
    await nextEvent(bob, 'sip-call-received');
    await press(desk, 'sip-calls >>> [part=hangup]');
    for (const page of [desk, bob]) await nextEvent(page, 'sip-call-hangup');
  });
});
