import assert from 'node:assert/strict';
import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {WebSocket} from 'ws';
import {startServer, type DispatchServer} from '../../server/server.js';
import {ask} from '../support/scripted/raw-http.js';

describe('the built files, while they are being built', () => {
  let server: DispatchServer;
  let folder: string;
  let finish: (file: string) => void;
  const building = new Promise<string>((resolve) => (finish = resolve));

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sip-elements-built-'));
    await writeFile(join(folder, 'sip-elements.js'), 'export {};');
    const dist = async (name: string): Promise<string> => {
      if (name === 'functions.js') throw new Error('It cannot be built.');
      return name === 'sip-elements.js' ? join(folder, name) : building;
    };
    server = await startServer({port: 0, dist});
  });
  after(async () => {
    await server.close();
    await rm(folder, {recursive: true});
  });

  it('are served as soon as each is there', async () => {
    const [early, waits] = [ask(server, '/sip-elements.js'), ask(server, '/loader/sip-elements-loader.js')];
    assert.equal((await early).body.toString(), 'export {};');
    const file = join(folder, 'sip-elements-loader.js');
    await writeFile(file, 'late');
    finish(file);
    assert.equal((await waits).body.toString(), 'late');
  });

  it('name their source maps, if there are any', async () => {
    assert.equal((await ask(server, '/sip-elements.js')).headers['sourcemap'], undefined);
    await writeFile(join(folder, 'sip-elements.js.map'), '{}');
    assert.equal((await ask(server, '/sip-elements.js')).headers['sourcemap'], 'sip-elements.js.map');
  });

  it('are answered with 500 if they cannot be built', async () => {
    assert.equal((await ask(server, '/functions.js')).status, 500);
  });
});

describe('the pages', () => {
  let server: DispatchServer;
  let folder: string;

  const get = async (path: string, method?: string, headers?: Record<string, string>) => {
    const {body, ...rest} = await ask(server, path, method, headers);
    return {...rest, body: body.toString()};
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sip-elements-pages-'));
    const pages = join(folder, 'pages');
    await mkdir(join(pages, 'part'), {recursive: true});
    for (const name of ['dist', 'pages/src', 'pages/docs']) await mkdir(join(folder, name));
    await Promise.all([
      writeFile(join(pages, 'index.html'), '<p>start</p>'),
      writeFile(join(pages, 'part', 'index.html'), '<p>part</p>'),
      writeFile(join(pages, 'a b.css'), 'p {}'),
      writeFile(join(pages, 'src', 'index.ts'), 'export {};'),
      writeFile(join(pages, 'docs', 'index.html'), '<p>docs</p>'),
      writeFile(join(pages, 'pbx.conf'), 'secret'),
      writeFile(join(pages, '.hidden.html'), 'secret'),
      writeFile(join(folder, 'above.html'), 'secret'),
      writeFile(join(folder, 'dist', 'sip-elements.js'), 'export {};'),
      writeFile(join(folder, 'dist', 'other.js'), 'secret'),
      symlink(join(folder, 'above.html'), join(pages, 'link.html')),
    ]);
    server = await startServer({
      port: 0,
      pages,
      dist: join(folder, 'dist'),
      allowedHosts: ['phone.example'],
    });
  });
  after(async () => {
    await server.close();
    await rm(folder, {recursive: true});
  });

  for (const [path, type, body] of [
    ['/', 'text/html; charset=utf-8', '<p>start</p>'],
    ['/index.html?x=/../', 'text/html; charset=utf-8', '<p>start</p>'],
    ['/part/', 'text/html; charset=utf-8', '<p>part</p>'],
    ['/a%20b.css', 'text/css; charset=utf-8', 'p {}'],
    ['/sip-elements.js', 'text/javascript; charset=utf-8', 'export {};'],
    ['/src/index.ts', 'video/mp2t', 'export {};'],
    ['/docs/', 'text/html; charset=utf-8', '<p>docs</p>'],
  ] as const) {
    it(`serves ${path} as ${type}`, async () => {
      const answer = await get(path);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['content-type'], type);
      assert.equal(answer.headers['content-length'], String(body.length));
      assert.equal(answer.body, body);
    });
  }

  it('serves ranges, and nothing anew that the browser has', async () => {
    const range = await get('/index.html', 'GET', {Range: 'bytes=3-7'});
    assert.deepEqual([range.status, range.body], [206, 'start']);
    const again = await get('/index.html', 'GET', {'If-None-Match': String(range.headers.etag)});
    assert.deepEqual([again.status, again.body], [304, '']);
    assert.equal((await get('/index.html', 'GET', {Range: 'bytes=99-'})).status, 416);
  });

  for (const path of [
    '/missing.html',
    '/../above.html',
    '/part/../../above.html',
    '/%2e%2e/above.html',
    '/..%2fabove.html',
    '/part/..%2f..%2fabove.html',
    '/..%5cabove.html',
    '/..\\above.html',
    '//above.html',
    '/link.html',
    '/index.html%00.css',
    '/%',
    '/pbx.conf',
    '/.hidden.html',
    '/other.js',
    '/part',
    '/constructor',
  ]) {
    it(`answers ${path} with 404 and a page`, async () => {
      const answer = await get(path);
      assert.equal(answer.status, 404);
      assert.match(answer.body, /There is nothing here[^]*这里没有内容/);
    });
  }

  it('carry a policy that allows the own origin and its WebSockets alone', async () => {
    const {headers} = await get('/', 'GET', {Host: 'phone.example:8080'});
    const policy = new Map(
      String(headers['content-security-policy'])
        .split('; ')
        .map((line) => [line.split(' ')[0], line.split(' ').slice(1).join(' ')]),
    );
    assert.deepEqual(Object.fromEntries(policy), {
      'default-src': "'self'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data: blob:",
      'media-src': "'self' blob:",
      'connect-src': "'self' ws://phone.example:8080 wss://phone.example:8080",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'self'",
    });
    assert.equal(headers['x-content-type-options'], 'nosniff');
  });

  it('carry the address of the Kamailio of demo/infra in the policy of the page that shows it', async () => {
    const {headers} = await get('/encryption.html', 'GET', {Host: 'phone.example:8080'});
    assert.match(
      String(headers['content-security-policy']),
      /connect-src 'self' ws:\/\/phone\.example:8080 wss:\/\/phone\.example:8080 ws:\/\/localhost:8088;/,
    );
  });

  it('take nothing from a Host header into the policy that is no host', async () => {
    const {headers, status} = await get('/', 'GET', {Host: "x; script-src 'unsafe-inline'"});
    assert.equal(status, 403);
    assert.doesNotMatch(String(headers['content-security-policy']), /unsafe-inline/);
  });

  it('carry the policy where something is missing, too', async () => {
    assert.match(String((await get('/missing')).headers['content-security-policy']), /default-src 'self'/);
  });

  it('tell at /fswebrtc that the certificate is accepted, in both languages', async () => {
    const answer = await get('/fswebrtc');
    assert.equal(answer.status, 200);
    assert.match(answer.body, /The certificate is accepted[^]*证书已接受/);
  });

  it('answer HEAD like GET, without the content', async () => {
    const answer = await get('/', 'HEAD');
    assert.deepEqual([answer.status, answer.headers['content-length'], answer.body], [200, '12', '']);
  });

  it('answer other methods with 405', async () => {
    const answer = await get('/', 'POST');
    assert.deepEqual([answer.status, answer.headers.allow], [405, 'GET, HEAD']);
  });

  for (const [path, protocols, status] of [
    ['/elsewhere', [], 404],
    ['/fswebrtc', [], 400],
    ['/fswebrtc', ['chat'], 400],
  ] as const) {
    it(`refuse a WebSocket at ${path} with subprotocols [${protocols.join()}] with ${status}`, async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, [...protocols]);
      const error = await new Promise<Error>((resolve) => socket.once('error', resolve));
      assert.match(error.message, new RegExp(`${status}$`));
    });
  }
});
