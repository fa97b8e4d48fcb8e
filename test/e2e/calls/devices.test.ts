import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {startSound} from '../../../scripts/sound.mjs';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {receives} from '../../support/page/measure.js';
import {press, shown} from '../../support/page/parts.js';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {hearsTones, keepSent, takeSent} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';
import {plugMicrophone, plugSpeaker, type SoundDevice} from '../../support/page/sound-devices.js';
import {open} from '../../support/page/witness.js';

/**
 * Chromium has several fake devices of each kind; Firefox those of a sound server, which come and go, and no camera.
 */
const MEDIA = IN_FIREFOX ? 'audio' : 'video';
const TRACKS = IN_FIREFOX ? 1 : 2;
const FIRST = IN_FIREFOX ? 'Low' : 'Fake Default Audio Input';
const OTHER = IN_FIREFOX ? 'High' : 'Fake Audio Input 2';
const SPEAKER = IN_FIREFOX ? 'Second' : 'Fake Audio Output 2';
const CAMERAS = IN_FIREFOX
  ? ['No camera found']
  : ['System default', 'fake_device_0', 'fake_device_1', 'fake_device_2'];
/** What each of the sound server's microphones hears, in hertz. */
const TONES: Record<string, number> = {Low: 440, High: 880};

/**
 * How green the picture is that the page receives in its newest call, 0–255 on the average: Chromium's first fake camera
 * has 139 or more, the third one 128. (The second one is for depth, and is not sent.)
 */
const greenOf = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const {calls} = document.querySelector('sip-client') as any;
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = new MediaStream(calls.at(-1).remoteStream.getVideoTracks());
    await video.play();
    const canvas = Object.assign(document.createElement('canvas'), {width: 32, height: 32});
    const context = canvas.getContext('2d', {willReadFrequently: true})!;
    context.drawImage(video, 0, 0, 32, 32);
    video.srcObject = null;
    const {data} = context.getImageData(0, 0, 32, 32);
    return data.reduce((sum, value, index) => (index % 4 === 1 ? sum + value : sum), 0) / 1024;
  });

/** Unplugs a device of a page as Chromium would: its fake devices cannot be unplugged. */
const hideDevice = (page: Page, label: string): Promise<void> =>
  page.evaluate((label) => {
    const {mediaDevices} = navigator;
    const enumerate = mediaDevices.enumerateDevices.bind(mediaDevices);
    mediaDevices.enumerateDevices = async () =>
      (await enumerate()).filter((device) => device.label !== label);
    for (const track of (window as any).opened.tracks as Set<MediaStreamTrack>) {
      if (track.label !== label || track.readyState === 'ended') continue;
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
    mediaDevices.dispatchEvent(new Event('devicechange'));
  }, label);

/** Plugs it in again. */
const showDevice = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const {mediaDevices} = navigator;
    Reflect.deleteProperty(mediaDevices, 'enumerateDevices');
    mediaDevices.dispatchEvent(new Event('devicechange'));
  });

describe('the devices of a call', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;
  let sound: Awaited<ReturnType<typeof startSound>> | undefined;
  let other: SoundDevice;
  const part = (name: string): string => `sip-devices >>> [part~=${name}]`;
  const optionsOf = (name: string): Promise<{value: string; text: string}[]> =>
    alice.$eval(part(name), (select) =>
      [...(select as HTMLSelectElement).options].map(({value, text}) => ({value, text})),
    );
  const choose = async (name: string, text: string): Promise<void> => {
    const {value} = (await optionsOf(name)).find((option) => option.text === text)!;
    await alice.evaluate(
      (name, value) => {
        const select = document
          .querySelector('sip-devices')!
          .shadowRoot!.querySelector<HTMLSelectElement>(`[part~=${name}]`)!;
        select.value = value;
        select.dispatchEvent(new Event('change'));
      },
      name,
      value,
    );
  };
  /** Waits until the page's call, Alice's by default, sends from the device with the label. */
  const sends = (kind: 'audio' | 'video', label: string, page = alice): Promise<unknown> =>
    page.waitForFunction(
      (kind, label) =>
        (window as any).call.localStream
          ?.getTracks()
          .some((track: MediaStreamTrack) => track.kind === kind && track.label === label),
      {},
      kind,
      label,
    );

  /** Waits until Bob hears what the microphone of Alice's hears, and sees her. */
  const arrives = async (microphone: string): Promise<void> => {
    if (IN_FIREFOX)
      await hearsTones(
        bob,
        [TONES[microphone]!],
        Object.values(TONES).filter((tone) => tone !== TONES[microphone]),
      );
    else await receives(bob, 'sip-client', {frames: 10, energy: 0.01});
  };
  const unplug = (label: string): Promise<void> => (IN_FIREFOX ? other.unplug() : hideDevice(alice, label));
  const plug = async (): Promise<void> => {
    if (IN_FIREFOX) other = await plugMicrophone(OTHER, TONES[OTHER]!);
    else await showDevice(alice);
  };

  before(async () => {
    if (IN_FIREFOX) {
      // No other page uses its devices.
      sound = await startSound();
      Object.assign(process.env, sound.environment);
      await plugMicrophone(FIRST, TONES[FIRST]!);
      await plug();
      await plugSpeaker(SPEAKER);
    }
    site = await openSite({
      firefoxPreferences: {'media.navigator.streams.fake': false},
      withoutFlags: ['--use-fake-device-for-media-stream'],
      chromeFlags: ['--use-fake-device-for-media-stream=device-count=3'],
    });
    alice = await onlinePage(site, {
      user: '1001',
      inside: '<sip-call></sip-call><sip-devices></sip-devices>',
    });
    bob = await onlinePage(site, {user: '1002', inside: '<sip-call></sip-call>'});
    await keepSent(alice);
    await placeCall(alice, '1002', MEDIA);
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate((media) => (window as any).call.answer({media}), MEDIA);
    for (const page of [alice, bob]) {
      await nextEvent(page, 'sip-call-answered');
      await receives(page, 'sip-client', {frames: IN_FIREFOX ? 0 : 10, energy: 0.01});
    }
  });
  after(async () => {
    await site?.close();
    await sound?.stop();
  });

  it('are those of the system until somebody chooses', async () => {
    assert.deepEqual(
      (await optionsOf('camera')).map(({text}) => text),
      CAMERAS,
    );
    if (!IN_FIREFOX) await sends('video', 'fake_device_0');
    await sends('audio', FIRST);
    await arrives(FIRST);
  });

  it('change without a word to the other side, which sees and hears the new ones', async () => {
    await takeSent(alice);
    if (!IN_FIREFOX) {
      while ((await greenOf(bob)) < 136);
      await choose('camera', 'fake_device_2');
      await sends('video', 'fake_device_2');
    }
    await choose('microphone', OTHER);
    await sends('audio', OTHER);
    await arrives(OTHER);
    if (!IN_FIREFOX) while ((await greenOf(bob)) > 132);
    const sent = await takeSent(alice);
    assert.deepEqual(
      sent.filter((line) => /^(INVITE|UPDATE|BYE)/.test(line)),
      [],
    );
    assert.equal((await open(alice)).tracks, TRACKS);
  });

  it('give way to the next best one when they are unplugged, with a notice, and come back', async () => {
    const microphone = ['audio', OTHER, FIRST, /microphone/i] as const;
    const camera = ['video', 'fake_device_2', 'fake_device_0', /camera/i] as const;
    for (const [kind, chosen, next, sentence] of IN_FIREFOX ? [microphone] : [camera, microphone]) {
      await unplug(chosen);
      await sends(kind, next);
      const notice = await shown(alice, 'sip-call >>> [part=notice]');
      assert.match(await notice.evaluate((element) => element.textContent!), sentence);
      await arrives(next);
      if (kind === 'video') while ((await greenOf(bob)) < 136);
      assert.equal((await open(alice)).tracks, TRACKS);
      await plug();
      await sends(kind, chosen);
      await arrives(chosen);
      await alice.waitForFunction(
        () => !document.querySelector('sip-call')!.shadowRoot!.querySelector('[part=notice]'),
      );
    }
  });

  it('play the call on the chosen speaker', async () => {
    await choose('speaker', SPEAKER);
    const {value} = (await optionsOf('speaker')).find(({text}) => text === SPEAKER)!;
    await alice.waitForFunction(
      (id) => {
        const root = document.querySelector('sip-call')!.shadowRoot!;
        const inner = [...root.querySelectorAll('*')].flatMap((element) =>
          element.shadowRoot ? [...element.shadowRoot.querySelectorAll('audio')] : [],
        );
        return [...root.querySelectorAll('audio'), ...inner].some(({sinkId}) => sinkId === id);
      },
      {},
      value,
    );
    await receives(alice, 'sip-client', {frames: IN_FIREFOX ? 0 : 5, energy: 0.01});
  });

  if (!IN_FIREFOX)
    it('are shown to their user alone, and closed again', async () => {
      await press(alice, part('try-camera'));
      await shown(alice, part('preview'));
      assert.equal((await open(alice)).tracks, 3);
      await press(alice, part('try-camera'));
      assert.equal((await open(alice)).tracks, 2);
    });

  it('are remembered when the page is opened again, and all closed with the call', async () => {
    await alice.evaluate(() => (window as any).call.hangup());
    await nextEvent(bob, 'sip-call-hangup');
    assert.equal((await open(alice)).tracks, 0);
    const again = await onlinePage(site, {user: '1001', inside: '<sip-devices></sip-devices>'});
    await again.waitForFunction(
      () => (document.querySelector('sip-client') as any).devices.state.devices.length > 0,
    );
    // What the browser does not list yet may be there.
    assert.deepEqual(
      Object.values(
        await again.evaluate(() => (document.querySelector('sip-client') as any).devices.state.absent),
      ),
      ['', '', '', '', ''],
    );
    await placeCall(again, '1002', MEDIA);
    await sends('audio', OTHER, again);
    if (!IN_FIREFOX) await sends('video', 'fake_device_2', again);
    await again.evaluate(() => (window as any).call.hangup());
    assert.equal((await open(again)).tracks, 0);
  });

  it('makes the pages complain of nothing', () => {
    assert.deepEqual(site.complaints, []);
  });
});
