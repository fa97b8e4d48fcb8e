import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../../support/in-page/facts.js';
import {goOnline, nextEvent, phonePage, placeCall} from '../../support/page/phone-page.js';
import {hearsTones, sendsSignals} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';

/** Runs a function with a page's client. */
const withClient = <T>(page: Page, task: (client: any) => Promise<T> | T): Promise<T> =>
  page.evaluate(
    `(${String(task)})(document.querySelector('sip-client').client)` as never,
  ) as unknown as Promise<T>;

const phases = (page: Page): Promise<string[]> =>
  withClient(page, ({state}) => state.calls.map((call: any) => call.state.phase));

describe('the tabs of one account at a dispatch server', () => {
  let site: Site;
  let other: Page;
  let tabs: Page[];

  async function open(user: string): Promise<Page> {
    const page = await phonePage(site, {user, attributes: 'history-storage="memory"'});
    const halves = [
      [200, 40, 40],
      [40, 40, 200],
    ] as const;
    await sendsSignals(page, {tone: user === '1002' ? 800 : 440, halves});
    await goOnline(page);
    return page;
  }

  const logins = (): number => site.server.stats()['apiSockets']!;

  before(async () => {
    site = await openSite();
    [other, ...tabs] = (await Promise.all(['1001', '1002', '1002', '1002'].map(open))) as [Page, ...Page[]];
  });
  after(() => site.close());
  afterEach(async () => {
    for (const page of [other, ...tabs]) await page.evaluate(() => (window as any).events.splice(0));
    assert.deepEqual(site.complaints.splice(0), []);
  });

  async function talks(tab: Page): Promise<void> {
    await placeCall(tab, '1001', 'audio');
    await nextEvent(other, 'sip-call-received');
    await other.evaluate(() => (window as any).call.answer());
    for (const page of [other, tab]) await nextEvent(page, 'sip-call-answered');
    await Promise.all([hearsTones(other, [800]), hearsTones(tab, [440])]);
    const [without] = await Promise.all(tabs.filter((each) => each !== tab).map(phases));
    assert.deepEqual(without, []);
    await tab.evaluate(() => (window as any).call.hangup());
    for (const page of [other, tab]) await nextEvent(page, 'sip-call-hangup');
    for (const each of tabs)
      assert.deepEqual(
        await each.evaluate(() =>
          (window as any).events.splice(0).map(({type, detail}: any) => `${type} ${detail.call?.id}`),
        ),
        [],
      );
  }

  it('place a call from one of them, over SIP, and nothing rings in the others', async () => {
    for (const tab of tabs) await talks(tab);
  });

  it('get their replies once they are registered, and none before: a tab has to know the password', async () => {
    const early = await phonePage(site, {user: '1002'});
    const codes = await withClient(early, async (client) => {
      const ask = (): Promise<unknown> =>
        client.sendApi({header: 'data.get.allgroup', body: {type: -1, dnsprefix: '', getemp: '1002'}}).then(
          ({code}: {code: unknown}) => code,
          (error: {code?: unknown}) => error.code,
        );
      await client.connect();
      const before = await ask();
      await client.register();
      return [before, await ask()];
    });
    assert.deepEqual(codes, ['not-allowed', 0]);
    await early.close();
  });

  it('log in to the API once, and place calls over that socket', async () => {
    await Promise.all(tabs.map((tab) => withClient(tab, (client) => client.connectApi())));
    assert.equal(logins(), 1);
    for (const tab of tabs) await talks(tab);
  });

  it('call at the same time, and each has its own call', async () => {
    const [first, second] = tabs as [Page, Page];
    const third = await open('1003');
    await Promise.all([placeCall(first, '1001', 'audio'), placeCall(second, '1003', 'audio')]);
    for (const page of [other, third]) {
      await nextEvent(page, 'sip-call-received');
      await page.evaluate(() => (window as any).call.answer());
    }
    for (const page of [first, second, other, third]) await nextEvent(page, 'sip-call-answered');
    assert.deepEqual(await Promise.all(tabs.map(phases)), [['answered'], ['answered'], []]);
    for (const page of [first, second]) await page.evaluate(() => (window as any).call.hangup());
    for (const page of [first, second, other, third]) await nextEvent(page, 'sip-call-hangup');
    await third.close();
  });

  it('get their own replies, and all of them the events', async () => {
    const groups = await Promise.all(
      tabs.map((tab, index) =>
        tab.evaluate(async (index) => {
          const {client} = document.querySelector('sip-client') as any;
          const found = await client.directory.search(String(1001 + index));
          return found.map(({number}: any) => number);
        }, index),
      ),
    );
    assert.deepEqual(groups, [['1001'], ['1002'], ['1003']]);
    for (const tab of tabs)
      await tab.evaluate(() => {
        (window as any).heard = [];
        document
          .querySelector('sip-client')!
          .addEventListener('sip-api-received', ({detail}: any) =>
            (window as any).heard.push(detail.message.header),
          );
      });
    await placeCall(other, '1002', 'audio');
    for (const tab of tabs) await nextEvent(tab, 'sip-call-received');
    await tabs[1]!.evaluate(() => (window as any).call.answer());
    await nextEvent(other, 'sip-call-answered');
    await other.evaluate(() => (window as any).call.hangup());
    for (const page of [other, ...tabs]) await nextEvent(page, 'sip-call-hangup');
    for (const tab of tabs)
      await until(() => tab.evaluate(() => (window as any).heard.includes('Session.State.Change')));
  });

  it('refuse an intercom that is open in another tab', async () => {
    const [first, second] = tabs as [Page, Page];
    await withClient(first, async (client) => {
      await client.intercom('9001');
    });
    await until(() => withClient(second, ({state}) => state.tabCalls.length === 1));
    const code = await withClient(second, (client) =>
      client.intercom('9001').then(
        () => 'joined',
        (error: any) => error.code,
      ),
    );
    assert.equal(code, 'open-in-another-tab');
    await withClient(first, ({state}) => state.calls[0].hangup());
    await until(() => withClient(second, ({state}) => state.tabCalls.length === 0));
    await withClient(second, async (client) => (await client.intercom('9001')).hangup());
  });

  it('join an intercom of the tab that was closed, and speak in it', async () => {
    const leaving = await open('1002');
    for (const page of [leaving, other])
      await withClient(page, async (client) => {
        await client.intercom('9001');
      });
    const [tab] = tabs as [Page];
    await until(() => withClient(tab, ({state}) => state.tabCalls.length === 1));
    await leaving.close();
    await until(() => withClient(tab, ({state}) => state.tabCalls.length === 0));
    await withClient(tab, async (client) => {
      const intercom = await client.intercom('9001');
      await intercom.requestFloor();
    });
    await nextEvent(other, 'sip-call-answered');
    await hearsTones(other, [800]);
    assert.deepEqual(
      await Promise.all(tabs.map(phases)),
      tabs.map((each) => (each === tab ? ['answered'] : [])),
    );
    for (const page of [tab, other])
      await withClient(page, async ({state}) => {
        for (const call of state.calls) await call.hangup();
      });
    await until(async () => (await Promise.all([...tabs, other].map(phases))).flat().length === 0);
  });

  it('stay logged in if one closes its API, or is closed', async () => {
    const [first, second, third] = tabs as [Page, Page, Page];
    await withClient(first, (client) => client.disconnectApi());
    await third.close();
    tabs = [first, second];
    assert.equal(logins(), 1);
    assert.equal(await withClient(second, ({state}) => state.api), 'open');
    for (const tab of tabs) await talks(tab);
    await withClient(second, (client) => client.disconnectApi());
    await until(() => logins() === 0);
    for (const tab of tabs) await talks(tab);
  });
});
