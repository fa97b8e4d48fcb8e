import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import type {ElementHandle, Page} from 'puppeteer-core';
import {until} from '../../support/in-page/facts.js';
import {press, shown} from '../../support/page/parts.js';
import {onlinePage, phonePage} from '../../support/page/phone-page.js';
import {RawSip} from '../../support/scripted/raw-sip.js';
import {openSite, type Site} from '../../support/page/site.js';

const part = (name: string): string => `sip-messages >>> [part~=${name}]`;

/** The texts of the rendered bubbles. */
const bubbles = (page: Page): Promise<string[]> =>
  page.$$eval('sip-messages >>> .bubble', (drawn) =>
    drawn.map((bubble) => (bubble as HTMLElement).innerText.trim()),
  );

/** Resolves once a page's bubbles are these. */
const shows = (page: Page, ...texts: string[]): Promise<void> =>
  until(async () => JSON.stringify(await bubbles(page)) === JSON.stringify(texts));

async function write(page: Page, text: string): Promise<void> {
  await (await shown(page, part('field'))).focus();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

describe('messages between pages', () => {
  let site: Site;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sip-elements-messages-'));
    site = await openSite({uploads: folder});
  });
  after(async () => {
    await site.close();
    await rm(folder, {recursive: true});
  });

  const inside = (number: string): string => `<sip-messages with="${number}"></sip-messages>`;

  it('go there and back, and are what was written', async () => {
    const anna = await onlinePage(site, {user: '1001', inside: inside('1002')});
    const ben = await onlinePage(site, {user: '1002', inside: inside('1001')});
    await write(anna, '你好 <b>Ben</b>');
    await shows(ben, '你好 <b>Ben</b>');
    await write(ben, 'hi https://example.com/.');
    await shows(anna, '你好 <b>Ben</b>', 'hi https://example.com/.');
    await shown(anna, `${part('message')}.sent`);
    assert.equal(
      await anna.$eval(part('link'), (link) => (link as HTMLAnchorElement).href),
      'https://example.com/',
    );
    await anna.close();
    await ben.close();
  });

  it('wait for who is absent, and are read where they were sent, after a reload as well', async () => {
    const anna = await onlinePage(site, {user: '1003', inside: inside('1010')});
    await write(anna, 'one');
    await write(anna, 'two');
    await until(async () => (await anna.$$(`${part('message')}.sent`)).length === 2);
    let ben = await onlinePage(site, {user: '1010', inside: inside('1003')});
    await shows(ben, 'one', 'two');
    await ben.close();
    ben = await phonePage(site, {user: '1010', inside: inside('1003')});
    await shows(ben, 'one', 'two');
    await ben.close();
    await anna.close();
  });

  it('that failed say so, and go out when they are sent again', async () => {
    const phone = await RawSip.registered(site.server.url, '1011');
    const page = await onlinePage(site, {user: '1004', inside: inside('1011')});
    await write(page, 'try');
    phone.answer(await phone.received('MESSAGE'), 603, 'Decline');
    await shown(page, part('retry'));
    assert.equal((await page.$$(`${part('message')}.failed`)).length, 1);
    await press(page, part('retry'));
    const again = await phone.received('MESSAGE');
    assert.equal(again.body, 'try');
    phone.answer(again, 200, 'OK');
    await shown(page, `${part('message')}.sent`);
    await phone.close();
    await page.close();
  });

  it('that another page of the account was sending when it was closed go out by the next one, once', async () => {
    const phone = await RawSip.registered(site.server.url, '1012');
    const other = await onlinePage(site, {user: '1007', inside: inside('1012')});
    const page = await onlinePage(site, {user: '1007', inside: inside('1012')});
    await write(other, 'taken');
    phone.answer(await phone.received('MESSAGE'), 200, 'OK');
    await shown(page, `${part('message')}.sent`);
    await write(other, 'on its way');
    const held = await phone.received('MESSAGE');
    await shows(page, 'taken', 'on its way');
    assert.equal((await page.$$(`${part('message')}.sending`)).length, 1);
    await other.close();
    phone.answer(held, 200, 'OK');
    await until(async () => (await page.$$(`${part('message')}.sent`)).length === 2);
    assert.deepEqual(
      phone.inbox.rest.filter(({start}) => start.startsWith('MESSAGE')),
      [],
    );
    await phone.close();
    await page.close();
  });

  it('bring a picture, which the other page shows', async () => {
    const anna = await onlinePage(site, {user: '1005', inside: inside('1006')});
    const ben = await onlinePage(site, {user: '1006', inside: inside('1005')});
    await shown(anna, part('attach'));
    const input = (await anna.$('sip-messages >>> input[type=file]')) as ElementHandle<HTMLInputElement>;
    await input.evaluate(async (field) => {
      const canvas = Object.assign(document.createElement('canvas'), {width: 40, height: 30});
      const context = canvas.getContext('2d')!;
      context.fillStyle = 'rgb(200, 30, 60)';
      context.fillRect(0, 0, 40, 30);
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
      const transfer = new DataTransfer();
      transfer.items.add(new File([blob!], '红.png', {type: 'image/png'}));
      field.files = transfer.files;
      field.dispatchEvent(new Event('change'));
    });
    for (const page of [anna, ben]) {
      await shown(page, part('preview'));
      await until(() =>
        page.$eval(part('preview'), (image) => (image as HTMLImageElement).naturalWidth === 40),
      );
      const color = await page.$eval(part('preview'), (image) => {
        const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1});
        const context = canvas.getContext('2d')!;
        context.drawImage(image as HTMLImageElement, 0, 0);
        return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
      });
      assert.deepEqual(color, [200, 30, 60]);
      assert.match((await bubbles(page)).join(), /红\.png\s+\d+ byte/);
    }
    await anna.close();
    await ben.close();
  });

  it('are selected together, to be copied', async () => {
    const page = await phonePage(site, {user: '1008', inside: inside('1009')});
    await page.evaluate(async () => {
      const {messages} = document.querySelector('sip-client')!.client!;
      const time = Date.now();
      await messages.add(
        ['one', 'two', 'three'].map((text, index) => ({
          number: '1009',
          direction: index % 2 ? ('outgoing' as const) : ('incoming' as const),
          text,
          time: time + index,
        })),
      );
    });
    await shows(page, 'one', 'two', 'three');
    const [first, , last] = await page.$$('sip-messages >>> .text');
    const [from, to] = [await first!.boundingBox(), await last!.boundingBox()];
    await page.mouse.move(from!.x + 1, from!.y + from!.height / 2);
    await page.mouse.down();
    await page.mouse.move(to!.x + to!.width / 2, to!.y + to!.height / 2, {steps: 5});
    await page.mouse.move(to!.x + to!.width - 1, to!.y + to!.height - 2);
    await page.mouse.up();
    const selected = await page.evaluate(() => getSelection()!.toString());
    assert.match(selected, /one[^]+two[^]+thr/);
    await page.close();
  });

  it('reach the page of the demo', async () => {
    const page = await site.open('/messages.html');
    const first = (name: string): string => `#phone-1001 ${part(name)}`;
    await shown(page, `${first('send')}:not([aria-disabled])`);
    await shown(page, `#phone-1002 ${part('send')}:not([aria-disabled])`);
    await (await shown(page, first('field'))).focus();
    await page.keyboard.type('hello');
    await page.keyboard.press('Enter');
    await shown(page, `#phone-1002 ${part('message')}.incoming`);
    await page.close();
  });

  it('break no rule of the page’s Content-Security-Policy', () => {
    assert.deepEqual(site.complaints, []);
  });
});
