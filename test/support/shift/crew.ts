import type {Page} from 'puppeteer-core';
import {until} from '../in-page/facts.js';
import {goOnline, nextEvent, phonePage} from '../page/phone-page.js';
import {hearsTones} from '../page/signals.js';
import {openSite, type Site} from '../page/site.js';
import {sendsTone} from './tone-device.js';

/** The tone of each person of a shift, in hertz; the dispatcher is first. */
const TONES = {
  '1001': 360,
  '1003': 1300,
  '1004': 1700,
  '1005': 2100,
  '1007': 2500,
  '1008': 2700,
  '1010': 900,
  '1011': 1000,
  '1012': 1100,
  '1013': 1200,
  '1014': 1500,
  '1015': 1900,
  '1031': 1600,
} as const;

/** Somebody of a shift, by the number. */
export type Number = keyof typeof TONES;

/** What every camera lets be heard, and the middle of the three tones of the server's sample, in hertz. */
export const [CAMERA_TONE, SAMPLE_TONE] = [440, 660];

/** The six of the patrol. */
export const PATROL = ['1010', '1011', '1012', '1013', '1014', '1015'] as const satisfies readonly Number[];

/** Who waits in the queue: an SOS, an urgent call, and three others. */
export const CALLERS = ['1003', '1004', '1005', '1007', '1008'] as const satisfies readonly Number[];

/** What the server says of a member's tone. */
export const toneOf = (number: Number): number => TONES[number];

/** A call of a page, as its client has it. */
export interface CallFacts {
  readonly number: string;
  readonly type: string;
  readonly phase: string;
  readonly held: boolean;
}

/** The desk at the page of the demo, and everyone to whom its dispatcher speaks, each in a page of their own. */
export class Crew {
  readonly site: Site;
  readonly desk: Page;
  readonly #pages: ReadonlyMap<Number, Page>;

  private constructor(site: Site, desk: Page, pages: ReadonlyMap<Number, Page>) {
    this.site = site;
    this.desk = desk;
    this.#pages = pages;
  }

  /** @param numbers - Those of the crew who are there. */
  static async open(numbers = Object.keys(TONES).slice(1) as readonly Number[]): Promise<Crew> {
    const site = await openSite({positionInterval: 500, noAnswerTimeout: 600_000});
    const pages = new Map<Number, Page>();
    for (const number of numbers) {
      const page = await phonePage(site, {user: number, prepare: (page) => sendsTone(page, TONES[number])});
      await goOnline(page);
      pages.set(number, page);
    }
    const desk = await site.open('/console.html?lang=en', async (page) => {
      await page.setViewport({width: 1920, height: 1080});
      await sendsTone(page, TONES['1001']);
    });
    const crew = new Crew(site, desk, pages);
    await crew.isAtWork();
    return crew;
  }

  close(): Promise<void> {
    return this.site.close();
  }

  /** Waits until the desk is registered, and its directory is there. */
  async isAtWork(): Promise<void> {
    await this.desk.waitForFunction(
      () => document.querySelector('sip-client')?.state?.registration === 'registered',
    );
    await until(async () => (await this.desk.$('sip-console >>> sip-directory >>> [part=row]')) !== null);
    await until(async () => (await this.desk.$('sip-console >>> sip-queue >>> [part~=alarms]')) !== null);
  }

  page(number: Number): Page {
    return this.#pages.get(number)!;
  }

  /** Drops the events of a page that nobody has waited for. */
  forgets(...numbers: readonly Number[]): Promise<unknown> {
    return Promise.all(
      numbers.map((number) => this.page(number).evaluate(() => ((window as any).events.length = 0))),
    );
  }

  /** Waits until these are called; returns the types of the calls. */
  rings(...numbers: readonly Number[]): Promise<readonly string[]> {
    return Promise.all(
      numbers.map(async (number) => {
        await nextEvent(this.page(number), 'sip-call-received');
        return this.page(number).evaluate(() => (window as any).call.type as string);
      }),
    );
  }

  /** Has those who ring answer, and waits until they are connected. */
  async answer(...numbers: readonly Number[]): Promise<void> {
    await Promise.all(
      numbers.map((number) => this.page(number).evaluate(() => (window as any).call.answer())),
    );
    await Promise.all(numbers.map((number) => nextEvent(this.page(number), 'sip-call-answered')));
  }

  hangUp(number: Number): Promise<void> {
    return this.page(number).evaluate(() => (window as any).call.hangup());
  }

  call(number: Number, to: string, type?: 'urgent' | 'sos'): Promise<void> {
    return this.page(number).evaluate(
      async (to, type) => {
        (window as any).call = await document.querySelector('sip-client')!.call(to, type && {type});
      },
      to,
      type,
    );
  }

  /** Waits until somebody hears these tones in their call, and none of the others. */
  hears(number: Number, tones: readonly number[], not: readonly number[] = []): Promise<void> {
    return hearsTones(this.page(number), [...tones], [...not]);
  }

  /** Joins a group at a page. */
  async joins(number: Number, group: string): Promise<void> {
    await this.page(number).evaluate(async (group) => {
      const client = document.querySelector('sip-client') as any;
      const call = await client.intercom(group);
      ((window as any).groups ??= {})[group] = call;
      while (call.state.phase !== 'answered')
        await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
    }, group);
  }

  /** Has somebody speak in a group while a task runs. */
  async floor(number: Number, group: string, task: () => Promise<void>): Promise<void> {
    const page = this.page(number);
    await page.evaluate((group) => (window as any).groups[group].requestFloor(), group);
    await task();
    await page.evaluate((group) => (window as any).groups[group].releaseFloor(), group);
  }

  /** Waits until somebody hears the dispatcher in a group, or no longer. */
  async hearsInGroup(number: Number, group: string, heard: boolean): Promise<void> {
    const page = this.page(number);
    await page.evaluate((group) => {
      const scope = window as any;
      scope.conversation = scope.call;
      scope.call = scope.groups[group];
    }, group);
    const tone = [TONES['1001']];
    await hearsTones(page, heard ? tone : [], heard ? [] : tone);
    await page.evaluate(() => ((window as any).call = (window as any).conversation));
  }

  /** The calls of the desk, those of talk groups and cameras apart. */
  async lines(): Promise<readonly CallFacts[]> {
    const calls = await this.#callsAtDesk();
    return calls.filter(({type}) => !/intercom|monitor|member-video/.test(type));
  }

  /** Waits for the calls of the desk, each as `number phase`, or `number held`. */
  async hasLines(...wanted: readonly string[]): Promise<void> {
    const texts = async (): Promise<string> =>
      (await this.lines())
        .map(({number, phase, held}) => `${number} ${held && phase === 'answered' ? 'held' : phase}`)
        .sort()
        .join();
    const sorted = [...wanted].sort().join();
    let last = '';
    await until(
      async () => (last = await texts()) === sorted,
      60_000,
      () => `the desk has ${sorted}, not ${last}`,
    );
  }

  #callsAtDesk(): Promise<readonly CallFacts[]> {
    return this.desk.evaluate(() =>
      (document.querySelector('sip-client')?.calls ?? []).map(({remote, type, state}) => ({
        number: remote.number,
        type,
        phase: state.phase,
        held: state.held,
      })),
    );
  }
}
