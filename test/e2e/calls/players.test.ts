import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {press, shown} from '../../support/page/parts.js';
import {goOnline, nextEvent, phonePage, placeCall} from '../../support/page/phone-page.js';
import {isPlayedBy, watchPlayers} from '../../support/page/players.js';
import {BLACK, sendsSignals} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';
import {witness} from '../../support/page/witness.js';

/** The ids of the calls that an element of the page shows; empty if it shows none. */
const shows = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element: any) => (element.call ?? element.conference ?? element.intercom)?.id ?? '');

describe('the player of a call', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;

  /** Opens a page that sends a tone. */
  const open = async (user: string, inside = ''): Promise<Page> => {
    const page = await phonePage(site, {user, inside, prepare: watchPlayers});
    await sendsSignals(page, {tone: user === '1001' ? 440 : 800, halves: BLACK});
    await goOnline(page);
    return page;
  };
  const put = (inside: string): Promise<void> =>
    alice.$eval('sip-client', (client, inside) => void (client.innerHTML = inside), inside);
  /** Bob answers what Alice has begun. */
  const answers = async (): Promise<void> => {
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer());
    await nextEvent(alice, 'sip-call-answered');
  };
  const talk = async (): Promise<string> => {
    const id = await placeCall(alice, '1002', 'audio');
    await answers();
    return id;
  };
  const meet = async (): Promise<string> => {
    const id = await alice.evaluate(
      async () =>
        ((window as any).call = await (document.querySelector('sip-client') as any).createConference({
          members: '1002',
        })).id as string,
    );
    await answers();
    return id;
  };

  before(async () => {
    site = await openSite();
    [alice, bob] = [await open('1001'), await open('1002')];
  });
  after(() => site.close());
  beforeEach(() => alice.evaluate(() => void ((window as any).heardTwice = '')));
  afterEach(async () => {
    for (const page of [alice, bob])
      await page.evaluate(async () => {
        const client = document.querySelector('sip-client') as any;
        await Promise.all(client.calls.map((call: any) => call.hangup()));
        while (client.calls.length) await new Promise((resolve) => setTimeout(resolve, 20));
        (window as any).events.length = 0;
      });
  });

  it('is the <sip-conference> beside a <sip-call>, which shows and plays the conference without it', async () => {
    await put('<sip-call></sip-call><sip-conference></sip-conference>');
    const id = await meet();
    await isPlayedBy(alice, 'sip-conference');
    assert.deepEqual([await shows(alice, 'sip-call'), await shows(alice, 'sip-conference')], ['', id]);
    await alice.evaluate(() => {
      const element = ((window as any).taken = document.querySelector('sip-conference')!);
      element.remove();
    });
    await isPlayedBy(alice, 'sip-call');
    assert.equal(await shows(alice, 'sip-call'), id);
    await alice.evaluate(() => document.querySelector('sip-client')!.append((window as any).taken));
    await isPlayedBy(alice, 'sip-conference');
    assert.equal(await shows(alice, 'sip-call'), '');
  });

  it('is the <sip-conference> even if a <sip-call> names the conference', async () => {
    await put('<sip-conference></sip-conference>');
    const id = await meet();
    await alice.$eval(
      'sip-client',
      (client, id) => client.insertAdjacentHTML('afterbegin', `<sip-call sid="${id}"></sip-call>`),
      id,
    );
    await shown(alice, 'sip-call:state(active)');
    await isPlayedBy(alice, 'sip-conference');
    assert.equal(await shows(alice, 'sip-call'), id);
  });

  it('is the <sip-call> again when the <sip-conference> shows another one', async () => {
    await put('<sip-call></sip-call><sip-conference></sip-conference>');
    const id = await meet();
    await isPlayedBy(alice, 'sip-conference');
    await alice.$eval('sip-conference', (element) => (element.sid = 'another'));
    await isPlayedBy(alice, 'sip-call');
    assert.equal(await shows(alice, 'sip-call'), id);
  });

  it('is the <sip-intercom> beside a <sip-call>, also one in another tree', async () => {
    await put('<sip-call></sip-call><div></div>');
    await alice.evaluate(() => {
      const root = document.querySelector('sip-client > div')!.attachShadow({mode: 'open'});
      root.innerHTML = '<sip-intercom group="9001"></sip-intercom>';
      return (root.firstElementChild as any).start();
    });
    await bob.evaluate(async () => {
      const intercom = await (document.querySelector('sip-client') as any).intercom('9001');
      await intercom.requestFloor();
    });
    await isPlayedBy(alice, 'div');
    assert.equal(await shows(alice, 'sip-call'), '');
  });

  it('is one of two <sip-call>, and the other one once it has gone', async () => {
    await put('<sip-call id="one"></sip-call><sip-call id="two"></sip-call>');
    await talk();
    await isPlayedBy(alice, 'one');
    await alice.$eval('#one', (element) => element.remove());
    await isPlayedBy(alice, 'two');
  });

  it('is the page’s own element before any other, until it is detached', async () => {
    await put('<sip-call></sip-call><audio></audio><video playsinline></video>');
    await talk();
    await isPlayedBy(alice, 'sip-call');
    for (const name of ['remoteAudio', 'remoteVideo']) {
      await alice.evaluate((name) => {
        const element = document.querySelector(name === 'remoteAudio' ? 'audio' : 'video');
        (window as any).call.attach({[name]: element});
      }, name);
      await isPlayedBy(alice, name === 'remoteAudio' ? 'audio' : 'video');
      await alice.evaluate(() => (window as any).call.detach());
      await isPlayedBy(alice, 'sip-call');
    }
    // An element of ours only if no other is there.
    await alice.evaluate(() => (window as any).call.attach({}));
    await isPlayedBy(alice, 'sip-call');
    await alice.$eval('sip-call', (element) => element.remove());
    await isPlayedBy(alice, 'none');
  });

  it('is one that is not silent, if there is one', async () => {
    await put('<sip-call id="one" silent></sip-call><sip-call id="two"></sip-call>');
    await talk();
    await isPlayedBy(alice, 'two');
    await alice.$eval('#two', (element) => element.remove());
    await isPlayedBy(alice);
    await press(alice, 'sip-call >>> [part~=sound]');
    await isPlayedBy(alice, 'one');
  });

  it('is the <sip-conference> that the user has silenced, which plays again at a press', async () => {
    await put('<sip-call></sip-call><sip-conference silent></sip-conference>');
    await meet();
    await shown(alice, 'sip-conference >>> [part~=sound]');
    await isPlayedBy(alice);
    await press(alice, 'sip-conference >>> [part~=sound]');
    await isPlayedBy(alice, 'sip-conference');
  });

  if (!IN_FIREFOX)
    it('is the element in the page, while the small window shows the call', async () => {
      await put('<sip-call></sip-call>');
      await talk();
      await press(alice, 'sip-call >>> [part~=small-window]');
      await alice.evaluate(async () => {
        const api = (window as any).documentPictureInPicture;
        while (
          !api.window?.document.querySelector('sip-call')?.shadowRoot?.querySelector('sip-hangup-button')
        )
          await new Promise((resolve) => setTimeout(resolve, 20));
      });
      await isPlayedBy(alice, 'sip-call');
    });

  it('is one of the elements of two copies of the package', async () => {
    const page = await site.open('/fswebrtc', async (page) => {
      await witness(page);
      await watchPlayers(page);
    });
    await page.evaluate(
      async (loader, single) => {
        document.body.innerHTML = `<sip-client server="ws://${location.host}/fswebrtc" user="1003" password="1234"><sip-call></sip-call></sip-client>`;
        await import(loader);
        await customElements.whenDefined('sip-call');
        await import(single);
      },
      '/loader/sip-elements-loader.js',
      '/sip-elements.js',
    );
    await sendsSignals(page, {tone: 1300, halves: BLACK});
    await goOnline(page);
    [alice] = [page];
    await put('<sip-call></sip-call><sip-conference></sip-conference>');
    const id = await meet();
    await isPlayedBy(page, 'sip-conference');
    assert.deepEqual([await shows(page, 'sip-call'), await shows(page, 'sip-conference')], ['', id]);
    await page.$eval('sip-conference', (element) => element.remove());
    await isPlayedBy(page, 'sip-call');
  });

  it('makes the pages complain of nothing', () => {
    assert.deepEqual(site.complaints, []);
  });
});
