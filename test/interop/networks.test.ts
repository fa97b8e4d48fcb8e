import assert from 'node:assert/strict';
import {after, afterEach, before, describe} from 'node:test';
import {startDeskPhone, type DeskPhone} from '../support/interop/desk-phone.js';
import {tellsOfLog, tellsOfPage, testsThatTell} from '../support/interop/evidence.js';
import {startKamailio, type Kamailio} from '../support/interop/kamailio.js';
import {SERVERS, startRoamingNetwork, type RoamingNetwork} from '../support/interop/roaming-network.js';
import {cause, hangsUp, person, type Person} from '../support/interop/sip-page.js';
import {nextEvent, placeCall} from '../support/page/phone-page.js';
import {plainPageFor} from '../support/page/plain-page.js';
import {hearsTones} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';
import {size} from '../support/size.js';

/** How long the device sleeps, in milliseconds. */
const SLEEP = size(15_000, 45_000);

/** How long each step took, in milliseconds: printed at the end. */
const times: Record<string, number> = {};

describe('a page in a call with a phone, through Kamailio and rtpengine', () => {
  let network: RoamingNetwork;
  let kamailio: Kamailio;
  let site: Site;
  let alice: Person;
  let desk: DeskPhone;

  before(async () => {
    network = await startRoamingNetwork();
    kamailio = await startKamailio({address: SERVERS});
    site = await openSite({
      executable: network.browser,
      chromeFlags: ['--disable-features=LocalNetworkAccessChecks'],
    });
    alice = await person(site, kamailio, 'alice', {tone: 800, ...plainPageFor('http://127.0.0.1:8000/')});
    desk = await startDeskPhone(kamailio, {answers: true});
    await watches();
  });
  after(async () => {
    for (const [what, time] of Object.entries(times))
      process.stdout.write(`${what}: ${(time / 1_000).toFixed(1)} s\n`);
    await desk?.stop();
    await site?.close();
    await kamailio?.stop();
    await network?.stop();
  });
  afterEach(() => hangsUp(alice), {timeout: 20_000});

  const it = testsThatTell(async () => [
    await tellsOfPage('alice', alice.page),
    `desk: events not taken: ${desk.events().join(', ') || 'none'}`,
    tellsOfLog('Kamailio', kamailio.log()),
    tellsOfLog('rtpengine', kamailio.relayLog(), /WARN|ERR|CRIT|DTLS|SRTP|ICE/, 40),
  ]);

  /** Keeps how often Alice was registered. */
  async function watches(): Promise<void> {
    await alice.page.evaluate(() => {
      (window as any).registrations = 0;
      document.querySelector('sip-client')!.addEventListener('sip-registration', ({detail}: any) => {
        if (detail.state === 'registered') (window as any).registrations++;
      });
    });
  }

  async function talks(): Promise<void> {
    await placeCall(alice.page, 'desk', 'audio');
    await nextEvent(alice.page, 'sip-call-answered');
    await hearsTones(alice.page, [desk.tone], [alice.tone]);
    await desk.hears(alice.tone);
    await alice.page.evaluate(() => {
      const scope = window as any;
      scope.restored = new Promise<void>((resolve) => {
        const look = (): unknown => scope.call.state.health === 'restored' && resolve();
        scope.call.addEventListener('statechange', look);
      });
    });
  }

  /** Both hear each other again, by sound that was not on its way before. */
  async function hearAgain(what: string, since: number): Promise<void> {
    await alice.page.evaluate(() => (window as any).restored as Promise<void>);
    times[`${what}: the call is restored after`] = Date.now() - since;
    await hear(what, since);
  }

  async function hear(what: string, since: number): Promise<void> {
    await Promise.all([hearsTones(alice.page, [desk.tone], [alice.tone]), desk.hearsOn(alice.tone)]);
    times[`${what}: both hear each other after`] = Date.now() - since;
  }

  /** A hold and the end still reach the other side, from either side. */
  async function goesOn(): Promise<void> {
    for (const command of ['hold', 'unhold'])
      await alice.page.evaluate((command) => (window as any).call[command](), command);
    await hearsTones(alice.page, [desk.tone], [alice.tone]);
    await desk.command('hangup');
    assert.equal((await cause(alice)).code, 'normal');
    assert.equal((await kamailio.contacts('alice')).length, 1);
  }

  /** How often Alice was registered so far. */
  const registrations = (): Promise<number> => alice.page.evaluate(() => (window as any).registrations);

  async function isRegisteredAgain(before: number): Promise<void> {
    while ((await registrations()) === before) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  it('goes over to another network: the call goes on at the new address', async () => {
    await talks();
    const before = await registrations();
    const since = Date.now();
    await network.move();
    await isRegisteredAgain(before);
    times['other network: registered again after'] = Date.now() - since;
    await hearAgain('other network', since);
    await goesOn();
    // A new handshake would take time, and the end of the old one can reach the browser.
    assert.doesNotMatch(kamailio.relayLog(), /restarting DTLS/);
  });

  it('is back after a lost radio link: the call goes on', async () => {
    await talks();
    await network.block();
    // Longer than the browser takes to find out that nothing arrives.
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    const since = Date.now();
    await network.unblock();
    await hearAgain('lost radio link', since);
    await goesOn();
  });

  it('is back after the device has slept: the call goes on', async () => {
    await talks();
    const browser = -site.browser.process()!.pid!;
    await network.block();
    process.kill(browser, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, SLEEP));
    await network.unblock();
    process.kill(browser, 'SIGCONT');
    await hear('sleep', Date.now());
    await goesOn();
  });

  it('goes over to a VPN, and back: the call goes on', async () => {
    await talks();
    const [before, entered] = [await registrations(), Date.now()];
    await network.enterVpn();
    await hearAgain('VPN on', entered);
    const inside = await registrations();
    assert.ok(inside > before);
    const left = Date.now();
    await network.leaveVpn();
    await Promise.all([hear('VPN off', left), isRegisteredAgain(inside)]);
    times['VPN off: registered again after'] = Date.now() - left;
    await goesOn();
  });

  it('keeps the call when rtpengine is killed and started again', async () => {
    await talks();
    await kamailio.replaceRelay();
    await hearAgain('rtpengine restarted', Date.now());
    await goesOn();
  });

  it('keeps the call when Kamailio is killed and started again', async () => {
    await talks();
    const before = await registrations();
    await kamailio.kill();
    await kamailio.restart();
    const since = Date.now();
    await isRegisteredAgain(before);
    times['Kamailio restarted: registered again after'] = Date.now() - since;
    await hearAgain('Kamailio restarted', since);
    await goesOn();
  });
});
