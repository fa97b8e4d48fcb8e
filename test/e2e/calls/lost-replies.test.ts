import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {API_CODE, API_HEADER} from '../../../src/dispatch/protocol.js';
import {askOverSip, essence, REQUESTS} from '../../support/scripted/api-requests.js';
import {until} from '../../support/in-page/facts.js';
import {openNarrow, type Narrow} from '../../support/servers/narrow.js';
import {goOnline, phonePage} from '../../support/page/phone-page.js';
import {RawSip} from '../../support/scripted/raw-sip.js';
import {ScriptedClient} from '../../support/scripted/scripted-client.js';
import {openSite, type Site} from '../../support/page/site.js';

describe('a request whose reply is lost with the API’s WebSocket', () => {
  let site: Site;
  /** The proxy of the API's WebSocket; SIP connects directly. */
  let way: Narrow;
  let page: Page;
  before(async () => {
    // Nothing but replies and events may come from the server.
    site = await openSite({pingInterval: 3_600_000});
    way = await openNarrow(site.server.port);
    page = await phonePage(site, {
      user: '1001',
      // Without the page's policy, which holds for a shared worker all the same.
      attributes: `api="ws://127.0.0.1:${way.port}/" shared-worker="none"`,
      withoutCsp: true,
    });
    await goOnline(page);
    await page.evaluate(() => (document.querySelector('sip-client') as any).connectApi());
  });
  after(async () => {
    await way.close();
    await site.close();
  });

  /** Runs a request that the server performs, but whose reply is lost. */
  async function losing<T>(act: () => Promise<T>): Promise<T> {
    await page.evaluate(async () => {
      const {client} = document.querySelector('sip-client') as any;
      while (client.state.api !== 'open')
        await new Promise((resolve) => client.addEventListener('statechange', resolve, {once: true}));
    });
    const {lost} = way;
    way.deaf = true;
    const acting = act();
    await until(() => way.lost > lost);
    way.cut();
    way.deaf = false;
    return acting;
  }

  const send = (header: string, body: object): Promise<any> =>
    page.evaluate(
      async (header, body) => {
        const reply = await (document.querySelector('sip-client') as any).sendApi({header, body});
        return {header: reply.header, code: reply.code, body: reply.body};
      },
      header,
      body,
    );

  it('gets the same reply over SIP', async () => {
    const phone = await RawSip.registered(site.server.url, '1001');
    // Requests that are refused, that change something, and that only ask; test/server/carriers has all of them.
    const headers: readonly string[] = [
      API_HEADER.createCall,
      API_HEADER.playFile,
      API_HEADER.loginInfo,
      API_HEADER.queryPeople,
      API_HEADER.positions,
    ];
    for (const [header, body] of REQUESTS.filter(([header]) => headers.includes(header))) {
      const expected = essence(await askOverSip(phone, JSON.stringify({msgid: randomUUID(), header, body})));
      assert.deepEqual(essence(await losing(() => send(header, body))), expected, header);
    }
    await phone.close();
    // Firefox itself complains of each connection that is cut.
    const own = /websocketapi was interrupted while the page was loading/;
    assert.deepEqual(
      site.complaints.filter((line) => !own.test(line)),
      [],
    );
  });

  it('is done once: calls, conferences, their members and their files', async () => {
    const [carol, dave] = [
      await ScriptedClient.start(site.server.url, '1003'),
      await ScriptedClient.start(site.server.url, '1004'),
    ];
    const make = (name: string, ...values: unknown[]): Promise<string> =>
      page.evaluate(
        async (name, values) => {
          const client = document.querySelector('sip-client') as any;
          return ((window as any).call = await client[name](...values)).id;
        },
        name,
        values,
      );
    const command = (name: string, ...values: unknown[]): Promise<void> =>
      page.evaluate((name, values) => (window as any).call[name](...values), name, values);
    const sessions = (): number | undefined => site.server.stats()['sessions'];

    const sid = await losing(() => make('call', '1003'));
    assert.equal((await carol.answer()).ids, `${sid}.12`);
    assert.equal(sessions(), 1);
    await command('hangup');
    await carol.forgets(sid);

    for (const name of ['createConference', 'createBroadcast']) {
      const cid = await losing(() => make(name, {members: ['1003'], media: 'video', fileId: 'sample-sound'}));
      await carol.answer();
      assert.equal(sessions(), 1);
      await page.waitForFunction(() => (window as any).call.state.phase === 'answered');
      // A second time it would be refused: 1114, 1700, 1124 …
      await losing(() => command('stopFile', 'sample-sound'));
      if (name === 'createConference') {
        await losing(() => command('playFile', 'sample-sound', 1000));
        await losing(() => command('addMember', '1004'));
        await dave.answer();
        await losing(() => command('setSpeaking', '1004', false));
        await losing(() => command('setHearing', '1004', false));
        await losing(() => command('setSpotlight', '1003', true));
        await losing(() => command('removeMember', '1004'));
        await dave.forgets(cid);
      }
      const {code} = await losing(() => send(API_HEADER.forceEnd, {cid}));
      assert.equal(code, API_CODE.none);
      await carol.forgets(cid);
      assert.equal(sessions(), 0);
    }
    for (const client of [carol, dave]) {
      assert.deepEqual([client.incoming.rest.length, client.broken], [0, []]);
      await client.close();
    }
  });
});
