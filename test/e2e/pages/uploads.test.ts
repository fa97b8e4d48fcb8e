import assert from 'node:assert/strict';
import {createHash, randomBytes} from 'node:crypto';
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {audit} from '../../support/page/audit.js';
import {until} from '../../support/in-page/facts.js';
import {openNarrow, type Narrow} from '../../support/servers/narrow.js';
import {press, shown} from '../../support/page/parts.js';
import {onlinePage, phonePage} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

const MB = 1024 * 1024;
const LIMIT = 8 * MB;

const sha = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** Begins to upload a file of random bytes from the page; returns its hash. */
function begin(page: Page, name: string, size: number): Promise<string> {
  return page.evaluate(
    async (name, size) => {
      const bytes = new Uint8Array(size);
      for (let from = 0; from < size; from += 65_536)
        crypto.getRandomValues(bytes.subarray(from, from + 65_536));
      const scope = window as any;
      const uploads = (scope.uploads ??= {});
      const ending = new AbortController();
      const {client} = document.querySelector('sip-client') as any;
      const told: number[] = [];
      const result = client
        .upload(new File([bytes], name), {
          signal: ending.signal,
          onProgress: ({loaded}: {loaded: number}) => told.push(loaded),
        })
        .catch(({code}: {code: string}) => code);
      uploads[name] = {result, told, abort: () => ending.abort()};
      const hash = await crypto.subtle.digest('SHA-256', bytes);
      return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    name,
    size,
  );
}

/** The result: the server's answer, or the code of the error. */
const resultOf = (page: Page, name: string): Promise<any> =>
  page.evaluate((name) => (window as any).uploads[name].result, name);

const abort = (page: Page, name: string): Promise<void> =>
  page.evaluate((name) => (window as any).uploads[name].abort(), name);

describe('files, from a page to the server’s disk', () => {
  let site: Site;
  let folder: string;
  let way: Narrow;
  let page: Page;

  const onDisk = async (): Promise<string[]> =>
    (await readdir(folder).catch(() => [])).filter((name) =>
      /^[\da-f-]{36}(\..*)?part$|^[\da-f-]{36}$/.test(name),
    );
  const hashOf = async (id: string): Promise<string> => sha(await readFile(join(folder, id)));
  const sent = async (name: string): Promise<string> => {
    const {ok, status, response} = await resultOf(page, name);
    assert.deepEqual([ok, status], [true, 200]);
    return JSON.parse(response).fileid as string;
  };
  const partly = (): Promise<void> =>
    until(async () => (await onDisk()).some((name) => name.endsWith('part')));

  before(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'sip-elements-files-')), 'files');
    site = await openSite({uploads: folder, uploadLimit: LIMIT});
    way = await openNarrow(site.server.port);
    const attributes = `upload-url="http://127.0.0.1:${way.port}/UpFileServlet"`;
    page = await phonePage(site, {user: '1001', attributes, withoutCsp: true});
  });
  afterEach(() => {
    way.open();
  });
  after(async () => {
    await way.close();
    await site.close();
    await rm(join(folder, '..'), {recursive: true});
  });

  it('arrive byte by byte', async () => {
    const hash = await begin(page, '文件 1.bin', 5 * MB);
    assert.equal(await hashOf(await sent('文件 1.bin')), hash);
  });

  it('leave nothing where they are given up', async () => {
    const before = await onDisk();
    way.stopsAfter = MB;
    await begin(page, 'given-up.bin', 6 * MB);
    await partly();
    await abort(page, 'given-up.bin');
    assert.equal(await resultOf(page, 'given-up.bin'), 'aborted');
    await until(() => site.server.stats()['uploads'] === 0);
    assert.deepEqual(await onDisk(), before);
  });

  it('arrive whole, and once, where the connection is cut in the middle', async () => {
    const before = await onDisk();
    const connections = way.connections;
    way.stopsAfter = 2 * MB;
    const hash = await begin(page, 'cut.bin', 6 * MB);
    await partly();
    way.stopsAfter = Infinity;
    way.cut();
    const id = await sent('cut.bin');
    assert.equal(await hashOf(id), hash);
    assert.ok(way.connections >= connections + 2, 'it was sent over another connection');
    await until(() => site.server.stats()['uploads'] === 0);
    assert.deepEqual((await onDisk()).sort(), [...before, id].sort());
  });

  it('go three at once, and each arrives as it was', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}.bin`);
    way.stopsAfter = MB / 2;
    const hashes = await Promise.all(names.map((name) => begin(page, name, MB + 1000 * name.charCodeAt(0))));
    await until(() => site.server.stats()['uploads'] === 3);
    assert.deepEqual(
      await page.evaluate(
        (names) =>
          names.map((name) => (window as any).uploads[name].told.some((loaded: number) => loaded > 0)),
        names.slice(3),
      ),
      [false, false],
    );
    way.open();
    const ids: string[] = [];
    for (const name of names) ids.push(await sent(name));
    assert.deepEqual(await Promise.all(ids.map(hashOf)), hashes);
  });

  it('are refused with 413 where they are too large, and nothing stays', async () => {
    const before = await onDisk();
    await begin(page, 'large.bin', LIMIT + MB);
    const {ok, status, response} = await resultOf(page, 'large.bin');
    assert.deepEqual([ok, status], [false, 413]);
    assert.notEqual(JSON.parse(response).code, 0);
    await until(() => site.server.stats()['uploads'] === 0);
    assert.deepEqual(await onDisk(), before);
  });

  it('go where the server’s login information says, from files that a person chose in <sip-upload>', async () => {
    const contents = [randomBytes(300_000), randomBytes(20)];
    const paths = ['photo one.bin', '报告.bin'].map((name) => join(folder, '..', name));
    await Promise.all(paths.map((path, index) => writeFile(path, contents[index]!)));
    const other = await onlinePage(site, {user: '1002', inside: '<sip-upload></sip-upload>'});
    await other.evaluate(() => {
      const ends: any[] = ((window as any).ends = []);
      document.addEventListener('sip-upload-end', ({detail}: any) =>
        ends.push([detail.file.name, detail.ok, JSON.parse(detail.response).fileid]),
      );
    });
    const [chooser] = await Promise.all([
      other.waitForFileChooser(),
      press(other, 'sip-upload >>> [part~=choose]:not([aria-disabled])'),
    ]);
    await chooser.accept(paths);
    await other.waitForFunction(() => (window as any).ends.length === 2);
    const ends: [string, boolean, string][] = await other.evaluate(() => (window as any).ends);
    for (const [index, name] of ['photo one.bin', '报告.bin'].entries()) {
      const [, ok, id] = ends.find(([ended]) => ended === name)!;
      assert.equal(ok, true);
      assert.equal(await hashOf(id), sha(contents[index]!));
    }
    await shown(other, 'sip-upload >>> [part~=remove]');
    await other.evaluate(() => {
      document.documentElement.lang = 'en';
      document.title = 'Files';
    });
    assert.deepEqual(
      (await audit(other)).filter((line) => !/landmark|page-has-heading|region/.test(line)),
      [],
    );
    await other.close();
  });
});
