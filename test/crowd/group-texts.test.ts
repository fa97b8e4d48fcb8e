import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../support/in-page/facts.js';
import {audit} from '../support/page/audit.js';
import {crashes} from '../support/page/crash.js';
import {fill, press, shown} from '../support/page/parts.js';
import {fillPage, goOnline, nextEvent, onlinePage, phonePage} from '../support/page/phone-page.js';
import {openSite, type Site} from '../support/page/site.js';

const MESSAGES = '<main><h1>Desk</h1><sip-messages></sip-messages></main>';
const DIRECTORY = '<main><h1>Desk</h1><sip-directory dense selectable></sip-directory></main>';
/** The day shift, beside 1001: the last one is offline at first. */
const MEMBERS = ['1002', '1023', '1024'] as const;
const OFFLINE = '1024';
const CONVERSATION = '<main><h1>Desk</h1><sip-messages with="group:8110"></sip-messages></main>';
const TEXT = 'Gate 4 is <b>closed</b>';

describe('a text to a group', () => {
  let site: Site;
  let folder: string;
  let desk: Page;
  let members: readonly Page[];
  let back: Page | undefined;

  const text = (selector: string): Promise<string> =>
    desk
      .$eval(selector, (found) => (found as HTMLElement).innerText.replace(/\s+/g, ' ').trim())
      .catch(() => 'nothing');
  const says = (selector: string, wanted: RegExp): Promise<void> =>
    until(async () => wanted.test(await text(selector)));
  const recipient = (number: string): string => `sip-messages >>> [data-number="${number}"]`;
  const SUMMARY = 'sip-messages >>> [part=recipients]';
  /** How many messages have arrived at a page. */
  const arrived = (page: Page): Promise<number> =>
    page.evaluate(
      () => (window as any).events.filter(({type}: {type: string}) => type === 'sip-message-received').length,
    );
  /** What the newest text to the group says of its recipients. */
  let shownLast = 'nothing';
  const last = async (): Promise<string> =>
    (shownLast = await desk.$$eval(
      SUMMARY,
      (all) => (all.at(-1) as HTMLElement | undefined)?.innerText.trim() ?? 'nothing',
    ));
  async function attach(content: string, name: string): Promise<void> {
    await shown(desk, 'sip-messages >>> [part=attach]');
    await desk.$eval(
      'sip-messages >>> input[type=file]',
      (field, content, name) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], name, {type: 'application/octet-stream'}));
        (field as HTMLInputElement).files = transfer.files;
        field.dispatchEvent(new Event('change'));
      },
      content,
      name,
    );
  }
  /** Lets the disk of the desk's page never get done with one of the messages to the members: that it is created, or sent. */
  const stall = (step: 'stored' | 'sent', nth: number): Promise<void> =>
    desk.evaluate(
      (step, nth) => {
        const name = step === 'stored' ? 'add' : 'put';
        const write = IDBObjectStore.prototype[name];
        let count = 0;
        IDBObjectStore.prototype[name] = function (value, ...key) {
          const request = write.call(this, value, ...key);
          const spin = (): void => void (this.count().onsuccess = spin);
          if (value.copyOf && (count += 1) === nth) {
            (window as any).stuck = true;
            spin();
          }
          return request;
        };
      },
      step,
      nth,
    );
  async function openDesk(inside: string): Promise<void> {
    await fillPage(desk, {user: '1001', inside});
    await desk.evaluate(() => (document.documentElement.lang = 'en'));
    await goOnline(desk);
  }

  before(async () => {
    // This server keeps no messages for who is offline.
    folder = await mkdtemp(join(tmpdir(), 'sip-elements-group-files-'));
    site = await openSite({keptMessages: 0, uploads: folder});
    desk = await phonePage(site, {
      user: '1001',
      prepare: (page) => page.setViewport({width: 1280, height: 900}),
    });
    members = await Promise.all(
      MEMBERS.filter((number) => number !== OFFLINE).map((user) => onlinePage(site, {user})),
    );
  });
  after(async () => {
    await site.close();
    await rm(folder, {recursive: true});
  });

  it('is found by pinyin, reaches each member, and names who has not got it', async () => {
    await openDesk(MESSAGES);
    await (await shown(desk, 'sip-messages >>> [part=search]')).focus();
    await desk.keyboard.type('baiban');
    await says('sip-messages >>> [part=conversation]', /白班 Day shift 8110/);
    await press(desk, 'sip-messages >>> [part=conversation]');
    await says('sip-messages >>> [part=group-hint]', /Each of the 3 members gets it separately/);
    assert.deepEqual(await audit(desk), []);
    await fill(desk, 'sip-messages >>> [part=field]', TEXT);
    await press(desk, 'sip-messages >>> [part=send]');
    for (const page of members) {
      const {message} = await nextEvent(page, 'sip-message-received');
      assert.deepEqual([message.from, message.text], ['1001', TEXT]);
    }
    await says(SUMMARY, /^2 of 3 (delivered|sent) · 1 not sent$/);
    assert.equal((await desk.$$('sip-messages >>> [part=message]')).length, 1, 'it is shown once');
    await press(desk, SUMMARY);
    await says(recipient('1002'), /Delivered|Sent|Read/);
    await says(recipient('1023'), /Delivered|Sent|Read/);
    await says(recipient(OFFLINE), /Not sent/);
    assert.deepEqual(await audit(desk), []);
  });

  it('is still there after a reload, and goes again to the one who is back alone', async () => {
    await desk.reload();
    await openDesk(MESSAGES);
    await says('sip-messages >>> [part=conversation]', /白班 Day shift 8110/);
    await press(desk, 'sip-messages >>> [part=conversation]');
    await says(SUMMARY, /^2 of 3 (delivered|sent) · 1 not sent$/);
    back = await onlinePage(site, {user: OFFLINE});
    await press(desk, 'sip-messages >>> [part=retry]');
    const {message} = await nextEvent(back, 'sip-message-received');
    assert.equal(message.text, TEXT);
    await says(SUMMARY, /^3 of 3 (delivered|sent)$/);
    for (const page of members) assert.equal(await arrived(page), 0, 'nobody else gets it again');
  });

  it('leads to a reply, which is for the writer alone, and back to the group', async () => {
    await back!.evaluate(() =>
      document.querySelector('sip-client')!.client!.sendMessage('1001', 'On my way'),
    );
    await press(desk, SUMMARY);
    await says(recipient(OFFLINE), /1 unread message/);
    await press(desk, `${recipient(OFFLINE)} [part=recipient]`);
    await says('sip-messages >>> [part=log]', /closed.*On my way/);
    await says('sip-messages >>> [part=group]', /^To the group 白班 Day shift$/);
    assert.deepEqual(await audit(desk), []);
    await press(desk, 'sip-messages >>> [part=group]');
    await says('sip-messages >>> [part=log]', /closed(?!.*On my way)/);
    for (const page of members) assert.equal(await arrived(page), 0, 'members do not see each other');
  });

  it('is a file that is uploaded once, and of which each member gets the bytes', async () => {
    await openDesk(CONVERSATION);
    await shown(desk, 'sip-messages >>> [part=group-hint]');
    for (const page of [...members, back!]) await page.evaluate(() => ((window as any).events.length = 0));
    await attach('Keep left of gate 4.', '4号门.txt');
    const urls = new Set<string>();
    for (const page of [...members, back!]) {
      const {message} = await nextEvent(page, 'sip-message-received');
      assert.match(message.text, /^4号门\.txt \(20 B\)\nhttps?:/);
      const url = message.text.split('\n')[1]!;
      const got = await page.evaluate(async (address) => (await fetch(address)).text(), url);
      urls.add(url);
      assert.equal(got, 'Keep left of gate 4.');
    }
    assert.equal(urls.size, 1, 'it was uploaded once');
    await says('sip-messages >>> [part=log]', /4号门\.txt/);
    await until(async () => /^3 of 3 (delivered|sent)$/.test(await last()));
    assert.deepEqual(await audit(desk), []);
  });

  for (const [when, step] of [
    ['the file is uploaded and one message is stored', 'stored'],
    ['all messages are stored and one is sent', 'sent'],
  ] as const)
    it(`is a file that each gets once if its page is killed when ${when}`, async () => {
      await openDesk(CONVERSATION);
      const everyone = [...members, back!];
      for (const page of everyone) await page.evaluate(() => ((window as any).events.length = 0));
      await stall(step, 2);
      await says('sip-messages >>> [part=log]', /4号门\.txt/);
      const before = await desk.$$eval(SUMMARY, (all) => all.length);
      const content = `${when} `.repeat(2_000);
      await attach(content, 'open.bin');
      await desk.waitForFunction(() => (window as any).stuck);
      await crashes(desk);
      // The next page may send what it finds before it has registered.
      if (step === 'sent') {
        await fillPage(desk, {user: '1001'});
        await desk.evaluate(async (inside) => {
          document.documentElement.lang = 'en';
          const element = document.querySelector('sip-client')!;
          await element.connect();
          element.innerHTML = inside;
        }, CONVERSATION);
      } else await openDesk(CONVERSATION);
      for (const page of everyone) {
        const {message} = await nextEvent(page, 'sip-message-received');
        assert.match(message.text, /^open\.bin \(\d+ kB\)\nhttps?:/);
        const got = await page.evaluate(
          async (address) => (await fetch(address)).text(),
          message.text.split('\n')[1]!,
        );
        assert.ok(got === content, 'the bytes are those of the file');
      }
      await until(
        async () => /^3 of 3 (delivered|sent)$/.test(await last()),
        60_000,
        () => `“${shownLast}” is that of all three`,
      );
      assert.equal(await desk.$$eval(SUMMARY, (all) => all.length), before + 1, 'it is shown once');
      if (step === 'sent') await goOnline(desk);
      // What follows overtakes nothing: a second copy would have arrived before.
      await fill(desk, 'sip-messages >>> [part=field]', when);
      await press(desk, 'sip-messages >>> [part=send]');
      for (const page of everyone) {
        assert.equal((await nextEvent(page, 'sip-message-received')).message.text, when);
        assert.equal(await arrived(page), 0, 'nobody gets it twice');
      }
    });

  it('is sent, and not delivered, where the server keeps it for who is offline', async () => {
    const keeping = await openSite();
    try {
      const [writer, present] = await Promise.all([
        onlinePage(keeping, {user: '1001', inside: '<sip-messages with="group:8110"></sip-messages>'}),
        onlinePage(keeping, {user: '1002'}),
        onlinePage(keeping, {user: '1023'}),
      ]);
      await writer.evaluate(() => (document.documentElement.lang = 'en'));
      const summary = (): Promise<string> =>
        writer.$eval(SUMMARY, (found) => (found as HTMLElement).innerText.trim()).catch(() => 'nothing');
      await shown(writer, 'sip-messages >>> [part=group-hint]');
      await fill(writer, 'sip-messages >>> [part=field]', TEXT);
      await press(writer, 'sip-messages >>> [part=send]');
      await nextEvent(present!, 'sip-message-received');
      await until(async () => (await summary()) === '2 of 3 delivered');
      const late = await onlinePage(keeping, {user: OFFLINE});
      assert.equal((await nextEvent(late, 'sip-message-received')).message.text, TEXT);
      assert.deepEqual(keeping.complaints, []);
    } finally {
      await keeping.close();
    }
  });

  it('is written to a group that is selected in the directory, and kept in the same conversation', async () => {
    await openDesk(DIRECTORY);
    await (await shown(desk, 'sip-directory >>> [part=search]')).focus();
    await desk.keyboard.type('day shift');
    await shown(desk, 'sip-directory >>> [part=row].group[data-key*="8110"]');
    await desk.keyboard.press('ArrowDown');
    await desk.keyboard.press('Space');
    await press(desk, 'sip-directory >>> [data-action=text]');
    await shown(desk, 'sip-directory >>> #text:focus');
    await desk.keyboard.type('All clear');
    await desk.keyboard.down('Control');
    await desk.keyboard.press('Enter');
    await desk.keyboard.up('Control');
    for (const page of [...members, back!])
      assert.equal((await nextEvent(page, 'sip-message-received')).message.text, 'All clear');
    await openDesk(MESSAGES);
    await press(desk, 'sip-messages >>> [part=conversation]');
    await says('sip-messages >>> [part=log]', /closed.*All clear/);
  });

  it('makes the pages complain of nothing', () => assert.deepEqual(site.complaints, []));
});
