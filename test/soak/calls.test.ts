import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {isDeepStrictEqual} from 'node:util';
import type {Page} from 'puppeteer-core';
import {hurriesTimers} from '../support/interop/hurried-timers.js';
import {collectGarbage, instances} from '../support/page/heap.js';
import {nextEvent, onlinePage, placeCall} from '../support/page/phone-page.js';
import {openSite} from '../support/page/site.js';
import {open, timeouts, type Open} from '../support/page/witness.js';
import {size} from '../support/size.js';

/** Each deed by each side, after which everything that is loaded once has been loaded. */
const WARM = 30;
/** Ends with the same deed as the first ones: what is on the stage at the end is the same. */
const CALLS = size(90, 510);
/** How long a page's SIP transactions linger on instead of 64 × T1 (RFC 3261 §17), in milliseconds. */
const LINGER = {32_000: size(5_000, 32_000)};

/** The elements of a phone, which show every call, and a page's own. */
const PHONE = `<sip-dialer></sip-dialer><sip-incoming></sip-incoming><sip-calls></sip-calls><sip-call></sip-call>
<sip-transfer-button></sip-transfer-button><video id="near" muted></video><video id="far"></video><audio id="ear"></audio>`;

/** What somebody does in a call; runs in the page, whose call is `call`. */
interface Deed {
  readonly media?: 'audio' | 'video';
  readonly begin: () => Promise<unknown>;
  /** Takes it back; every other time the call ends amid it. */
  readonly end?: () => Promise<unknown>;
}

/** Runs in the page. */
declare const call: any;

const DEEDS: Readonly<Record<string, Deed>> = {
  mute: {begin: () => call.mute(), end: () => call.unmute()},
  hold: {begin: () => call.hold(), end: () => call.unhold()},
  tones: {begin: () => call.sendDtmf('1#')},
  tonesUnderWay: {begin: async () => void call.sendDtmf('123456').catch(() => {})},
  camera: {media: 'video', begin: () => call.setCameraEnabled(false), end: () => call.setCameraEnabled(true)},
  photo: {
    media: 'video',
    begin: async () => {
      for (;;) {
        const photo: Blob | undefined = await call.takePhoto().catch((error: any) => {
          if (error.code !== 'no-picture') throw error;
        });
        if (photo) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  },
  recording: {
    begin: () => call.startRecording(),
    end: async () => {
      if (!(await call.stopRecording()).size) throw new Error('an empty recording');
    },
  },
  filming: {media: 'video', begin: () => call.startRecording(), end: () => call.stopRecording()},
  screen: {begin: () => call.shareScreen(), end: () => call.stopScreen()},
  picture: {begin: () => call.setMedia({video: true}), end: () => call.setMedia({video: false})},
  sound: {
    media: 'video',
    begin: () => call.setMedia({audio: false}),
    end: () => call.setMedia({audio: true}),
  },
  elements: {
    media: 'video',
    begin: async () => {
      const [localVideo, remoteVideo, remoteAudio] = ['near', 'far', 'ear'].map((id) =>
        document.getElementById(id),
      );
      call.attach({localVideo, remoteVideo, remoteAudio});
    },
    end: async () => call.detach(),
  },
  transfer: {
    begin: async () => document.querySelector('sip-transfer-button')!.show(),
    end: async () => document.querySelector('sip-transfer-button')!.close(),
  },
};
const NAMES = ['refused', 'cancelled', ...Object.keys(DEEDS)];

/** What the browser itself counts in a page, garbage apart. */
interface Weight {
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** The history is kept on purpose: it is emptied first. */
async function weigh(page: Page): Promise<Weight> {
  await page.evaluate(() => void (document.querySelector('sip-client') as any).client.history.clear());
  await collectGarbage(page);
  const {JSHeapUsedSize, Nodes, JSEventListeners} = await page.metrics();
  return {heap: JSHeapUsedSize!, nodes: Nodes!, listeners: JSEventListeners!};
}

/** How many of the things that calls are made of a page still holds, garbage apart. */
async function held(page: Page): Promise<Record<string, number>> {
  await collectGarbage(page);
  return instances(page, {
    // The one that ended last stays on the stage.
    SipCall: `Object.getPrototypeOf(document.querySelector('sip-call').call)`,
    RTCPeerConnection: 'RTCPeerConnection.prototype',
    RTCRtpTransceiver: 'RTCRtpTransceiver.prototype',
    MediaRecorder: 'MediaRecorder.prototype',
    'live tracks': 'MediaStreamTrack.prototype',
  });
}

/** Longer than the transactions of a call linger on. */
const PATIENCE = size(30_000, 60_000);

/** Waits until it gives what is wanted; fails with what it gives instead. */
async function settles<T>(what: string, ask: () => Promise<T>, wanted: T): Promise<void> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const now = await ask();
    if (isDeepStrictEqual(now, wanted)) return;
    if (Date.now() > end) assert.deepEqual(now, wanted, what);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('two pages that call each other again and again', () => {
  it(`leave nothing behind after ${CALLS} calls in which people did everything`, async (test) => {
    const site = await openSite();
    try {
      const [alice, bob] = [
        await onlinePage(site, {user: '1001', inside: PHONE}),
        await onlinePage(site, {user: '1002', inside: PHONE}),
      ];
      const pages = [alice, bob];
      await Promise.all(pages.map((page) => hurriesTimers(page, LINGER)));
      const idle = await Promise.all(pages.map(open));
      const idleTimeouts = await Promise.all(pages.map(timeouts));
      const idleServer = site.server.stats();
      const talk = async (name: string, round: number): Promise<void> => {
        const [one, other] = round % 2 ? [alice, bob] : [bob, alice];
        const deed = DEEDS[name];
        const media = deed?.media ?? 'audio';
        await placeCall(alice, '1002', media);
        await nextEvent(bob, 'sip-call-received');
        if (deed) {
          await bob.evaluate((media) => call.answer({media}), media);
          await Promise.all(pages.map((page) => nextEvent(page, 'sip-call-answered')));
          await one.evaluate(deed.begin);
          if (round % 4 < 2) await one.evaluate(deed.end ?? (() => {}));
          await (round % 3 ? one : other).evaluate(() => call.hangup());
        } else if (name === 'refused') {
          await bob.evaluate(() => call.decline());
        } else {
          await alice.evaluate(() => call.hangup());
        }
        await Promise.all(pages.map((page) => nextEvent(page, 'sip-call-hangup')));
      };
      const next = async (index: number): Promise<void> => {
        const name = NAMES[index % NAMES.length]!;
        await talk(name, Math.floor(index / NAMES.length));
        const inUse = async (): Promise<number[][]> =>
          (await Promise.all(pages.map(open))).map(({tracks, peerConnections}) => [tracks, peerConnections]);
        // A connection that was about to connect closes a moment later; a device is off at once.
        const none = [
          [0, 0],
          [0, 0],
        ];
        for (const [tracks] of await inUse()) assert.equal(tracks, 0);
        await settles(`tracks and connections after call ${index} (${name})`, inUse, none);
        for (const page of pages) {
          // The page's own events would keep their calls.
          await page.evaluate(() => {
            const {events} = window as any;
            const errors = events.filter(({type}: Event) => type === 'sip-error');
            if (errors.length) throw errors[0].detail.error;
            events.length = 0;
            (window as any).call = undefined;
          });
        }
      };
      /** What is open in both, with at most as many ways for tones, which stay: to the ringer and to the speaker. */
      const opened = async (ways: readonly number[]): Promise<Open[]> =>
        (await Promise.all(pages.map(open))).map((now, index) => ({
          ...now,
          audioContexts: Math.max(0, now.audioContexts - ways[index]!),
        }));
      /** SIP transactions linger on by themselves (RFC 3261 §17.1.1.2), and what they are about with them. */
      const calm = async (): Promise<void> => {
        const added = async (): Promise<number[]> =>
          (await Promise.all(pages.map(timeouts))).map((now, index) =>
            Math.max(0, now - idleTimeouts[index]!),
          );
        await settles('timeouts beyond those of an idle page', added, [0, 0]);
      };
      // What is loaded and kept once belongs to the page, not to a call.
      for (let index = 0; index < WARM; index += 1) await next(index);
      await settles('what is open after the first calls', () => opened([2, 2]), idle);
      await calm();
      const ways = (await Promise.all(pages.map(open))).map(({audioContexts}) => audioContexts);
      const before = await Promise.all(pages.map(weigh));
      for (let index = WARM; index < CALLS; index += 1) await next(index);
      // A recording is completed after its call's end.
      await settles('what is open after the last call', () => opened(ways), idle);
      const {transactions: _, ...leftAtServer} = site.server.stats();
      assert.deepEqual({...idleServer, ...leftAtServer}, idleServer);
      await calm();
      for (const page of pages) {
        const counts = await held(page);
        test.diagnostic(JSON.stringify(counts));
        // The newest call stays on the stage.
        assert.deepEqual(counts, {
          SipCall: 1,
          RTCPeerConnection: 0,
          RTCRtpTransceiver: 0,
          MediaRecorder: 0,
          'live tracks': 0,
        });
      }
      const after = await Promise.all(pages.map(weigh));
      for (const [index, {heap, nodes, listeners}] of after.entries()) {
        const first = before[index]!;
        test.diagnostic(
          `page ${index + 1}: heap ${first.heap} → ${heap} bytes, nodes ${first.nodes} → ${nodes}, listeners ${first.listeners} → ${listeners}`,
        );
        // A notice may be drawn for the first time late, and its template stays.
        assert.ok(nodes - first.nodes < 50, `${nodes - first.nodes} nodes stay`);
        assert.ok(listeners - first.listeners < 10, `${listeners - first.listeners} listeners stay`);
      }
      assert.deepEqual(site.complaints, []);

      await Promise.all(pages.map((page) => page.close()));
      const busy = async (): Promise<[string, number][]> =>
        Object.entries(site.server.stats()).filter(([, count]) => count > 0);
      await settles('what the server holds of pages that are gone', busy, []);
    } finally {
      await site.close();
    }
  });
});
