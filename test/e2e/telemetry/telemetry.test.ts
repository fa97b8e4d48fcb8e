import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../../support/in-page/facts.js';
import {goOnline, nextEvent, onlinePage, phonePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';
import {openCutWay, type CutWay} from '../../support/servers/cut-way.js';
import {openCollector, type Collected, type Collector} from '../../support/servers/otlp-collector.js';

describe('the telemetry of a phone, at an OTLP collector', () => {
  let site: Site;
  let way: CutWay;
  let collector: Collector;
  let pages: Page[];

  before(async () => {
    site = await openSite();
    way = await openCutWay(Number(new URL(site.server.url).port));
  });
  after(async () => {
    await site?.close();
    await way?.close();
  });
  beforeEach(async () => {
    collector = await openCollector();
    pages = [];
  });
  afterEach(async () => {
    await Promise.all(pages.map((page) => page.close()));
    assert.deepEqual(collector.refused, []);
    await collector.close();
  });

  const callee = async (profile: string): Promise<Page> => {
    const page = await onlinePage(site, {
      user: '1002',
      attributes: `profile="${profile}"`,
      inside: '<sip-call></sip-call>',
    });
    pages.push(page);
    return page;
  };

  /** A page that posts its telemetry to the collector by the demo's exporter. */
  const measured = async (
    profile: string,
    options: {identities?: boolean; interval?: number} = {},
    password = '1234',
  ): Promise<Page> => {
    const page = await phonePage(site, {
      user: '1001',
      password,
      attributes: `profile="${profile}"`,
      inside: '<sip-call></sip-call>',
      server: `ws://127.0.0.1:${way.port}/fswebrtc`,
      withoutCsp: true,
    });
    pages.push(page);
    await page.evaluate(
      async (url, given) => {
        const {otlpExporter} = await import('/telemetry.js' as string);
        document.querySelector('sip-client')!.options = {
          telemetry: {onEvent: otlpExporter(url, {'service.name': 'test'}, 50), ...given},
        };
      },
      collector.url,
      options,
    );
    return page;
  };

  const all = (name: string): readonly Collected[] =>
    collector.collected.filter((event) => event.name === name);
  const arrived = async (name: string, fits = (_: Collected): boolean => true): Promise<Collected> => {
    await until(() => all(name).some(fits));
    return all(name).find(fits)!;
  };

  for (const profile of ['standard', 'dispatch']) {
    it(`has a call from its beginning to its end, and no numbers (${profile})`, async () => {
      const bob = await callee(profile);
      const alice = await measured(profile, {interval: 2});
      await goOnline(alice);
      const registered = await arrived('sip.register');
      assert.equal(registered.failed, false);
      assert.ok((await arrived('sip.register.duration')).value > 0);
      assert.equal((await arrived('sip.connect')).attributes['sip.reconnection'], false);
      const placed = performance.now();
      await placeCall(alice, '1002', 'audio');
      await nextEvent(bob, 'sip-call-received');
      const delay = await arrived('sip.call.ringing.delay');
      assert.ok(delay.value >= 0 && delay.value < 10, String(delay.value));
      await bob.evaluate(() => (window as any).call.answer());
      await nextEvent(alice, 'sip-call-answered');
      const setup = await arrived('sip.call.setup.duration');
      assert.deepEqual([setup.unit, setup.attributes['sip.call.direction']], ['s', 'outgoing']);
      // It is no shorter than the callee has taken, and than the time until it rang.
      assert.ok(
        setup.value >= delay.value && setup.value < (performance.now() - placed) / 1000,
        `${delay.value} ${setup.value}`,
      );
      const media = await arrived('rtc.first_media.delay');
      assert.equal(media.attributes['network.transport'], 'udp');
      assert.match(String(media.attributes['rtc.ice.local.type']), /^(host|prflx)$/);
      const mos = await arrived('rtc.mos');
      assert.ok(mos.value >= 1 && mos.value <= 4.5, String(mos.value));
      const bitrate = await arrived(
        'rtc.bitrate',
        ({attributes}) => attributes['rtc.direction'] === 'received',
      );
      assert.ok(bitrate.value > 5_000 && bitrate.value < 200_000, String(bitrate.value));
      for (const [name, unit] of [
        ['rtc.jitter', 's'],
        ['rtc.packet_loss', '1'],
        ['rtc.round_trip_time', 's'],
      ] as const)
        assert.equal((await arrived(name)).unit, unit);
      await alice.evaluate(() => (window as any).call.hangup());
      const call = await arrived('sip.call');
      assert.deepEqual(call.moments.slice(0, 3), ['sip.ringing', 'sip.answered', 'rtc.first_media']);
      const {attributes} = call;
      assert.deepEqual(
        {...attributes, 'rtc.mos.mean': 0, 'rtc.mos.min': 0},
        {
          ...attributes,
          'sip.profile': profile,
          'sip.call.direction': 'outgoing',
          'sip.call.type': 'single',
          'sip.call.media': 'audio',
          'sip.call.answered': true,
          'sip.call.end.code': 'normal',
          'sip.call.end.by': 'local',
          'network.transport': 'udp',
          'rtc.audio.codec': 'opus',
          'rtc.mos.mean': 0,
          'rtc.mos.min': 0,
        },
      );
      assert.equal('error.type' in attributes, false);
      assert.equal(call.failed, false);
      const talked = await arrived('sip.call.duration');
      assert.ok(
        talked.value * 1000 <= call.duration && talked.value >= 2,
        `${talked.value} ${call.duration}`,
      );
      // Nobody is named: neither user, password, domain nor address.
      const values = collector.collected.flatMap((event) => Object.values(event.attributes)).map(String);
      const named = values.filter((value) => /1001|1002|1234|127\.0\.0\.1|localhost|@/.test(value));
      assert.deepEqual(named, []);
    });
  }

  it('has a call that failed and a refused registration with their codes, and numbers if the page asks', async () => {
    const alice = await measured('dispatch', {identities: true});
    await goOnline(alice);
    const code = await alice.evaluate(() =>
      document
        .querySelector('sip-client')!
        .call('7777')
        .catch((error) => error.code as string),
    );
    const call = await arrived('sip.call');
    assert.equal(code, 'unknown-number');
    const {attributes} = call;
    assert.deepEqual(
      [attributes['error.type'], attributes['sip.call.answered'], attributes['sip.call.remote']],
      [code, false, '7777'],
    );
    assert.equal(attributes['sip.user'], '1001');
    assert.equal(attributes['server.address'], '127.0.0.1');
    assert.equal(call.failed, true);
    assert.equal(all('sip.call').length, 1);
    await alice.close();
    pages = pages.filter((page) => page !== alice);
    const mallory = await measured('standard', {}, 'wrong');
    await goOnline(mallory).catch(() => {});
    const refused = await arrived('sip.register', ({failed}) => failed);
    assert.equal(refused.attributes['error.type'], 'wrong-password');
    assert.equal(collector.text.includes('"wrong"'), false);
  });

  it('has a lost connection, and how long it took until the phone was back', async () => {
    const alice = await measured('standard');
    await goOnline(alice);
    await arrived('sip.register.duration');
    way.block();
    const lost = await arrived('sip.connection.lost');
    assert.deepEqual(lost.attributes, {'sip.profile': 'standard'});
    way.restore();
    const back = await arrived('sip.connect', ({attributes}) => attributes['sip.reconnection'] === true);
    assert.ok(back.duration > 0 && Math.abs(back.time - back.duration - lost.time) < 50);
    await arrived('sip.connection.restored');
    const again = await arrived('sip.register', ({attributes}) => attributes['sip.reconnection'] === true);
    assert.equal(again.failed, false);
  });

  it('is refused by its key if it cannot be used, and the page’s error breaks nothing', async () => {
    const alice = await measured('dispatch');
    const codes = await alice.evaluate(async () => {
      const element = document.querySelector('sip-client')!;
      const wrong = [7, {}, {onEvent() {}, interval: 1}, {onEvent() {}, identities: 'yes'}] as any[];
      const subjects: string[] = [];
      for (const telemetry of wrong) {
        element.options = {telemetry};
        await element.connect().catch((error) => subjects.push(`${error.code} ${error.subject}`));
      }
      element.options = {
        telemetry() {
          throw new Error('The page has no collector.');
        },
      };
      await element.connect();
      await element.register();
      return subjects;
    });
    assert.deepEqual(codes, [
      'bad-parameter telemetry “7”',
      'bad-parameter telemetry.onEvent “undefined”',
      'bad-parameter telemetry.interval “1”',
      'bad-parameter telemetry.identities “yes”',
    ]);
  });
});
