import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../../support/in-page/facts.js';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {goOnline, nextEvent, phonePage, placeCall} from '../../support/page/phone-page.js';
import {plainPage} from '../../support/page/plain-page.js';
import {hearsTones, sendsSignals} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';
import {size} from '../../support/size.js';

const HANDOVERS = size(5, 50);

/** The phases of a page's calls that have not ended. */
const phases = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    (document.querySelector('sip-client') as any).client.state.calls.map(({state}: any) => state.phase),
  );

/** Whether the page rings. */
const rings = (page: Page): Promise<boolean> =>
  page.evaluate(() => (document.querySelector('sip-client') as any).client.ringer.state.tones.length > 0);

/** How many calls the page has received and not yet looked at. */
const received = (page: Page): Promise<number> =>
  page.evaluate(() => (window as any).events.filter(({type}: Event) => type === 'sip-call-received').length);

const command = (page: Page, name: 'answer' | 'decline' | 'hangup'): Promise<void> =>
  page.evaluate((name) => (window as any).call[name](), name);

for (const profile of ['standard', 'dispatch'] as const)
  describe(`the tabs of one account, profile ${profile}`, () => {
    let site: Site;
    let caller: Page;
    let tabs: Page[] = [];

    async function open(user: string, attributes: string, tone: number): Promise<Page> {
      const page = await phonePage(site, {
        user,
        attributes: `profile="${profile}" history-storage="memory" ${attributes}`,
      });
      const halves = [
        [200, 40, 40],
        [40, 40, 200],
      ] as const;
      await sendsSignals(page, {tone, halves});
      await goOnline(page);
      return page;
    }
    const tab = (): Promise<Page> => open('1002', '', 800);

    /** What the server has of the caller and of the phone: one of each. */
    const places = (): number[] => {
      const {bindings, connections} = site.server.stats();
      return [bindings!, connections!];
    };

    /** Calls the phone; resolves once every tab shows the call. */
    async function ring(): Promise<void> {
      await placeCall(caller, '1002', 'audio');
      for (const page of tabs) await nextEvent(page, 'sip-call-received');
    }

    before(async () => {
      site = await openSite();
      caller = await open('1001', '', 440);
      tabs = [await tab(), await tab(), await tab()];
    });
    after(() => site.close());
    afterEach(() => assert.deepEqual(site.complaints.splice(0), []));

    it('are one registration over one socket', () => {
      assert.deepEqual(places(), [2, 2]);
    });

    it('ring once, show the call in every tab, and stop when one answers', async () => {
      await ring();
      await until(async () => (await Promise.all(tabs.map(rings))).filter(Boolean).length === 1);
      await command(tabs[1]!, 'answer');
      for (const index of [0, 2]) {
        const {state} = await nextEvent(tabs[index]!, 'sip-call-hangup');
        assert.equal(state.cause.code, 'answered-elsewhere');
      }
      await nextEvent(tabs[1]!, 'sip-call-answered');
      await nextEvent(caller, 'sip-call-answered');
      await Promise.all([hearsTones(caller, [800]), hearsTones(tabs[1]!, [440])]);
      await command(caller, 'hangup');
      for (const page of [caller, tabs[1]!]) await nextEvent(page, 'sip-call-hangup');
      assert.deepEqual(await Promise.all(tabs.map(phases)), [[], [], []]);
    });

    it('show, hold, mute and end the call of another tab, and hold it for a call of their own', async () => {
      const [first, second] = tabs as [Page, Page];
      await ring();
      await command(second, 'answer');
      await nextEvent(caller, 'sip-call-answered');
      const orders = (name: 'hold' | 'unhold' | 'mute' | 'unmute' | 'hangup'): Promise<void> =>
        first.evaluate(async (name) => {
          const {client} = document.querySelector('sip-client') as any;
          const end = Date.now() + 5000;
          while (client.state.tabCalls.length === 0 && Date.now() < end)
            await new Promise((resolve) => setTimeout(resolve, 20));
          await client.state.tabCalls[0][name]();
        }, name);
      const callerState = (): Promise<any> => caller.evaluate(() => (window as any).call.state);
      await orders('mute');
      await hearsTones(caller, [], [800]);
      await orders('unmute');
      await hearsTones(caller, [800]);
      await orders('hold');
      await until(async () => (await callerState()).remoteHeld);
      await orders('unhold');
      await Promise.all([hearsTones(caller, [800]), hearsTones(second, [440])]);
      const other = await open('1003', '', 600);
      await placeCall(first, '1003', 'audio');
      await nextEvent(other, 'sip-call-received');
      await command(other, 'answer');
      await nextEvent(first, 'sip-call-answered');
      await until(async () => (await callerState()).remoteHeld);
      await hearsTones(other, [800]);
      await orders('hangup');
      for (const page of [caller, second]) await nextEvent(page, 'sip-call-hangup');
      await other.close();
      await nextEvent(first, 'sip-call-hangup');
      for (const page of tabs) await page.evaluate(() => (window as any).events.splice(0));
    });

    it('end a call in every tab that one declines, or its caller gives up', async () => {
      await ring();
      await command(tabs[2]!, 'decline');
      for (const page of [caller, ...tabs]) await nextEvent(page, 'sip-call-hangup');
      await ring();
      await command(caller, 'hangup');
      for (const page of [caller, ...tabs]) await nextEvent(page, 'sip-call-hangup');
      assert.deepEqual(await Promise.all(tabs.map(phases)), [[], [], []]);
    });

    it('go on ringing if one of them signs out', async () => {
      const leaving = await tab();
      await ring();
      await nextEvent(leaving, 'sip-call-received');
      await leaving.evaluate(() => (document.querySelector('sip-client') as any).disconnect());
      await nextEvent(leaving, 'sip-call-hangup');
      await leaving.close();
      await command(tabs[0]!, 'answer');
      await nextEvent(caller, 'sip-call-answered');
      await command(caller, 'hangup');
      for (const page of [caller, ...tabs]) await nextEvent(page, 'sip-call-hangup');
    });

    it('receive a message once', async () => {
      await caller.evaluate(async () => {
        const client = document.querySelector('sip-client') as any;
        for (const text of ['one', 'two']) await client.sendMessage('1002', text);
      });
      const textsIn = (page: Page): Promise<string[]> =>
        page.evaluate(() =>
          (window as any).events
            .filter(({type}: Event) => type === 'sip-message-received')
            .map(({detail}: CustomEvent) => detail.message.text),
        );
      const texts = async (): Promise<string[]> => (await Promise.all(tabs.map(textsIn))).flat();
      // A second copy of the first message would have arrived before the second message.
      await until(async () => (await texts()).includes('two'));
      assert.deepEqual((await texts()).sort(), ['one', 'two']);
    });

    it('keep the call of a tab while others close, and ring in the next one', async () => {
      const [first, second, third] = tabs as [Page, Page, Page];
      await ring();
      await command(second, 'answer');
      for (const page of [first, third]) await nextEvent(page, 'sip-call-hangup');
      for (const page of [caller, second]) await nextEvent(page, 'sip-call-answered');
      await Promise.all([first, third].map((page) => page.close()));
      tabs = [second];
      await Promise.all([hearsTones(caller, [800]), hearsTones(second, [440])]);
      await command(caller, 'hangup');
      for (const page of [caller, second]) await nextEvent(page, 'sip-call-hangup');
      await until(() => places().join() === '2,2');
    });

    it('go on ringing if the tab that rings is closed', async () => {
      tabs.push(await tab());
      await ring();
      const [staying, closing] = tabs as [Page, Page];
      await until(() => rings(closing));
      await closing.close();
      tabs = [staying];
      await until(() => rings(staying));
      await command(staying, 'answer');
      await nextEvent(caller, 'sip-call-answered');
      await command(caller, 'hangup');
      for (const page of [caller, staying]) await nextEvent(page, 'sip-call-hangup');
    });

    it(`miss no call while one tab takes over from another, ${HANDOVERS} times, and ring each once`, async () => {
      await caller.evaluate(() => (window as any).events.splice(0));
      let [old] = tabs as [Page];
      for (let count = 0; count < HANDOVERS; count += 1) {
        const next = await tab();
        await Promise.all([placeCall(caller, '1002', 'audio'), old.close()]);
        await nextEvent(next, 'sip-call-received');
        await until(() => rings(next));
        assert.equal(await received(next), 0);
        await command(next, 'answer');
        await nextEvent(caller, 'sip-call-answered');
        await command(caller, 'hangup');
        for (const page of [caller, next]) await nextEvent(page, 'sip-call-hangup');
        assert.deepEqual(places(), [2, 2]);
        old = next;
      }
      tabs = [old];
    });

    // Firefox's driver cannot end a worker.
    if (!IN_FIREFOX)
      it('go on with a new worker if the old one ends', async () => {
        const [page] = tabs as [Page];
        await page.evaluate(() => (window as any).events.splice(0));
        tabs.push(await tab());
        await ring();
        await command(page, 'answer');
        await nextEvent(tabs[1]!, 'sip-call-hangup');
        for (const each of [caller, page]) await nextEvent(each, 'sip-call-answered');
        const workers = (): unknown[] =>
          site.browser.targets().filter((target) => {
            const {type, title} = (target as any)._getTargetInfo();
            return type === 'shared_worker' && title.includes(' 1002@');
          });
        const [worker] = workers();
        const session = await site.browser.target().createCDPSession();
        await session.send('Target.closeTarget', {targetId: (worker as any)._targetId});
        await until(() => places()[0] === 2 && workers().some((other) => other !== worker));
        for (const each of tabs)
          await each.evaluate(async () => {
            const {client} = document.querySelector('sip-client') as any;
            while (client.state.registration !== 'registered')
              await new Promise((resolve) => setTimeout(resolve, 20));
          });
        // The call goes on, and the next one comes.
        await page.evaluate(async () => {
          for (const name of ['hold', 'unhold']) await (window as any).call[name]();
        });
        await Promise.all([hearsTones(caller, [800]), hearsTones(page, [440])]);
        await command(caller, 'hangup');
        for (const each of [caller, page]) await nextEvent(each, 'sip-call-hangup');
        await ring();
        await command(page, 'answer');
        await nextEvent(caller, 'sip-call-answered');
        await command(caller, 'hangup');
        for (const each of [caller, ...tabs]) await nextEvent(each, 'sip-call-hangup');
      });

    // Only Chromium's inspector freezes a page.
    if (!IN_FIREFOX)
      it('ring in another tab if the one that rings is frozen', async () => {
        await ring();
        const ringing = (): Promise<readonly boolean[]> => Promise.all(tabs.map(rings));
        await until(async () => (await ringing()).includes(true));
        const frozen = tabs[(await ringing()).indexOf(true)]!;
        const page = tabs.find((other) => other !== frozen)!;
        await command(caller, 'hangup');
        for (const each of [caller, ...tabs]) await nextEvent(each, 'sip-call-hangup');
        const inspector = await frozen.createCDPSession();
        await inspector.send('Page.setWebLifecycleState', {state: 'frozen'});
        try {
          await placeCall(caller, '1002', 'audio');
          await nextEvent(page, 'sip-call-received');
          await until(() => rings(page));
          await command(page, 'answer');
          await nextEvent(caller, 'sip-call-answered');
        } finally {
          await inspector.send('Page.setWebLifecycleState', {state: 'active'});
        }
        await command(caller, 'hangup');
        for (const each of [caller, page]) await nextEvent(each, 'sip-call-hangup');
        const {state} = await nextEvent(frozen, 'sip-call-hangup');
        assert.equal(state.cause.code, 'answered-elsewhere');
        assert.deepEqual(places(), [2, 2]);
      });

    for (const [name, script] of Object.entries({
      'the classic script': '<script src="/sip-elements.global.js">',
      'the loader': '<script type="module" src="/loader/sip-elements-loader.js">',
    }))
      it(`are one phone with ${name}`, async () => {
        const pages = await Promise.all(
          [1, 2].map(async () => {
            const page = await site.open('/fswebrtc');
            await page.evaluate(
              async (script, profile) => {
                document.head.append(document.createRange().createContextualFragment(`${script}</script>`));
                document.body.innerHTML = `<sip-client server="ws://${location.host}/fswebrtc" user="1003" password="1234" profile="${profile}" history-storage="memory"></sip-client>`;
                await customElements.whenDefined('sip-client');
              },
              script,
              profile,
            );
            await goOnline(page);
            return page;
          }),
        );
        assert.deepEqual(places(), [3, 3]);
        await Promise.all(pages.map((page) => page.close()));
        await until(() => places().join() === '2,2');
      });

    it('leave a tab that opts out, or whose worker is not found, a phone of its own', async () => {
      const alone = await open('1002', 'shared-worker="none"', 800);
      const without = await open('1003', 'shared-worker="/missing.js"', 800);
      assert.deepEqual(places(), [4, 4]);
      await Promise.all([alone, without].map((page) => page.close()));
      await until(() => places().join() === '2,2');
      // The browser's own report of what was not found.
      site.complaints.splice(0);
    });

    it('leave a tab a phone of its own whose browser refuses locks', async () => {
      const page = await phonePage(site, {
        user: '1003',
        attributes: `profile="${profile}" history-storage="memory"`,
        prepare: (page) =>
          page.evaluateOnNewDocument(() => {
            LockManager.prototype.request = () =>
              Promise.reject(new DOMException('refused', 'SecurityError'));
          }) as Promise<unknown> as Promise<void>,
      });
      await goOnline(page);
      assert.deepEqual(places(), [3, 3]);
      await placeCall(page, '1001', 'audio');
      await nextEvent(caller, 'sip-call-received');
      await command(page, 'hangup');
      await nextEvent(caller, 'sip-call-hangup');
      await page.close();
      await until(() => places().join() === '2,2');
    });

    it('leave a tab a phone of its own whose worker may not connect, although the page may', async () => {
      const {host} = new URL(site.server.url);
      const page = await phonePage(site, {
        user: '1003',
        address: await plainPage(),
        server: `ws://${host}/fswebrtc`,
        attributes: `profile="${profile}" shared-worker="/shut/sip-shared-worker.js"`,
      });
      await goOnline(page);
      assert.deepEqual(places(), [3, 3]);
      await page.close();
      await until(() => places().join() === '2,2');
      // The browser's own report of the forbidden connection.
      site.complaints.splice(0);
    });

    it('unregister with the last tab', async () => {
      await Promise.all(tabs.map((page) => page.close()));
      await until(() => places().join() === '1,1');
    });
  });
