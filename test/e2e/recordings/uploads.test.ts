import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readdir} from 'node:fs/promises';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../../support/in-page/facts.js';
import {listRecordings} from '../../support/page/kept-recordings.js';
import {fillPage, goOnline, phonePage} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';
import {TusServer} from '../../support/servers/tus-server.js';

const MEGABYTE = 1024 * 1024;
const inside = '<sip-recordings></sip-recordings>';

/** Keeps a recording of so many bytes; returns its id and the SHA-256 of its file. */
const keep = (page: Page, bytes: number, captions = ''): Promise<{id: string; hash: string}> =>
  page.evaluate(
    async (bytes, captions) => {
      const {recordings} = document.querySelector('sip-client') as any;
      const remote = {number: '1002', name: '李雷'};
      const {id, sink} = await recordings.begin({
        call: 'abc',
        direction: 'incoming',
        remote,
        time: Date.now(),
      });
      const progress = {duration: 60, pictured: false};
      const parts = Array.from({length: Math.ceil(bytes / 65_536)}, () =>
        crypto.getRandomValues(new Uint8Array(65_536)),
      );
      await sink.write(new Blob(parts as BlobPart[], {type: 'audio/webm'}), progress);
      if (captions) await sink.addCaptions(captions);
      await sink.finish({type: 'audio/webm', ...progress});
      recordings.changed();
      const file: File = await recordings.get(id);
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
      return {id: id as string, hash: [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')};
    },
    bytes,
    captions,
  );

/** What `<sip-recordings>` says. */
const text = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      document.querySelector('sip-recordings')!.shadowRoot!.querySelector('sip-recordings-panel')?.shadowRoot
        ?.textContent ?? '',
  );

describe("recordings for the page's own store", () => {
  let site: Site;
  let tus: TusServer;
  let page: Page;
  let kept: {id: string; hash: string};

  const uploads = (headers: Record<string, string>): Promise<void> =>
    page.evaluate(
      (endpoint, headers) => {
        const element = document.querySelector('sip-client') as any;
        element.options = {recordingsUpload: {endpoint, headers: async () => headers}};
      },
      tus.endpoint,
      headers,
    );

  before(async () => {
    [site, tus] = await Promise.all([openSite(), TusServer.open()]);
    page = await phonePage(site, {user: '1001', inside, withoutCsp: true});
  });
  after(async () => {
    await site.close();
    await tus.close();
  });

  it('stay until they are sent: an upload that is cut off is tried again, and the list says so', async () => {
    tus.most = MEGABYTE;
    await uploads({Authorization: 'Bearer first'});
    kept = await keep(page, 3 * MEGABYTE);
    await goOnline(page);
    await until(() => tus.received > MEGABYTE);
    await until(async () => (await text(page)).includes('Upload failed, trying again'));
    const [recording] = await listRecordings(page);
    assert.deepEqual([recording.toSend, recording.sent], [true, undefined]);
  });

  it('continue in the next page where they were, with new headers, and arrive whole', async () => {
    await page.reload();
    tus.most = Infinity;
    const before = tus.received;
    await fillPage(page, {user: '1001', inside});
    await uploads({Authorization: 'Bearer second'});
    await goOnline(page);
    await until(async () => (await listRecordings(page))[0]?.sent === true);
    await until(async () => (await text(page)).includes('Uploaded'));
    assert.equal(tus.count('POST'), 1);
    assert.ok(tus.received - before < 2.7 * MEGABYTE, `${tus.received - before} bytes once more`);
    const names = (await readdir(tus.place)).filter((name) => !name.endsWith('.json'));
    assert.equal(names.length, 1);
    const bytes = await tus.file(names[0]!);
    assert.equal(createHash('sha256').update(bytes).digest('hex'), kept.hash);
    const [created] = tus.requests;
    assert.equal(created!.authorization, 'Bearer first');
    assert.equal(tus.requests.at(-1)!.authorization, 'Bearer second');
    const {id, number, name, filetype, duration} = created!.metadata;
    assert.deepEqual([id, number, name, filetype, duration], [kept.id, '1002', '李雷', 'audio/webm', '60']);
  });

  it('are sent once: the next page sends nothing', async () => {
    await page.reload();
    await fillPage(page, {user: '1001', inside});
    await uploads({Authorization: 'Bearer third'});
    const before = tus.requests.length;
    await goOnline(page);
    const {hash} = await keep(page, 65_536);
    await until(async () => (await listRecordings(page)).every(({sent}) => sent === true));
    assert.equal(tus.count('POST'), 2);
    assert.ok(tus.requests.slice(before).every(({authorization}) => authorization === 'Bearer third'));
    assert.equal(hash.length, 64);
  });

  it('are followed by their captions, which name the same recording', async () => {
    const before = tus.requests.length;
    const {id} = await keep(page, 65_536, 'WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v 李雷>4号门关闭\n\n');
    await until(async () => (await listRecordings(page)).every(({sent}) => sent === true));
    const created = tus.requests.slice(before).filter(({method}) => method === 'POST');
    assert.deepEqual(
      created.map(({authorization, metadata}) => [authorization, metadata['id'], metadata['filetype']]),
      [
        ['Bearer third', id, 'audio/webm'],
        ['Bearer third', id, 'text/vtt'],
      ],
    );
    assert.match(created[1]!.metadata['filename'] ?? '', /\.vtt$/);
    const names = (await readdir(tus.place)).filter((name) => !name.endsWith('.json'));
    const texts = await Promise.all(names.map(async (name) => (await tus.file(name)).toString('utf8')));
    assert.equal(texts.filter((text) => text.startsWith('WEBVTT') && text.includes('4号门关闭')).length, 1);
  });

  it('go where their server has them, but the headers of the page to the origin that it names alone', async () => {
    const other = await TusServer.open();
    try {
      await page.reload();
      await fillPage(page, {user: '1001', inside});
      await uploads({Authorization: 'Bearer fourth'});
      tus.elsewhere = other;
      await goOnline(page);
      const {hash} = await keep(page, 65_536);
      await until(async () => (await listRecordings(page)).every(({sent}) => sent === true));
      assert.equal(tus.requests.at(-1)!.authorization, 'Bearer fourth');
      assert.deepEqual(
        other.requests.map(({method, authorization}) => [method, authorization]),
        [
          ['POST', undefined],
          ['PATCH', undefined],
        ],
      );
      const names = (await readdir(other.place)).filter((name) => !name.endsWith('.json'));
      const bytes = await other.file(names[0]!);
      assert.equal(createHash('sha256').update(bytes).digest('hex'), hash);
    } finally {
      tus.elsewhere = undefined;
      await other.close();
    }
  });

  it("are given to the page's function again after it has failed, and no longer once they are deleted", async () => {
    await page.reload();
    await fillPage(page, {user: '1001', inside});
    await page.evaluate(() => {
      const element = document.querySelector('sip-client') as any;
      const calls: any[] = ((window as any).calls = []);
      element.options = {
        recordingsUpload: async (file: File, recording: any, saving: any) => {
          calls.push({size: file.size, number: recording.remote.number, resumable: saving.resumable ?? ''});
          await saving.setResumable(`part ${calls.length}`);
          if (calls.length === 1) throw new Error('The store is away.');
          await new Promise((_, reject) =>
            saving.signal.addEventListener('abort', () => {
              calls.push('aborted');
              reject(new Error('aborted'));
            }),
          );
        },
      };
    });
    await goOnline(page);
    const {id} = await keep(page, 65_536);
    await page.waitForFunction(() => (window as any).calls.length === 2);
    await page.evaluate(
      (id) => (document.querySelector('sip-client') as any).recordings.delete(id, {restorable: true}),
      id,
    );
    await page.waitForFunction(() => (window as any).calls.length === 3);
    assert.deepEqual(await page.evaluate(() => (window as any).calls), [
      {size: 65_536, number: '1002', resumable: ''},
      {size: 65_536, number: '1002', resumable: 'part 1'},
      'aborted',
    ]);
  });

  it('go on after a function that does not end when its recording is deleted', async () => {
    await page.reload();
    await fillPage(page, {user: '1001', inside});
    await page.evaluate(() => {
      const element = document.querySelector('sip-client') as any;
      const scope = window as any;
      scope.calls = [];
      scope.progress = [];
      element.options = {
        recordingsUpload: async (_: File, {id}: any, saving: any) => {
          scope.calls.push(id);
          scope.saving ??= saving;
          if (scope.calls.length === 1) await new Promise(() => {});
        },
      };
      element.recordings.addEventListener('upload', ({detail}: any) => scope.progress.push(detail));
    });
    await goOnline(page);
    const {id: first} = await keep(page, 65_536);
    await page.waitForFunction(() => (window as any).calls.length === 1);
    const {id: second} = await keep(page, 65_536);
    await page.evaluate((id) => (document.querySelector('sip-client') as any).recordings.delete(id), first);
    await page.waitForFunction(() => (window as any).calls.length === 2);
    await until(async () => (await listRecordings(page)).every(({sent}) => sent === true));
    assert.deepEqual(await page.evaluate(() => (window as any).calls), [first, second]);
    // What the function says of it later is not told.
    const late = await page.evaluate(async () => {
      const {saving, progress} = window as any;
      progress.length = 0;
      saving.onProgress(1);
      const error = await saving.setResumable('late').catch((thrown: Error) => thrown.name);
      return [error, progress];
    });
    assert.deepEqual(late, ['AbortError', []]);
  });

  it('are sent to a tus server also if a function has begun before', async () => {
    await page.reload();
    await fillPage(page, {user: '1001', inside});
    await page.evaluate(() => {
      const element = document.querySelector('sip-client') as any;
      (window as any).calls = [];
      element.options = {
        recordingsUpload: async (_: File, {id}: any, saving: any) => {
          await saving.setResumable('part 1 of 3');
          (window as any).calls.push(id);
          throw new Error('The store is away.');
        },
      };
    });
    await goOnline(page);
    await keep(page, 65_536);
    await page.waitForFunction(() => (window as any).calls.length > 0);
    await page.reload();
    await fillPage(page, {user: '1001', inside});
    await uploads({Authorization: 'Bearer fifth'});
    await goOnline(page);
    await until(async () => (await listRecordings(page)).every(({sent}) => sent === true));
    assert.equal(tus.requests.at(-1)!.authorization, 'Bearer fifth');
  });
});
