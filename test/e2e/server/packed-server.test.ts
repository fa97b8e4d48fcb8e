import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {buildServer} from '../../../scripts/build-server.mjs';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const QUIET = ['--silent', '--no-audit', '--no-fund', '--prefer-offline'];

describe('npx sip-elements-server, in a project that has installed the package', () => {
  let folder: string;
  let site: Site;

  const run = (program: string, words: readonly string[], cwd = folder): ChildProcess =>
    spawn(program, words, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {...process.env, PORT: '0', NODE_OPTIONS: ''},
    });

  /** Runs a command to its end; resolves with its exit code and its output. */
  async function finish(program: string, words: readonly string[], cwd?: string) {
    const child = run(program, words, cwd);
    const [out, error, [code]] = await Promise.all([
      text(child.stdout!),
      text(child.stderr!),
      once(child, 'close') as Promise<[number]>,
    ]);
    return {code, out, error};
  }

  /** Starts the server; resolves once it listens. */
  async function start(...words: readonly string[]) {
    const server = run('npx', ['sip-elements-server', ...words]);
    const closed = once(server, 'close');
    let output = '';
    for await (const part of server.stdout!.iterator({destroyOnReturn: false}))
      if ((output += String(part)).includes('Ctrl+C')) break;
    const [, url = ''] = /Pages +(\S+)\n/.exec(output) ?? [];
    const end = async (): Promise<void> => {
      server.kill('SIGTERM');
      // The output closes when the last process that writes to it has ended.
      await closed;
    };
    return {url, end};
  }

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sip-packed-'));
    await buildServer();
    const packing = ['pack', '--ignore-scripts', '--workspaces', '--pack-destination', folder];
    const packed = await finish('npm', [...QUIET, ...packing], ROOT);
    assert.equal(packed.code, 0, packed.error);
    writeFileSync(join(folder, 'package.json'), '{"name": "page", "private": true}');
    const files = packed.out.trim().split(/\s+/);
    const installed = await finish('npm', [...QUIET, 'install', ...files.map((file) => `./${file}`)]);
    assert.equal(installed.code, 0, installed.error);
    site = await openSite();
  });
  after(async () => {
    await site?.close();
    rmSync(folder, {recursive: true, force: true});
  });

  it('starts after one installation, serves the elements, carries a call, and ends', async () => {
    assert.match(
      (await finish('npx', ['sip-elements-server', '--help'])).out,
      /^Usage: npx sip-elements-server [^]* --pages /,
    );
    const {url, end} = await start();
    try {
      const pages = ['', 'functions/', 'favicon.ico', 'uploads/sample-film'];
      for (const path of [...pages, 'sip-elements.js', 'loader/sip-elements-loader.js'])
        assert.equal((await fetch(new URL(path, url))).status, 200, path);
      assert.equal((await fetch(new URL('package.json', url))).status, 404);

      const address = new URL('fswebrtc', url).href;
      const alice = await onlinePage(site, {user: '1001', address});
      const bob = await onlinePage(site, {user: '1002', address});
      await placeCall(alice, '1002', 'audio');
      await nextEvent(bob, 'sip-call-received');
      await bob.evaluate(() => (window as any).call.answer({media: 'audio'}));
      for (const page of [alice, bob]) await nextEvent(page, 'sip-call-answered');
      await alice.evaluate(() => (window as any).call.hangup());
      await nextEvent(bob, 'sip-call-hangup');
    } finally {
      await end();
    }
    await assert.rejects(fetch(url));
  });

  it('serves https: with --tls, without a further package', async () => {
    const {url, end} = await start('--tls');
    await end();
    assert.match(url, /^https:/);
  });
});
