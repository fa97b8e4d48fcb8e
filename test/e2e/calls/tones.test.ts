import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {receives} from '../../support/page/measure.js';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

/** The events of a page since it began to listen. */
const tones = (page: Page, count: number): Promise<{tone: string; duration: number}[]> =>
  page.evaluate(async (count) => {
    const scope = window as any;
    while (scope.tones.length < count)
      await new Promise((resolve) => window.addEventListener('tone', resolve, {once: true}));
    return scope.tones.splice(0);
  }, count);

const listen = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const kept: unknown[] = ((window as any).tones = []);
    document.querySelector('sip-client')!.addEventListener('sip-dtmf', (event) => {
      const {call, tone, duration} = (event as CustomEvent).detail;
      kept.push({tone, duration, own: call === (window as any).call});
      window.dispatchEvent(new Event('tone'));
    });
  });

/** How many packets a page has sent and received, and how many of those it expects got lost. */
const lost = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    let count = 0;
    for (const peer of (window as any).opened.peers as Set<RTCPeerConnection>)
      (await peer.getStats()).forEach((report: {type: string; packetsLost?: number}) => {
        if (report.type === 'inbound-rtp') count += report.packetsLost ?? 0;
      });
    return count;
  });

/**
 * Firefox has RTP events at 8 kHz alone: it sends none where the server offers 48 kHz, and counts them by Opus' clock where
 * it offers them itself, as the caller of the standard profile does.
 */
const METHODS: [method: string, profile: string, ofCaller: number][] = [
  ['info', 'dispatch', 160],
  ['auto', 'standard', IN_FIREFOX ? 240 : 160],
];
if (!IN_FIREFOX) METHODS.push(['rfc4733', 'dispatch', 160]);

for (const [method, profile, ofCaller] of METHODS)
  describe(`tones through the server (${method}, profile ${profile})`, () => {
    let site: Site;
    let alice: Page;
    let bob: Page;

    before(async () => {
      site = await openSite();
      const inside = '<sip-call></sip-call>';
      const attributes = `dtmf="${method}" profile="${profile}"`;
      [alice, bob] = [
        await onlinePage(site, {user: '1001', inside, attributes}),
        await onlinePage(site, {user: '1002', inside, attributes}),
      ];
      for (const page of [alice, bob]) await listen(page);
      await placeCall(alice, '1002', 'audio');
      await nextEvent(bob, 'sip-call-received');
      await bob.evaluate(() => (window as any).call.answer());
      for (const page of [alice, bob]) {
        await nextEvent(page, 'sip-call-answered');
        await receives(page, 'sip-client', {frames: 0, energy: 0.01});
      }
    });
    after(() => site.close());

    it('arrive at the other page, each once, with their names and durations', async () => {
      for (const [from, to] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        await from.evaluate(() => (window as any).call.sendDtmf('12#'));
        const received = await tones(to, 3);
        assert.deepEqual(
          received.map(({tone}) => tone),
          ['1', '2', '#'],
        );
        const sent = from === alice ? ofCaller : 160;
        for (const {duration} of received)
          assert.ok(duration >= sent - 10 && duration <= sent + 40, `${duration} ms, ${sent} were sent`);
      }
      // A duplicate would have arrived by now.
      await alice.evaluate(() => (window as any).call.sendDtmf('A'));
      assert.deepEqual(
        (await tones(bob, 1)).map(({tone}) => tone),
        ['A'],
      );
    });

    it('leave no gap in the sound: nothing counts as lost', async () => {
      assert.equal(await lost(bob), 0);
      await receives(bob, 'sip-client', {frames: 0, energy: 0.01});
    });

    it('belong to the call that they came in', async () => {
      await alice.evaluate(() => (window as any).call.sendDtmf('0'));
      assert.deepEqual(await tones(bob, 1), [{tone: '0', duration: ofCaller, own: true}]);
    });

    it('that cannot be are told, and nothing of them is sent', async () => {
      const code = await alice.evaluate(() =>
        (window as any).call.sendDtmf('1?').then(String, (error: {code: string}) => error.code),
      );
      assert.equal(code, 'bad-parameter');
      await alice.evaluate(() => (window as any).call.sendDtmf('9'));
      assert.deepEqual(
        (await tones(bob, 1)).map(({tone}) => tone),
        ['9'],
      );
    });

    it('make the pages complain of nothing', () => {
      assert.deepEqual(site.complaints, []);
    });
  });
