import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import type {Page} from 'puppeteer-core';
import {ELEMENTS} from '../../../scripts/docs/element-reference.mjs';
import {callsByElements, onlinePage} from '../../support/page/phone-page.js';
import {renderOnServer} from '../../support/page/server-rendered.js';
import {openSite, type Site} from '../../support/page/site.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The scripts of a page whose HTML came from a server, by the names of their pages. */
const SCRIPTS: Readonly<Record<string, string>> = {
  'with Lit’s hydration': `import '@lit-labs/ssr-client/lit-element-hydrate-support.js'; import './dist/define.js';`,
  'with the single file': `import './dist/sip-elements.js';`,
};

/** What each element shows, without what Lit notes in comments. */
const shown = (page: Page, ids: string): Promise<Record<string, string>> =>
  page.evaluate(
    (ids) =>
      Object.fromEntries(
        [...document.querySelectorAll(`[id^=${ids}]`)].map((element) => [
          element.localName,
          element.shadowRoot!.innerHTML.replace(/<!--[^]*?-->/g, ''),
        ]),
      ),
    ids,
  );

for (const [title, script] of Object.entries(SCRIPTS)) {
  describe(`HTML from a server, ${title}`, () => {
    let folder: string;
    let site: Site;

    before(async () => {
      await import(new URL('../../../dist/define.js', import.meta.url).href);
      folder = await mkdtemp(join(tmpdir(), 'sip-rendered-'));
      await build({
        stdin: {contents: script, resolveDir: ROOT},
        bundle: true,
        format: 'esm',
        outfile: join(folder, 'app.js'),
        logLevel: 'warning',
      });
      site = await openSite({pages: folder});
      const server = new URL('fswebrtc', site.server.url).href.replace(/^http/, 'ws');
      const tags = [...ELEMENTS.keys()].filter((tag) => tag !== 'sip-client');
      const all = tags.map((tag) => `<${tag} id="rendered-${tag}"></${tag}>`).join('\n');
      const page = (body: string): string =>
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>Phone</title><link rel="icon" href="data:,">
        ${renderOnServer(body)}`;
      await writeFile(join(folder, 'all.html'), page(`<main>${all}</main>`));
      await writeFile(
        join(folder, 'phone.html'),
        page(`<sip-client server="${server}" user="1001" password="1234">
          <sip-call></sip-call><sip-dialer number="1002"></sip-dialer></sip-client>`),
      );
    });
    after(async () => {
      await site.close();
      await rm(folder, {recursive: true, force: true});
    });

    /** Opens a page of the server without the policy that forbids the server's style sheets. */
    const open = (path: string): Promise<Page> => site.open(path, (page) => page.setBypassCSP(true));

    it('is shown before the script, and then every element is as one that a script has made', async () => {
      const page = await open('/all.html');
      const early = await shown(page, 'rendered-');
      assert.equal(Object.keys(early).length, ELEMENTS.size - 1);
      assert.match(early['sip-dialer']!, /<style>[^]*<input/);
      await page.evaluate(async () => {
        await import('/app.js' as string);
        for (const element of document.querySelectorAll('main > *')) {
          const made = document.createElement(element.localName);
          made.id = element.id.replace('rendered', 'made');
          element.after(made);
        }
        for (const element of document.querySelectorAll('main > *')) await (element as any).updateComplete;
      });
      // Lazy parts of both come at the same time; what they load is loaded once.
      await page.waitForNetworkIdle();
      const [rendered, made] = [await shown(page, 'rendered-'), await shown(page, 'made-')];
      assert.deepEqual(rendered, made);
      assert.deepEqual(site.complaints, []);
    });

    it('has no password, takes it in the browser, and calls', async () => {
      const alice = await open('/phone.html');
      assert.doesNotMatch(await alice.content(), /1234/);
      const bob = await onlinePage(site, {user: '1002'});
      await alice.evaluate(async () => {
        const client = document.querySelector('sip-client')! as any;
        await import('/app.js' as string);
        client.password = '1234';
        await client.connect();
        await client.register();
      });
      await callsByElements(alice, bob);
      assert.deepEqual(site.complaints, []);
    });
  });
}
