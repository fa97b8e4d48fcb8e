import assert from 'node:assert/strict';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {startServer, type DispatchServer} from '../../server/server.js';
import {ask} from '../support/scripted/raw-http.js';

describe('the documentation', () => {
  let server: DispatchServer;
  let folder: string;
  let docs: string;
  let builds = 0;
  let finish = (): void => undefined;
  const built = new Promise<void>((resolve) => (finish = resolve));

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sip-elements-docs-'));
    docs = join(folder, 'docs');
    await mkdir(docs);
    await writeFile(join(folder, 'above.html'), 'secret');
    server = await startServer({
      port: 0,
      docs,
      buildDocs: async () => {
        builds++;
        await built;
      },
    });
  });
  after(async () => {
    await server.close();
    await rm(folder, {recursive: true});
  });

  const get = (path: string) => fetch(new URL(path, server.url), {redirect: 'manual'});

  it('is built when somebody requests it, and not before', async () => {
    assert.equal(builds, 0);
    const response = await get('/docs/');
    assert.equal(response.status, 503);
    assert.match(await response.text(), /being built/);
    assert.equal(builds, 1);
  });

  it('is served where it exists already while a newer one is being built', async () => {
    await writeFile(join(docs, 'index.html'), '<p>the documentation</p>');
    const response = await get('/docs/');
    assert.equal(await response.text(), '<p>the documentation</p>');
    assert.match(response.headers.get('content-security-policy')!, /script-src 'self';/);
  });

  it('is built once, and has no page of what is missing', async () => {
    finish();
    await built;
    const response = await get('/docs/missing.html');
    assert.equal(response.status, 404);
    assert.equal(builds, 1);
  });

  it('is found without its last slash', async () => {
    const response = await get('/docs');
    assert.equal(response.headers.get('location'), '/docs/');
  });

  it('serves nothing above its folder', async () => {
    for (const path of ['/docs/../above.html', '/docs/%2e%2e/above.html', '/docs/..%2fabove.html'])
      assert.equal((await ask(server, path)).status, 404, path);
  });

  it('says why it could not be built', async () => {
    const failing = await startServer({
      port: 0,
      docs: join(folder, 'none'),
      buildDocs: () => Promise.reject(new Error('<x> has no end')),
    });
    try {
      assert.match((await ask(failing, '/docs/')).body.toString(), /being built/);
      const {status, body} = await ask(failing, '/docs/');
      assert.equal(status, 503);
      assert.match(body.toString(), /could not be built[^]*无法生成文档[^]*&lt;x> has no end/);
    } finally {
      await failing.close();
    }
  });
});
