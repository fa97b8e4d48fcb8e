import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {startCoturn, type Coturn} from '../support/interop/coturn.js';
import {diagnosed, inShort, type Diagnosed} from '../support/diagnosis/diagnosed.js';
import {phonePage} from '../support/page/phone-page.js';
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
  const stunOf = ({server}: Coturn): RTCIceServer => ({
    urls: server.urls.replace(/^turn:/, 'stun:').replace(/\?.*/, ''),
  });
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

  it('finds that UDP is blocked where TCP is not', async () => {
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
