import type {Page} from 'puppeteer-core';
import {named} from '../in-page/facts.js';
import {IN_FIREFOX} from './browser.js';
import {plainPage} from './plain-page.js';
import type {Site} from './site.js';
import {witness} from './witness.js';

/** What is written into the page's `<sip-client>`. */
export interface Account {
  readonly user: string;
  readonly password?: string;
  /** The WebSocket's address; that of the page's own server by default. */
  readonly server?: string;
  readonly attributes?: string;
  readonly inside?: string;
  /** Lets the page connect to other servers: in Firefox it then comes from a server without a policy. */
  readonly withoutCsp?: boolean;
  /** The page's address; by default on the site's own server. Its server has the bundle. */
  readonly address?: string;
  /** Called before the page is loaded. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** Opens a page with the bundle and one `<sip-client id="c">`, not connected yet. */
export async function phonePage(site: Site, account: Account): Promise<Page> {
  const {withoutCsp = false, address = '/fswebrtc', server} = account;
  const elsewhere = withoutCsp && IN_FIREFOX;
  const page = await site.open(elsewhere ? await plainPage() : address, async (page) => {
    if (withoutCsp && !elsewhere) await page.setBypassCSP(true);
    await witness(page);
    await account.prepare?.(page);
  });
  const own = elsewhere ? new URL('/fswebrtc', site.server.url).href.replace(/^http/, 'ws') : '';
  await fillPage(page, {...account, server: server || own});
  return page;
}

/** Puts the bundle and one `<sip-client id="c">` into an open page. */
export async function fillPage(
  page: Page,
  {user, password = '1234', server = '', attributes = '', inside = ''}: Account,
): Promise<void> {
  await page.evaluate(
    async (user, password, attributes, inside, given) => {
      await import('/sip-elements.js' as string);
      const server = given || `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/fswebrtc`;
      document.body.innerHTML = `<sip-client id="c" server="${server}" user="${user}" password="${password}" ${attributes}>${inside}</sip-client>`;
    },
    user,
    password,
    attributes,
    inside,
    server,
  );
}

/** Opens such a page, connects and registers it, and begins to keep its events for {@link nextEvent}. */
export async function onlinePage(site: Site, account: Account): Promise<Page> {
  const page = await phonePage(site, account);
  await goOnline(page);
  return page;
}

/** Lets a page accept the transfers that the other sides of its calls request. */
export async function agreesToTransfers(page: Page): Promise<void> {
  await page.evaluate(() =>
    document
      .querySelector('sip-client')!
      .addEventListener('sip-transfer-request', ({detail}) => detail.respondWith(true)),
  );
}

/** Connects and registers a page, and begins to keep its events. */
export async function goOnline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const element = document.querySelector('sip-client') as any;
    const events: CustomEvent[] = ((window as any).events = []);
    for (const type of [
      'sip-call-received',
      'sip-call-resumed',
      'sip-call-answered',
      'sip-call-hangup',
      'sip-call-hold',
      'sip-media-request',
      'sip-message-received',
      'sip-error',
    ]) {
      element.addEventListener(type, (event: CustomEvent) => {
        events.push(event);
        window.dispatchEvent(new Event('kept'));
      });
    }
    await element.connect();
    await element.register();
  });
}

/** Takes the page's next event of the type, waiting for it; its call becomes the page's `call`. */
export async function nextEvent(page: Page, type: string): Promise<any> {
  const event = page.evaluate(async (type) => {
    const events: CustomEvent[] = (window as any).events;
    let index = -1;
    while ((index = events.findIndex((event) => event.type === type)) < 0) {
      await new Promise((resolve) => window.addEventListener('kept', resolve, {once: true}));
    }
    const {detail} = events.splice(index, 1)[0]!;
    if (detail.call) (window as any).call = detail.call;
    const {call, respondWith: _, signal: __, ...rest} = detail;
    const told = call
      ? {id: call.id, remote: call.remote, media: call.media, state: call.state, ...rest}
      : rest;
    // As text: Firefox hands over an object that occurs twice only once.
    return JSON.parse(JSON.stringify(told));
  }, type);
  return named(event, type);
}

/** A page calls by pressing the button of its dialer, the callee answers, and the page ends the call by a button. */
export async function callsByElements(caller: Page, callee: Page): Promise<void> {
  await (await caller.waitForSelector('sip-dialer >>> [part=call]:not([aria-disabled=true])'))!.click();
  await nextEvent(callee, 'sip-call-received');
  await callee.evaluate(() => (window as any).call.answer());
  await caller.waitForSelector('sip-call:state(active)');
  await (await caller.waitForSelector('sip-call >>> sip-hangup-button >>> button'))!.click();
  await nextEvent(callee, 'sip-call-hangup');
}

/** Calls a number from the page and gives the call's id. */
export function placeCall(page: Page, number: string, media: 'audio' | 'video'): Promise<string> {
  return page.evaluate(
    async (number, media) => {
      const call = ((window as any).call = await (document.querySelector('sip-client') as any).call(number, {
        media,
      }));
      return call.id as string;
    },
    number,
    media,
  );
}
