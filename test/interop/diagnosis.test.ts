import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {LitElement} from 'lit';
import {blockUdp} from '../support/interop/firewall.js';
import {startCoturn, type Coturn} from '../support/interop/coturn.js';
import {diagnosed, inShort, type Diagnosed} from '../support/diagnosis/diagnosed.js';
import {phonePage} from '../support/page/phone-page.js';
import {addLocalNetwork} from '../support/interop/local-network.js';
import {LOOPBACK_FLAGS} from '../support/interop/sip-page.js';
import {openSite, type Site} from '../support/page/site.js';

const ICE = ['stun', 'turn-udp', 'turn-tcp', 'turn-tls', 'relay'] as const;

describe('a diagnosis with coturn', () => {
  let site: Site;
  /** By what they listen for. */
  let udp: Coturn;
  let tcp: Coturn;
  let tls: Coturn;

  before(async () => {
    [udp, tcp, tls] = [await startCoturn('udp'), await startCoturn('tcp'), await startCoturn('tls')];
    site = await openSite({chromeFlags: LOOPBACK_FLAGS});
  });
  after(async () => {
    await site?.close();
    for (const coturn of [udp, tcp, tls]) await coturn?.stop();
  });

  async function find(iceServers: readonly RTCIceServer[], only: readonly string[]): Promise<Diagnosed> {
    const page = await phonePage(site, {user: '1001'});
    await page.evaluate((servers) => {
      document.querySelector('sip-client')!.iceServers = servers;
    }, iceServers as RTCIceServer[]);
    try {
      return await diagnosed(page, {only: only as never});
    } finally {
      await page.close();
    }
  }
  /** What a user reads at the end of a `<sip-check>`. */
  async function summary(iceServers: readonly RTCIceServer[]): Promise<string> {
    // A loopback alone is no network.
    const network = await addLocalNetwork();
    const page = await phonePage(site, {user: '1002', inside: '<sip-check></sip-check>'});
    try {
      return await page.evaluate(async (servers) => {
        document.querySelector('sip-client')!.iceServers = servers;
        const check = document.querySelector('sip-check')!;
        await check.check();
        const panel = check.shadowRoot!.querySelector<LitElement>('sip-check-panel')!;
        await panel.updateComplete;
        return panel.shadowRoot!.querySelector<HTMLElement>('.result')!.innerText;
      }, iceServers as RTCIceServer[]);
    } finally {
      await page.close();
      await network.remove();
    }
  }
  const stunOf = ({server}: Coturn): RTCIceServer => ({
    urls: server.urls.replace(/^turn:/, 'stun:').replace(/\?.*/, ''),
  });
  const portOf = ({server}: Coturn): string => /:(\d+)(?:\?|$)/.exec(server.urls)![1]!;
  /** A server that listens for UDP takes TCP at the same port. */
  const overTcp = ({server}: Coturn): RTCIceServer => ({...server, urls: `${server.urls}?transport=tcp`});
  /** At a port where UDP is dropped: TURN over TCP alone listens there. */
  const blocked = (): RTCIceServer => ({...tcp.server, urls: tcp.server.urls.replace('=tcp', '=udp')});

  it('gets addresses over UDP, TCP and TLS, and sends sound and data through the relay', async () => {
    const found = await find(
      [stunOf(udp), udp.server, tcp.server, tls.server],
      [...ICE, 'call', 'quality', 'bandwidth'],
    );
    assert.deepEqual(inShort(found), [
      'stun: passed stun-works',
      'turn-udp: passed turn-works',
      'turn-tcp: passed turn-works',
      'turn-tls: passed turn-works',
      'relay: passed relay-works',
      'call: passed media-returned',
      'quality: passed quality-good',
      'bandwidth: passed bandwidth-enough',
    ]);
    const {call, quality} = found.steps;
    assert.equal(call!.values!['way'], 'relay');
    assert.ok(Number(call!.values!['level']) > 0.05, JSON.stringify(call));
    assert.ok(Number(quality!.values!['mos']) > 4, JSON.stringify(quality));
    // The far end: each server has given an address.
    for (const coturn of [udp, tcp, tls]) assert.match(coturn.log(), /ALLOCATE processed, success/);
    assert.deepEqual(found.report.options['iceServers'], [
      stunOf(udp).urls,
      udp.server.urls,
      tcp.server.urls,
      tls.server.urls,
    ]);
    assert.ok(!JSON.stringify(found.report).includes('"secret"'));
  });

  it('finds that a firewall blocks UDP, and calls by TCP through it', async () => {
    const servers = [stunOf(udp), udp.server, overTcp(udp), tls.server];
    const firewall = await blockUdp(portOf(udp));
    let found: Diagnosed;
    const before = udp.log().length;
    try {
      found = await find(servers, [...ICE, 'call', 'quality']);
      assert.match(await summary(servers), /^Calls work, with limitations\.\n+.*Behind firewalls/);
      // The far end: the packets have come to the firewall, and none to the server, which TCP has reached.
      assert.ok((await firewall.dropped()) > 0);
    } finally {
      await firewall.remove();
    }
    assert.deepEqual(inShort(found).slice(0, 6), [
      'stun: warning stun-silent',
      'turn-udp: failed turn-silent',
      'turn-tcp: passed turn-works',
      'turn-tls: passed turn-works',
      'relay: warning udp-blocked',
      'call: passed media-returned',
    ]);
    assert.equal(found.steps.call!.values!['way'], 'relay');
    assert.ok(Number(found.steps.call!.values!['level']) > 0.05, JSON.stringify(found.steps.call));
    const since = (line: RegExp): number => [...udp.log().slice(before).matchAll(line)].length;
    const allocated = since(/ALLOCATE processed, success/g);
    assert.ok(allocated > 0 && allocated <= since(/tcp or tls connected/g), udp.log().slice(before));
    // It was the firewall alone.
    const after = await find(servers, ICE);
    assert.equal(after.steps['turn-udp']!.code, 'turn-works');
    assert.equal(after.steps.relay!.code, 'relay-works');
  });

  it('finds that voices are hard to understand if the network loses packets', async () => {
    const firewall = await blockUdp(portOf(udp), 'a fifth');
    try {
      const {steps} = await find([udp.server], ['turn-udp', 'call', 'quality']);
      assert.equal(steps['turn-udp']!.code, 'turn-works');
      assert.equal(steps.call!.code, 'media-returned');
      const {verdict, code, values} = steps.quality!;
      assert.deepEqual([verdict, code], ['failed', 'quality-poor'], JSON.stringify(values));
      // Each packet comes by the firewall twice.
      assert.ok(Number(values!['loss']) > 0.2 && Number(values!['loss']) < 0.55, JSON.stringify(values));
      assert.ok((await firewall.dropped()) > 0);
    } finally {
      await firewall.remove();
    }
  });

  it('finds that a narrow network is enough for voice, and not for video', async () => {
    const firewall = await blockUdp(portOf(udp), 'beyond 32 kB a second');
    try {
      const {steps} = await find([udp.server], ['turn-udp', 'bandwidth']);
      const {verdict, code, values} = steps.bandwidth!;
      assert.deepEqual([verdict, code], ['warning', 'bandwidth-sound-only'], JSON.stringify(values));
      assert.ok(Number(values!['kilobits']) < 500, JSON.stringify(values));
    } finally {
      await firewall.remove();
    }
  });

  it('finds that UDP goes nowhere if the server listens for TCP alone', async () => {
    const found = await find([blocked(), tcp.server], ICE);
    assert.deepEqual(inShort(found), [
      'stun: skipped no-stun',
      'turn-udp: failed turn-silent',
      'turn-tcp: passed turn-works',
      'turn-tls: skipped no-turn-of-kind',
      'relay: warning udp-blocked',
    ]);
  });

  it('finds a wrong password of the relay', async () => {
    const found = await find([{...udp.server, credential: 'old'}], ICE);
    assert.deepEqual(inShort(found).slice(1, 2), ['turn-udp: failed turn-password']);
    assert.equal(found.steps.relay!.code, 'no-relay');
    assert.equal(found.steps['turn-udp']!.values!['status'], 401);
  });

  it('finds a relay that is not there', async () => {
    const found = await find([blocked()], [...ICE, 'call', 'bandwidth']);
    assert.deepEqual(inShort(found).slice(1), [
      'turn-udp: failed turn-silent',
      'turn-tcp: skipped no-turn-of-kind',
      'turn-tls: skipped no-turn-of-kind',
      'relay: failed no-relay',
      'call: passed media-local',
      'bandwidth: skipped not-measured',
    ]);
  });
});
