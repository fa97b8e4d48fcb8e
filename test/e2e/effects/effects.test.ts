import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../../support/in-page/facts.js';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {press, shown} from '../../support/page/parts.js';
import {goOnline, nextEvent, phonePage, placeCall} from '../../support/page/phone-page.js';
import {processorTime} from '../../support/page/process-weight.js';
import {openSite, type Site} from '../../support/page/site.js';

/** Gives a page a microphone that hears noise, and a camera that sees a room of small squares. */
const noisyRoom = async (page: Page): Promise<void> => {
  await page.evaluateOnNewDocument(() => {
    navigator.mediaDevices.getUserMedia = async ({audio, video} = {}) => {
      const stream = new MediaStream();
      if (audio) {
        // At the rate of the system, as a microphone's.
        const context = new AudioContext();
        const buffer = context.createBuffer(1, 96_000, 48_000);
        // The rumble of a fan: how soon the network takes white noise for noise depends on its samples.
        let rumble = 0;
        buffer.getChannelData(0).forEach((_, at, samples) => {
          rumble = (rumble + 0.02 * (Math.random() * 2 - 1)) / 1.02;
          samples[at] = rumble * 1.5;
        });
        const noise = new AudioBufferSourceNode(context, {buffer, loop: true});
        const target = context.createMediaStreamDestination();
        noise.connect(target);
        noise.start();
        stream.addTrack(target.stream.getAudioTracks()[0]!);
      }
      if (video) {
        const [width, height] = [320, 180];
        const canvas = Object.assign(document.createElement('canvas'), {width, height});
        const context = canvas.getContext('2d')!;
        let turn = 0;
        const draw = (): void => {
          turn += 1;
          context.fillStyle = '#fff';
          context.fillRect(0, 0, width, height);
          context.fillStyle = '#000';
          for (let x = 0; x < width; x += 16)
            for (let y = 0; y < height; y += 16) if (((x + y) / 16) % 2) context.fillRect(x, y, 16, 16);
          context.fillRect(0, 0, turn % 320, 4);
        };
        draw();
        setInterval(draw, 100);
        stream.addTrack(canvas.captureStream().getVideoTracks()[0]!);
      }
      return stream;
    };
  });
};

/** Begins to look at and to listen to the other side of a page's call. */
const watches = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const scope = window as any;
    const video = (scope.far = document.createElement('video'));
    video.muted = true;
    video.srcObject = scope.call.remoteStream;
    await video.play();
    const canvas = Object.assign(document.createElement('canvas'), {width: 320, height: 180});
    const drawing = canvas.getContext('2d', {willReadFrequently: true})!;
    scope.picture = () => {
      drawing.drawImage(video, 0, 0, 320, 180);
      const {data} = drawing.getImageData(0, 0, 320, 180);
      let edges = 0;
      const color = [0, 0, 0];
      for (let at = 4; at < data.length; at += 4) {
        edges += Math.abs(data[at]! - data[at - 4]!);
        color.forEach((_, part) => (color[part]! += data[at + part]!));
      }
      return {edges: (edges * 4) / data.length, color: color.map((sum) => (sum * 4) / data.length)};
    };
    const context = new AudioContext();
    await context.resume();
    const analyser = new AnalyserNode(context, {fftSize: 32_768});
    context.createMediaStreamSource(scope.call.remoteStream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    scope.loudness = () => {
      analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    };
  });

const edges = (page: Page): Promise<number> => page.evaluate(() => (window as any).picture().edges as number);
const color = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as any).picture().color as number[]);
const loudness = (page: Page): Promise<number> => page.evaluate(() => (window as any).loudness() as number);
const frames = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelectorAll('iframe').length);

/** Chooses a background in the menu beside the camera. */
async function choose(page: Page, name: string): Promise<void> {
  if (!(await page.$('sip-call >>> #devices:popover-open'))) await press(page, 'sip-call >>> .arrow.camera');
  const field = await shown(page, 'sip-call >>> sip-effect-choice >>> [part=background]');
  await field.evaluate((field, name) => {
    const label = [...field.querySelectorAll('label')].find(({innerText}) => innerText.trim() === name)!;
    label.querySelector('input')!.click();
  }, name);
}

describe('the effects of a page, at the other side of its call', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;

  before(async () => {
    site = await openSite();
    // The demo, whose policy allows WebAssembly: its phone is replaced by one of 1001, with the same devices.
    alice = await phonePage(site, {
      user: '1001',
      inside: '<sip-call></sip-call>',
      address: '/effects.html?lang=en',
      prepare: noisyRoom,
    });
    bob = await phonePage(site, {user: '1002'});
    await alice.setViewport({width: 1280, height: 900});
    for (const page of [alice, bob]) await goOnline(page);
    await placeCall(alice, '1002', 'video');
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer({media: 'video'}));
    for (const page of [alice, bob]) await nextEvent(page, 'sip-call-answered');
    await watches(bob);
  });
  after(() => site.close());

  /** The processor's time that the browser has used in a second, in milliseconds. */
  async function cost(): Promise<number> {
    const {pid} = site.browser.process()!;
    const [since, begun] = [performance.now(), processorTime(pid!)];
    await bob.evaluate(async () => {
      const {call} = window as any;
      const count = async (): Promise<number> => {
        let packets = 0;
        for (const report of (await call.statistics()).values())
          if (report.type === 'inbound-rtp' && report.kind === 'audio')
            packets += Number(report.packetsReceived);
        return packets;
      };
      const before = await count();
      while ((await count()) < before + 200) await new Promise((resolve) => setTimeout(resolve, 100));
    });
    return ((processorTime(pid!) - begun) * 1000) / (performance.now() - since);
  }

  it('are a blurred background, a picture and the room again, without a word to the other side', async (test) => {
    await until(async () => (await edges(bob)) > 10);
    const sharp = await edges(bob);
    const offers = await alice.evaluate(() => (window as any).call.state.media.video as string);
    assert.equal(await frames(alice), 0);
    const plain = await cost();
    await choose(alice, 'Blur');
    await until(async () => (await edges(bob)) < sharp / 5);
    const blurred = await cost();
    test.diagnostic(
      `the processor’s time, without a graphics card: ${plain.toFixed()} ms a second, with a blurred background ${blurred.toFixed()} ms`,
    );
    assert.equal(await frames(alice), 1);
    await choose(alice, 'Office');
    await until(async () => {
      const [red = 0, green = 0, blue = 0] = await color(bob);
      return blue > green + 10 && green > red + 20;
    });
    await choose(alice, 'No effect');
    await until(async () => (await edges(bob)) > sharp * 0.7);
    assert.equal(await frames(alice), 0);
    assert.equal(await alice.evaluate(() => (window as any).call.state.media.video as string), offers);
  });

  it('are a blurred background also after a script of the page has removed its frame', async () => {
    const sharp = await edges(bob);
    await choose(alice, 'Blur');
    await until(async () => (await edges(bob)) < sharp / 5);
    await alice.evaluate(() => document.querySelector('iframe[hidden]')!.remove());
    await until(async () => (await frames(alice)) === 1);
    const decoded = (): Promise<number> =>
      bob.evaluate(async () => {
        let frames = 0;
        for (const report of (await (window as any).call.statistics()).values())
          if (report.type === 'inbound-rtp' && report.kind === 'video')
            frames += Number(report.framesDecoded);
        return frames;
      });
    const before = await decoded();
    await until(async () => (await decoded()) > before + 20);
    assert.ok((await edges(bob)) < sharp / 5);
    assert.equal(await alice.evaluate(() => (window as any).call.state.warning as unknown), undefined);
    await choose(alice, 'No effect');
    await until(async () => (await edges(bob)) > sharp * 0.7);
  });

  it('are noise that falls, and comes back', async (test) => {
    await until(async () => (await loudness(bob)) > 0.03);
    const noise = await loudness(bob);
    const plain = await cost();
    await alice.evaluate(() =>
      (document.querySelector('sip-client') as any).devices.effects.select('noise-suppression', 'on'),
    );
    await until(async () => (await loudness(bob)) < noise / 4);
    const suppressed = await cost();
    test.diagnostic(
      `the processor’s time: ${plain.toFixed()} ms a second, with noise suppression ${suppressed.toFixed()} ms; ${noise.toFixed(3)} of noise become ${(await loudness(bob)).toFixed(3)}`,
    );
    await alice.evaluate(() =>
      (document.querySelector('sip-client') as any).devices.effects.select('noise-suppression', ''),
    );
    await until(async () => (await loudness(bob)) > noise * 0.7);
  });

  it('run under the policy of the page, are remembered, and end with the call', async () => {
    await choose(alice, 'Blur');
    await until(async () => (await edges(bob)) < 5);
    assert.equal(await frames(alice), 1);
    // Firefox lists no workers of frames: there the frame alone tells.
    const workers = alice.workers().length;
    if (!IN_FIREFOX) assert.ok(workers > 0);
    await alice.evaluate(() => (window as any).call.hangup());
    await until(async () => (await frames(alice)) === 0);
    await until(() => IN_FIREFOX || alice.workers().length < workers);
    assert.match(
      (await alice.evaluate(() => localStorage.getItem('sip-devices-effects')))!,
      /"background":"blur"/,
    );
    // Chromium says that it draws without a graphics card, the library what it runs on.
    assert.deepEqual(
      site.complaints.filter((text) => !/software WebGL|WebGL2 support|TensorFlow Lite/.test(text)),
      [],
    );
  });
});
