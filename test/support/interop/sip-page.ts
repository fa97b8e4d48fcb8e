import type {Page} from 'puppeteer-core';
import {keepsMessages} from './evidence.js';
import {
  agreesToTransfers,
  fillPage,
  goOnline,
  nextEvent,
  phonePage,
  type Account,
} from '../page/phone-page.js';
import {DOMAIN, type Kamailio} from './kamailio.js';
import {plainPage} from '../page/plain-page.js';
import {sendsSignals, type Halves} from '../page/signals.js';
import type {Site} from '../page/site.js';

/** Chromium's flags for servers of the loopback that have a certificate of their own making. */
export const LOOPBACK_FLAGS = ['--allow-loopback-in-peer-connection', '--ignore-certificate-errors'];

/** A page that sends a tone of its own, in hertz, and a picture of two colours. */
export interface Person {
  readonly user: string;
  readonly tone: number;
  readonly halves: Halves;
  readonly page: Page;
}

/** The attributes and options of its `<sip-client>`. */
export interface PersonOptions extends Partial<Account> {
  readonly tone?: number;
  readonly halves?: Halves;
  readonly options?: Record<string, unknown>;
}

const HALVES: Halves = [
  [200, 40, 40],
  [40, 40, 200],
];

/** Opens the page of a user of Kamailio's, which is not connected yet. */
export async function personPage(
  site: Site,
  kamailio: Pick<Kamailio, 'ws'>,
  user: string,
  options: PersonOptions = {},
): Promise<Person> {
  const account = accountOf(kamailio, user, options);
  const page = await phonePage(site, {address: await plainPage(), ...account});
  return settles(page, user, options);
}

/**
 * Loads such a page anew, and connects and registers it again.
 *
 * @param load - Loads the page's address; as a reload by default.
 */
export async function reloads(
  {user, page}: Person,
  kamailio: Pick<Kamailio, 'ws'>,
  options: PersonOptions = {},
  load: (address: string) => Promise<unknown> = () => page.reload(),
): Promise<void> {
  await load(page.url());
  await fillPage(page, accountOf(kamailio, user, options));
  await settles(page, user, options);
  await goOnline(page);
}

function accountOf(
  kamailio: Pick<Kamailio, 'ws'>,
  user: string,
  {tone: _, halves: __, options: ___, attributes = '', ...account}: PersonOptions,
): Account {
  return {
    user,
    password: `pw-${user}`,
    server: kamailio.ws,
    attributes: `${attributes} profile="standard" domain="${DOMAIN}" history-storage="none" ringtone="none"`,
    ...account,
  };
}

async function settles(
  page: Page,
  user: string,
  {tone = 440, halves = HALVES, options = {}}: PersonOptions,
): Promise<Person> {
  await keepsMessages(page);
  await sendsSignals(page, {tone, halves});
  await agreesToTransfers(page);
  await page.evaluate((options) => {
    const element = document.querySelector('sip-client') as any;
    element.options = {...element.options, ...options};
  }, options);
  return {user, tone, halves, page};
}

/** Opens such a page, connects and registers it. */
export async function person(
  site: Site,
  kamailio: Pick<Kamailio, 'ws'>,
  user: string,
  options?: PersonOptions,
): Promise<Person> {
  const made = await personPage(site, kamailio, user, options);
  await goOnline(made.page);
  return made;
}

/** Answers the ringing call of a page. */
export async function answer({page}: Person, media?: 'audio' | 'video'): Promise<void> {
  await page.evaluate((media) => (window as any).call.answer(media && {media}), media);
}

/** Waits until the page's calls are with these numbers. */
export async function talksTo({page}: Person, numbers: readonly string[]): Promise<void> {
  await page.evaluate(async (numbers) => {
    const {client} = document.querySelector('sip-client') as any;
    const seen = (): string => client.state.calls.map(({remote}: any) => remote.number).join();
    while (seen() !== numbers.join()) await new Promise((resolve) => setTimeout(resolve, 20));
  }, numbers);
}

/** Waits until the page's call shows a state. */
export async function showsState(
  {page}: Person,
  name: string,
  value: boolean | string | number,
): Promise<void> {
  await page.evaluate(
    async (name, value) => {
      const {call} = window as any;
      while (call.state[name] !== value) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    name,
    value,
  );
}

/** Ends all calls of a page, and forgets its events. */
export async function hangsUp(person: Person): Promise<void> {
  await person.page.evaluate(async () => {
    const {client} = document.querySelector('sip-client') as any;
    await Promise.all(client.state.calls.map((call: any) => call.hangup()));
  });
  await talksTo(person, []);
  await person.page.evaluate(() => (window as any).events.splice(0));
}

/** Waits for the end of the page's call and returns its cause. */
export async function cause({page}: Person): Promise<{by: string; code: string; status?: number}> {
  return (await nextEvent(page, 'sip-call-hangup')).state.cause;
}
