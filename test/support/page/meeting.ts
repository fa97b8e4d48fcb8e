import type {Page} from 'puppeteer-core';
import {goOnline, nextEvent, phonePage} from './phone-page.js';
import {hearsTones, sendsSignals, type Halves} from './signals.js';
import type {Site} from './site.js';

/** A page with a tone and a picture of its own. */
export interface Attendee {
  readonly number: string;
  readonly tone: number;
  readonly halves: Halves;
  readonly page: Page;
}

/** The tone and colours of each page; the first two are dispatchers. */
export const SIGNALS: readonly Omit<Attendee, 'page'>[] = [
  {
    number: '1001',
    tone: 440,
    halves: [
      [200, 40, 40],
      [40, 40, 200],
    ],
  },
  {
    number: '1002',
    tone: 800,
    halves: [
      [40, 180, 40],
      [200, 200, 40],
    ],
  },
  {
    number: '1003',
    tone: 1300,
    halves: [
      [40, 180, 180],
      [200, 40, 200],
    ],
  },
  {
    number: '1004',
    tone: 2000,
    halves: [
      [220, 220, 220],
      [30, 30, 30],
    ],
  },
];

/** The options of a meeting. */
export interface MeetingOptions {
  readonly media: 'audio' | 'video';
  readonly broadcast?: boolean;
  /** How many pages, four by default. */
  readonly size?: number;
}

/** Opens this many pages, each with its tone and picture, and registers them. */
export async function attend(site: Site, size: number): Promise<Attendee[]> {
  const attendees: Attendee[] = [];
  for (const signals of SIGNALS.slice(0, size)) {
    const page = await phonePage(site, {user: signals.number});
    await sendsSignals(page, signals);
    await goOnline(page);
    attendees.push({...signals, page});
  }
  return attendees;
}

/** Opens the pages; the first one creates a conference that the others answer: it is each page's `call`. */
export async function meet(
  site: Site,
  {media, broadcast = false, size = 4}: MeetingOptions,
): Promise<Attendee[]> {
  const attendees = await attend(site, size);
  const [creator, ...others] = attendees;
  await creator!.page.evaluate(
    async (members, media, broadcast) => {
      const client = document.querySelector('sip-client') as any;
      const make = broadcast ? 'createBroadcast' : 'createConference';
      (window as any).call = await client[make]({members, media});
    },
    others.map(({number}) => number),
    media,
    broadcast,
  );
  await Promise.all(
    others.map(async ({page}) => {
      await nextEvent(page, 'sip-call-received');
      await page.evaluate((media) => (window as any).call.answer({media}), media);
    }),
  );
  await Promise.all(attendees.map(({page}) => nextEvent(page, 'sip-call-answered')));
  return attendees;
}

/** Waits until each hears all others, except muted and deafened members. */
export async function hear(
  attendees: readonly Attendee[],
  {muted = [], deaf = []}: {readonly muted?: readonly string[]; readonly deaf?: readonly string[]} = {},
): Promise<void> {
  await Promise.all(
    attendees.map(({number, page}) => {
      const heard = attendees.filter(
        (other) => other.number !== number && !muted.includes(other.number) && !deaf.includes(number),
      );
      const others = attendees.filter((other) => !heard.includes(other));
      return hearsTones(
        page,
        heard.map(({tone}) => tone),
        others.map(({tone}) => tone),
      );
    }),
  );
}
