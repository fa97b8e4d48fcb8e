import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {startServer, type DispatchServer} from '../../server/server.js';

describe('the documentation', () => {
  let server: DispatchServer;
  let docs: string;
  let builds = 0;
  let finish = (): void => undefined;
  const built = new Promise<void>((resolve) => (finish = resolve));

  before(async () => {
    docs = await mkdtemp(join(tmpdir(), 'sip-elements-docs-'));
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
    await rm(docs, {recursive: true});
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
    assert.equal((await get('/docs/%2e%2e/package.json')).status, 404);
  });
});
