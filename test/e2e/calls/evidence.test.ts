import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {bringDecoder, DownloadFolder} from '../../support/page/download-folder.js';
import {fallsSilent, receives, standsStill} from '../../support/page/measure.js';
import {ALICE, becomes, BOB, command, Pair, TONES} from '../../support/page/pair.js';
import {nextEvent} from '../../support/page/phone-page.js';
import {BLACK, showsHalves} from '../../support/page/signals.js';

/** A file, decoded by a page. */
interface Seen {
  readonly type: string;
  readonly size: number;
  readonly duration: number;
  readonly sound: number;
  readonly seekable: readonly (readonly [number, number])[];
  /** The place that seeking led to. */
  readonly at: number;
  readonly colours: readonly (readonly number[])[];
  readonly levels: Readonly<Record<string, number>>;
}

/** The duration of a recording in seconds, and how far the browser's audio clock was behind at the end. */
interface Took {
  readonly least: number;
  readonly most: number;
  readonly lost: number;
}

const near = (colour: readonly number[], wanted: readonly number[], most: number): boolean =>
  wanted.every((part, index) => Math.abs(part - colour[index]!) <= most);

const colourful = (
  colours: readonly (readonly number[])[],
  wanted: readonly (readonly number[])[],
): boolean => wanted.every((colour, index) => near(colours[index]!, colour, 45));

/** Waits until no packet has come to a page for two seconds; its call has no track of the other side then. */
async function getsNothing(page: Page): Promise<void> {
  const tracks = await page.evaluate(async () => {
    const received = async (): Promise<number> => {
      let packets = 0;
      for (const peer of (window as any).opened.peers as Set<RTCPeerConnection>)
        (await peer.getStats()).forEach((report: {type: string; packetsReceived?: number}) => {
          if (report.type === 'inbound-rtp') packets += report.packetsReceived ?? 0;
        });
      return packets;
    };
    let before = await received();
    let since = performance.now();
    while (performance.now() - since < 2000) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const now = await received();
      if (now > before) since = performance.now();
      before = now;
    }
    return (window as any).call.remoteStream.getTracks().length as number;
  });
  assert.equal(tracks, 0);
}

describe('a call, measured at the far end', () => {
  let pair: Pair;
  let alice: Page;
  let bob: Page;
  let downloads: DownloadFolder;

  before(async () => {
    pair = await Pair.open();
    ({alice, bob} = pair);
    downloads = await DownloadFolder.open(pair.site.browser);
    await bringDecoder(bob);
    await pair.talk('video');
    await Promise.all([showsHalves(bob, ALICE), showsHalves(alice, BOB)]);
  });
  after(async () => {
    await pair.site.close();
    await downloads.close();
  });

  /** Decodes a file of the disk in Bob's page, and looks at its middle. */
  async function decode(file: Buffer, type: string): Promise<Seen> {
    return bob.evaluate(
      async (text, type, tones) => {
        const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        const blob = new Blob([bytes], {type});
        const decoded = await (globalThis as any).recordings.decoded(blob);
        const {duration, sound, seekable} = decoded;
        const middle = duration / 2;
        // The first seek may end before a picture can be drawn.
        await decoded.color(0);
        const colours = [await decoded.color(middle, 0.1, 0.3), await decoded.color(middle + 0.2, 0.9, 0.3)];
        const levels = Object.fromEntries(
          Object.entries(tones).map(([name, tone]) => [name, decoded.level(tone, 0.5, sound - 0.5)]),
        );
        const at = document.createElement('video');
        at.src = URL.createObjectURL(blob);
        await new Promise((resolve) => at.addEventListener('loadedmetadata', resolve, {once: true}));
        at.currentTime = middle;
        await new Promise((resolve) => at.addEventListener('seeked', resolve, {once: true}));
        decoded.close();
        return {type, size: blob.size, duration, sound, seekable, at: at.currentTime, colours, levels};
      },
      file.toString('base64'),
      type,
      {...TONES, nothing: 3000},
    );
  }

  /**
   * Asserts that a recording of Bob's has both voices and Alice's picture, is to be seeked in, and is as long as it took:
   * from when it had begun, or was asked to at most; its sound without what a busy browser lost.
   */
  function holds(seen: Seen, {least, most, lost}: Took): void {
    for (const [length, shortest] of [
      [seen.duration, least],
      [seen.sound, Math.min(least, least - lost)],
    ] as const)
      assert.ok(
        length > shortest - 0.3 && length < most + 0.3,
        `${length} s, and it took ${shortest} to ${most} s`,
      );
    const {alice, bob, nothing} = seen.levels;
    assert.ok(alice! > 0.1 && bob! > 0.1, `voices: ${alice}, ${bob}`);
    assert.ok(nothing! < 0.01, `a frequency that nobody sent: ${nothing}`);
    assert.ok(colourful(seen.colours, ALICE), `colours: ${seen.colours.join(' ')}`);
    const [[from, to] = []] = seen.seekable;
    assert.equal(from, 0);
    assert.ok(Math.abs(to! - seen.duration) < 0.01);
    assert.ok(Math.abs(seen.at - seen.duration / 2) < 0.05, `${seen.at} s`);
  }

  it('is a photo of the other side: its pixels at its full size, in the returned file and on the disk', async () => {
    await receives(bob, 'sip-client', {frames: 10, energy: 0.01});
    // The first pictures of a call are smaller.
    await bob.waitForFunction(() => {
      const [track] = (window as any).call.remoteStream.getVideoTracks();
      return track.getSettings().width === 320;
    });
    const photo = await bob.evaluate(async () => {
      const blob: Blob = await (window as any).call.takePhoto({name: 'far end'});
      const picture = await createImageBitmap(blob);
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(picture, 0, 0);
      const {data} = context.getImageData(0, 0, picture.width, picture.height);
      // Far from the edge between the colours, and above the bar that moves.
      const pixels = (from: number, to: number): number[][] => {
        const found: number[][] = [];
        for (let x = from; x < to; x += 1)
          for (let y = 8; y < picture.height * 0.7; y += 1)
            found.push([...data.subarray((y * picture.width + x) * 4, (y * picture.width + x) * 4 + 3)]);
        return found;
      };
      const worst = (found: number[][], wanted: number[]): number =>
        Math.max(
          ...found.map((pixel) => Math.max(...pixel.map((part, index) => Math.abs(part - wanted[index]!)))),
        );
      return {
        type: blob.type,
        size: blob.size,
        width: picture.width,
        height: picture.height,
        left: worst(pixels(8, picture.width / 2 - 24), [200, 40, 40]),
        right: worst(pixels(picture.width / 2 + 24, picture.width - 8), [40, 40, 200]),
      };
    });
    assert.deepEqual([photo.type, photo.width, photo.height], ['image/png', 320, 240]);
    assert.ok(photo.left < 40 && photo.right < 40, `off by ${photo.left} and ${photo.right} of 255`);
    const file = await downloads.file('far end.png');
    assert.equal(file.length, photo.size);
    assert.deepEqual([...file.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  });

  const kinds: [what: string, type: string][] = [['a WebM', 'video/webm']];
  // Firefox has no encoder for it.
  if (!IN_FIREFOX) kinds.unshift(['an MP4', 'video/mp4']);
  for (const [what, type] of kinds) {
    it(`is a recording with both voices and the other picture: ${what}`, async () => {
      await bob.evaluate((type) => {
        const scope = window as any;
        // A browser that supports no other type.
        scope.supported ??= MediaRecorder.isTypeSupported;
        MediaRecorder.isTypeSupported = (wanted) =>
          wanted.startsWith(type) && scope.supported.call(MediaRecorder, wanted);
      }, type);
      const {took, returned} = await bob.evaluate(async () => {
        const {call} = window as any;
        const clock = new AudioContext();
        await clock.resume();
        for (;;) {
          const asked = performance.now();
          await call.startRecording();
          const [began, sounded] = [performance.now(), clock.currentTime];
          await new Promise((resolve) => setTimeout(resolve, 4000));
          const ended = performance.now();
          const lost = (ended - began) / 1000 - (clock.currentTime - sounded);
          const blob: Blob = await call.stopRecording();
          const took = {least: (ended - began) / 1000, most: (ended - asked) / 1000, lost};
          // On a computer so busy that timers are late, durations prove nothing.
          if (took.least > 4.15) continue;
          await clock.close();
          const reader = new FileReader();
          reader.readAsDataURL(blob);
          await new Promise((resolve) => (reader.onload = resolve));
          return {took, returned: (reader.result as string).split(',')[1]!};
        }
      });
      holds(await decode(Buffer.from(returned, 'base64'), type), took);
      await becomes(bob, {recording: false});
    });
  }

  it('is silent and dark both ways on hold, measured at both ends', async () => {
    assert.equal(await command(alice, 'hold'), undefined);
    await becomes(bob, {remoteHeld: true});
    await Promise.all([
      fallsSilent(bob, 'sip-client'),
      standsStill(bob, 'sip-client'),
      // Who holds has nothing to play, and nothing comes.
      getsNothing(alice),
    ]);
    assert.equal(await command(bob, 'takePhoto'), 'no-picture');
    assert.equal(await command(alice, 'unhold'), undefined);
    await Promise.all([showsHalves(bob, ALICE), showsHalves(alice, BOB), pair.hear()]);
  });

  it('is black at the far end while the camera is off, and the picture again afterwards', async () => {
    await command(alice, 'setCameraEnabled', false);
    await showsHalves(bob, BLACK);
    await command(alice, 'setCameraEnabled', true);
    await showsHalves(bob, ALICE);
  });

  it('is a whole recording where the other side hangs up meanwhile', async () => {
    await bob.evaluate(async () => {
      const {call} = window as any;
      const clock = new AudioContext();
      await clock.resume();
      const asked = performance.now();
      await call.startRecording({name: 'until the end'});
      const [began, sounded] = [performance.now(), clock.currentTime];
      (window as any).took = new Promise((resolve) =>
        call.addEventListener('statechange', () => {
          const ended = performance.now();
          if (call.state.phase !== 'released') return;
          const least = (ended - began) / 1000;
          resolve({least, most: (ended - asked) / 1000, lost: least - (clock.currentTime - sounded)});
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, 3000));
    });
    await alice.evaluate(() => (window as any).call.hangup());
    const took = await bob.evaluate(() => (window as any).took as Promise<Took>);
    for (const page of pair.pages) await nextEvent(page, 'sip-call-hangup');
    const file = await downloads.file('until the end.webm');
    holds(await decode(file, 'video/webm'), took);
  });

  it('is nothing that the pages complain of', () => {
    assert.deepEqual(pair.site.complaints, []);
  });
});
