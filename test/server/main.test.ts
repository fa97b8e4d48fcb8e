import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer, type AddressInfo} from 'node:net';
import {join} from 'node:path';
import {networkInterfaces, tmpdir} from 'node:os';
import {afterEach, describe, it} from 'node:test';
import {post} from '../support/scripted/raw-api.js';
import {RawSip} from '../support/scripted/raw-sip.js';
import {upload} from '../support/scripted/raw-upload.js';

/** The addresses of loopback; a machine without IPv6 has one. */
const LOOPBACK = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .filter(({address}) => address === '127.0.0.1' || address === '::1')
  .map(({address}) => address);

const ROOT = join(import.meta.dirname, '../..');

/** A run of the command, and what it said. */
interface Run {
  readonly child: ChildProcess;
  readonly exit: Promise<number | null>;
  output(): string;
  errors(): string;
  /** Resolves with the address of the pages once it is printed. */
  readonly url: Promise<string>;
}

const running: Run[] = [];

function run(environment: Record<string, string>, ...parameters: string[]): Run {
  const {HOST: _, ...inherited} = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/server/main.ts', ...parameters], {
    cwd: ROOT,
    env: {...inherited, ...environment},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, errors] = ['', ''];
  const url = new Promise<string>((resolve) => {
    child.stdout.on('data', (part: Buffer) => {
      output += part.toString();
      const address = /^ {2}Pages +(\S+)$/m.exec(output)?.[1];
      if (address && output.includes('Ctrl+C')) resolve(address);
    });
  });
  child.stderr.on('data', (part: Buffer) => (errors += part.toString()));
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const started: Run = {child, exit, url, output: () => output, errors: () => errors};
  running.push(started);
  return started;
}

describe('npm start', () => {
  afterEach(async () => {
    for (const {child, exit} of running.splice(0)) {
      if (child.exitCode === null) child.kill('SIGKILL');
      await exit;
    }
  });

  it('prints the address and the sample users, and answers at every loopback address', async () => {
    const started = run({PORT: '0'});
    const url = await started.url;
    assert.match(started.output(), /1001–1060, password 1234/);
    assert.match(started.output(), /1001 王芳/);
    const {port} = new URL(url);
    for (const address of LOOPBACK) {
      const host = address.includes(':') ? `[${address}]` : address;
      assert.equal((await fetch(`http://${host}:${port}/fswebrtc`)).status, 200);
    }
    assert.equal(started.errors(), '');
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`ends with 0 on ${signal}, and says farewell to its clients`, async () => {
      const started = run({PORT: '0'});
      const client = await RawSip.registered(await started.url, '1001');
      started.child.kill(signal);
      assert.equal(await client.closed, 1001);
      assert.equal(await started.exit, 0);
      assert.equal(started.errors(), '');
    });
  }

  for (const address of LOOPBACK) {
    it(`says in one line that the port is in use at ${address}, and ends with 1`, async () => {
      const other = createServer().listen(0, address);
      await new Promise((resolve) => other.once('listening', resolve));
      const {port} = other.address() as AddressInfo;
      const started = run({PORT: String(port)});
      assert.equal(await started.exit, 1);
      assert.match(started.errors(), new RegExp(`^Port ${port} is in use: .*\n$`));
      assert.equal(started.output(), '');
      other.close();
    });
  }

  it('serves https where it is asked to', async () => {
    const started = run({PORT: '0'}, '--tls');
    assert.match(await started.url, /^https:\/\/localhost:\d+\/$/);
    assert.match(started.output(), /SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}/);
  });

  for (const [first, parameters] of [
    ['MESSAGE', []],
    ['INVITE', ['--invite-first']],
  ] as const) {
    it(`sends an asker the ${first} first with [${parameters.join()}]`, async () => {
      const url = await run({PORT: '0'}, ...parameters).url;
      const [asker, called] = [await RawSip.registered(url, '1001'), await RawSip.registered(url, '1002')];
      const body = {caller: '1001', ctype: 12, members: '1002', isVideo: 1};
      await post(asker, JSON.stringify({msgid: 'm', header: 'session.createcall', body}));
      const {method} = await asker.inbox.next((message) => ['INVITE', 'MESSAGE'].includes(message.method));
      assert.equal(method, first);
      await Promise.all([asker.close(), called.close()]);
    });
  }

  it('keeps uploaded files in the folder that it is given, also over a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sip-elements-main-'));
    const first = run({PORT: '0'}, '--uploads', folder);
    const {fileid} = JSON.parse(String((await upload(await first.url, 'kept')).body)) as {fileid: string};
    first.child.kill('SIGKILL');
    await first.exit;
    const url = await run({PORT: '0'}, '--uploads', folder).url;
    assert.equal(await (await fetch(new URL(`uploads/${fileid}`, url))).text(), 'kept');
    await rm(folder, {recursive: true});
  });

  it('lets others in where HOST says so', async () => {
    const started = run({PORT: '0', HOST: '0.0.0.0'});
    const {port} = new URL(await started.url);
    assert.equal((await fetch(`http://127.0.0.2:${port}/fswebrtc`)).status, 200);
  });

  for (const [what, environment, parameters, line] of [
    ['a port that is none', {PORT: 'http'}, [], /^PORT has to be a number from 0 to 65535, not "http"\.\n$/],
    [
      'a host that is not its own',
      {PORT: '0', HOST: '192.0.2.1'},
      [],
      /^HOST=192\.0\.2\.1 is not an address.*\n$/,
    ],
    ['an option that it does not know', {PORT: '0'}, ['--fast'], /--fast[^]*Usage: /],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const started = run(environment, ...parameters);
      assert.equal(await started.exit, 1);
      assert.match(started.errors(), line);
    });
  }
});
