import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import {until} from '../../support/in-page/facts.js';
import type {Page} from 'puppeteer-core';
import {goOnline, nextEvent, onlinePage, phonePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

/** What a page sends over its WebSockets, as the browser reports it. */
async function sentBy(page: Page): Promise<string[]> {
  const sent: string[] = [];
  const inspector = await page.createCDPSession();
  await inspector.send('Network.enable');
  inspector.on('Network.webSocketFrameSent', ({response}) => sent.push(response.payloadData));
  return sent;
}

/** Lets a page sign in with these tokens in turn, without any password; the last one stays. */
const givesTokens = (page: Page, tokens: readonly string[]): Promise<void> =>
  page.evaluate((tokens) => {
    const requests: unknown[] = ((window as any).requests = []);
    const element = document.querySelector('sip-client') as any;
    const log = ((window as any).lines = []) as unknown[];
    element.options = {
      ...element.options,
      credentials: async (request: unknown) => ({
        token: tokens[Math.min(requests.push(request), tokens.length) - 1],
      }),
      log: ({text}: {text: string}) => log.push(text),
    };
  }, tokens);

const codeOf = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => (document.querySelector('sip-client') as any).client.state.error?.code);

describe('signing in with tokens', () => {
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());
  afterEach(() => assert.deepEqual(site.complaints.splice(0), []));

  const signed = (user: string, seconds = 600): string => site.server.issueToken(user, seconds);

  /** A page that is not connected yet, and signs in with these tokens. */
  async function tokenPage(user: string, tokens: readonly string[], attributes = ''): Promise<Page> {
    const page = await phonePage(site, {
      user,
      password: '',
      attributes: `history-storage="memory" ${attributes}`,
    });
    await givesTokens(page, tokens);
    return page;
  }

  for (const profile of ['dispatch', 'standard'] as const)
    it(`has the token in each REGISTER on the wire, and nowhere else: ${profile}`, async () => {
      const token = signed('1001');
      const attributes = `profile="${profile}" shared-worker="none"`;
      const page = await tokenPage('1001', [token], attributes);
      const sent = await sentBy(page);
      const callee = await onlinePage(site, {user: '1002'});
      await goOnline(page);
      await placeCall(page, '1002', 'audio');
      await nextEvent(callee, 'sip-call-received');
      await callee.evaluate(() => (window as any).call.answer());
      await nextEvent(page, 'sip-call-answered');
      const isRegister = (text: string): boolean => text.startsWith('REGISTER ');
      const registers = sent.filter(isRegister);
      assert.equal(registers.length, 1);
      assert.equal(/^Authorization: (.*)\r$/m.exec(registers[0]!)?.[1], `Bearer ${token}`);
      assert.ok(sent.some((text) => text.startsWith(profile === 'dispatch' ? 'MESSAGE ' : 'INVITE ')));
      assert.ok(!sent.some((text) => !isRegister(text) && text.includes(token)));
      const shown = await page.evaluate(async () => {
        const element = document.querySelector('sip-client') as any;
        const diagnosis = await element.client.diagnose({only: ['sign-in']});
        await diagnosis.finished;
        const report = await diagnosis.report();
        return [
          document.documentElement.outerHTML,
          JSON.stringify((window as any).lines),
          JSON.stringify(report),
        ];
      });
      for (const text of shown) assert.ok(!text.includes(token));
      await page.evaluate(() => (window as any).call.hangup());
      await Promise.all([page.close(), callee.close()]);
    });

  it('logs in at the API with a token, also with one that is asked for after a refusal', async () => {
    const page = await tokenPage(
      '1003',
      [signed('1003'), signed('1004'), signed('1003')],
      'shared-worker="none"',
    );
    await goOnline(page);
    await page.evaluate(() => (document.querySelector('sip-client') as any).client.connectApi());
    const requests = await page.evaluate(() =>
      (window as any).requests.map(({purpose, refused}: any) => [purpose, refused]),
    );
    assert.deepEqual(requests, [
      ['sip', false],
      ['api', false],
      ['api', true],
    ]);
    assert.equal(site.server.stats()['apiSockets'], 1);
    await page.close();
  });

  it('asks for another token when the server refuses one, and reports the second refusal', async () => {
    const page = await tokenPage('1001', [signed('1001', 0), signed('1001')]);
    await goOnline(page);
    await page.close();
    const refused = await tokenPage('1001', [signed('1001', 0), signed('1002')]);
    await assert.rejects(goOnline(refused), /sign-in/);
    assert.equal(await codeOf(refused), 'token-refused');
    assert.equal(site.server.stats()['bindings'], 0);
    await refused.close();
  });

  /** The bindings and connections of the server. */
  const counted = (): string => {
    const {bindings, connections} = site.server.stats();
    return `${bindings} ${connections}`;
  };

  it('shares a phone with tabs that have a token of their own, and with no others', async () => {
    const first = await tokenPage('1001', [signed('1001')]);
    await goOnline(first);
    const second = await tokenPage('1001', [signed('1001')]);
    await goOnline(second);
    // Those of the pages before may still be closing.
    await until(() => counted() === '1 1', undefined, counted);
    // It has neither a token of the account nor its password.
    for (const token of [signed('1002'), 'none']) {
      const stranger = await tokenPage('1001', [token]);
      await assert.rejects(goOnline(stranger), /sign-in/);
      const called = stranger.evaluate(async () => {
        const element = document.querySelector('sip-client') as any;
        return element.call('1002').then(
          () => 'called',
          (error: {code: string}) => error.code,
        );
      });
      assert.notEqual(await called, 'called');
      await stranger.close();
    }
    const caller = await onlinePage(site, {user: '1003'});
    await placeCall(caller, '1001', 'audio');
    await Promise.all([first, second].map((page) => nextEvent(page, 'sip-call-received')));
    await caller.evaluate(() => (window as any).call.hangup());
    await Promise.all([first, second, caller].map((page) => page.close()));
  });
});
