import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {startServer} from '../../../server/server.js';
import {PushWorker} from '../../support/interop/push-worker.js';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {press, shown} from '../../support/page/parts.js';
import {openSite, type Site} from '../../support/page/site.js';

/** The browser does not reach its push service, as on many a network. */
const NO_PUSH_SERVICE = [
  '--host-resolver-rules=MAP *.google.com ~NOTFOUND,MAP *.googleapis.com ~NOTFOUND,MAP phone.test 127.0.0.1',
];

// Nothing of Firefox's own presses a notification of the service worker.
if (!IN_FIREFOX)
  describe('the demo of calls to a closed page', () => {
    let site: Site;
    let caller: Page;
    let worker: PushWorker;

    before(async () => {
      site = await openSite({chromeFlags: NO_PUSH_SERVICE, allowedHosts: ['phone.test']});
      caller = await site.open('/push.html?caller&staged&lang=en');
      worker = await PushWorker.of(site, caller, '/push-staged-worker.js');
      await isRegistered(caller);
    });
    after(() => site.close());

    const isRegistered = (page: Page): Promise<unknown> =>
      page.waitForFunction(() => document.querySelector('sip-client')?.state?.registration === 'registered');

    /** Opens the phone, and waits until it is registered. */
    async function opensPhone(address: string, permission: 'granted' | 'denied' | 'prompt'): Promise<Page> {
      const context = site.browser.defaultBrowserContext();
      const origin = new URL(site.server.url).origin;
      await context.setPermission(origin, {permission: {name: 'notifications'}, state: permission});
      const page = await site.open(address);
      await isRegistered(page);
      return page;
    }

    /** Waits until the page says so. */
    const says = (page: Page, state: string): Promise<unknown> =>
      shown(page, `.state[data-state="${state}"] > .${state}`);

    /** The buttons and links that the page offers. */
    const offers = (page: Page): Promise<string[]> =>
      page.$$eval('.actions > *', (all) => all.filter((each) => each.checkVisibility()).map(({id}) => id));

    /** Waits until a page has a connected call at which sound arrives. */
    const hears = (page: Page): Promise<unknown> =>
      page.waitForFunction(() => {
        const [call] = document.querySelector('sip-client')!.calls;
        return call?.state.phase === 'answered' && (call.quality?.received.audio?.bitrate ?? 0) > 0;
      });

    const calls = (): Promise<void> => press(caller, 'sip-dialer >>> [part=call]:not([aria-disabled=true])');

    it('asks nothing before the user wants it', async () => {
      const phone = await opensPhone('/push.html?staged&lang=en', 'prompt');
      await says(phone, 'off');
      assert.deepEqual(await offers(phone), ['enable']);
      await phone.close();
    });

    it('wakes the phone: its notification opens the page, which takes the call', async () => {
      const phone = await opensPhone('/push.html?staged&lang=en', 'granted');
      await says(phone, 'on');
      assert.deepEqual(await offers(phone), ['disable']);
      const address = phone.url();
      await phone.close();
      while (site.server.stats()['bindings'] !== 1) await new Promise((resolve) => setTimeout(resolve, 20));
      await worker.watch();
      await calls();
      assert.deepEqual(await worker.shows(), [
        {title: 'Incoming call', body: '', lang: 'en', actions: ['Answer', 'Ignore']},
      ]);
      assert.equal(await worker.press('answer'), address);
      const opened = await site.open(address);
      await Promise.all([hears(caller), hears(opened)]);
      await caller.evaluate(() => document.querySelector('sip-client')!.calls[0]!.hangup());
      await opened.waitForFunction(() => document.querySelector('sip-client')!.calls.length === 0);
      await opened.close();
    });

    it('tells of a call that another account may have, and offers an answer if only one is closed', async () => {
      const {origin} = new URL(site.server.url);
      const phone = await opensPhone('/push.html?staged&lang=en', 'granted');
      await says(phone, 'on');
      const change = (method: 'put' | 'delete', value: unknown): Promise<void> =>
        caller.evaluate(
          (method, value) =>
            new Promise<void>((resolve) => {
              indexedDB.open('sip-elements-push').onsuccess = ({target}) => {
                const database = (target as IDBOpenDBRequest).result;
                const changing = database.transaction('accounts', 'readwrite');
                changing.objectStore('accounts')[method](value as string);
                changing.oncomplete = () => resolve(database.close());
              };
            }),
          method,
          value,
        );
      const account = 'other@localhost';
      await change('put', {account, endpoint: '', page: `${origin}/other`, lang: 'en', key: ''});
      await worker.deliver(origin);
      assert.deepEqual(
        (await worker.shows()).map(({actions}) => actions),
        [['Answer', 'Ignore']],
      );
      assert.equal(await worker.press('ignore'), '');
      await worker.showsNone();
      await phone.close();
      await worker.deliver(origin);
      assert.deepEqual(
        (await worker.shows()).map(({actions}) => actions),
        [['Ignore']],
      );
      await worker.press('ignore');
      await worker.showsNone();
      await change('delete', account);
    });

    it('wakes nobody after the user has turned it off', async () => {
      const phone = await opensPhone('/push.html?staged&lang=en', 'granted');
      await says(phone, 'on');
      await press(phone, '#disable');
      await says(phone, 'off');
      await phone.close();
      while (site.server.stats()['bindings'] !== 1) await new Promise((resolve) => setTimeout(resolve, 20));
      const code = await caller.evaluate(() =>
        document
          .querySelector('sip-client')!
          .call('1053')
          .then(
            () => '',
            (error) => error.code,
          ),
      );
      assert.equal(code, 'number-offline');
      await worker.handles();
      await worker.showsNone();
    });

    it('says what to do if notifications are blocked', async () => {
      const phone = await opensPhone('/push.html?lang=en', 'denied');
      await says(phone, 'denied');
      assert.deepEqual(await offers(phone), []);
      await phone.close();
    });

    it('says that no push wakes an insecure page, and offers none', async () => {
      const phone = await site.open(
        new URL('/push.html?lang=en', site.server.url).href.replace('localhost', 'phone.test'),
      );
      await isRegistered(phone);
      await says(phone, 'insecure');
      assert.deepEqual(await offers(phone), []);
      await phone.close();
    });

    it('says that the browser knows no pushes, and offers none', async () => {
      const phone = await site.open('/push.html?lang=en', async (page) => {
        await page.evaluateOnNewDocument(() => Reflect.deleteProperty(window, 'PushManager'));
      });
      await isRegistered(phone);
      await says(phone, 'unsupported');
      assert.deepEqual(await offers(phone), []);
      await phone.close();
    });

    it('says that the server is away, and goes on once it is back', async () => {
      const first = await startServer({port: 0});
      const phone = await site.open(new URL('/push.html?lang=en', first.url).href);
      await isRegistered(phone);
      await says(phone, 'off');
      await first.close();
      await says(phone, 'offline');
      assert.deepEqual(await offers(phone), []);
      const second = await startServer({port: Number(new URL(first.url).port)});
      await says(phone, 'off');
      assert.deepEqual(await offers(phone), ['enable']);
      await phone.close();
      await second.close();
    });

    it('goes on without the push service if it does not answer', async () => {
      const phone = await opensPhone('/push.html?lang=en', 'granted');
      await says(phone, 'off');
      await press(phone, '#enable');
      await says(phone, 'subscribing');
      await says(phone, 'service');
      assert.deepEqual(await offers(phone), ['enable', 'without']);
      await Promise.all([phone.waitForNavigation(), press(phone, '#without')]);
      await isRegistered(phone);
      await says(phone, 'on');
      await shown(phone, '#staged');
      await phone.close();
    });
  });
