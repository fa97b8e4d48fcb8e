import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../../support/in-page/facts.js';
import {fillPage, goOnline, onlinePage, phonePage} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';
import {openCutWay, type CutWay, type Direction} from '../../support/servers/cut-way.js';
import {size} from '../../support/size.js';

/** Every byte is cut in the long run, every 31st in the short one. */
const STEP = size(31, 1);

/** The texts of a conversation, as the page has stored them. */
const texts = (page: Page, number: string): Promise<string[]> =>
  page.evaluate(async (number) => {
    const conversation = await document.querySelector('sip-client')!.client!.messages.open(number);
    while (conversation.state.older) await conversation.loadOlder();
    return conversation.state.messages.map(({text}) => text);
  }, number);

const states = (page: Page, number: string): Promise<string[]> =>
  page.evaluate(async (number) => {
    const conversation = await document.querySelector('sip-client')!.client!.messages.open(number);
    return conversation.state.messages.map(({text, state}) => `${text} ${state}`);
  }, number);

const send = (page: Page, number: string, text: string): Promise<string> =>
  page.evaluate(
    async (number, text) => {
      const message = await document.querySelector('sip-client')!.client!.messages.send(number, text);
      return message.state;
    },
    number,
    text,
  );

describe('messages over a way that is cut', () => {
  let site: Site;
  let way: CutWay;
  const address = (): string => `ws://127.0.0.1:${way.port}/fswebrtc`;
  before(async () => {
    site = await openSite();
    way = await openCutWay(site.server.port);
  });
  after(async () => {
    await way.close();
    await site.close();
  });

  it('arrive once and in order, wherever the socket is cut in a message or in its answer', async () => {
    const bob = await onlinePage(site, {user: '1002'});
    const alice = await onlinePage(site, {user: '1001', server: address(), withoutCsp: true});
    await alice.exposeFunction('arm', (direction: Direction, bytes: number) => way.arm(direction, bytes));
    await send(alice, '1002', '0000');
    const before = {...way.passed};
    await send(alice, '1002', '0001');
    const [up, down] = [way.passed.up - before.up, way.passed.down - before.down];
    assert.ok(up > 600 && down > 200, `${up} and ${down} bytes`);
    await alice.evaluate(async () => {
      const page = window as unknown as {
        arm(direction: string, bytes: number): Promise<void>;
        cut(direction: string, bytes: number): Promise<number>;
      };
      const {client} = document.querySelector('sip-client')!;
      const {messages} = client!;
      client!.addEventListener('statechange', () => {
        if (client!.state.connection === 'reconnecting') client!.connect().catch(() => {});
      });
      const changed = (target: EventTarget): Promise<unknown> =>
        new Promise((resolve) => target.addEventListener('statechange', resolve, {once: true}));
      const conversation = await messages.open('1002');
      let count = 2;
      const next = (): Promise<unknown> => messages.send('1002', String(count++).padStart(4, '0'));
      page.cut = async (direction, bytes) => {
        await page.arm(direction, bytes);
        await Promise.all([next(), next()]);
        while (conversation.state.messages.some(({state}) => state !== 'sent')) await changed(conversation);
        while (client!.state.registration !== 'registered') await changed(client!);
        return count;
      };
    });
    let sent = 0;
    for (const [direction, bytes] of [
      ['up', up],
      ['down', down],
    ] as const)
      for (let at = 0; at < bytes; at += STEP)
        sent = await alice.evaluate((direction, at) => (window as any).cut(direction, at), direction, at);
    const expected = Array.from({length: sent}, (_, each) => String(each).padStart(4, '0'));
    await until(async () => (await texts(bob, '1001')).length >= sent);
    assert.deepEqual(await texts(bob, '1001'), expected);
    assert.deepEqual(await texts(alice, '1002'), expected);
    // Each time, the socket was really cut.
    assert.equal(way.cuts, Math.ceil(up / STEP) + Math.ceil(down / STEP));
    await alice.close();
    await bob.close();
  });

  it('written offline are sent after a reload, once, in order, and read', async () => {
    const bob = await onlinePage(site, {user: '1004'});
    const account = {user: '1003', server: address(), withoutCsp: true};
    const alice = await phonePage(site, account);
    // The times of the product are its own here: the page is offline for longer than messages have waited before.
    await goOnline(alice);
    await send(alice, '1004', 'before');
    way.block();
    await alice.waitForFunction(
      () => document.querySelector('sip-client')!.client!.state.connection === 'reconnecting',
    );
    for (const text of ['one', 'two', 'three']) assert.equal(await send(alice, '1004', text), 'waiting');
    await new Promise((resolve) => setTimeout(resolve, 31_000));
    assert.deepEqual((await states(alice, '1004')).slice(1), ['one waiting', 'two waiting', 'three waiting']);
    await alice.reload();
    await fillPage(alice, account);
    assert.deepEqual((await states(alice, '1004')).slice(1), ['one waiting', 'two waiting', 'three waiting']);
    way.restore();
    await goOnline(alice);
    await send(alice, '1004', 'four');
    await until(async () => (await texts(bob, '1003')).length >= 5);
    assert.deepEqual(await texts(bob, '1003'), ['before', 'one', 'two', 'three', 'four']);
    await until(async () => (await states(alice, '1004')).every((each) => each.endsWith(' sent')));
    await send(bob, '1003', 'thanks');
    await bob.evaluate(() => document.querySelector('sip-client')!.client!.messages.markRead('1003'));
    await alice.waitForFunction(async () => {
      const conversation = await document.querySelector('sip-client')!.client!.messages.open('1004');
      return conversation.state.messages.every(({direction, read}) => direction === 'incoming' || read);
    });
    await alice.close();
    await bob.close();
  });
});
