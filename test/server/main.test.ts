import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer, type AddressInfo} from 'node:net';
import {join} from 'node:path';
import {networkInterfaces, tmpdir} from 'node:os';
import {after, afterEach, before, describe, it} from 'node:test';
import {apiMessage, post} from '../support/scripted/raw-api.js';
import {RawSip} from '../support/scripted/raw-sip.js';
import {upload} from '../support/scripted/raw-upload.js';

/** The addresses of loopback; a machine without IPv6 has one. */
const LOOPBACK = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .filter(({address}) => address === '127.0.0.1' || address === '::1')
  .map(({address}) => address);

const ROOT = join(import.meta.dirname, '../..');

/** A run of the command, and its output. */
interface Run {
  readonly child: ChildProcess;
  readonly exit: Promise<number | null>;
  output(): string;
  errors(): string;
  /** Resolves with the address of the pages once it is printed. */
  readonly url: Promise<string>;
}

const running: Run[] = [];

/** The file that a run has left. */
let kept: string;

const run = (environment: Record<string, string>, ...parameters: string[]): Run =>
  runAfter(':', environment, ...parameters);

/** Runs the command in a shell that has run another command before. */
function runAfter(first: string, environment: Record<string, string>, ...parameters: string[]): Run {
  const {HOST: _, ...inherited} = process.env;
  const command = [process.execPath, '--import', 'tsx', 'server/main.ts', ...parameters];
  const child = spawn('sh', ['-c', `${first}; exec "$0" "$@"`, ...command], {
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
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'sip-elements-main-'))));
  after(() => rm(folder, {recursive: true}));
  afterEach(async () => {
    for (const {child, exit} of running.splice(0)) {
      if (child.exitCode === null) child.kill('SIGKILL');
      await exit;
    }
  });

  /** Requests a call; returns what the requester gets first, and both clients. */
  async function firstOfCall(url: string): Promise<{first: string; asker: RawSip; called: RawSip}> {
    const [asker, called] = [await RawSip.registered(url, '1001'), await RawSip.registered(url, '1002')];
    const body = {caller: '1001', ctype: 12, members: '1002', isVideo: 1};
    await post(asker, JSON.stringify({msgid: 'm', header: 'session.createcall', body}));
    const {method} = await asker.inbox.next((message) => ['INVITE', 'MESSAGE'].includes(message.method));
    return {first: method, asker, called};
  }

  it('prints the address and the sample users, answers at every loopback address, and ends with 0 on SIGTERM', async () => {
    const started = run({PORT: '0'});
    const url = await started.url;
    assert.match(started.output(), /1001–1060, password 1234/);
    assert.match(started.output(), /1001 王芳/);
    const {port} = new URL(url);
    for (const address of LOOPBACK) {
      const host = address.includes(':') ? `[${address}]` : address;
      assert.equal((await fetch(`http://${host}:${port}/fswebrtc`)).status, 200);
    }
    // By default the requester gets the reply first.
    const {first, asker, called} = await firstOfCall(url);
    assert.equal(first, 'MESSAGE');
    started.child.kill('SIGTERM');
    assert.deepEqual([await asker.closed, await called.closed], [1001, 1001]);
    assert.equal(await started.exit, 0);
    assert.equal(started.errors(), '');
  });

  it('lets others in where HOST says so, and keeps uploaded files in the folder that it is given when it is killed', async () => {
    const started = run({PORT: '0', HOST: '0.0.0.0'}, '--uploads', folder);
    const {port} = new URL(await started.url);
    const url = `http://127.0.0.2:${port}/`;
    assert.equal((await fetch(`${url}fswebrtc`)).status, 200);
    const {fileid} = JSON.parse(String((await upload(url, 'kept')).body)) as {fileid: string};
    started.child.kill('SIGKILL');
    await started.exit;
    kept = fileid;
  });

  it('sends an asker the INVITE first with --invite-first, has files of an earlier run, and ends with 0 on SIGINT', async () => {
    const started = run({PORT: '0'}, '--invite-first', '--uploads', folder);
    const url = await started.url;
    assert.equal(await (await fetch(new URL(`uploads/${kept}`, url))).text(), 'kept');
    const {first, asker, called} = await firstOfCall(url);
    assert.equal(first, 'INVITE');
    started.child.kill('SIGINT');
    assert.deepEqual([await asker.closed, await called.closed], [1001, 1001]);
    assert.equal(await started.exit, 0);
    assert.equal(started.errors(), '');
  });

  it('goes on without file descriptors: a call that gets no socket ends alone', async () => {
    const started = runAfter('ulimit -n 150', {PORT: '0'});
    const url = await started.url;
    const {asker} = await firstOfCall(url);
    const strangers: RawSip[] = [];
    const fill = async (): Promise<void> => {
      for (;;) strangers.push(await RawSip.open(url, '1003'));
    };
    await assert.rejects(fill(), /hang up|ECONNRESET/);
    const body = {caller: '1001', ctype: 12, members: '1002', isVideo: 1};
    const call = (): Promise<number> =>
      post(asker, JSON.stringify({msgid: 'm', header: 'session.createcall', body}));
    await call();
    const states: unknown[] = [];
    while (!states.includes('10')) states.push((await apiMessage(asker)).body[0]?.['state']);
    await Promise.all(strangers.map((stranger) => stranger.close()));
    await call();
    await apiMessage(asker);
    await asker.received('INVITE');
    started.child.kill('SIGTERM');
    assert.equal(await started.exit, 0);
    assert.equal(started.errors(), '');
  });

  it('prints every option with its meaning and default, and starts nothing', async () => {
    const started = run({PORT: '0'}, '--help');
    assert.equal(await started.exit, 0);
    for (const option of ['tls', 'allowed-hosts', 'invite-first', 'pages', 'uploads', 'verbose', 'help'])
      assert.match(started.output(), new RegExp(`^ {2}--${option} `, 'm'));
    assert.match(started.output(), /^ {2}PORT=8081 .*\(default: 8080\)$/m);
    assert.match(started.output(), /^ {2}--pages FOLDER .*\(default: demo\)$/m);
    assert.doesNotMatch(started.output(), /Pages {2}/);
  });

  it('says in one line that the port is in use, and ends with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const {port} = other.address() as AddressInfo;
    const started = run({PORT: String(port)});
    assert.equal(await started.exit, 1);
    assert.match(started.errors(), new RegExp(`^Port ${port} is in use: .*\n$`));
    assert.equal(started.output(), '');
    other.close();
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
