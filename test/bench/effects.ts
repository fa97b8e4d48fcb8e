/**
 * How much processor time the browser of one side of a call needs with a background and with noise suppression, beside the
 * same call without: a page that calls the echo of a real server on this machine.
 *
 * `node --import tsx test/bench/effects.ts [ROUNDS] [--seconds=5]`
 */
import type {Page} from 'puppeteer-core';
import type {EffectName} from '../../src/media/devices/device-effect.js';
import {goOnline, nextEvent, phonePage, placeCall} from '../support/page/phone-page.js';
import {processorTime} from '../support/page/process-weight.js';
import {openSite} from '../support/page/site.js';
import {pause, progress} from './steps.js';
import {median, option, printTable, size, spread} from './table.js';

const ROUNDS = size(5);
const SECONDS = option('seconds', 5);
/** What Chromium's fake camera gives. */
const [WIDTH, HEIGHT, RATE] = [640, 480, 20];
/** How long the picture may take to be as it stays after a change: the encoder begins with a large one. */
const SETTLING_MS = 2_000;
/** The echo of the development server. */
const ECHO = '9999';
const OFFICE = '/office.svg';

/** An effect that is turned on; an empty choice is the call without. */
interface Setting {
  readonly name: string;
  readonly choice: string;
}

/** The calls, with what is turned on in each: first nothing, which the others are compared with. */
const CALLS = {
  video: {
    effect: 'background',
    settings: [
      {name: `video call, ${WIDTH} × ${HEIGHT}`, choice: ''},
      {name: 'blurred background', choice: 'blur'},
      {name: 'picture as background', choice: OFFICE},
    ],
  },
  audio: {
    effect: 'noise-suppression',
    settings: [
      {name: 'audio call', choice: ''},
      {name: 'noise suppression', choice: 'on'},
    ],
  },
} as const satisfies Record<'video' | 'audio', {effect: EffectName; settings: readonly Setting[]}>;

interface Figures {
  /** The share of one core. */
  readonly share: number;
  /** Pictures sent a second. */
  readonly rate: number;
}

const site = await openSite();

/** How many pictures of the full size the page has sent. */
const sent = (page: Page): Promise<number> =>
  page.evaluate(async (width) => {
    for (const report of (await (window as any).call.statistics()).values())
      if (report.type === 'outbound-rtp' && report.kind === 'video') {
        if (report.frameWidth !== width)
          throw new Error(`The browser sends pictures that are ${report.frameWidth} pixels wide.`);
        return report.framesEncoded as number;
      }
    return 0;
  }, WIDTH);

const select = (page: Page, effect: EffectName, choice: string): Promise<void> =>
  page.evaluate(
    async (effect, choice) => {
      await (document.querySelector('sip-client') as any).devices.effects.select(effect, choice);
    },
    effect,
    choice,
  );

/** Measures the browser with all its processes. */
async function measured(page: Page, withPictures: boolean): Promise<Figures> {
  const {pid} = site.browser.process()!;
  const pictures = async (): Promise<number> => (withPictures ? sent(page) : 0);
  const [before, used, since] = [await pictures(), processorTime(pid!), performance.now()];
  await pause(SECONDS * 1_000);
  const milliseconds = performance.now() - since;
  const share = (processorTime(pid!) - used) / milliseconds;
  return {share, rate: (1_000 * ((await pictures()) - before)) / milliseconds};
}

/** Calls the echo and measures each setting in turn, round by round: other programs come and go. */
async function call(page: Page, media: 'video' | 'audio'): Promise<ReadonlyMap<Setting, Figures[]>> {
  const {effect, settings} = CALLS[media];
  const figures = new Map<Setting, Figures[]>(settings.map((setting) => [setting, []]));
  await placeCall(page, ECHO, media);
  await nextEvent(page, 'sip-call-answered');
  for (let round = 1; round <= ROUNDS; round += 1)
    for (const [setting, found] of figures) {
      await select(page, effect, setting.choice);
      await pause(SETTLING_MS);
      const figure = await measured(page, media === 'video');
      progress(`${setting.name}, round ${round}: ${(figure.share * 100).toFixed()} %`);
      found.push(figure);
    }
  await page.evaluate(() => (window as any).call.hangup());
  await nextEvent(page, 'sip-call-hangup');
  return figures;
}

try {
  // The demo, whose policy allows WebAssembly and whose server has the libraries.
  const page = await phonePage(site, {
    user: '1001',
    inside: '<sip-call></sip-call>',
    address: '/effects.html?lang=en',
    // The devices as the client asks for them, with the rate of the camera.
    prepare: async (page) => {
      await page.evaluateOnNewDocument(
        (width, height, frameRate) => {
          const devices = navigator.mediaDevices;
          devices.getUserMedia = ({audio, video} = {}) =>
            MediaDevices.prototype.getUserMedia.call(devices, {
              audio: audio ?? false,
              video: video ? {width, height, frameRate} : false,
            });
        },
        WIDTH,
        HEIGHT,
        RATE,
      );
    },
  });
  await goOnline(page);
  await page.bringToFront();
  const rows: (readonly string[])[] = [];
  for (const media of ['video', 'audio'] as const) {
    let plain: number | undefined;
    for (const [{name}, figures] of await call(page, media)) {
      const shares = figures.map(({share}) => share * 100);
      plain ??= median(shares);
      rows.push([
        name,
        `${spread(shares)} %`,
        `${(median(shares) / plain).toFixed(2)} ×`,
        media === 'video' ? median(figures.map(({rate}) => rate)).toFixed(1) : '',
      ]);
    }
  }
  printTable('effects', ['the browser of one side', 'of a core', 'ratio', 'pictures sent a second'], rows);
} finally {
  await site.close();
}
