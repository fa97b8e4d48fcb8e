import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {USERS} from '../../../server/users.js';
import {allow, hide, seen} from '../../support/page/hidden.js';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {FRONT, pressAction} from '../../support/page/press-notification.js';
import {openSite, type Site} from '../../support/page/site.js';

const INCOMING = '<sip-call></sip-call><sip-incoming></sip-incoming>';
/** The caller sends a display name. */
const named = (names: Record<string, string>) =>
  USERS.map((user) => ({...user, name: names[user.number] ?? user.name}));
const hangup = (page: Page): Promise<void> => page.evaluate(() => (window as any).call.hangup());

/** Gives a page a head of its own, and records its titles from now on, with their icons. */
const dress = (page: Page): Promise<void> =>
  page.evaluate(() => {
    document.head.innerHTML = `<title>  Bob &amp; Co </title>
      <link rel="icon" sizes="16x16" href="/icon.svg"><link rel="shortcut icon" href="icon.svg?2">`;
    const titles: string[] = ((window as any).titles = []);
    const icons: (string | null)[][] = ((window as any).icons = []);
    new MutationObserver(() => {
      titles.push(document.querySelector('title')!.textContent);
      icons.push([...document.querySelectorAll('link')].map((link) => link.getAttribute('href')));
      window.dispatchEvent(new Event('titled'));
    }).observe(document.head, {subtree: true, childList: true, characterData: true, attributes: true});
  });

/** Waits until the page has had the title this many times. */
const had = (page: Page, title: string, times: number): Promise<void> =>
  page.evaluate(
    async (title, times) => {
      const titles: string[] = (window as any).titles;
      while (titles.filter((had, index) => had === title && titles[index - 1] !== title).length < times)
        await new Promise((resolve) => window.addEventListener('titled', resolve, {once: true}));
    },
    title,
    times,
  );

/** The icons that a page had with the title. */
const iconsBeside = (page: Page, title: string): Promise<(string | null)[]> =>
  page.evaluate((title) => {
    const {titles, icons} = window as any;
    return icons[titles.indexOf(title)];
  }, title);

/** What the page's head says. */
const head = (page: Page): Promise<{title: string; icons: (string | null)[]}> =>
  page.evaluate(() => ({
    title: document.querySelector('title')!.textContent,
    icons: [...document.querySelectorAll('link[rel~=icon]')].map((link) => link.getAttribute('href')),
  }));

/** Keeps the notifications that a page makes itself, and how often it asked to be brought to the front. */
const keepNotifications = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const scope = window as any;
    const made: {title: string; body: string; icon: string; silent: boolean | null; states: string[]}[] =
      (scope.made = []);
    const Original = Notification;
    window.Notification = class extends Original {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        const states: string[] = [];
        const {body, icon, silent} = this;
        made.push({title: this.title, body, icon, silent, states});
        scope.last = this;
        for (const state of ['show', 'error', 'close'])
          this.addEventListener(state, () => {
            states.push(state);
            window.dispatchEvent(new Event('notified'));
          });
      }
    };
    scope.focused = 0;
    const {focus} = window;
    window.focus = () => {
      scope.focused = Number(scope.focused) + 1;
      focus.call(window);
    };
  });

/** Waits until the newest of them has this state. */
const notification = (page: Page, state: string): Promise<{title: string; body: string; states: string[]}> =>
  page.evaluate(async (state) => {
    const {made} = window as any;
    while (!made.at(-1)?.states.includes(state))
      await new Promise((resolve) => window.addEventListener('notified', resolve, {once: true}));
    return made.at(-1);
  }, state);

describe('a call while the page is hidden', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;

  before(async () => {
    site = await openSite({users: named({1001: '<b>Li</b>'})});
    await allow(site, 'notifications');
    alice = await onlinePage(site, {user: '1001'});
    bob = await onlinePage(site, {user: '1002', inside: INCOMING});
    await dress(bob);
    await keepNotifications(bob);
  });
  after(() => site.close());

  it('leaves title and icon alone while the page is seen, and shows no notification', async () => {
    await placeCall(alice, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer());
    await nextEvent(alice, 'sip-call-answered');
    await hangup(alice);
    await nextEvent(bob, 'sip-call-hangup');
    assert.deepEqual(await bob.evaluate(() => [(window as any).titles, (window as any).made]), [[], []]);
  });

  it('says who rings in title and icons, in turn with the page’s own, which come back as the page wants them by then', async () => {
    await bob.evaluate(() => ((window as any).made.length = 0));
    const show = await hide(bob);
    await placeCall(alice, '1002', 'audio');
    const {remote} = await nextEvent(bob, 'sip-call-received');
    const sign = `Incoming call: ${remote.name}`;
    await had(bob, sign, 2);
    await had(bob, '  Bob & Co ', 1);
    assert.deepEqual(await iconsBeside(bob, '  Bob & Co '), ['/icon.svg', 'icon.svg?2']);
    const signs = await iconsBeside(bob, sign);
    assert.ok(
      signs.length === 2 && signs.every((icon) => icon?.startsWith('data:image/svg+xml,')),
      String(signs),
    );
    await bob.evaluate(() => {
      document.title = 'Inbox (3)';
      document.querySelector('link')!.setAttribute('href', '/icon.svg?3');
    });
    const before = await bob.evaluate(() => (window as any).titles.length);
    await bob.evaluate(async (before) => {
      const {titles} = window as any;
      const is = (title: RegExp): boolean => titles.slice(before).some((had: string) => title.test(had));
      while (!is(/^Incoming/) || !is(/^Inbox/))
        await new Promise((resolve) => window.addEventListener('titled', resolve, {once: true}));
    }, before);
    await hangup(alice);
    await nextEvent(bob, 'sip-call-hangup');
    assert.deepEqual(await head(bob), {title: 'Inbox (3)', icons: ['/icon.svg?3', 'icon.svg?2']});
    await show();
  });

  it('gives title and icons back when the page is seen again, though it still rings', async () => {
    await bob.evaluate(() => (document.title = 'Inbox (4)'));
    await bob.evaluate(() => ((window as any).made.length = 0));
    const show = await hide(bob);
    await placeCall(alice, '1002', 'video');
    const {remote} = await nextEvent(bob, 'sip-call-received');
    await had(bob, `Incoming video call: ${remote.name}`, 1);
    await show();
    assert.deepEqual(await head(bob), {title: 'Inbox (4)', icons: ['/icon.svg?3', 'icon.svg?2']});
    await notification(bob, 'close');
    await hangup(alice);
    await nextEvent(bob, 'sip-call-hangup');
  });

  it('is a notification, with the caller’s name as text, which goes when the caller gives up', async () => {
    await bob.evaluate(() => ((window as any).made.length = 0));
    const show = await hide(bob);
    await placeCall(alice, '1002', 'audio');
    const {remote} = await nextEvent(bob, 'sip-call-received');
    const {title, body} = await notification(bob, 'show');
    assert.deepEqual([title, body], [remote.name, `Incoming call · ${remote.number}`]);
    assert.equal(remote.name, '<b>Li</b>');
    await hangup(alice);
    await nextEvent(bob, 'sip-call-hangup');
    assert.deepEqual((await notification(bob, 'close')).states, ['show', 'close']);
    await show();
  });

  it('has the name and the picture that the page knows, as soon as it knows them', async () => {
    await bob.evaluate(() => {
      const scope = window as any;
      scope.made.length = 0;
      const client = document.querySelector('sip-client')!;
      client.people = () => new Promise((resolve) => (scope.answer = resolve));
    });
    const show = await hide(bob);
    await placeCall(alice, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    assert.equal((await notification(bob, 'show')).title, '<b>Li</b>');
    await bob.evaluate(() => (window as any).answer({name: 'Li Lei of Sales', picture: '/icon.svg'}));
    await had(bob, 'Incoming call: Li Lei of Sales', 1);
    const made = await bob.evaluate(async () => {
      const {made} = window as any;
      while (made.length < 2 || !made[1].states.includes('show') || !made[0].states.includes('close'))
        await new Promise((resolve) => window.addEventListener('notified', resolve, {once: true}));
      return made;
    });
    const [first, second] = made;
    assert.deepEqual([made.length, first.states], [2, ['show', 'close']]);
    assert.deepEqual([second.title, second.states], ['Li Lei of Sales', ['show']]);
    assert.match(second.icon, /\/icon\.svg$/);
    await hangup(alice);
    await nextEvent(bob, 'sip-call-hangup');
    await bob.evaluate(() => (document.querySelector('sip-client')!.people = undefined));
    await show();
  });

  it('is one notification also if a conference rings', async () => {
    const show = await hide(bob);
    const before = await bob.evaluate(() => (window as any).made.length);
    await alice.evaluate(async () => {
      const client = document.querySelector('sip-client')!;
      await client.createConference({members: '1002', media: 'audio'});
    });
    await nextEvent(bob, 'sip-call-received');
    await notification(bob, 'show');
    await bob.evaluate(async () => {
      const element = document.querySelector('sip-incoming')!;
      for (let round = 0; round < 3; round += 1) {
        element.requestUpdate();
        await element.updateComplete;
      }
    });
    const made: {states: string[]}[] = await bob.evaluate(() => (window as any).made);
    assert.deepEqual(
      made.slice(before).map(({states}) => states),
      [['show']],
    );
    await alice.evaluate(async () => {
      for (const call of document.querySelector('sip-client')!.state.calls) await call.hangup();
    });
    await nextEvent(bob, 'sip-call-hangup');
    await show();
  });

  it('brings the page to the front by a press on the notification, which is gone then', async () => {
    await bob.evaluate(() => ((window as any).made.length = 0));
    const show = await hide(bob);
    await placeCall(alice, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    await notification(bob, 'show');
    await bob.evaluate(() => (window as any).last.dispatchEvent(new Event('click')));
    await notification(bob, 'close');
    assert.equal(await bob.evaluate(() => (window as any).focused), 1);
    await show();
    await hangup(alice);
    await nextEvent(bob, 'sip-call-hangup');
  });

  it('is no notification where the page wants none', async () => {
    await bob.evaluate(() => document.querySelector('sip-incoming')!.setAttribute('notifications', 'none'));
    await bob.evaluate(() => ((window as any).made.length = 0));
    const show = await hide(bob);
    await placeCall(alice, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    await had(bob, 'Incoming call: <b>Li</b>', 1);
    await hangup(alice);
    await nextEvent(bob, 'sip-call-hangup');
    assert.equal(await bob.evaluate(() => (window as any).made.length), 0);
    await show();
  });

  it('makes the pages complain of nothing', () => {
    assert.deepEqual(site.complaints, []);
  });
});

/** Waits until the browser lists this many notifications of all pages, and returns them. */
const shown = (page: Page, count: number): Promise<{title: string; body: string; actions: string[]}[]> =>
  page.evaluate(async (count) => {
    const end = performance.now() + 30_000;
    for (;;) {
      const registration = await navigator.serviceWorker.getRegistration('/sip-notification-worker/');
      const notifications = (await registration?.getNotifications()) ?? [];
      if (performance.now() > end)
        throw new Error(`The browser lists ${notifications.length} notifications.`);
      if (notifications.length === count)
        return notifications.map((notification) => ({
          title: notification.title,
          body: notification.body,
          actions: (notification as any).actions.map(({title}: {title: string}) => title),
        }));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }, count);

describe('a call while the page is hidden, with the shipped service worker', () => {
  let site: Site;
  let alice: Page;
  let dora: Page;
  let bob: Page;
  let carol: Page;
  let pages: string;

  before(async () => {
    pages = await mkdtemp(join(tmpdir(), 'sip-'));
    await writeFile(join(pages, 'other-worker.js'), "addEventListener('install', () => skipWaiting());");
    site = await openSite({users: named({1001: 'Alice', 1004: 'Dora'}), pages, ...FRONT});
    await allow(site, 'notifications');
    const inside = INCOMING.replace(
      '<sip-incoming',
      '<sip-incoming notification-worker="/sip-notification-worker.js"',
    );
    alice = await onlinePage(site, {user: '1001'});
    dora = await onlinePage(site, {user: '1004'});
    bob = await onlinePage(site, {user: '1002', inside});
    carol = await onlinePage(site, {user: '1003', inside});
    for (const page of [bob, carol]) await hide(page);
  });
  after(async () => {
    await site.close();
    await rm(pages, {recursive: true});
  });

  it('can be answered by a button of the notification, in the page that it belongs to, which is to come to the front', async () => {
    await placeCall(dora, '1003', 'audio');
    await shown(carol, 1);
    await placeCall(alice, '1002', 'audio');
    const both = await shown(bob, 2);
    assert.deepEqual(both.map(({title, body, actions}) => [title, body, actions]).sort(), [
      ['Alice', 'Incoming call · 1001', ['Decline', 'Answer']],
      ['Dora', 'Incoming call · 1004', ['Decline', 'Answer']],
    ]);
    await pressAction(site, {page: bob, title: 'Alice', action: 'answer'});
    await seen(bob);
    await nextEvent(alice, 'sip-call-answered');
    assert.deepEqual(
      (await shown(bob, 1)).map(({title}) => title),
      ['Dora'],
    );
    assert.equal(
      await carol.evaluate(() => (document.querySelector('sip-client') as any).calls[0].state.phase),
      'ringing',
    );
  });

  it('can be declined by the other one', async () => {
    await pressAction(site, {page: carol, title: 'Dora', action: 'decline'});
    const {cause} = await nextEvent(dora, 'sip-call-hangup');
    assert.equal(cause.code, 'declined');
    await shown(carol, 0);
    assert.equal(await carol.evaluate(() => document.hidden), true);
    assert.equal(
      await bob.evaluate(() => (document.querySelector('sip-client') as any).calls[0].state.phase),
      'answered',
    );
  });

  it('is answered with sound alone where a picture is offered', async () => {
    await hangup(alice);
    await nextEvent(alice, 'sip-call-hangup');
    await hide(bob);
    await placeCall(alice, '1002', 'video');
    const [notification] = await shown(bob, 1);
    assert.deepEqual(notification?.actions, ['Decline', 'Answer with audio only']);
    await pressAction(site, {page: bob, title: 'Alice', action: 'answer'});
    await nextEvent(alice, 'sip-call-answered');
    const opened = await bob.evaluate(() =>
      [...((window as any).opened.tracks as Set<MediaStreamTrack>)].map(({kind}) => kind),
    );
    assert.ok(opened.every((kind) => kind === 'audio') && opened.length > 0, opened.join());
    await hangup(alice);
  });

  it('is a notification of its own where two ring at once', async () => {
    await Promise.all([placeCall(alice, '1003', 'audio'), placeCall(dora, '1003', 'audio')]);
    await shown(carol, 2);
    await pressAction(site, {page: carol, title: 'Dora', action: 'decline'});
    assert.equal((await nextEvent(dora, 'sip-call-hangup')).cause.code, 'declined');
    assert.deepEqual(
      (await shown(carol, 1)).map(({title}) => title),
      ['Alice'],
    );
    assert.equal(await alice.evaluate(() => (window as any).call.state.phase), 'ringing');
    await hangup(alice);
    await shown(carol, 0);
  });

  it('is answered by a press of which the page hears when it is in front already', async () => {
    await hide(bob);
    await placeCall(alice, '1002', 'audio');
    await shown(bob, 1);
    await pressAction(site, {
      page: bob,
      title: 'Alice',
      action: 'answer',
      meanwhile: async () => {
        await bob.bringToFront();
        await seen(bob);
        await shown(bob, 0);
      },
    });
    await nextEvent(alice, 'sip-call-answered');
    await hangup(alice);
  });

  it('is found in the browser’s list whoever reads it meanwhile, and leaves it', async () => {
    await dora.evaluate(async () => {
      const registration = (await navigator.serviceWorker.getRegistration('/sip-notification-worker/'))!;
      (window as any).reading = true;
      void (async () => {
        while ((window as any).reading) await registration.getNotifications();
      })();
    });
    for (let call = 0; call < 5; call++) {
      await placeCall(alice, '1003', 'audio');
      await shown(carol, 1);
      await hangup(alice);
      await shown(carol, 0);
    }
    await dora.evaluate(() => ((window as any).reading = false));
  });

  it('takes nothing over: the worker controls no page', async () => {
    assert.equal(await bob.evaluate(() => navigator.serviceWorker.controller), null);
  });

  for (const [what, address] of [
    ['there is no such worker', '/none.js'],
    ['the worker is another one', '/other-worker.js'],
  ] as const)
    it(`is a notification without buttons, and an error, where ${what}`, async () => {
      await keepNotifications(carol);
      const code = await carol.evaluate(async (address) => {
        const element = document.querySelector('sip-incoming')!;
        const told = new Promise<CustomEvent>((resolve) =>
          element.addEventListener('sip-error', resolve as never, {once: true}),
        );
        element.setAttribute('notification-worker', address);
        return (await told).detail.error.code;
      }, address);
      assert.equal(code, 'bad-parameter');
      await placeCall(dora, '1003', 'audio');
      assert.equal((await notification(carol, 'show')).title, 'Dora');
      await hangup(dora);
      await notification(carol, 'close');
    });
});
