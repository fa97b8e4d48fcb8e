import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../../support/in-page/facts.js';
import {press, shown} from '../../support/page/parts.js';
import {phonePage} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

const DIALER = 'sip-dialer >>> ';
const usersSentence = (address: string): string =>
  `This page is not allowed to connect to the server (${address}). Check the address and port, or ask its operator to allow it.`;

const textOf = async (page: Page, selector: string): Promise<string> => {
  const found = await shown(page, selector);
  return found.evaluate((element) => {
    const root = element.getRootNode();
    const told = element.localName === 'dl' && root instanceof ShadowRoot ? root : element;
    return told.textContent!.replace(/\s+/g, ' ').trim();
  });
};

describe('a page whose Content-Security-Policy does not name an address', () => {
  let site: Site;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sip-elements-policy-'));
    site = await openSite();
  });
  after(async () => {
    await site.close();
    await rm(folder, {recursive: true});
  });

  /** How often a console of the site's pages has printed what the author of the page should write. */
  const printed = (element: string, address: string): number => {
    const {host} = new URL(site.server.url);
    const start = `<${element}>: This page’s Content-Security-Policy forbids a connection: ${address}. It has: connect-src `;
    const end = ` ws://${host} wss://${host}. Check the address and port, or add the address to connect-src.`;
    return site.complaints.filter((line) => line.includes(start) && line.includes(end)).length;
  };

  for (const [profile, address] of Object.entries({
    dispatch: 'ws://127.0.0.2:4999/fswebrtc',
    // The right host, and a wrong port.
    standard: 'ws://localhost:4999/fswebrtc',
  }))
    it(`tells its user that it may not connect to the server, and its author what to write, profile ${profile}`, async () => {
      const page = await phonePage(site, {
        user: '1001',
        server: address,
        attributes: `profile="${profile}" autoconnect`,
        inside: '<sip-dialer></sip-dialer><sip-call></sip-call>',
      });
      const notice = await textOf(page, `${DIALER}[part~=notice]`);
      assert.ok(notice.startsWith(usersSentence(address)), notice);
      assert.doesNotMatch(notice, /Content-Security-Policy/);
      await press(page, `${DIALER}[part~=notice] summary`);
      const details = await textOf(page, `${DIALER}[part~=notice] sip-error-details >>> dl`);
      assert.ok(details.includes(`Content-Security-Policy forbids a connection: ${address}`), details);
      assert.match(details, /forbidden-by-page/);
      assert.equal(printed('sip-client', address), 1);
      await page.close();
    });

  it('does so of an address of uploads, at once, and offers no second try', async () => {
    const file = join(folder, 'notes.txt');
    await writeFile(file, 'notes');
    const page = await phonePage(site, {
      user: '1001',
      attributes: 'upload-url="http://127.0.0.2:4999/upload"',
      inside: '<sip-upload></sip-upload>',
    });
    await page.evaluate(() => {
      const codes: string[] = ((window as any).codes = []);
      document.addEventListener('sip-upload-end', ({detail}: any) => codes.push(detail.error.code));
    });
    const [chooser] = await Promise.all([
      page.waitForFileChooser(),
      press(page, 'sip-upload >>> [part~=choose]:not([aria-disabled])'),
    ]);
    await chooser.accept([file]);
    assert.equal(await textOf(page, 'sip-upload >>> .why'), usersSentence('http://127.0.0.2:4999/upload'));
    assert.deepEqual(await page.evaluate(() => (window as any).codes), ['forbidden-by-page']);
    assert.equal(await page.$('sip-upload >>> [part~=retry]'), null);
    await until(async () => printed('sip-upload', 'http://127.0.0.2:4999/upload') === 1);
    await page.close();
  });
});
