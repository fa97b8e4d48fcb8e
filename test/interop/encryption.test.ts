import assert from 'node:assert/strict';
import {after, afterEach, before, describe} from 'node:test';
import {
  connects,
  endCalls,
  ends,
  hearEachOther,
  holdEachOther,
  seeEachOther,
} from '../support/interop/conversation.js';
import {tellsOfLog, tellsOfPage, testsThatTell} from '../support/interop/evidence.js';
import {startKamailio, type Kamailio} from '../support/interop/kamailio.js';
import {decoded, framesIn, sentStreams, type EncodedFrame} from '../support/interop/recorded-media.js';
import {
  LOOPBACK_FLAGS,
  person,
  reloads,
  type Person,
  type PersonOptions,
} from '../support/interop/sip-page.js';
import {arrived} from '../support/page/measure.js';
import {press} from '../support/page/parts.js';
import {nextEvent} from '../support/page/phone-page.js';
import {openSite, type Site} from '../support/page/site.js';

const ALICE: PersonOptions = {tone: 800, attributes: 'resume', options: {encryption: 'require'}};
const BOB: PersonOptions = {
  tone: 1300,
  options: {encryption: 'require'},
  halves: [
    [40, 180, 40],
    [180, 180, 40],
  ],
};

describe('calls that are encrypted end to end, at Kamailio', () => {
  let kamailio: Kamailio;
  let sites: Site[];
  let alice: Person;
  let bob: Person;

  before(async () => {
    kamailio = await startKamailio();
    const chromium = await openSite({firefox: false, chromeFlags: LOOPBACK_FLAGS});
    const firefox = await openSite({firefox: true});
    sites = [chromium, firefox];
    alice = await person(chromium, kamailio, 'alice', ALICE);
    bob = await person(firefox, kamailio, 'bob', BOB);
  });
  after(async () => {
    for (const site of sites ?? []) await site.close();
    await kamailio?.stop();
  });
  afterEach(() => endCalls([alice, bob]), {timeout: 20_000});

  const it = testsThatTell(async () => [
    ...(await Promise.all([alice, bob].map(({user, page}) => tellsOfPage(user, page)))),
    tellsOfLog('Kamailio', kamailio.log()),
  ]);

  /** Waits until both decrypt what arrives, and show the same code; returns it. */
  async function sameCode(): Promise<string> {
    const [one, other] = await Promise.all(
      [alice, bob].map(({page}) =>
        page.evaluate(async () => {
          const {call} = window as any;
          while (call.state.encryption?.phase !== 'unverified')
            await new Promise((resolve) => setTimeout(resolve, 20));
          return call.state.encryption.code as string;
        }),
      ),
    );
    assert.match(one!, /^\d{6}$/);
    assert.equal(other, one);
    return one!;
  }

  /** From now on Alice’s page has what a relay has, which ends the transport: packets, and no key. None is decoded. */
  async function decodesNothingWithoutKey(): Promise<void> {
    await alice.page.evaluate(() => {
      for (const peer of (window as any).opened.peers as Set<RTCPeerConnection>)
        if (peer.signalingState !== 'closed')
          for (const receiver of peer.getReceivers()) receiver.transform = null;
    });
    const before = await arrived(alice.page);
    for (;;) {
      const now = await arrived(alice.page);
      if (now.videoPackets > before.videoPackets + 100 && now.audioPackets > before.audioPackets + 100) {
        // Those that were on their way through the worker.
        assert.ok(now.frames - before.frames < 3, `${now.frames - before.frames} were decoded`);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  for (const [what, ordered] of [
    ['from Chromium to Firefox', () => [alice, bob]],
    ['from Firefox to Chromium', () => [bob, alice]],
  ] as const)
    it(`${what}: both see and hear each other with the same code, also after each has held the other`, async () => {
      const [from, to] = ordered() as [Person, Person];
      await connects(from, to, 'video');
      await seeEachOther(from, to);
      const code = await sameCode();
      await holdEachOther(from, to);
      await seeEachOther(from, to);
      assert.equal(await sameCode(), code);
      await ends(from, to);
    });

  it('go on with new keys after a reload, and nothing is decoded without them', async () => {
    await connects(alice, bob, 'video');
    await seeEachOther(alice, bob);
    const code = await sameCode();
    await reloads(alice, kamailio, ALICE);
    for (const type of ['sip-call-resumed', 'sip-call-answered']) await nextEvent(alice.page, type);
    await seeEachOther(alice, bob);
    await hearEachOther(alice, bob);
    assert.notEqual(await sameCode(), code);
    await decodesNothingWithoutKey();
  });

  it('close the locks of the demo page, which calls from page to page', async () => {
    const page = await sites[0]!.open('/encryption.html?kamailio&lang=en', async (page) => {
      // Its policy names the usual port of Kamailio; this one has another.
      await page.setBypassCSP(true);
      await page.evaluateOnNewDocument((server) => {
        window.WebSocket = new Proxy(WebSocket, {
          construct: (target, [address, ...more]) =>
            new target(String(address).replace('ws://localhost:8088', server), ...more),
        });
      }, kamailio.ws);
    });
    await page.waitForFunction(() =>
      [...document.querySelectorAll('sip-client')].every(({state}) => state?.registration === 'registered'),
    );
    await page.evaluate(async () => {
      const [one, other] = document.querySelectorAll('sip-client');
      const received = new Promise<{answer(): Promise<void>}>((resolve) =>
        other!.addEventListener('sip-call-received', ({detail}) => resolve(detail.call), {once: true}),
      );
      await one!.call('bob');
      await (await received).answer();
    });
    for (const each of ['first', 'second'])
      await press(page, `[aria-labelledby=${each}] >>> [part~=encryption]`);
    await page.waitForFunction(() => {
      const codes = [...document.querySelectorAll('sip-call')].map((element) =>
        element.shadowRoot!.querySelector('.code')?.textContent?.trim(),
      );
      return /^\d{3} \d{3}$/.test(codes[0] ?? '') && codes[0] === codes[1];
    });
    await page.close();
  });
});

describe('calls that rtpengine records', () => {
  let kamailio: Kamailio;
  let site: Site;
  let people: Person[] = [];

  before(async () => {
    kamailio = await startKamailio({records: true});
    // Its decoders are those of the recordings, too.
    site = await openSite({firefox: false, chromeFlags: LOOPBACK_FLAGS});
  });
  after(async () => {
    await site?.close();
    await kamailio?.stop();
  });

  const it = testsThatTell(async () => [
    ...(await Promise.all(people.map(({user, page}) => tellsOfPage(user, page)))),
    tellsOfLog('Kamailio', kamailio.log()),
    tellsOfLog('rtpengine', kamailio.relayLog(), /WARN|ERR|CRIT|DTLS|SRTP|ICE/, 40),
  ]);

  for (const [what, options] of [
    ['are decoded there', {}],
    [
      'cannot be decoded there if they are encrypted end to end, and both ends see and hear each other',
      {encryption: 'require'},
    ],
  ] as const)
    it(what, async () => {
      const isEncrypted = 'encryption' in options;
      const alice = await person(site, kamailio, 'alice', {tone: 800, options});
      const bob = await person(site, kamailio, 'bob', {...BOB, options});
      people = [alice, bob];
      await connects(alice, bob, 'video');
      await seeEachOther(alice, bob);
      await hearEachOther(alice, bob);
      const phase = await alice.page.evaluate(() => (window as any).call.state.encryption?.phase as string);
      assert.equal(phase, isEncrypted ? 'unverified' : undefined);
      const streams = await sentStreams(alice.page);
      let frames: Record<'audio' | 'video', EncodedFrame[]>;
      for (;;) {
        const files = await kamailio.recorded();
        const of = (kind: 'audio' | 'video'): EncodedFrame[] =>
          files.flatMap((file) =>
            streams.filter((stream) => stream.kind === kind).flatMap((stream) => framesIn(file, stream)),
          );
        frames = {audio: of('audio'), video: of('video')};
        if (frames.audio.length > 150 && frames.video.length > 20) break;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      const {sounds, pictures} = await decoded(
        bob.page,
        frames.audio,
        frames.video,
        alice.tone,
        alice.halves,
      );
      if (isEncrypted) assert.deepEqual({sounds, pictures}, {sounds: 0, pictures: 0});
      else assert.ok(sounds > 100 && pictures > 15, `${sounds} sounds, ${pictures} pictures`);
      await endCalls(people);
      for (const {page} of people) await page.close();
    });
});
