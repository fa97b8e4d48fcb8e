import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../support/in-page/facts.js';
import {audit} from '../support/page/audit.js';
import {DESK_TONE, fillDesk, forgetEvents, openDesk, type Desk} from '../support/desk/desk.js';
import {fill, press, shown} from '../support/page/parts.js';
import {nextEvent} from '../support/page/phone-page.js';
import {hearsTones} from '../support/page/signals.js';

/** Those of a group who are online, and the group, which has seven members. */
const NORTH = ['1010', '1011', '1012'];
const GROUP = '8210';
const KEYS = JSON.stringify(['1002', ...NORTH, {number: GROUP, name: 'North', group: true}]);

const keyOf = (number: string): string => `sip-keys >>> [part=key][data-number="${number}"]`;

describe('the keys of a desk', () => {
  let site: Desk['site'];
  let desk: Page;
  let pages: Desk['pages'];

  const pageOf = (number: string): Page => pages.get(number)!;
  const labelOf = (number: string): Promise<string> =>
    desk.$eval(keyOf(number), (key) => key.ariaLabel ?? '').catch(() => '');
  const lampOf = (number: string): Promise<string> =>
    desk.$eval(`${keyOf(number)} .lamp`, (lamp) => lamp.className).catch(() => '');
  const says = (number: string, text: string): Promise<void> =>
    until(async () => (await labelOf(number)).includes(text));

  before(async () => void ({site, page: desk, pages} = await openDesk(NORTH)));
  after(() => site.close());

  it('show who is online, and when two of them talk, and again when they have hung up', async () => {
    await fillDesk(desk, `<sip-keys keys='${KEYS}'></sip-keys>`);
    await says('1010', 'Available');
    await says('1002', 'Offline');
    await says(GROUP, '3 of 7 online');
    await pageOf('1010').evaluate(() => void document.querySelector('sip-client')!.call('1011'));
    await nextEvent(pageOf('1011'), 'sip-call-received');
    await pageOf('1011').evaluate(() => (window as any).call.answer());
    await says('1010', 'In a call');
    await says('1011', 'In a call');
    assert.equal(await lampOf('1010'), 'lamp busy');
    assert.equal(await lampOf('1012'), 'lamp online');
    assert.deepEqual(await audit(desk), []);
    await pageOf('1011').evaluate(() => (window as any).call.hangup());
    await says('1010', 'Available');
    await says('1011', 'Available');
  });

  it('call a person by one press, who hears the user, and answer a person who calls', async () => {
    await fillDesk(desk, `<sip-keys keys='${KEYS}'></sip-keys><sip-call></sip-call>`);
    await says('1010', 'Available');
    await press(desk, keyOf('1010'));
    await nextEvent(pageOf('1010'), 'sip-call-received');
    assert.equal(await pageOf('1010').evaluate(() => (window as any).call.remote.number), '1001');
    await says('1010', 'Calling');
    await pageOf('1010').evaluate(() => (window as any).call.answer());
    await hearsTones(pageOf('1010'), [DESK_TONE]);
    await says('1010', 'With you');
    // A second press leaves the call as it is.
    await press(desk, keyOf('1010'));
    await pageOf('1011').evaluate(async () => {
      (window as any).call = await document.querySelector('sip-client')!.call('1001');
    });
    await says('1011', 'Answer');
    assert.deepEqual(await audit(desk), []);
    await press(desk, keyOf('1011'));
    await hearsTones(pageOf('1011'), [DESK_TONE]);
    await says('1010', 'On hold');
    // The key returns to who is on hold.
    await press(desk, keyOf('1010'));
    await hearsTones(pageOf('1010'), [DESK_TONE]);
    await says('1011', 'On hold');
    await desk.evaluate(() =>
      Promise.all(document.querySelector('sip-client')!.calls.map((call) => call.hangup())),
    );
    await says('1010', 'Available');
    await says('1011', 'Available');
    await forgetEvents(pages.values());
  });

  it('call all members of a group by one press, who are in one conference then', async () => {
    await fillDesk(desk, `<sip-keys keys='${KEYS}'></sip-keys><sip-conference></sip-conference>`);
    await says(GROUP, '3 of 7 online');
    await press(desk, keyOf(GROUP));
    for (const number of NORTH) {
      await nextEvent(pageOf(number), 'sip-call-received');
      await pageOf(number).evaluate(() => (window as any).call.answer());
    }
    for (const number of NORTH) await hearsTones(pageOf(number), [DESK_TONE]);
    await says(GROUP, 'Conference');
    assert.deepEqual(await audit(desk), []);
    await desk.evaluate(() => document.querySelector('sip-conference')!.conference!.end());
    await says(GROUP, '3 of 7 online');
    await forgetEvents(pages.values());
  });

  it('are found by pinyin, added, and there again after a reload, also in a desk', async () => {
    await fillDesk(desk, '<sip-keys></sip-keys>');
    await press(desk, 'sip-keys >>> [part=add]');
    await fill(desk, 'sip-keys >>> [part=search]', 'yangfan');
    await press(desk, 'sip-keys >>> [part=found] [data-number="1010"]');
    await shown(desk, keyOf('1010'));
    await fill(desk, 'sip-keys >>> [part=search]', 'North');
    await press(desk, `sip-keys >>> [part=found] [data-number="${GROUP}"]`);
    await shown(desk, keyOf(GROUP));
    assert.deepEqual(await audit(desk), []);
    await desk.reload();
    await fillDesk(desk, '<sip-console></sip-console>');
    await press(desk, 'sip-console >>> #tab-keys');
    await shown(desk, `sip-console >>> ${keyOf('1010')}`);
    await shown(desk, `sip-console >>> ${keyOf(GROUP)}`);
    await press(desk, `sip-console >>> ${keyOf('1010')}`);
    await nextEvent(pageOf('1010'), 'sip-call-received');
    await desk.evaluate(() => document.querySelector('sip-client')!.calls[0]!.hangup());
  });
});
