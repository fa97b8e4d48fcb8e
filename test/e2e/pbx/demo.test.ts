import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {press, shown} from '../../support/page/parts.js';
import {openSite, type Site} from '../../support/page/site.js';

type Phone = '1050' | '1051' | '1052';

describe('the demo of a PBX', () => {
  let site: Site;
  let page: Page;

  before(async () => {
    site = await openSite();
    page = await site.open('/pbx.html');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('sip-client')].every(({state}) => state?.registration === 'registered'),
    );
  });
  after(() => site.close());
  afterEach(async () => {
    await page.evaluate(async () => {
      for (const {calls} of document.querySelectorAll('sip-client'))
        await Promise.all(calls.map((call) => call.hangup().catch(() => {})));
    });
    await page.waitForFunction(() =>
      [...document.querySelectorAll('sip-client')].every(({calls}) => calls.length === 0),
    );
  });

  /** Calls a number. */
  const calls = (phone: Phone, number: string): Promise<unknown> =>
    page.evaluate(
      async (id, number) => {
        await document.querySelector<HTMLElementTagNameMap['sip-client']>(id)!.call(number);
      },
      `#phone-${phone}`,
      number,
    );

  /** Waits until a phone rings. */
  const rings = (phone: Phone): Promise<unknown> =>
    shown(page, `#phone-${phone} sip-incoming >>> [part~=answer-audio]`);

  const answers = (phone: Phone): Promise<unknown> =>
    press(page, `#phone-${phone} sip-incoming >>> [part~=answer-audio]`);

  /** Waits until the phones have one connected call each, at which sound arrives. */
  const talk = (...phones: readonly Phone[]): Promise<unknown> =>
    page.waitForFunction(
      async (ids: readonly string[]) => {
        for (const id of ids) {
          const {calls} = document.querySelector<HTMLElementTagNameMap['sip-client']>(id)!;
          if (calls.length !== 1 || calls[0]!.state.phase !== 'answered') return false;
          const {received} = calls[0]!.quality ?? {};
          if (!received?.audio?.bitrate) return false;
        }
        return true;
      },
      {},
      phones.map((phone) => `#phone-${phone}`),
    );

  const isIdle = (phone: Phone): Promise<unknown> =>
    page.waitForFunction(
      (id) => !document.querySelector<HTMLElementTagNameMap['sip-client']>(id)!.calls.length,
      {},
      `#phone-${phone}`,
    );

  /** Runs a command of a phone's PBX. */
  const runs = (phone: Phone, name: string, ...words: readonly unknown[]): Promise<string> =>
    page.evaluate(
      (id, name, words) =>
        (document.querySelector(id) as any).pbx[name](...words).then(
          () => 'done',
          ({code, status}: any) => `${code} ${status}`,
        ),
      `#phone-${phone}`,
      name,
      words,
    );

  it('parks a call, shows its place by a lamp, and lets any phone retrieve it', async () => {
    await calls('1050', '1051');
    await answers('1051');
    await talk('1050', '1051');
    await page.evaluate(async () => {
      const {pbx, calls} = document.querySelector<HTMLElementTagNameMap['sip-client']>('#phone-1050')!;
      await pbx!.park(calls[0]!);
    });
    await isIdle('1050');
    await talk('1051');
    await page.evaluate(async () => {
      const client = document.querySelector<HTMLElementTagNameMap['sip-client']>('#phone-1050')!;
      const place = await client.watchPeople('71');
      while (place.state.people[0]?.state !== 'busy')
        await new Promise((resolve) => place.addEventListener('statechange', resolve, {once: true}));
      place.close();
    });
    await page.evaluate(async () => {
      await document.querySelector<HTMLElementTagNameMap['sip-client']>('#phone-1052')!.pbx!.retrieve('71');
    });
    await talk('1051', '1052');
  });

  it('picks up the call that rings at another phone', async () => {
    await calls('1052', '1051');
    await rings('1051');
    await press(page, '#phone-1050 sip-directory >>> .act.pick-up');
    await talk('1050', '1052');
    await isIdle('1051');
  });

  it('forwards calls by code, until that ends', async () => {
    assert.equal(await runs('1051', 'forward', '1052'), 'done');
    await isIdle('1051');
    await calls('1050', '1051');
    await answers('1052');
    await talk('1050', '1052');
    assert.equal(await runs('1051', 'endForwarding'), 'done');
    await isIdle('1051');
  });

  it('refuses calls by code, and lets them through again', async () => {
    assert.equal(await runs('1051', 'setDoNotDisturb', true), 'done');
    const refused = await page.evaluate(async () => {
      const call = await document
        .querySelector<HTMLElementTagNameMap['sip-client']>('#phone-1050')!
        .call('1051')
        .catch(({code}: {code: string}) => code);
      if (typeof call === 'string') return call;
      while (call.state.phase !== 'released') await new Promise((resolve) => setTimeout(resolve, 20));
      return call.state.cause!.code;
    });
    assert.equal(refused, 'busy');
    assert.equal(await runs('1051', 'setDoNotDisturb', false), 'done');
    await isIdle('1051');
    await calls('1050', '1051');
    await rings('1051');
  });

  it('calls those who have logged into a queue', async () => {
    assert.equal(await runs('1051', 'logIntoQueue', '400'), 'done');
    await isIdle('1051');
    await calls('1052', '400');
    await answers('1051');
    await talk('1051', '1052');
    assert.equal(await runs('1050', 'logIntoQueue', '401'), 'unknown-number 404');
  });

  it('records a message for a phone, shows it, and plays it', async () => {
    await calls('1050', '*1051');
    await talk('1050');
    const waiting = (): Promise<number | undefined> =>
      page.evaluate(
        () =>
          document.querySelector<HTMLElementTagNameMap['sip-client']>('#phone-1051')!.state.waitingMessages
            ?.fresh,
      );
    assert.equal(await waiting(), 0);
    // A beep, then half a second at least.
    await page.waitForFunction(() => {
      const [call] = document.querySelector<HTMLElementTagNameMap['sip-client']>('#phone-1050')!.calls;
      return Date.now() - call!.state.answeredAt! > 3_000;
    });
    await page.evaluate(() =>
      document.querySelector<HTMLElementTagNameMap['sip-client']>('#phone-1050')!.calls[0]!.hangup(),
    );
    await page.waitForFunction(
      () =>
        document.querySelector<HTMLElementTagNameMap['sip-client']>('#phone-1051')!.state.waitingMessages
          ?.fresh === 1,
    );
    await press(page, '#phone-1051 sip-dialer >>> [part~=mailbox]');
    await talk('1051');
    await isIdle('1051');
    assert.equal(await waiting(), 0);
  });
});
