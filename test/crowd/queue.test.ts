import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {audit} from '../support/page/audit.js';
import {press, shown} from '../support/page/parts.js';
import {fillPage, goOnline, nextEvent, phonePage} from '../support/page/phone-page.js';
import {BLACK, hearsTones, sendsSignals} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';

const INSIDE = '<main><h1>Desk</h1><sip-queue></sip-queue><sip-call></sip-call></main>';
const part = (name: string): string => `sip-queue >>> [part~=${name}]`;
const TONES = {desk: 440, member: 800, caller: 1300};

describe('an SOS while a conference runs, at <sip-queue>', () => {
  let site: Site;
  let desk: Page;
  let member: Page;
  let caller: Page;

  async function openPage(user: string, tone: number): Promise<Page> {
    const page = await phonePage(site, {user});
    await sendsSignals(page, {tone, halves: BLACK});
    await goOnline(page);
    return page;
  }
  /** Puts the queue into the desk's page, and keeps what is acknowledged. */
  async function openDesk(): Promise<void> {
    await fillPage(desk, {user: '1001', inside: INSIDE});
    await desk.evaluate(() => {
      document.documentElement.lang = 'en';
      const told: unknown[] = ((window as any).acknowledged = []);
      document
        .querySelector('sip-client')!
        .addEventListener('sip-alarm-acknowledged', ({detail}) => told.push(detail));
    });
    await goOnline(desk);
  }
  const stored = (): Promise<readonly string[]> =>
    desk.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('sip-elements:alarms:')));
  const alarms = (): Promise<readonly {number: string}[]> =>
    desk.evaluate(() => JSON.parse(JSON.stringify(document.querySelector('sip-client')!.state.alarms)));
  const gone = async (name: string): Promise<void> => {
    while (await desk.$(part(name))) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  before(async () => {
    site = await openSite();
    desk = await phonePage(site, {user: '1001'});
    await sendsSignals(desk, {tone: TONES.desk, halves: BLACK});
    await openDesk();
    member = await openPage('1002', TONES.member);
    caller = await openPage('1003', TONES.caller);
    await desk.evaluate(async () => {
      await document.querySelector('sip-client')!.createConference({members: '1002'});
    });
    await nextEvent(member, 'sip-call-received');
    await member.evaluate(() => (window as any).call.answer());
    await nextEvent(member, 'sip-call-answered');
    await hearsTones(member, [TONES.desk]);
  });
  after(() => site.close());

  it('is answered while the conference is held, acknowledged, and ends by one press that returns to it', async () => {
    await caller.evaluate(async () => {
      (window as any).call = await document.querySelector('sip-client')!.call('1001', {type: 'sos'});
    });
    await press(desk, `${part('alarm')} [part=answer]`);
    await nextEvent(caller, 'sip-call-answered');
    await hearsTones(caller, [TONES.desk]);
    await hearsTones(member, [], [TONES.desk]);
    await shown(desk, part('live'));
    assert.deepEqual(await audit(desk), []);
    await press(desk, part('return'));
    await nextEvent(caller, 'sip-call-hangup');
    await hearsTones(member, [TONES.desk]);
    assert.deepEqual(
      (await alarms()).map(({number}) => number),
      ['1003'],
    );
  });

  it('is still an alarm when the page is loaded again, until it is acknowledged', async () => {
    await desk.reload();
    await openDesk();
    await shown(desk, part('again'));
    assert.deepEqual(
      (await alarms()).map(({number}) => number),
      ['1003'],
    );
    await press(desk, part('acknowledge'));
    await gone('alarm');
    const [told, ...others] = await desk.evaluate(() => (window as any).acknowledged);
    assert.deepEqual([told.number, told.author, others.length], ['1003', '1001', 0]);
    await desk.reload();
    await openDesk();
    await shown(desk, part('alarms'));
    assert.deepEqual(await alarms(), []);
  });

  it('is erased when the user signs out', async () => {
    await caller.evaluate(async () => {
      (window as any).call = await document.querySelector('sip-client')!.call('1001', {type: 'sos'});
    });
    await shown(desk, part('alarm'));
    assert.equal((await stored()).length, 1);
    await desk.evaluate(() => document.querySelector('sip-client')!.disconnect());
    assert.deepEqual(await stored(), []);
  });
});
