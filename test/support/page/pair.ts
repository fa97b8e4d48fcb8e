import type {Page} from 'puppeteer-core';
import type {BrowserOptions} from './browser.js';
import {goOnline, nextEvent, phonePage, placeCall} from './phone-page.js';
import {hearsTones, keepSent, sendsSignals, type Halves} from './signals.js';
import {openSite, type Site} from './site.js';
import {released} from './witness.js';

/** The tone of each page, in hertz. */
export const TONES = {alice: 440, bob: 1000, screen: 2000};
/** The colours of each page. */
export const ALICE: Halves = [
  [200, 40, 40],
  [40, 40, 200],
];
export const BOB: Halves = [
  [40, 180, 40],
  [200, 200, 40],
];
/** Two pages, each with a tone and a picture of its own. */
export class Pair {
  private constructor(
    readonly site: Site,
    readonly alice: Page,
    readonly bob: Page,
  ) {}

  static async open(
    options: BrowserOptions = {},
    profile: 'dispatch' | 'standard' = 'dispatch',
  ): Promise<Pair> {
    const site = await openSite(options);
    const page = {inside: '<sip-call></sip-call>', attributes: `profile="${profile}"`};
    const [alice, bob] = [
      await phonePage(site, {user: '1001', ...page}),
      await phonePage(site, {user: '1002', ...page}),
    ];
    await sendsSignals(alice, {tone: TONES.alice, halves: ALICE});
    await sendsSignals(bob, {tone: TONES.bob, halves: BOB});
    for (const page of [alice, bob]) {
      await goOnline(page);
      await keepSent(page);
    }
    return new Pair(site, alice, bob);
  }

  get pages(): readonly Page[] {
    return [this.alice, this.bob];
  }

  async talk(media: 'audio' | 'video'): Promise<void> {
    const {alice, bob} = this;
    await placeCall(alice, '1002', media);
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate((media) => (window as any).call.answer({media}), media);
    for (const page of this.pages) await nextEvent(page, 'sip-call-answered');
    await this.hear();
  }

  /** Waits until both hear each other. */
  async hear(): Promise<void> {
    await Promise.all([hearsTones(this.bob, [TONES.alice]), hearsTones(this.alice, [TONES.bob])]);
  }

  async hangup(): Promise<void> {
    await this.alice.evaluate(() => (window as any).call.hangup());
    for (const page of this.pages) {
      await nextEvent(page, 'sip-call-hangup');
      await released(page);
    }
  }
}

/** Runs a command of the page's call; returns the code of its failure, undefined if it succeeds. */
export const command = (page: Page, name: string, options?: unknown): Promise<string | undefined> =>
  page.evaluate(
    (name, options) =>
      (window as any).call[name](options).then(
        () => undefined,
        (error: any) => error.code,
      ),
    name,
    options,
  );

/** Waits until the page's call has this state; compares only the given fields. */
export const becomes = (page: Page, state: object): Promise<void> =>
  page.evaluate(async (wanted) => {
    const {call} = window as any;
    const reached = (): boolean =>
      Object.entries(wanted).every(
        ([key, value]) => JSON.stringify(call.state[key]) === JSON.stringify(value),
      );
    while (!reached())
      await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
  }, state);
