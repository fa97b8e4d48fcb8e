import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {brotliCompressSync} from 'node:zlib';
import type {HTTPRequest, Page} from 'puppeteer-core';
import {shown} from '../../support/page/parts.js';
import {callsByElements, nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

/** The scripts that have every element; a page may load them by any address. */
const SCRIPTS = {
  'the single file': '<script type="module" src="/sip-elements.js?v=2"></script>',
  'the classic script': '<script src="/sip-elements.global.js?v=2"></script>',
};

/** The elements of a desk that come in files of their own, with the tag of what each draws. */
const DESK = {
  'sip-channels': 'sip-channels-panel',
  'sip-console': 'sip-console-panel',
  'sip-queue': 'sip-queue-panel',
  'sip-recall': 'sip-recall-panel',
  'sip-journal': 'sip-journal-panel',
};

const page = (script: string): string => `<!doctype html><html lang="en">
<meta charset="utf-8"><title>Desk</title><link rel="icon" href="data:,">${script}
<sip-client id="c" user="1001" password="1234" recall="1" journal-storage="memory" max-calls="9" parallel-calls autoconnect>
  <sip-calls></sip-calls><sip-dialer number="1002"></sip-dialer><sip-incoming></sip-incoming><sip-call></sip-call>
  ${Object.keys(DESK)
    .map((tag) => `<${tag}></${tag}>`)
    .join('\n')}
</sip-client>`;

/** How much of brotli a script and its files may have in all: each once had a copy of Lit, of styles and of texts. */
const MOST_BYTES = 330_000;

describe('the files beside', () => {
  let folder: string;
  let site: Site;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sip-beside-'));
    site = await openSite({pages: folder});
    const server = new URL('fswebrtc', site.server.url).href.replace(/^http/, 'ws');
    const pages = {...SCRIPTS, 'both scripts': Object.values(SCRIPTS).join('')};
    for (const [name, script] of Object.entries(pages))
      await writeFile(
        join(folder, `${name.replace(/\W/g, '-')}.html`),
        page(script).replace('user=', `server="${server}" user=`),
      );
  });
  after(async () => {
    await site.close();
    await rm(folder, {recursive: true, force: true});
  });

  /** Opens the page of a script; `requested` gets the names of the files of the package that the page requests. */
  async function open(
    name: string,
    {requested = [], answer}: {requested?: string[]; answer?: (request: HTTPRequest) => boolean} = {},
  ): Promise<Page> {
    return site.open(`/${name.replace(/\W/g, '-')}.html`, async (page) => {
      page.on('request', (request) => {
        const [, file] = /\/(sip-elements[\w.-]*\.js)/.exec(request.url()) ?? [];
        if (file) requested.push(file);
      });
      if (!answer) return;
      await page.setRequestInterception(true);
      page.on('request', (request) => void (answer(request) || request.continue()));
    });
  }

  for (const name of Object.keys(SCRIPTS))
    it(`show a desk with what ${name} has: nothing is loaded twice`, async () => {
      const requested: string[] = [];
      const desk = await open(name, {requested});
      for (const [tag, inner] of Object.entries(DESK)) await shown(desk, `${tag} >>> ${inner}`);
      await desk.waitForFunction(
        () => document.querySelector('sip-client')?.state?.registration === 'registered',
      );
      const copies = await desk.evaluate(() => [
        (globalThis as any).litHtmlVersions.length,
        (globalThis as any).litElementVersions.length,
      ]);
      assert.deepEqual(copies, [1, 1]);
      const beside = requested.filter((file) => !/^sip-elements(\.global)?\.js$/.test(file));
      assert.deepEqual([...new Set(beside)].sort(), beside.sort());
      assert.equal(requested.length, beside.length + 1);
      const bytes = requested.map(
        (file) => brotliCompressSync(readFileSync(new URL(`../../../dist/${file}`, import.meta.url))).length,
      );
      for (const file of beside)
        assert.doesNotMatch(
          readFileSync(new URL(`../../../dist/${file}`, import.meta.url), 'utf8'),
          /import\("\.\/sip-elements(?:\.global)?\.js"\)/,
          file,
        );
      const sum = bytes.reduce((all, each) => all + each, 0);
      assert.ok(sum < MOST_BYTES, `${sum} bytes in ${requested.join(', ')}`);
      assert.deepEqual(site.complaints, []);
    });

  it('belong to the copy of the script that loads them, if a page has two', async () => {
    const desk = await open('both scripts');
    for (const [tag, inner] of Object.entries(DESK)) await shown(desk, `${tag} >>> ${inner}`);
    const bob = await onlinePage(site, {user: '1002'});
    await callsByElements(desk, bob);
    // What the elements of a desk draw has the classes of their own copy.
    const isOwn = await desk.evaluate(() => {
      const {SipQueueElement} = (window as any).SipElements;
      const queue = document.querySelector('sip-queue')!;
      const inner = queue.shadowRoot!.querySelector('sip-queue-panel')!;
      const lit = (element: object): unknown => Object.getPrototypeOf(Object.getPrototypeOf(element));
      return queue instanceof SipQueueElement && lit(inner) === lit(queue);
    });
    assert.equal(isOwn, true);
    // Chromium complains of what the recall of a call uses.
    assert.deepEqual(
      site.complaints.splice(0).filter((text) => !text.includes('ScriptProcessorNode')),
      [],
    );
  });

  it('connect calls once there is something to connect', async () => {
    const requested: string[] = [];
    const desk = await open('the single file', {requested});
    const [bob, carol] = [await onlinePage(site, {user: '1002'}), await onlinePage(site, {user: '1003'})];
    await desk.waitForFunction(
      () => document.querySelector('sip-client')?.state?.registration === 'registered',
    );
    assert.ok(!requested.includes('sip-elements-patches.js'));
    await desk.evaluate(() =>
      document.querySelector('sip-client')!.createConference({members: '1002', media: 'audio'}),
    );
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer());
    await placeCall(desk, '1003', 'audio');
    await nextEvent(carol, 'sip-call-received');
    await carol.evaluate(() => (window as any).call.answer());
    await shown(desk, 'sip-calls >>> sip-calls-patches');
    assert.equal(requested.filter((file) => file === 'sip-elements-patches.js').length, 1);
  });

  it('record a call once that is asked for; without them that fails, and the call goes on', async () => {
    let isThere = false;
    const requested: string[] = [];
    const desk = await open('the single file', {
      requested,
      answer: (request) => {
        if (isThere || !request.url().endsWith('/sip-elements-more.js')) return false;
        void request.abort();
        return true;
      },
    });
    const bob = await onlinePage(site, {user: '1002'});
    await desk.waitForFunction(
      () => document.querySelector('sip-client')?.state?.registration === 'registered',
    );
    await placeCall(desk, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer());
    await desk.waitForFunction(() => (window as any).call.state.phase === 'answered');
    assert.ok(!requested.includes('sip-elements-more.js'));
    const record = async (): Promise<string> =>
      desk.evaluate(async () => {
        const {call} = window as any;
        try {
          await call.startRecording();
        } catch (error) {
          return `${(error as {name: string}).name}, ${call.state.phase}`;
        }
        return call.state.recording ? 'recording' : 'nothing';
      });
    assert.equal(await record(), 'SipError, answered');
    isThere = true;
    // Firefox remembers that a module has failed; a reload helps there.
    assert.equal(await record(), 'recording');
    const size = await desk.evaluate(async () => (await (window as any).call.stopRecording()).size as number);
    assert.ok(size > 0);
    site.complaints.splice(0);
  });

  it('are refused if they are of another build, and the element offers to try again', async () => {
    const queue = readFileSync(new URL('../../../dist/sip-elements-queue.js', import.meta.url), 'utf8');
    const other = queue.replace(/"[\w-]{8}"(?=!==\w+\.build\b)/, '"another"');
    assert.ok(other !== queue);
    const desk = await open('the single file', {
      answer: (request) => {
        if (!request.url().endsWith('/sip-elements-queue.js')) return false;
        void request.respond({contentType: 'text/javascript', body: other});
        return true;
      },
    });
    await shown(desk, 'sip-queue >>> [role=alert]');
    await shown(desk, 'sip-journal >>> sip-journal-panel');
    const reason = await desk.evaluate(async () => {
      const {default: make} = await import('/sip-elements-queue.js' as string);
      try {
        make({});
      } catch (error) {
        return String(error);
      }
      return '';
    });
    assert.match(reason, /sip-elements-queue\.js is not of the same build as sip-elements\.js/);
  });
});
