import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../support/in-page/facts.js';
import {freePort, type Program} from '../support/interop/program.js';
import {hears} from '../support/page/measure.js';
import {nextEvent, onlinePage, placeCall} from '../support/page/phone-page.js';
import {plainPage} from '../support/page/plain-page.js';
import {openSite, type Site} from '../support/page/site.js';
import {startDevelopmentServer} from '../support/servers/development-server.js';

describe('the tabs of a phone whose first server was away', () => {
  let site: Site;
  let port: number;
  let first: Program;

  before(async () => {
    site = await openSite();
    port = await freePort('tcp');
  });
  after(async () => {
    await site?.close();
    await first?.stop();
  });

  const open = async (user: string, server: string): Promise<Page> =>
    onlinePage(site, {
      ...{user, server, address: await plainPage()},
      attributes: 'profile="standard" history-storage="none" ringtone="none"',
    });

  it('go over to it when it is back, and are called there', async () => {
    const second = new URL('/fswebrtc', site.server.url).href.replace(/^http/, 'ws');
    const servers = `ws://localhost:${port}/fswebrtc ${second}`;
    const tabs = [await open('1002', servers), await open('1002', servers)];
    const places = (): number[] => {
      const {bindings, connections} = site.server.stats();
      return [bindings!, connections!];
    };
    await until(() => places().join() === '1,1');
    first = await startDevelopmentServer(port);
    await until(() => places()[1] === 0);
    const caller = await open('1001', `ws://localhost:${port}/fswebrtc`);
    await placeCall(caller, '1002', 'audio');
    for (const tab of tabs) await nextEvent(tab, 'sip-call-received');
    await tabs[1]!.evaluate(() => (window as any).call.answer());
    await Promise.all([caller, tabs[1]!].map((page) => hears(page, 'sip-client')));
    await nextEvent(tabs[0]!, 'sip-call-hangup');
  });
});
