import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {IN_FIREFOX, type BrowserOptions} from '../../support/page/browser.js';
import {receives} from '../../support/page/measure.js';
import {ALICE, becomes, BOB, command, Pair, TONES} from '../../support/page/pair.js';
import {press, shown} from '../../support/page/parts.js';
import {nextEvent} from '../../support/page/phone-page.js';
import {
  BLACK,
  hearsTones,
  mediaLineCounts,
  showsHalves,
  takeSent,
  type Halves,
} from '../../support/page/signals.js';
import {open} from '../../support/page/witness.js';

const SCREEN: Halves = [
  [255, 128, 0],
  [0, 128, 128],
];

/** Provides screens as if a user had chosen the tab with the title. */
const SHARING: BrowserOptions = {
  audible: true,
  withoutFlags: ['--use-fake-ui-for-media-stream'],
  chromeFlags: [
    '--auto-accept-camera-and-microphone-capture',
    '--auto-select-tab-capture-source-by-title=Shared thing',
  ],
};

const media = (audio: string, video: string): object => ({media: {audio, video}});
const tracks = async (page: Page): Promise<number> => (await open(page)).tracks;

// What changes in a call is SIP alone, the same with either profile: each is proved with one of them.
describe('a picture in a call', () => {
  let pair: Pair;
  let alice: Page;
  let bob: Page;
  before(async () => {
    pair = await Pair.open({}, 'dispatch');
    ({alice, bob} = pair);
    await pair.talk('audio');
  });
  after(() => pair.site.close());

  it('is asked for, moves in its colours at the far end, and leaves the camera there off', async () => {
    assert.equal(await command(alice, 'setMedia', {video: true}), undefined);
    assert.equal((await nextEvent(bob, 'sip-media-request')).media, 'video');
    await becomes(alice, media('sendrecv', 'sendonly'));
    await becomes(bob, media('sendrecv', 'recvonly'));
    await showsHalves(bob, ALICE);
    await receives(bob, 'sip-client', {frames: 5, energy: 0.01});
    await pair.hear();
    assert.deepEqual([await tracks(alice), await tracks(bob)], [2, 1]);
  });

  it('goes both ways where the other side adds its own, which nobody is asked for', async () => {
    assert.equal(await command(bob, 'setMedia', {video: true}), undefined);
    for (const page of pair.pages) await becomes(page, media('sendrecv', 'sendrecv'));
    await Promise.all([showsHalves(bob, ALICE), showsHalves(alice, BOB)]);
    for (const page of pair.pages) await receives(page, 'sip-client', {frames: 5, energy: 0.01});
  });

  it('goes away for both, whose cameras are off, and the sound goes on', async () => {
    assert.equal(await command(alice, 'setMedia', {video: false}), undefined);
    for (const page of pair.pages) {
      await becomes(page, media('sendrecv', 'inactive'));
      assert.equal(await tracks(page), 1);
    }
    await pair.hear();
  });

  it('comes and goes on one and the same line, whoever adds it', async () => {
    for (const [one, other, halves] of [
      [alice, bob, ALICE],
      [bob, alice, BOB],
    ] as const) {
      assert.equal(await command(one, 'setMedia', {video: true}), undefined);
      await nextEvent(other, 'sip-media-request');
      await showsHalves(other, halves);
      assert.equal(await command(one, 'setMedia', {video: false}), undefined);
      await becomes(other, media('sendrecv', 'inactive'));
      for (const page of pair.pages) assert.deepEqual(await mediaLineCounts(page), [2, 2]);
    }
  });

  it('is refused by the other page: all is as it was, and no camera is on', async () => {
    await bob.evaluate(() =>
      document
        .querySelector('sip-client')!
        .addEventListener('sip-media-request', (event) => event.preventDefault(), {once: true}),
    );
    assert.equal(await command(alice, 'setMedia', {video: true}), 'media-refused');
    await nextEvent(bob, 'sip-media-request');
    for (const page of pair.pages) {
      await becomes(page, media('sendrecv', 'inactive'));
      assert.equal(await tracks(page), 1);
    }
    await pair.hear();
    assert.equal(await command(alice, 'setMedia', {video: true}), undefined);
    await nextEvent(bob, 'sip-media-request');
    await showsHalves(bob, ALICE);
    assert.equal(await command(alice, 'setMedia', {video: false}), undefined);
    await becomes(bob, media('sendrecv', 'inactive'));
  });

  it('waits for a person, who answers with the own camera', async () => {
    await bob.evaluate(() =>
      document.querySelector('sip-client')!.addEventListener(
        'sip-media-request',
        (event) => {
          const answer = new Promise((resolve) => ((window as any).answer = resolve));
          (event as CustomEvent).detail.respondWith(answer);
        },
        {once: true},
      ),
    );
    const adding = command(alice, 'setMedia', {video: true});
    await nextEvent(bob, 'sip-media-request');
    await becomes(alice, media('sendrecv', 'inactive'));
    await bob.evaluate(() => (window as any).answer('camera'));
    assert.equal(await adding, undefined);
    await Promise.all([showsHalves(bob, ALICE), showsHalves(alice, BOB)]);
    assert.equal(await command(bob, 'setMedia', {video: false}), undefined);
    await becomes(alice, media('sendrecv', 'inactive'));
  });

  it('is answered by its user where the page does not: with the own picture, or by sound alone for both', async () => {
    const button = (name: string): string => `sip-call >>> [part=${name}]`;
    assert.equal(await command(alice, 'setMedia', {video: true}), undefined);
    await nextEvent(bob, 'sip-media-request');
    await press(bob, button('show'));
    for (const page of pair.pages) await becomes(page, media('sendrecv', 'sendrecv'));
    await Promise.all([showsHalves(bob, ALICE), showsHalves(alice, BOB)]);
    assert.equal(await command(bob, 'setMedia', {video: false}), undefined);
    await becomes(alice, media('sendrecv', 'inactive'));
    assert.equal(await command(alice, 'setMedia', {video: true}), undefined);
    await nextEvent(bob, 'sip-media-request');
    await press(bob, button('sound-only'));
    for (const page of pair.pages) {
      await becomes(page, media('sendrecv', 'inactive'));
      assert.equal(await tracks(page), 1);
    }
    await pair.hear();
  });

  it('goes both ways where both add theirs at the same moment, and none where both take them away', async () => {
    await Promise.all(pair.pages.map((page) => command(page, 'setMedia', {video: true})));
    for (const page of pair.pages) await becomes(page, media('sendrecv', 'sendrecv'));
    await Promise.all([showsHalves(bob, ALICE), showsHalves(alice, BOB)]);
    await Promise.all(pair.pages.map((page) => command(page, 'setMedia', {video: false})));
    for (const page of pair.pages) {
      await becomes(page, media('sendrecv', 'inactive'));
      assert.equal(await tracks(page), 1);
      assert.deepEqual(await mediaLineCounts(page), [2, 2]);
    }
    await pair.hear();
  });

  it('leaves no device and no connection behind, nor a complaint', async () => {
    await pair.hangup();
    assert.deepEqual(pair.site.complaints, []);
  });
});

// A headless Firefox has no screen, and shares no tab without a person who chooses it.
if (!IN_FIREFOX)
  describe('a screen in a call', () => {
    let pair: Pair;
    let alice: Page;
    let bob: Page;
    let shared: Page | undefined;
    before(async () => {
      pair = await Pair.open(SHARING, 'standard');
      ({alice, bob} = pair);
    });
    after(() => pair.site.close());

    /** Opens the tab that is shared, with a picture and a tone of its own. */
    async function openShared(): Promise<Page> {
      const page = (shared = await pair.site.open('/fswebrtc'));
      await page.evaluate(
        (tone, [left, right]) => {
          document.title = 'Shared thing';
          document.body.innerHTML = '<canvas width="640" height="400"></canvas>';
          const canvas = document.querySelector('canvas')!;
          Object.assign(document.body.style, {margin: '0', overflow: 'hidden'});
          Object.assign(canvas.style, {width: '100vw', height: '100vh', display: 'block'});
          const context = canvas.getContext('2d')!;
          let place = 0;
          setInterval(() => {
            context.fillStyle = `rgb(${left.join()})`;
            context.fillRect(0, 0, 320, 400);
            context.fillStyle = `rgb(${right.join()})`;
            context.fillRect(320, 0, 320, 400);
            context.fillStyle = 'white';
            context.fillRect((place = (place + 40) % 640), 320, 80, 60);
          }, 60);
          const sound = new AudioContext();
          const oscillator = new OscillatorNode(sound, {frequency: tone});
          oscillator.connect(new GainNode(sound, {gain: 0.3})).connect(sound.destination);
          oscillator.start();
        },
        TONES.screen,
        SCREEN,
      );
      return page;
    }

    it('takes the place of nothing in an audio call, with the sound of the tab', async () => {
      await openShared();
      await pair.talk('audio');
      assert.equal(await command(alice, 'shareScreen'), undefined);
      await nextEvent(bob, 'sip-media-request');
      await becomes(alice, {sharing: true, ...media('sendrecv', 'sendonly')});
      await showsHalves(bob, SCREEN);
      await receives(bob, 'sip-client', {frames: 5, energy: 0.01});
      await hearsTones(bob, [TONES.alice, TONES.screen]);
      // Music is not to be taken for noise or an echo.
      const settings = await alice.evaluate(() =>
        [...((window as any).opened.tracks as Set<MediaStreamTrack>)]
          .filter(({label}) => label === 'Tab audio')
          .map((track) => track.getSettings()),
      );
      assert.deepEqual(
        settings.map(({noiseSuppression, echoCancellation, autoGainControl}) => [
          noiseSuppression,
          echoCancellation,
          autoGainControl,
        ]),
        [[false, false, false]],
      );
    });

    it('lets the tab be heard while the microphone is mute', async () => {
      await command(alice, 'mute');
      await hearsTones(bob, [TONES.screen], [TONES.alice]);
      await command(alice, 'unmute');
      await hearsTones(bob, [TONES.alice, TONES.screen]);
    });

    it('is an audio call again when the shared tab is closed', async () => {
      await shared!.close();
      await becomes(alice, {sharing: false, ...media('sendrecv', 'inactive')});
      await becomes(bob, media('sendrecv', 'inactive'));
      assert.equal(await tracks(alice), 1);
      await hearsTones(bob, [TONES.alice], [TONES.screen]);
      await pair.hangup();
    });

    it('takes the place of the camera, which is off meanwhile, and gives it back; an offer each says what it is', async () => {
      await openShared();
      await pair.talk('video');
      await Promise.all([showsHalves(bob, ALICE), showsHalves(alice, BOB)]);
      await takeSent(alice);
      assert.equal(await command(alice, 'shareScreen'), undefined);
      await showsHalves(bob, SCREEN);
      await becomes(bob, {remoteSharing: true});
      // Nothing of the page that is shared is covered there.
      await shown(bob, 'sip-call >>> .beside > .remote.playing');
      // Microphone, the tab's picture and its sound.
      assert.equal(await tracks(alice), 3);
      assert.equal(await command(alice, 'stopScreen'), undefined);
      await becomes(alice, {sharing: false, cameraOff: false});
      await showsHalves(bob, ALICE);
      await becomes(bob, {remoteSharing: false});
      assert.equal(await tracks(alice), 2);
      const sent = (await takeSent(alice)).filter((line) => /^(INVITE|UPDATE)/.test(line));
      assert.equal(sent.length, 2);
    });

    it('gives back camera and microphone as they were: off and mute', async () => {
      await command(alice, 'setCameraEnabled', false);
      await command(alice, 'mute');
      await showsHalves(bob, BLACK);
      assert.equal(await command(alice, 'shareScreen'), undefined);
      await showsHalves(bob, SCREEN);
      await shared!.close();
      await becomes(alice, {sharing: false, cameraOff: true, muted: true});
      await showsHalves(bob, BLACK);
      await hearsTones(bob, [], [TONES.alice, TONES.screen]);
      assert.equal(await tracks(alice), 1);
      await command(alice, 'unmute');
      await command(alice, 'setCameraEnabled', true);
      await Promise.all([showsHalves(bob, ALICE), hearsTones(bob, [TONES.alice])]);
      await pair.hangup();
    });

    it('is refused by the other page, and is shared no more', async () => {
      await openShared();
      await pair.talk('audio');
      await bob.evaluate(() =>
        document
          .querySelector('sip-client')!
          .addEventListener('sip-media-request', (event) => event.preventDefault(), {once: true}),
      );
      assert.equal(await command(alice, 'shareScreen'), 'media-refused');
      await nextEvent(bob, 'sip-media-request');
      for (const page of pair.pages) await becomes(page, media('sendrecv', 'inactive'));
      assert.equal(await tracks(alice), 1);
      await hearsTones(bob, [TONES.alice], [TONES.screen]);
      await pair.hangup();
    });

    it('is the picture from the start, and goes away with the call', async () => {
      await alice.evaluate(async () => {
        (window as any).call = await (document.querySelector('sip-client') as any).call('1002', {
          screen: true,
        });
      });
      const {media} = await nextEvent(bob, 'sip-call-received');
      assert.equal(media, 'video');
      await bob.evaluate(() => (window as any).call.answer());
      for (const page of pair.pages) await nextEvent(page, 'sip-call-answered');
      await becomes(alice, {sharing: true});
      await Promise.all([showsHalves(bob, SCREEN), showsHalves(alice, BOB)]);
      await hearsTones(bob, [TONES.alice, TONES.screen]);
      await pair.hangup();
    });

    it('that nobody chooses ends the call before anything is sent or rings', async () => {
      await takeSent(alice);
      const code = await alice.evaluate(async () => {
        const {mediaDevices} = navigator;
        mediaDevices.getDisplayMedia = async () => {
          throw new DOMException('Permission denied', 'NotAllowedError');
        };
        const called = (document.querySelector('sip-client') as any).call('1002', {screen: true});
        return called.then(String, (error: any) => error.code);
      });
      assert.equal(code, 'screen-cancelled');
      assert.deepEqual(
        (await takeSent(alice)).filter((line) => !line.startsWith('REGISTER')),
        [],
      );
      assert.equal(pair.site.server.stats()['sessions'], 0);
      assert.deepEqual(await bob.evaluate(() => (window as any).events.length), 0);
      assert.equal(await tracks(alice), 0);
    });

    it('leaves the pages without complaint', () => {
      assert.deepEqual(pair.site.complaints, []);
    });
  });
