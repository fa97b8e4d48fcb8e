import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {press} from '../../support/page/parts.js';
import {goOnline, nextEvent, phonePage, placeCall} from '../../support/page/phone-page.js';
import {BLACK, hearsTones, sendsSignals} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';

/** What each page's microphone gives, in hertz. */
const [AGENT, CUSTOMER, SUPERVISOR] = [440, 800, 1300];
const WALL = '<main><h1>Desk</h1><sip-directory numbers="1003,1004"></sip-directory></main>';

describe('a supervisor at the development server’s PBX', () => {
  let site: Site;
  let agent: Page;
  let customer: Page;
  let supervisor: Page;

  const join = async (user: string, tone: number, inside = '', features?: object): Promise<Page> => {
    const attributes = 'profile="standard" listen-in-uri="sip:*33{number}@{host}"';
    const page = await phonePage(site, {user, inside, attributes});
    await sendsSignals(page, {tone, halves: BLACK});
    await page.evaluate((features) => {
      const element = document.querySelector('sip-client') as any;
      element.options = {...element.options, features};
    }, features);
    await goOnline(page);
    return page;
  };

  before(async () => {
    site = await openSite();
    agent = await join('1003', AGENT);
    customer = await join('1004', CUSTOMER);
    supervisor = await join('1001', SUPERVISOR, WALL, {whisper: '*34{number}'});
    await placeCall(customer, '1003', 'audio');
    await nextEvent(agent, 'sip-call-received');
    await agent.evaluate(() => (window as any).call.answer());
    await nextEvent(customer, 'sip-call-answered');
    await hearsTones(agent, [CUSTOMER]);
  });
  after(() => site.close());

  const hangsUp = (page: Page): Promise<void> => page.evaluate(() => (window as any).call.hangup());

  it('listens to both, who do not hear it', async () => {
    await supervisor.evaluate(async () => {
      (window as any).call = await (document.querySelector('sip-client') as any).client.listenIn('1003');
    });
    await nextEvent(supervisor, 'sip-call-answered');
    await hearsTones(supervisor, [AGENT, CUSTOMER], [SUPERVISOR]);
    await hearsTones(agent, [CUSTOMER], [SUPERVISOR, AGENT]);
    await hearsTones(customer, [AGENT], [SUPERVISOR, CUSTOMER]);
    await hangsUp(supervisor);
    await nextEvent(supervisor, 'sip-call-hangup');
  });

  it('whispers to the agent by the lamp’s menu, and the customer does not hear it', async () => {
    await press(supervisor, 'sip-directory >>> [part~=more]');
    await press(supervisor, 'sip-directory >>> [part~=whisper]');
    await nextEvent(supervisor, 'sip-call-answered');
    await hearsTones(supervisor, [AGENT, CUSTOMER], [SUPERVISOR]);
    await hearsTones(agent, [CUSTOMER, SUPERVISOR], [AGENT]);
    await hearsTones(customer, [AGENT], [SUPERVISOR, CUSTOMER]);
    // The two go on after it.
    await hangsUp(supervisor);
    await nextEvent(supervisor, 'sip-call-hangup');
    await hearsTones(agent, [CUSTOMER], [SUPERVISOR]);
    assert.equal(await customer.evaluate(() => (window as any).call.state.phase), 'answered');
  });

  it('loses its call when theirs ends', async () => {
    await supervisor.evaluate(async () => {
      (window as any).call = await (document.querySelector('sip-client') as any).pbx.whisper('1003');
    });
    await hearsTones(agent, [SUPERVISOR]);
    await hangsUp(customer);
    await supervisor.waitForFunction(() => (window as any).call.state.phase === 'released');
  });
});
