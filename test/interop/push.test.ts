import assert from 'node:assert/strict';
import {after, afterEach, before, describe} from 'node:test';
import type {Page} from 'puppeteer-core';
import {endCalls, hearEachOther} from '../support/interop/conversation.js';
import {tellsOfLog, tellsOfPage, testsThatTell} from '../support/interop/evidence.js';
import {startKamailio, type Kamailio} from '../support/interop/kamailio.js';
import {startPushService, type PushService} from '../support/interop/push-service.js';
import {LOOPBACK_FLAGS, person, type Person} from '../support/interop/sip-page.js';
import {IN_FIREFOX} from '../support/page/browser.js';
import {nextEvent, placeCall} from '../support/page/phone-page.js';
import {plainPage} from '../support/page/plain-page.js';
import {PushWorker} from '../support/interop/push-worker.js';
import {openSite, type Site} from '../support/page/site.js';

/** Waits until the page is woken by its server. */
const isWoken = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const push = await (document.querySelector('sip-client') as any).openPush();
    while (push.state.status !== 'on') await new Promise((resolve) => setTimeout(resolve, 20));
  });

// Nothing delivers a push to Firefox without its push service.
if (!IN_FIREFOX)
  describe('a closed page at Kamailio', () => {
    let pushes: PushService;
    let kamailio: Kamailio;
    let site: Site;
    let origin: string;
    let worker: PushWorker;
    let alice: Person;
    const people: Person[] = [];

    before(async () => {
      pushes = await startPushService();
      kamailio = await startKamailio({push: pushes});
      site = await openSite({chromeFlags: LOOPBACK_FLAGS});
      origin = new URL(await plainPage()).origin;
      await site.browser
        .defaultBrowserContext()
        .setPermission(origin, {permission: {name: 'notifications'}, state: 'granted'});
      alice = await person(site, kamailio, 'alice');
      worker = await PushWorker.of(site, alice.page);
    });
    after(async () => {
      await site?.close();
      await kamailio?.stop();
      await pushes?.stop();
    });
    afterEach(
      async () => {
        await endCalls([alice, ...people]);
        for (const {page} of people.splice(0)) await page.close();
      },
      {timeout: 20_000},
    );

    const it = testsThatTell(async () => [
      ...(await Promise.all([alice, ...people].map(({user, page}) => tellsOfPage(user, page)))),
      tellsOfLog('Kamailio', kamailio.log()),
      `The gateway: ${pushes.log()}`,
    ]);

    const push = (name: string): object => ({
      worker: '/sip-push-worker.js',
      subscription: {endpoint: pushes.endpoint(name)},
    });

    /** Opens bob's page, which registers and is woken from now on, by the subscription of this name. */
    async function bobOnline(address?: string, name = 'bob'): Promise<Person> {
      const options = {tone: 800, options: {push: push(name)}, ...(address && {address})};
      const bob = await person(site, kamailio, 'bob', options);
      people.push(bob);
      return bob;
    }

    /** Closes bob's page for good, and waits until Kamailio knows of no connection. */
    async function close({page}: Person): Promise<void> {
      people.splice(0);
      await page.close();
      while ((await kamailio.contacts('bob')).length) await new Promise((resolve) => setTimeout(resolve, 50));
    }

    it('is woken by a push, and its new page takes the call that waits for it', async () => {
      const bob = await bobOnline();
      await isWoken(bob.page);
      const address = bob.page.url();
      await close(bob);
      const calling = placeCall(alice.page, 'bob', 'audio');
      assert.equal(await pushes.next(), 'bob');
      await worker.deliver(origin);
      assert.deepEqual(await worker.shows(), [
        {title: 'Incoming call', body: '', lang: 'en', actions: ['Answer', 'Ignore']},
      ]);
      const opened = await worker.press('answer');
      assert.equal(opened, address);
      await worker.showsNone();
      const back = await bobOnline(opened);
      await calling;
      await nextEvent(alice.page, 'sip-call-answered');
      await nextEvent(back.page, 'sip-call-received');
      await hearEachOther(alice, back);
      assert.equal((await kamailio.contacts('bob')).length, 1);
    });

    it('shows a push that names the caller as text, whatever the server sends', async () => {
      const bob = await bobOnline();
      await isWoken(bob.page);
      await close(bob);
      // Each has another title than the one before, whose notification it replaces.
      for (const [data, title] of [
        ['{"from":"Alice Bär"}', 'Alice Bär'],
        ['{"from":{"toString":1}}', 'Incoming call'],
        [JSON.stringify({from: `<b>\u202e\n${'x'.repeat(500)}`}), `<b> ${'x'.repeat(76)}`],
        ['[null', 'Incoming call'],
        ['{"from":"Bob"}', 'Bob'],
        ['null', 'Incoming call'],
        ['{"from":"Carol"}', 'Carol'],
        ['\u0000'.repeat(3_000), 'Incoming call'],
      ] as const) {
        await worker.deliver(origin, data);
        await worker.shows(title);
      }
      assert.equal(await worker.press('ignore'), '');
      await worker.showsNone();
    });

    it('answers no call by an address that a stranger writes, and none but the first after a press', async () => {
      const address = `${await plainPage()}?answer=1&sip-push-answer#answer=1`;
      const bob = await bobOnline(address);
      await placeCall(alice.page, 'bob', 'audio');
      await nextEvent(bob.page, 'sip-call-received');
      assert.equal(await bob.page.evaluate(() => (window as any).call.state.phase), 'ringing');
      // What a stranger's frame or page could send.
      await bob.page.evaluate(async () => {
        window.postMessage('sip-push-answer', '*');
        navigator.serviceWorker.dispatchEvent(new MessageEvent('message', {data: 'sip-push-answer'}));
        await (document.querySelector('sip-client') as any).client.openPush();
      });
      await alice.page.evaluate(() => (window as any).call.hangup());
      const ended = await nextEvent(bob.page, 'sip-call-hangup');
      assert.equal(ended.state.cause.code, 'cancelled');
    });

    it('takes a call that its caller gives up while it waits', async () => {
      const bob = await bobOnline();
      await isWoken(bob.page);
      await close(bob);
      const calling = alice.page.evaluate(async () => {
        const ending = new AbortController();
        const {client} = document.querySelector('sip-client') as any;
        const call = client.call('bob', {signal: ending.signal});
        (window as any).giveUp = () => ending.abort();
        return call.then(
          () => 'answered',
          (error: any) => error.code,
        );
      });
      await pushes.next();
      await alice.page.evaluate(() => (window as any).giveUp());
      assert.equal(await calling, 'aborted');
      const back = await bobOnline();
      await isWoken(back.page);
      assert.deepEqual(
        await back.page.evaluate(() => (document.querySelector('sip-client') as any).calls),
        [],
      );
    });

    it('shows nothing after the user has signed out, and no push is sent', async () => {
      const bob = await bobOnline();
      await isWoken(bob.page);
      assert.match(await kamailio.command('htable.dump', 'push'), /bob::/);
      await bob.page.evaluate(() => (document.querySelector('sip-client') as any).disconnect());
      assert.doesNotMatch(await kamailio.command('htable.dump', 'push'), /bob::/);
      await bob.page.evaluate(async () => {
        for (;;) {
          const stored = await new Promise<number>((resolve) => {
            const request = indexedDB.open('sip-elements-push');
            request.onsuccess = () => {
              const {result} = request;
              const asked = result.transaction('accounts').objectStore('accounts').count();
              asked.onsuccess = () => resolve(asked.result);
              result.close();
            };
          });
          if (stored === 0) return;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      });
      await close(bob);
      const code = await alice.page.evaluate(async () => {
        const {client} = document.querySelector('sip-client') as any;
        return client.call('bob').then(
          () => '',
          (error: any) => error.code,
        );
      });
      assert.equal(code, 'number-offline');
      assert.equal(pushes.waiting, 0);
      await worker.handles();
      await worker.showsNone();
    });

    it('is forgotten by its server once the push service has ended the subscription', async () => {
      const bob = await bobOnline(undefined, 'another');
      await isWoken(bob.page);
      await close(bob);
      pushes.end('another');
      const calling = alice.page.evaluate(async () => {
        const ending = new AbortController();
        (window as any).giveUp = () => ending.abort();
        const {client} = document.querySelector('sip-client') as any;
        return client.call('bob', {signal: ending.signal}).catch(({code}: {code: string}) => code);
      });
      assert.equal(await pushes.next(), 'another');
      while (/bob::/.test(await kamailio.command('htable.dump', 'push')))
        await new Promise((resolve) => setTimeout(resolve, 50));
      await alice.page.evaluate(() => (window as any).giveUp());
      assert.equal(await calling, 'aborted');
      const code = await alice.page.evaluate(() =>
        (document.querySelector('sip-client') as any).client
          .call('bob')
          .catch(({code}: {code: string}) => code),
      );
      assert.equal(code, 'number-offline');
      assert.equal(pushes.waiting, 0);
    });
  });
