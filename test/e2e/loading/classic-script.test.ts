import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {callsByElements, onlinePage} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

/** A page as an old one is written: no module, and the script before the elements. */
const page = (
  server: string,
): string => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Phone</title><link rel="icon" href="data:,">
<script src="/sip-elements.global.js"></script>
<sip-client server="${server}" user="1001" password="1234" autoconnect>
  <sip-call></sip-call><sip-incoming></sip-incoming><sip-dialer number="1002"></sip-dialer>
</sip-client>
<script src="/own.js"></script>`;

/** Its own script, which is no module either. */
const OWN = `var client = document.querySelector('sip-client').client;
var isClient = client instanceof SipElements.SipClient;
var names = Object.keys(window).filter(function (name) { return /^sip/i.test(name); });`;

describe('a page with the classic script', () => {
  let folder: string;
  let site: Site;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sip-classic-'));
    site = await openSite({pages: folder});
    const server = new URL('fswebrtc', site.server.url).href.replace(/^http/, 'ws');
    await writeFile(join(folder, 'index.html'), page(server));
    await writeFile(join(folder, 'own.js'), OWN);
  });
  after(async () => {
    await site.close();
    await rm(folder, {recursive: true, force: true});
  });

  it('has one new name, SipElements, and calls by its elements', async () => {
    const alice = await site.open('/');
    assert.deepEqual(await alice.evaluate(() => (window as any).names), ['SipElements']);
    assert.equal(await alice.evaluate(() => (window as any).isClient), true);
    const bob = await onlinePage(site, {user: '1002'});
    await callsByElements(alice, bob);
    assert.deepEqual(site.complaints, []);
  });
});
