import assert from 'node:assert/strict';
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, beforeEach, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {AuthorSite} from '../../support/author/author-site.js';
import {adapted, examplesOf} from '../../support/author/examples.js';
import {calls, dials, ECHO, hangsUp, isRegistered, isTalking, phone} from '../../support/author/phone.js';
import {until} from '../../support/in-page/facts.js';
import {press, shown} from '../../support/page/parts.js';
import {TusServer} from '../../support/servers/tus-server.js';

describe('examples for recordings do what their page says', () => {
  let author: AuthorSite;
  let folder: string;
  const examples = examplesOf('recording', 10);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sip-elements-examples-'));
    author = await AuthorSite.open({uploads: folder});
  });
  after(async () => {
    await author.close();
    await rm(folder, {recursive: true});
  });
  beforeEach(() => {
    author.logs.length = 0;
  });

  /** Opens a page whose downloads are listed, and not made. */
  async function open(html: string, script?: string): Promise<Page> {
    const page = await author.page({
      html,
      ...(script !== undefined && {script}),
      prepare: async (page) => {
        await page.evaluateOnNewDocument(() => {
          const downloads: string[] = ((window as any).downloads = []);
          HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
            downloads.push(this.download);
          };
        });
      },
    });
    await isRegistered(page);
    return page;
  }

  const downloads = (page: Page): Promise<string[]> => page.evaluate(() => (window as any).downloads);
  const records = (page: Page): Promise<boolean> =>
    page.evaluate(() => document.querySelector('sip-client')!.calls.at(-1)!.state.recording);

  /** Ends the call, and deletes what was recorded. */
  async function tidies(page: Page): Promise<void> {
    await hangsUp(page);
    await page.evaluate(async () => {
      const {recordings} = document.querySelector('sip-client')!.client!;
      for (;;) {
        const list = await recordings.list();
        if (!list.some(({state}) => state === 'recording')) {
          for (const {id} of list) await recordings.delete(id);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
    await page.close();
  }

  /** Records the page's call for a second. */
  async function recordsASecond(page: Page): Promise<void> {
    await page.evaluate(async () => {
      const call = document.querySelector('sip-client')!.calls.at(-1)!;
      await call.startRecording();
      while ((call.recordingDuration ?? 0) < 1000) await new Promise((resolve) => setTimeout(resolve, 50));
      await call.stopRecording();
    });
  }

  it('the buttons record a call and take a photo', async () => {
    const page = await open(adapted(examples[0]!));
    await calls(page, ECHO, 'video');
    await press(page, 'sip-record-button[labelled] >>> button');
    await until(() => records(page));
    await until(async () =>
      page.evaluate(() => (document.querySelector('sip-client')!.calls[0]!.recordingDuration ?? 0) > 1000),
    );
    await press(page, 'sip-photo-button >>> button:not([aria-disabled=true])');
    await until(async () => (await downloads(page)).some((name) => /^photo-9999-[\d_-]+\.png$/.test(name)));
    await press(page, 'sip-record-button[labelled] >>> button');
    await until(async () =>
      (await downloads(page)).some((name) => /^call-9999-[\d_-]+\.(mp4|webm)$/.test(name)),
    );
    await tidies(page);
  });

  it('a script records, with the own picture in a corner, and takes a photo', async () => {
    const page = await open(phone('1003', '<sip-call></sip-call>'));
    await calls(page, ECHO, 'video');
    const [begin = '', end = ''] = examples[1]!.split(/^(?=\/\/ … later)/m);
    await author.run(page, begin);
    await until(async () =>
      page.evaluate(() => (document.querySelector('sip-client')!.calls[0]!.recordingDuration ?? 0) > 1000),
    );
    await author.run(page, examples[9]!);
    assert.deepEqual(
      await page.evaluate(() => [(window as any).made.photo.type, (window as any).made.photo.size > 1000]),
      ['image/jpeg', true],
    );
    await author.run(page, end);
    const {size, type} = await page.evaluate(() => {
      const {size, type} = (window as any).made.file as Blob;
      return {size, type};
    });
    assert.ok(size > 5000 && /^video\/(mp4|webm)/.test(type), `${size} bytes of ${type}`);
    await until(async () => (await downloads(page)).length === 2);
    await tidies(page);
  });

  it('a rule records calls that come in, and no others', async () => {
    const page = await open(
      phone('1003', '<sip-call></sip-call>', ''),
      `const client = document.querySelector('sip-client');
      ${examples[2]!}
      client.autoconnect = true;`,
    );
    const caller = await author.page({html: phone('1004')});
    await isRegistered(caller);
    await dials(caller, '1003');
    await page.waitForFunction(() => document.querySelector('sip-client')!.calls.length === 1);
    await page.evaluate(() => document.querySelector('sip-client')!.calls[0]!.answer());
    await isTalking(page);
    await until(() => records(page));
    await hangsUp(page);
    await calls(page, ECHO);
    assert.equal(await records(page), false);
    await caller.close();
    await tidies(page);
  });

  it('the page asks before a recording', async () => {
    const page = await open(phone('1003', '<sip-call></sip-call>'));
    await page.evaluate(() => ((window as any).agree = false));
    await author.run(page, examples[3]!, {askEverybody: 'async () => window.agree'});
    await calls(page, ECHO);
    const start = (): Promise<string> =>
      page.evaluate(() =>
        document
          .querySelector('sip-client')!
          .calls[0]!.startRecording()
          .then(
            () => 'recorded',
            ({code}) => code as string,
          ),
      );
    assert.equal(await start(), 'recording-declined');
    await page.evaluate(() => ((window as any).agree = true));
    assert.equal(await start(), 'recorded');
    await tidies(page);
  });

  it('a finished recording is uploaded to the server, and the list names it', async () => {
    const page = await open(phone('1003', '<sip-call></sip-call>', 'autoconnect upload-url="/upload"'));
    author.routes.set('/upload', async (request, response) => {
      const parts: Uint8Array[] = [];
      for await (const part of request) parts.push(part as Uint8Array);
      const {status, headers, ...answer} = await fetch(new URL('/UpFileServlet', author.site.server.url), {
        method: request.method!,
        headers: {'Content-Type': String(request.headers['content-type'])},
        body: Buffer.concat(parts),
      }).then(async (each) => ({status: each.status, headers: each.headers, body: await each.text()}));
      response.writeHead(status, {'Content-Type': headers.get('content-type') ?? 'text/plain'});
      response.end(answer.body);
    });
    await author.run(page, examples[4]!);
    await calls(page, ECHO);
    await recordsASecond(page);
    await until(async () => (await readdir(folder)).length > 0);
    await author.run(page, examples[5]!);
    await author.logged(/^\S+ 9999 .* \d+(\.\d+)? s$/);
    assert.deepEqual(await downloads(page), []);
    await tidies(page);
  });

  it('recordings are sent to a tus server, and to another store by a function', async () => {
    const tus = await TusServer.open();
    author.routes.set('/upload-token', (_, response) => response.end('{"Authorization": "Bearer secret"}'));
    const toTus = await open(
      phone('1003', '<sip-call></sip-call>', ''),
      `const client = document.querySelector('sip-client');
      ${adapted(examples[6]!, {"'/recordings/'": `'${tus.endpoint}'`})}
      client.autoconnect = true;`,
    );
    await calls(toTus, ECHO);
    await recordsASecond(toTus);
    await until(() => tus.count('PATCH') > 0);
    const [{authorization, metadata}] = tus.requests as [(typeof tus.requests)[number]];
    assert.equal(authorization, 'Bearer secret');
    assert.equal(metadata['number'], ECHO);
    await until(() =>
      toTus.evaluate(async () =>
        (await document.querySelector('sip-client')!.client!.recordings.list()).every(({sent}) => sent),
      ),
    );
    await tidies(toTus);
    await tus.close();

    const stored = new Map<string, number>();
    author.routes.set('/store/', async (request, response) => {
      let size = 0;
      for await (const part of request) size += (part as Uint8Array).length;
      stored.set(`${request.method} ${request.url}`, size);
      response.end();
    });
    const toStore = await open(
      phone('1003', '<sip-call></sip-call>', ''),
      `const client = document.querySelector('sip-client');
      ${examples[7]!}
      client.autoconnect = true;`,
    );
    await calls(toStore, ECHO);
    await recordsASecond(toStore);
    await until(() => stored.size === 1);
    const [[request, size]] = [...stored] as [[string, number]];
    assert.match(request, /^PUT \/store\/\S+$/);
    assert.ok(size > 1000, `${size} bytes`);
    await tidies(toStore);
  });

  it('the server names where its recordings are', async () => {
    const page = await open(phone('1003'));
    await author.run(page, examples[8]!);
    assert.deepEqual(await page.evaluate(() => (window as any).made), {
      recordHost: 'localhost',
      recordPort: Number(new URL(author.url).port),
    });
    await page.close();
  });

  it('captions of a recording are written out', async () => {
    const captions = examplesOf('captions', 4);
    const page = await open(phone('1003', '<sip-call></sip-call>', 'autoconnect'), captions[0]!);
    await page.setViewport({width: 1280, height: 900});
    await calls(page, ECHO);
    await press(page, 'sip-call >>> sip-captions-button >>> button:not([aria-disabled])');
    await shown(page, 'sip-call >>> sip-captions-band.on');
    await recordsASecond(page);
    author.logs.length = 0;
    await author.run(page, captions[3]!);
    const text = await author.logged(/^WEBVTT/);
    assert.match(text, /Good morning/);
    await tidies(page);
  });
});
