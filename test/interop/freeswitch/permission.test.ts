import assert from 'node:assert/strict';
import {after, afterEach, before, describe} from 'node:test';
import type {Page} from 'puppeteer-core';
import {connects, off} from '../../support/interop/conversation.js';
import {tellsOfLog, tellsOfPage, testsThatTell} from '../../support/interop/evidence.js';
import {startFreeSwitch, type FreeSwitch} from '../../support/interop/freeswitch.js';
import {addLocalNetwork, LAN_ADDRESS} from '../../support/interop/local-network.js';
import {answer, cause, hangsUp, person, type Person} from '../../support/interop/sip-page.js';
import {DEVICES_REFUSED, IN_FIREFOX} from '../../support/page/browser.js';
import {nextEvent, placeCall} from '../../support/page/phone-page.js';
import {hearsTones} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';

const NEARBY = ['--disable-features=LocalNetworkAccessChecks'];

describe('a page that may not use the microphone, at FreeSWITCH, which looks up no hidden address', () => {
  let network: {remove(): Promise<void>};
  let freeSwitch: FreeSwitch;
  let sites: Site[];
  let alice: Person;
  let bob: Person;
  let carol: Person;

  before(async () => {
    network = await addLocalNetwork();
    freeSwitch = await startFreeSwitch(LAN_ADDRESS);
    // Chromium's question for a device is refused if no user answers.
    const asking = await openSite({
      chromeFlags: NEARBY,
      withoutFlags: ['--use-fake-ui-for-media-stream'],
      firefoxPreferences: {
        ...DEVICES_REFUSED.firefoxPreferences,
        'media.peerconnection.ice.obfuscate_host_addresses': true,
      },
    });
    const allowed = await openSite({chromeFlags: NEARBY});
    sites = [asking, allowed];
    alice = await person(asking, freeSwitch, 'alice', {
      attributes: 'listen-in-uri="sip:*33{number}@{host}"',
    });
    bob = await person(allowed, freeSwitch, 'bob', {tone: 800});
    carol = await person(allowed, freeSwitch, 'carol', {tone: 1300});
  });
  after(async () => {
    for (const site of sites ?? []) await site.close();
    await freeSwitch?.stop();
    await network?.remove();
  });
  afterEach(
    async () => {
      for (const each of [alice, bob, carol]) await hangsUp(each);
      for (const each of [alice, bob, carol]) await off(each);
    },
    {timeout: 20_000},
  );

  const it = testsThatTell(async () => [
    ...(await Promise.all([alice, bob, carol].map(({user, page}) => tellsOfPage(user, page)))),
    tellsOfLog('FreeSWITCH', freeSwitch.log(), /\[(WARNING|ERR|CRIT)\]/),
  ]);

  /** The user allows the microphone when the browser asks. */
  async function allows(page: Page): Promise<void> {
    const context = page.browserContext();
    await page.exposeFunction('allow', () =>
      context.setPermission(new URL(page.url()).origin, {permission: {name: 'microphone'}, state: 'granted'}),
    );
    await page.evaluate(() => {
      const {mediaDevices} = navigator;
      const open = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (constraints) => {
        await (window as any).allow();
        return open(constraints);
      };
    });
  }

  const listensIn = (): Promise<string> =>
    alice.page.evaluate(async () => {
      const {client} = document.querySelector('sip-client') as any;
      try {
        (window as any).call = await client.listenIn('bob');
        return 'listens';
      } catch (error) {
        return (error as {code: string}).code;
      }
    });

  it('knows why its call comes to nothing', async () => {
    await placeCall(alice.page, 'bob', 'audio');
    await nextEvent(bob.page, 'sip-call-received');
    await answer(bob);
    assert.deepEqual(await cause(alice), {by: 'server', code: 'address-hidden', status: 488});
  });

  it('knows why a call that it has answered ends', async () => {
    await placeCall(bob.page, 'alice', 'audio');
    await nextEvent(alice.page, 'sip-call-received');
    await answer(alice);
    assert.deepEqual(await cause(alice), {by: 'remote', code: 'address-hidden'});
  });

  it('that listens in asks for the microphone, and knows why it cannot if the user refuses', async () => {
    await connects(bob, carol);
    assert.equal(await listensIn(), 'address-hidden');
  });

  // Firefox's user cannot be asked by a test.
  if (!IN_FIREFOX)
    it('that listens in asks for the microphone, and listens if the user allows it, without opening it', async () => {
      await connects(bob, carol);
      await allows(alice.page);
      assert.equal(await listensIn(), 'listens');
      await nextEvent(alice.page, 'sip-call-answered');
      await hearsTones(alice.page, [bob.tone, carol.tone]);
      assert.equal(await alice.page.evaluate(() => (window as any).call.localStream.getTracks().length), 0);
    });
});
