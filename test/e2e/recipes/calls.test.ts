import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import {receives} from '../../support/page/measure.js';
import {press, shown} from '../../support/page/parts.js';
import {onlinePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';
import {until} from '../../support/in-page/facts.js';
import {colorAt, hangUp, hasCalls, openRecipe} from '../../support/recipes/recipe.js';

describe('recipes for calls', () => {
  let site: Site;
  before(async () => (site = await openSite()));
  after(() => site.close());
  afterEach(() => assert.deepEqual(site.complaints.splice(0), []));

  it('show the name, the picture and the orders of the CRM in the box that rings, and the orders beside the call', async () => {
    const page = await openRecipe(site, 'screen-pop');
    await press(page, '#customer-phone sip-dialer >>> [part~=call]');
    const picture = await shown(page, '#agent-phone sip-incoming >>> .avatar img:not([hidden])');
    // The background of the picture, as it is drawn.
    await page.waitForFunction((img) => (img as HTMLImageElement).naturalWidth > 0, {}, picture);
    assert.deepEqual(await colorAt(page, picture, 0.5, 0.08), [242, 184, 160]);
    const box = await page.$eval('#agent-phone sip-incoming', (element) => {
      const orders = document.querySelector<HTMLElement>('.orders')!;
      return [
        element.shadowRoot!.querySelector<HTMLElement>('.name')!.innerText,
        element.shadowRoot!.querySelector<HTMLElement>('.detail')!.innerText,
        orders.assignedSlot?.getRootNode() === element.shadowRoot,
        orders.innerText.split('\n'),
      ];
    });
    const orders = ['Orders', '4711 · € 1,280.00', '4698 · € 96.50'];
    assert.deepEqual(box, ['Dr. Anna Novak', 'Harbor Clinic · VIP', true, orders]);
    await press(page, '#agent-phone sip-incoming >>> [part~=answer-audio]');
    await shown(page, '#record .orders');
    await hasCalls(page, '#customer-phone', 1);
    await hangUp(page, '#customer-phone');
    await page.waitForFunction(() => !document.querySelector('.orders'));

    const stranger = await onlinePage(site, {user: '1004'});
    await placeCall(stranger, '1001', 'audio');
    await page.waitForFunction(() =>
      document
        .querySelector('sip-incoming')
        ?.shadowRoot!.querySelector('.name')
        ?.textContent?.includes('张伟'),
    );
    assert.equal(await page.$('.orders'), null);
    // The CRM does not know the stranger, whom the box and the screen pop have asked for.
    await until(() => site.complaints.length === 2);
    assert.ok(site.complaints.splice(0).every((each) => each.includes('404')));
    await Promise.all([page.close(), stranger.close()]);
  });

  it('call the number of a link, which shows the state of the call', async () => {
    const page = await openRecipe(site, 'click-to-call');
    await press(page, 'a[href="tel:1002"]');
    await shown(page, 'a[href="tel:1002"][data-sip-state=ringing]');
    await hasCalls(page, '#desk-phone', 1, 'ringing');
    const called = await page.$eval('#desk-phone', (client) => {
      const [{remote, media}] = (client as HTMLElementTagNameMap['sip-client']).calls as any;
      return [remote.number, media];
    });
    assert.deepEqual(called, ['1001', 'audio']);
    await press(page, '#desk-phone sip-incoming >>> [part~=answer-audio]');
    await shown(page, 'a[href="tel:1002"][data-sip-state=connected]');
    await hangUp(page, '#desk-phone');
    await shown(page, 'a[href="tel:1002"]:not([data-sip-state])');

    await press(page, 'a[data-sip-call="1020"]');
    await shown(page, 'a[data-sip-call="1020"][data-sip-state=connected]');
    const video = await shown(page, 'sip-phone >>> sip-call >>> video:not([muted])');
    await page.waitForFunction(
      (video) => (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames > 3,
      {},
      video,
    );
    await page.close();
  });

  it('count what has happened in a queue', async () => {
    const page = await openRecipe(site, 'queue-statistics');
    const figure = (name: string): Promise<string> =>
      page.$eval(`[data-of=${name}]`, (element) => element.textContent!);
    const becomes = (name: string, text: RegExp): Promise<unknown> =>
      page.waitForFunction(
        (name, text) => new RegExp(text).test(document.querySelector(`[data-of=${name}]`)!.textContent!),
        {},
        name,
        text.source,
      );
    // What the agent's phone reports of the first caller, to compare with: a busy server reports it later than the caller's.
    await page.$eval('#agent-phone', (client) => {
      const times: Record<string, number> = ((window as any).times = {});
      for (const type of ['sip-call-received', 'sip-call-answered', 'sip-call-hangup'] as const)
        client.addEventListener(type, (event) => {
          const {call} = (event as CustomEvent).detail;
          if (call.remote.number === '1003') times[type] = performance.now() / 1000;
        });
    });
    await press(page, '#phone-1003 sip-dialer >>> [part~=call]');
    await becomes('longest', /^1\.\ds$/);
    await press(page, '#phone-1004 sip-dialer >>> [part~=call]');
    await becomes('waiting', /^2$/);
    await page.evaluate(() => {
      const {calls} = document.querySelector<HTMLElementTagNameMap['sip-client']>('#agent-phone')!;
      return calls.find(({remote}) => remote.number === '1003')!.answer();
    });
    await hasCalls(page, '#phone-1003', 1);
    await hangUp(page, '#phone-1004');
    await becomes('lost', /^1$/);
    await page.waitForFunction(
      () =>
        document.querySelector<HTMLElementTagNameMap['sip-client']>('#phone-1003')!.calls[0]!.duration! >
        1000,
    );
    await hangUp(page, '#phone-1003');
    await becomes('talk', /^\d/);
    const times = await page.evaluate(() => (window as any).times as Record<string, number>);
    const [received, answered, ended] = Object.values(times) as [number, number, number];
    const close = (text: string, seconds: number): void =>
      assert.ok(
        /^[\d.]+s$/.test(text) && Math.abs(parseFloat(text) - seconds) < 0.6,
        `${text} for ${seconds} s`,
      );
    close(await figure('wait'), answered - received);
    close(await figure('talk'), ended - answered);
    const counts = await Promise.all(['waiting', 'longest', 'answered', 'lost', 'level'].map(figure));
    assert.deepEqual(counts, ['0', '–', '1', '1', '50%']);
    await page.close();
  });

  it('open a door by # of the reception, and by nothing else', async () => {
    const page = await openRecipe(site, 'door-phone');
    const stranger = await onlinePage(site, {user: '1003'});
    const refusal = await stranger.evaluate(async () => {
      const client = document.querySelector('sip-client')!;
      const ended = new Promise<string>((resolve) =>
        client.addEventListener('sip-call-hangup', ({detail}) => resolve(detail.cause.code)),
      );
      await client.call('1016').catch(() => {});
      return ended;
    });
    assert.notEqual(refusal, 'normal');
    await page.$eval('sip-client#door', (door) => {
      const tones: string[] = ((window as any).tones = []);
      door.addEventListener('sip-dtmf', ({detail}) =>
        tones.push(`${detail.tone} ${document.querySelector<HTMLElement>('#opened')!.hidden}`),
      );
    });
    await page.focus('#ring');
    await page.keyboard.press('Enter');
    await press(page, '#reception sip-incoming >>> [part~=answer-audio]');
    await hasCalls(page, '#door', 1);
    await press(page, '#reception sip-call >>> [part~=keypad]:not([aria-disabled=true])');
    await press(page, '#reception sip-call >>> sip-keypad >>> [part~=key]:nth-of-type(5)');
    await press(page, '#reception sip-call >>> sip-keypad >>> [part~=key]:nth-of-type(12)');
    await shown(page, '#opened:not([hidden])');
    // The page’s own listener is before this one: the 5 has not opened the door, the # has.
    assert.deepEqual(await page.evaluate(() => (window as any).tones), ['5 true', '# false']);
    await page.focus('#ring');
    await page.keyboard.press('Enter');
    await hasCalls(page, '#reception', 0);
    await Promise.all([page.close(), stranger.close()]);
  });
});

describe('the recipe of a waiting room', () => {
  let site: Site;
  before(async () => (site = await openSite({noAnswerTimeout: 1500})));
  after(() => site.close());

  /** The state that the page around the frame shows. */
  const becomes = (page: Page, state: string): Promise<unknown> =>
    page.waitForSelector(`#state[data-state=${state}]`);

  it('has a visitor wait in a frame until the consultant takes them, beyond the time of one call', async () => {
    const page = await openRecipe(site, 'waiting-room');
    await page.$eval('sip-client#consultant', (client) => {
      const rung: string[] = ((window as any).rung = []);
      client.addEventListener('sip-call-received', ({detail}) => rung.push(detail.call.remote.number));
    });
    const room: Frame = page.frames().find((frame) => frame.url().endsWith('/visitor.html'))!;
    await becomes(page, 'away');
    await room.waitForFunction(
      () => document.querySelector('sip-client')?.client?.state.registration === 'registered',
    );
    await room.click('#enter');
    await becomes(page, 'waiting');
    await page.waitForFunction(() => (window as any).rung.length >= 2);
    assert.ok(await room.$eval('#wait', (wait) => wait.checkVisibility()));
    await press(page, '#consultant sip-queue >>> [part~=answer]');
    await becomes(page, 'talking');
    await receives(page, '#consultant', {frames: 3, energy: 0.01});
    await receives(room as unknown as Page, 'sip-client', {frames: 3, energy: 0.01});
    assert.ok(await room.$eval('sip-call', (call) => call.checkVisibility()));
    await hangUp(page, '#consultant');
    await becomes(page, 'away');
    await room.waitForSelector('#enter:not([hidden])');

    // Who leaves is not called for any more.
    await room.click('#enter');
    await becomes(page, 'waiting');
    await room.click('#leave');
    await becomes(page, 'away');
    await hasCalls(page, '#consultant', 0);
    assert.deepEqual([...new Set(await page.evaluate(() => (window as any).rung as string[]))], ['1005']);
    assert.deepEqual(site.complaints, []);
  });
});
