import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {after, before, beforeEach, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {within} from '../../../scripts/project.mjs';
import {AuthorSite} from '../../support/author/author-site.js';
import {adapted, examplesOf} from '../../support/author/examples.js';
import {calls, dials, ECHO, hangsUp, isRegistered, isTalking, phone} from '../../support/author/phone.js';
import {JABRA} from '../../support/headsets/models.js';
import {simulateHid} from '../../support/in-page/button-devices.js';
import {until} from '../../support/in-page/facts.js';
import {press, shown} from '../../support/page/parts.js';
import {openCollector} from '../../support/servers/otlp-collector.js';

/** Gives a page two cameras, and a microphone that hears a steady tone of an effective value of 0.2. */
const twoCameras = (page: Page): Promise<unknown> =>
  page.evaluateOnNewDocument(() => {
    const {mediaDevices} = navigator;
    const cameras = ['front', 'back'].map((id) => ({
      ...{kind: 'videoinput', deviceId: id, label: `The ${id} camera`, groupId: ''},
      toJSON: () => ({}),
    }));
    const microphone = {...cameras[0]!, kind: 'audioinput', deviceId: 'microphone', label: 'Microphone'};
    mediaDevices.enumerateDevices = async () => [...cameras, microphone] as MediaDeviceInfo[];
    mediaDevices.getUserMedia = async ({audio, video} = {}) => {
      const stream = new MediaStream();
      if (audio) {
        const context = new AudioContext();
        const target = context.createMediaStreamDestination();
        const tone = new OscillatorNode(context, {frequency: 440});
        tone.connect(new GainNode(context, {gain: 0.2 * Math.SQRT2})).connect(target);
        tone.start();
        stream.addTrack(target.stream.getAudioTracks()[0]!);
      }
      if (video) {
        const wanted = (video as {deviceId?: {exact?: string} | string}).deviceId;
        const deviceId = typeof wanted === 'string' ? wanted : (wanted?.exact ?? 'front');
        const canvas = Object.assign(document.createElement('canvas'), {width: 320, height: 240});
        const context = canvas.getContext('2d')!;
        setInterval(() => {
          context.fillStyle = deviceId === 'back' ? '#00f' : '#f00';
          context.fillRect(0, 0, 320, 240);
        }, 100);
        const track = canvas.captureStream().getVideoTracks()[0]!;
        const settings = track.getSettings();
        track.getSettings = () => ({...settings, deviceId});
        stream.addTrack(track);
      }
      return stream;
    };
  });

/** What the other side of the page's call returns: the color in the middle of its picture. */
const returned = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = document.querySelector('sip-client')!.calls.at(-1)!.remoteStream!;
    await video.play();
    const context = new OffscreenCanvas(1, 1).getContext('2d')!;
    context.drawImage(video, 0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  });

/** The largest picture that the page's call has decoded in a moment, by its height. */
const decodedHeight = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const {calls} = document.querySelector('sip-client')!;
    let height = 0;
    (await calls.at(-1)!.statistics())?.forEach((entry: RTCInboundRtpStreamStats) => {
      if (entry.type === 'inbound-rtp' && entry.kind === 'video') height = entry.frameHeight ?? 0;
    });
    return height;
  });

describe('examples for calls do what their pages say', () => {
  let author: AuthorSite;
  before(async () => void (author = await AuthorSite.open()));
  after(() => author.close());
  beforeEach(() => {
    author.logs.length = 0;
  });

  it('diagnosis: the check sends its report', async () => {
    const [html = ''] = examplesOf('diagnosis', 3);
    const page = await author.page({html: adapted(html)});
    await page.setViewport({width: 1000, height: 1400});
    await page.evaluate(() =>
      addEventListener('sip-check-report', (event) => {
        (window as any).report = (event as CustomEvent).detail.report;
      }),
    );
    await press(page, 'sip-check >>> [part=check]');
    await press(page, 'sip-check >>> [part=report] > summary');
    await press(page, 'sip-check >>> [part=send]');
    const report = JSON.stringify(await page.evaluate(() => (window as any).report));
    assert.match(report, /"sign-in"/);
    assert.doesNotMatch(report, /1234"/);
    await page.close();
  });

  it('diagnosis: a script tells each step, and the trace has the messages', async () => {
    const [, steps = '', trace = ''] = examplesOf('diagnosis', 3);
    const page = await author.page({html: phone('1003', '', '')});
    await page.waitForFunction(() => document.querySelector('sip-client')?.client);
    await author.run(page, trace);
    await author.run(page, steps);
    for (const line of [/^server passed/, /^sign-in passed signed-in/, /^call passed/])
      await author.logged(line);
    await page.evaluate(() => document.querySelector('sip-client')!.connect());
    await page.evaluate(() => document.querySelector('sip-client')!.register());
    const kept = await page.evaluate(() =>
      JSON.stringify(document.querySelector('sip-client')!.client!.trace.state.entries),
    );
    assert.match(kept, /REGISTER sip:/);
    await page.close();
  });

  /** A page with a headset that is plugged in. */
  const withHeadset = async (page: Page): Promise<void> => {
    const {vendorId, productId, name, collections} = JABRA;
    const facts = JSON.stringify([vendorId, productId, name, collections]);
    await page.evaluateOnNewDocument(
      `hid = (${simulateHid.toString()})(); headset = hid.device(...${facts}); hid.choice = headset;`,
    );
  };

  it('headsets: the button connects one, which answers', async () => {
    const [html = ''] = examplesOf('headsets', 2);
    const page = await author.page({html: adapted(html), prepare: withHeadset});
    const caller = await author.page({html: phone('1004')});
    await Promise.all([isRegistered(page), isRegistered(caller)]);
    await page.bringToFront();
    await press(page, 'sip-devices >>> [part=headsets]');
    await shown(page, 'sip-devices >>> sip-headsets-panel >>> [part=headset-list]');
    await dials(caller, '1003');
    // It shows that the call rings.
    await page.waitForFunction(() => (window as any).headset.got.at(-1) === '2:2400');
    await page.evaluate(
      (report, id) => (window as any).headset.send(report, id),
      JABRA.reports.offHook,
      JABRA.reports.id,
    );
    await isTalking(caller);
    await caller.close();
    await page.close();
  });

  it('headsets: a script connects one', async () => {
    const [, script = ''] = examplesOf('headsets', 2);
    const page = await author.page({html: phone('1003'), prepare: withHeadset});
    await isRegistered(page);
    await author.run(page, script);
    await page.bringToFront();
    await press(page, 'button');
    await author.logged(/^connected$/);
    await page.close();
  });

  it('devices: the element, the choice of a camera, and its event', async () => {
    const [html = '', choose = '', follow = ''] = examplesOf('devices', 6);
    const page = await author.page({
      html: adapted(html),
      prepare: async (page) => {
        await twoCameras(page);
      },
    });
    await isRegistered(page);
    await shown(page, 'sip-devices >>> select');
    await calls(page, ECHO, 'video');
    await until(async () => (await returned(page))[0]! > 150);
    await author.run(page, follow);
    await author.run(page, choose);
    await until(async () => (await returned(page))[2]! > 150);
    await author.logged(/^camera The back camera selected$/);
    await hangsUp(page);
    await page.evaluate(() => localStorage.clear());
    await page.close();
  });

  it('devices: the browser’s processing of sound, and that of the page, which is heard at half the volume', async () => {
    const [, , , settings = '', process = ''] = examplesOf('devices', 6);
    const page = await author.page({
      html: phone('1003', '<sip-call></sip-call>', ''),
      prepare: async (page) => {
        await twoCameras(page);
        await page.evaluateOnNewDocument(() => {
          const {mediaDevices} = navigator;
          const open = mediaDevices.getUserMedia;
          mediaDevices.getUserMedia = (constraints) => open(((window as any).asked = constraints));
        });
      },
    });
    await page.waitForFunction(() => document.querySelector('sip-client')?.client);
    const loudness = async (): Promise<number> => {
      await page.evaluate(async () => {
        const client = document.querySelector('sip-client')!;
        await client.connect();
        await client.register();
      });
      await calls(page, ECHO);
      const level = await page.evaluate(async () => {
        const context = new AudioContext();
        await context.resume();
        const analyser = new AnalyserNode(context, {fftSize: 8192});
        context
          .createMediaStreamSource(document.querySelector('sip-client')!.calls.at(-1)!.remoteStream!)
          .connect(analyser);
        const samples = new Float32Array(analyser.fftSize);
        const levels: number[] = [];
        while (levels.length < 8) {
          await new Promise((resolve) => setTimeout(resolve, 200));
          analyser.getFloatTimeDomainData(samples);
          const energy = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
          if (energy > 1e-4) levels.push(Math.sqrt(energy));
        }
        await context.close();
        return levels.sort((a, b) => a - b)[4]!;
      });
      await hangsUp(page);
      await page.evaluate(() => document.querySelector('sip-client')!.disconnect());
      return level;
    };
    await author.run(page, settings);
    const plain = await loudness();
    const asked = await page.evaluate(() => (window as any).asked.audio);
    assert.equal(asked.noiseSuppression, false);
    assert.equal(asked.echoCancellation, true);
    await author.run(page, process);
    const processed = await loudness();
    assert.ok(processed > plain * 0.35 && processed < plain * 0.65, `${processed} of ${plain}`);
    await page.close();
  });

  it('devices: a choice of one client alone', async () => {
    const script = examplesOf('devices', 6)[5]!;
    const page = await author.page({
      html: '',
      bundled: true,
      script: `${adapted(script, {"'…'": "'1234'"})}
        await client.connect();
        await client.register();
        await devices.setRingVolume(0.3);
        console.log(client.state.registration, localStorage.getItem('second-line-devices'));
        await client.disconnect();`,
    });
    assert.match(await author.logged(/^registered/), /0\.3/);
    await page.close();
  });

  it('calls: how media are sent, before a call and in it', async () => {
    const script = examplesOf('calls', 15)[11]!;
    const [options = '', during = ''] = script.split(/^(?=await call\.setQuality)/m);
    const page = await author.page({html: phone('1003', '<sip-call></sip-call>', '')});
    await page.waitForFunction(() => document.querySelector('sip-client')?.client);
    await author.run(page, options);
    await page.evaluate(() => document.querySelector('sip-client')!.toggleAttribute('autoconnect', true));
    await isRegistered(page);
    await calls(page, ECHO, 'video');
    await until(async () => (await decodedHeight(page)) > 0);
    assert.ok((await decodedHeight(page)) <= 360, `${await decodedHeight(page)} lines`);
    const sent = await page.evaluate(
      async () => document.querySelector('sip-client')!.calls.at(-1)!.quality?.sent.video?.height ?? 0,
    );
    assert.ok(sent <= 360);
    await author.run(page, during);
    await until(async () => (await decodedHeight(page)) > 360);
    await page.close();
  });

  it('telemetry: to the console, and to a collector', async () => {
    const [script = '', html = ''] = examplesOf('telemetry', 2);
    const page = await author.page({html: phone('1003'), script});
    await isRegistered(page);
    await calls(page, ECHO);
    await hangsUp(page);
    await author.logged(/^span sip\.call/);
    await page.close();

    const collector = await openCollector();
    author.routes.set('/otlp', async (request, response) => {
      const parts: Uint8Array[] = [];
      for await (const part of request) parts.push(part as Uint8Array);
      const {status} = await fetch(collector.url + request.url!.slice('/otlp'.length), {
        method: request.method!,
        headers: {'Content-Type': String(request.headers['content-type'])},
        body: Buffer.concat(parts),
      });
      response.writeHead(status).end();
    });
    author.routes.set('/telemetry.js', async (_, response) => {
      response.setHeader('Content-Type', 'text/javascript');
      response.end(await readFile(within('demo/telemetry.js')));
    });
    const sends = await author.page({html: `${phone('1003')}${html}`});
    await isRegistered(sends);
    await calls(sends, ECHO);
    await hangsUp(sends);
    await until(async () => collector.collected.some(({name, failed}) => name === 'sip.call' && !failed));
    assert.deepEqual(collector.refused, []);
    await sends.close();
    await collector.close();
  });

  it('effects: a page offers them, and a script turns one on', async () => {
    const [offer = '', choose = ''] = examplesOf('effects', 2);
    author.folders.set('/background/', within('node_modules/@twilio/video-processors/dist/build'));
    author.folders.set('/noise-suppression/', within('node_modules/@sapphi-red/web-noise-suppressor/dist'));
    const page = await author.page({
      html: phone('1003', '<sip-call></sip-call><sip-devices></sip-devices>'),
      bundled: true,
      script: offer,
      policy:
        "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self' ws:; img-src 'self' data:",
    });
    await isRegistered(page);
    await page.waitForFunction(
      () =>
        (document.querySelector('sip-client') as any).devices.effects?.state.offered.length === 2 &&
        document.querySelector('sip-client')!.client,
    );
    await calls(page, ECHO, 'video');
    await author.run(page, choose);
    await page.waitForFunction(() => document.querySelectorAll('iframe').length === 1);
    assert.equal(
      await page.evaluate(() => document.querySelector('sip-client')!.calls[0]!.state.warning),
      undefined,
    );
    await page.evaluate(() => localStorage.clear());
    await page.close();
  });

  it('captions: the option, 16-bit samples, and a recognizer of one call', async () => {
    const [option = '', toInt16 = '', ofCall = ''] = examplesOf('captions', 4);
    const page = await author.page({html: phone('1003', '<sip-call></sip-call>'), script: option});
    await page.setViewport({width: 1280, height: 900});
    await isRegistered(page);
    await calls(page, ECHO);
    await press(page, 'sip-call >>> sip-captions-button >>> button:not([aria-disabled])');
    for (const side of ['local', 'remote']) await author.logged(new RegExp(`^${side} 1600 \\d+`));
    await page.waitForFunction(() =>
      [...document.querySelector('sip-call')!.shadowRoot!.querySelectorAll('sip-captions-band')].some(
        (band) => band.shadowRoot!.textContent!.includes('Good morning'),
      ),
    );
    await author.run(page, toInt16);
    assert.deepEqual(
      await page.evaluate(() => [...(window as any).made.toInt16(new Float32Array([1, -1, 2, 0]))]),
      [32767, -32767, 32767, 0],
    );
    await page.evaluate(() =>
      document.querySelector('sip-client')!.calls[0]!.addEventListener('caption', () => {}),
    );
    author.logs.length = 0;
    const [begin = '', end = ''] = ofCall.split(/^(?=captions\.stop)/m);
    await author.run(page, `${begin}window.captions = captions;`);
    await author.logged(/^1600$/);
    await author.run(page, end, {captions: 'window.captions'});
    await page.waitForFunction(
      () => document.querySelector('sip-client')!.calls[0]!.state.captions === 'off',
    );
    await page.close();
  });
});
