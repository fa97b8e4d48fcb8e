import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {bring, bringDecoder} from '../support/page/download-folder.js';
import {collectGarbage, instances} from '../support/page/heap.js';
import {KeptBrowser} from '../support/page/kept-browser.js';
import {decodeRecording, listRecordings, type DecodeOptions} from '../support/page/kept-recordings.js';
import {ALICE, BOB, TONES} from '../support/page/pair.js';
import {goOnline, nextEvent, phonePage, placeCall} from '../support/page/phone-page.js';
import {weighProcesses} from '../support/page/process-weight.js';
import {hearsTones, sendsSignals, showsHalves} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';
import {size} from '../support/size.js';

const MEGABYTE = 1024 * 1024;

/** An hour has 3,600: each is a second. */
const PARTS = size(900, 3_600);
/** How long each is here, in milliseconds. */
const PART = 50;
/** After how many it is weighed for the first time: all that is loaded and kept once is there by then. */
const WARM = 300;
/** How much the heap may grow from then on, in bytes. */
const GROWTH = size(MEGABYTE / 2, 1.5 * MEGABYTE);

/** How many parts may be on their way to the disk at a moment, with a margin for a busy machine. */
const UNDER_WAY = 20;

/**
 * The recording that is cut off: its seconds, its size (an hour of 640 × 480), and what memory one file of it may take.
 * A smaller one shows less: what the browser keeps until its next collection is 150 to 280 MB of any size.
 */
const [SECONDS, BYTES, MOST] = [size(300, 3_600), 480 * MEGABYTE, 360 * MEGABYTE];
/** How much of its sound a busy machine may leave out. */
const GAPS = 0.05;

/** Of what a part is made on its way to the disk, and back. */
const KINDS = {
  Blob: 'Blob.prototype',
  FileSystemHandle: 'FileSystemHandle.prototype',
  WritableStream: 'WritableStream.prototype',
  ArrayBuffer: 'ArrayBuffer.prototype',
};

/** What a page that records weighs, garbage apart. */
interface Weight {
  readonly parts: number;
  readonly onDisk: number;
  readonly held: Readonly<Record<string, number>>;
  readonly heap: number;
  /** Of its whole browser. */
  readonly memory: number;
  readonly files: number;
}

/** Makes the browser of a page hand out what it records in parts so short; the page's `handedOut` counts them. */
const hurries = (page: Page): Promise<void> =>
  page.evaluate((part) => {
    const scope = window as any;
    scope.handedOut = 0;
    scope.MediaRecorder = new Proxy(MediaRecorder, {
      construct(target, [stream, settings]) {
        // An MP4 is handed out from one key frame to the next.
        const recorder = new target(stream, {...settings, videoKeyFrameIntervalDuration: part});
        const {start} = recorder;
        recorder.start = () => start.call(recorder, part);
        recorder.addEventListener('dataavailable', ({data}) => {
          if (data.size) scope.handedOut++;
        });
        return recorder;
      },
    });
  }, PART);

/** How many parts of the only recording are on the disk. */
const partsOnDisk = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const all = await root.getDirectoryHandle('sip-elements-recordings');
    let count = 0;
    for await (const folder of all.values())
      for await (const _ of (await (folder as any).getDirectoryHandle('parts')).keys()) count += 1;
    return count;
  });

/** Left and right of its picture, and what is heard, in its last seconds. */
const END: DecodeOptions = {places: [[0.1], [0.9]], beforeEnd: 1, lastSound: 4};

describe('a long recording', () => {
  let site: Site;
  let kept: KeptBrowser;
  let alice: Page;
  let bob: Page;
  let far: Page;
  /** How long the recording was, in seconds. */
  let recorded: number;

  before(async () => {
    site = await openSite();
    // What it weighs is of one page alone.
    kept = await KeptBrowser.open(site);
    alice = await phonePage(site, {user: '1001', inside: '<sip-call></sip-call>'});
    bob = await phonePage(kept.site, {user: '1002', inside: '<sip-call></sip-call>'});
    await sendsSignals(alice, {tone: TONES.alice, halves: ALICE, width: 320, height: 240});
    await sendsSignals(bob, {tone: TONES.bob, halves: BOB, width: 320, height: 240});
    for (const page of [alice, bob]) await goOnline(page);
    await hurries(bob);
    await placeCall(alice, '1002', 'video');
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer({media: 'video'}));
    for (const page of [alice, bob]) await nextEvent(page, 'sip-call-answered');
    await Promise.all([
      hearsTones(bob, [TONES.alice]),
      hearsTones(alice, [TONES.bob]),
      showsHalves(bob, ALICE),
    ]);
  });
  after(async () => {
    await kept.close();
    await site.close();
  });

  /** Weighs the page once it was handed so many parts. */
  const weighAt = async (parts: number): Promise<Weight> => {
    let handedOut = 0;
    while (handedOut < parts) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      handedOut = await bob.evaluate(() => (window as any).handedOut);
    }
    const onDisk = await partsOnDisk(bob);
    await collectGarbage(bob);
    const held = await instances(bob, KINDS);
    await collectGarbage(bob);
    const {JSHeapUsedSize = 0} = await bob.metrics();
    return {parts: handedOut, onDisk, held, heap: JSHeapUsedSize, ...weighProcesses(kept.pid)};
  };

  it(`has all ${PARTS} parts on the disk at once, and holds no more at its end than in the beginning`, async (test) => {
    await bob.evaluate(() => (window as any).call.startRecording());
    const weights: Weight[] = [];
    for (const parts of [WARM, PARTS / 2, PARTS]) {
      const weight = await weighAt(parts);
      weights.push(weight);
      test.diagnostic(JSON.stringify(weight));
    }
    recorded = await bob.evaluate(async () => {
      const {call} = window as any;
      const length = (Date.now() - call.state.recordingSince) / 1000;
      await call.stopRecording();
      return length;
    });
    const first = weights[0]!;
    for (const {parts, onDisk, held, heap, memory, files} of weights) {
      assert.ok(parts - onDisk < UNDER_WAY, `${onDisk} of ${parts} parts are on the disk`);
      for (const [kind, count] of Object.entries(held))
        assert.ok(count < UNDER_WAY, `${count} of ${kind} are held after ${parts} parts`);
      assert.ok(heap - first.heap < GROWTH, `${heap - first.heap} bytes more of the heap`);
      assert.ok(memory - first.memory < 96 * MEGABYTE, `${memory - first.memory} bytes more of memory`);
      assert.ok(files - first.files < 100, `${files - first.files} more open files`);
    }
  });

  it('is fetched by another page and decoded to its end, with both voices and the picture', async (test) => {
    far = await phonePage(kept.site, {user: '1002'});
    const [entry, ...more] = await listRecordings(far);
    assert.deepEqual([entry.state, entry.remote.number, more], ['finished', '1001', []]);
    await bringDecoder(far);
    const seen = await decodeRecording(far, entry.id, END);
    test.diagnostic(`${recorded} s were recorded: ${JSON.stringify(seen)}`);
    const {duration, sound, levels, colours} = seen;
    assert.ok(Math.abs(duration - recorded) < 2, `${duration} s of ${recorded} s`);
    assert.ok(Math.abs(sound - recorded) < 2 + recorded * GAPS, `sound: ${sound} s of ${recorded} s`);
    const {alice, bob: own, nothing} = levels;
    assert.ok(alice! > 0.1 && own! > 0.1, `voices: ${alice}, ${own}`);
    assert.ok(nothing! < 0.01, `a frequency that nobody sent: ${nothing}`);
    for (const [index, wanted] of ALICE.entries())
      assert.ok(
        wanted.every((part, place) => Math.abs(part - colours[index]![place]!) <= 50),
        `colours: ${colours.join(' ')}`,
      );
  });

  it('is made one file where it was cut off, without being in memory', async (test) => {
    await bring(far, 'long', 'long-recording');
    const size = await far.evaluate(
      async (seconds, bytes) => {
        const {client} = document.querySelector('sip-client') as any;
        const [entry] = await client.recordings.list();
        const about = {...entry, account: `1002@${location.hostname}`, time: entry.time - 1};
        const short: File = await client.recordings.get(entry.id);
        return (globalThis as any).long.leaveLong(short, {id: 'long', seconds, bytes, about}) as number;
      },
      SECONDS,
      BYTES,
    );
    assert.ok(size > BYTES * 0.9, `${size} bytes`);
    await collectGarbage(far);
    const before = weighProcesses(kept.pid).memory;
    let most = before;
    const timer = setInterval(() => (most = Math.max(most, weighProcesses(kept.pid).memory)), 200);
    const began = Date.now();
    const made = await far
      .evaluate(async () => {
        const {client} = document.querySelector('sip-client') as any;
        const file: File = await client.recordings.get('long');
        const video = document.createElement('video');
        const loaded = new Promise((resolve, reject) => {
          video.onloadedmetadata = resolve;
          video.onerror = () => reject(new Error(video.error?.message));
        });
        video.src = URL.createObjectURL(file);
        await loaded;
        return {size: file.size, type: file.type, duration: video.duration};
      })
      .finally(() => clearInterval(timer));
    const more = most - before;
    test.diagnostic(
      `${size} bytes, ${Date.now() - began} ms, ${more} bytes of memory: ${JSON.stringify(made)}`,
    );
    assert.ok(Math.abs(made.duration - SECONDS) < 5, `${made.duration} s`);
    assert.ok(made.size > size * 0.95, `${made.size} of ${size} bytes`);
    assert.ok(more < MOST, `${more} bytes of memory for ${size}`);
  });
});
