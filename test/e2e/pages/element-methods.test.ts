import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {DownloadFolder} from '../../support/page/download-folder.js';
import {fallsSilent} from '../../support/page/measure.js';
import {SIGNALS} from '../../support/page/meeting.js';
import {shown} from '../../support/page/parts.js';
import {agreesToTransfers, goOnline, nextEvent, phonePage} from '../../support/page/phone-page.js';
import {hearsTones, sendsSignals, showsHalves, type Halves} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';

/** The cameras come first: those out of view are released. */
const ELEMENTS =
  '<sip-monitor></sip-monitor><sip-call></sip-call><sip-conference></sip-conference><sip-intercom group="9001"></sip-intercom>';
/** Other members see the conference in their only element. */
const PHONE = '<sip-call></sip-call><sip-intercom group="9001"></sip-intercom>';

/** The development server's sample film: its id, its sound in hertz. */
const FILM = 'sample-film';
const FILM_TONE = 600;

const [DESK, SECOND] = SIGNALS.map(({tone}) => tone) as [number, number];
const HALVES: Halves = SIGNALS[0]!.halves;

/** Calls a method of a page's element. */
const does = (page: Page, tag: string, method: string, ...parameters: readonly unknown[]): Promise<void> =>
  page.$eval(
    tag,
    async (element, method, parameters) => {
      await (element as any)[method](...parameters);
    },
    method,
    parameters,
  );

/** Waits until the state of what a page's element shows has these fields. */
const becomes = (page: Page, state: Readonly<Record<string, unknown>>, tag = 'sip-call'): Promise<unknown> =>
  page.waitForFunction(
    (tag, state) => {
      const now = (document.querySelector(tag) as any).state;
      return Object.entries(state).every(([name, value]) => now?.[name] === value);
    },
    {polling: 20},
    tag,
    state,
  );

/** Answers what rings at a page. */
async function answers(page: Page, media: 'audio' | 'video'): Promise<void> {
  await nextEvent(page, 'sip-call-received');
  await does(page, 'sip-call', 'answer', {media});
  await nextEvent(page, 'sip-call-answered');
}

describe('the methods of elements, at the far end', () => {
  let site: Site;
  let desk: Page;
  let second: Page;
  let third: Page;
  let downloads: DownloadFolder;

  before(async () => {
    site = await openSite();
    downloads = await DownloadFolder.open(site.browser);
    [desk, second, third] = (await Promise.all(
      SIGNALS.slice(0, 3).map(async (signals, index) => {
        const page = await phonePage(site, {user: signals.number, inside: index ? PHONE : ELEMENTS});
        await sendsSignals(page, signals);
        await goOnline(page);
        return page;
      }),
    )) as [Page, Page, Page];
    await agreesToTransfers(second);
  });
  after(async () => {
    await downloads.close();
    await site.close();
  });

  describe('<sip-call>', () => {
    before(async () => {
      await does(desk, 'sip-client', 'call', '1002', {media: 'video'});
      await answers(second, 'video');
      await nextEvent(desk, 'sip-call-answered');
      await Promise.all([hearsTones(second, [DESK]), showsHalves(second, HALVES)]);
    });

    it('holds and resumes', async () => {
      await does(desk, 'sip-call', 'hold');
      await becomes(second, {remoteHeld: true});
      await does(desk, 'sip-call', 'unhold');
      await becomes(second, {remoteHeld: false});
      await hearsTones(second, [DESK]);
    });

    it('is silent while muted', async () => {
      await does(desk, 'sip-call', 'mute');
      await becomes(desk, {muted: true});
      await fallsSilent(second, 'sip-client');
      await does(desk, 'sip-call', 'unmute');
      await hearsTones(second, [DESK]);
    });

    it('sends tones', async () => {
      const tones = second.$eval(
        'sip-client',
        (client) =>
          new Promise<string>((resolve) => {
            let received = '';
            client.addEventListener('sip-dtmf', ({detail}) => {
              received += detail.tone;
              if (received.length === 3) resolve(received);
            });
          }),
      );
      await does(desk, 'sip-call', 'sendDtmf', '12#');
      assert.equal(await tones, '12#');
    });

    it('takes a photo, which the page is told, and records', async () => {
      const name = desk.evaluate(
        () =>
          new Promise<string>((resolve) =>
            document.addEventListener('sip-photo', (event) => resolve((event as CustomEvent).detail.name)),
          ),
      );
      await does(desk, 'sip-call', 'takePhoto', {name: 'colleague.jpg'});
      assert.equal(await name, 'colleague.jpg');
      const photo = await downloads.file('colleague.jpg');
      assert.equal(photo.subarray(0, 2).toString('hex'), 'ffd8');
      await does(desk, 'sip-call', 'startRecording', {name: 'talk'});
      await becomes(desk, {recording: true});
      await becomes(second, {remoteRecording: true});
      await does(desk, 'sip-call', 'stopRecording');
      await downloads.file(/^talk\./);
    });

    it('shares the screen, and removes the video', async () => {
      await does(desk, 'sip-call', 'shareScreen');
      await becomes(second, {remoteSharing: true});
      await does(desk, 'sip-call', 'stopScreen');
      await showsHalves(second, HALVES);
      await does(desk, 'sip-call', 'setMedia', {video: false});
      await second.waitForFunction(
        () => document.querySelector('sip-call')!.state!.media.video === 'inactive',
        {polling: 20},
      );
    });

    it('transfers the other side', async () => {
      const transferred = does(desk, 'sip-call', 'transfer', '1003');
      await answers(third, 'audio');
      await transferred;
      await nextEvent(desk, 'sip-call-hangup');
      await hearsTones(third, [SECOND]);
      await does(third, 'sip-call', 'hangup');
      await nextEvent(third, 'sip-call-hangup');
      await becomes(second, {phase: 'released'});
    });
  });

  describe('<sip-conference>', () => {
    before(async () => {
      for (const page of [second, third]) await page.evaluate(() => ((window as any).events.length = 0));
      await desk.$eval('sip-conference', (element) => (element.members = '1002'));
      await does(desk, 'sip-conference', 'start', 'audio');
      await answers(second, 'audio');
    });

    it('invites a member, whom the others hear', async () => {
      await does(desk, 'sip-conference', 'addMember', '1003');
      await answers(third, 'audio');
      await hearsTones(third, [DESK, SECOND]);
    });

    it('mutes and deafens members', async () => {
      await does(desk, 'sip-conference', 'setSpeaking', '1002', false);
      await hearsTones(third, [DESK], [SECOND]);
      await does(desk, 'sip-conference', 'setSpeaking', '1002', true);
      await hearsTones(third, [DESK, SECOND]);
      await does(desk, 'sip-conference', 'setHearing', '1003', false);
      await hearsTones(third, [], [DESK, SECOND]);
      await does(desk, 'sip-conference', 'setHearing', '1003', true);
      await hearsTones(third, [DESK, SECOND]);
    });

    it('plays a file to the members', async () => {
      await does(desk, 'sip-conference', 'playFile', FILM, 9);
      await hearsTones(third, [FILM_TONE]);
      await does(desk, 'sip-conference', 'stopFile', FILM);
      await hearsTones(third, [DESK], [FILM_TONE]);
    });

    it('removes a member, and ends for all', async () => {
      await does(desk, 'sip-conference', 'removeMember', '1003');
      await nextEvent(third, 'sip-call-hangup');
      await does(desk, 'sip-conference', 'end');
      await nextEvent(second, 'sip-call-hangup');
    });
  });

  it('<sip-intercom> requests and releases the floor', async () => {
    for (const page of [desk, second]) {
      await does(page, 'sip-intercom', 'start');
      await becomes(page, {phase: 'answered'}, 'sip-intercom');
    }
    await second.evaluate(() => ((window as any).call = document.querySelector('sip-intercom')!.intercom));
    await does(desk, 'sip-intercom', 'requestFloor');
    await becomes(second, {floor: 'taken'}, 'sip-intercom');
    await hearsTones(second, [DESK]);
    await does(desk, 'sip-intercom', 'releaseFloor');
    await becomes(second, {floor: 'idle'}, 'sip-intercom');
    await hearsTones(second, [], [DESK]);
    for (const page of [desk, second]) await does(page, 'sip-intercom', 'hangup');
  });

  it('<sip-monitor> takes a photo of a camera, and records it', async () => {
    await does(desk, 'sip-monitor', 'addNumber', '1019');
    await does(desk, 'sip-monitor', 'start');
    await shown(desk, 'sip-monitor >>> [data-phase=live]');
    await does(desk, 'sip-monitor', 'takePhoto', '1019', {name: 'gate'});
    const photo = await downloads.file('gate.png');
    assert.equal(photo.subarray(1, 4).toString(), 'PNG');
    await does(desk, 'sip-monitor', 'startRecording', '1019', {name: 'film-{number}'});
    await does(desk, 'sip-monitor', 'stopRecording', '1019');
    await downloads.file(/^film-1019\./);
    await does(desk, 'sip-monitor', 'stop');
  });

  it('makes the pages complain of nothing', () => {
    assert.deepEqual(site.complaints, []);
  });
});
