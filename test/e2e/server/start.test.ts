import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync} from 'node:fs';
import type {IncomingMessage} from 'node:http';
import {get} from 'node:https';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Readable} from 'node:stream';
import {text} from 'node:stream/consumers';
import type {TLSSocket} from 'node:tls';
import {fileURLToPath} from 'node:url';
import {after, before, describe, it} from 'node:test';
import {startBrowser} from '../../support/page/browser.js';
import {shown} from '../../support/page/parts.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const script = join(ROOT, 'scripts/start.mjs');

type Child = ChildProcess & {readonly stdout: Readable};

/** Runs `npm start` without npm, which would stand between the test and the signals. */
const start = (...words: readonly string[]): Child => run(process.execPath, [script, ...words]);

const run = (program: string, words: readonly string[], cwd = ROOT): Child =>
  spawn(program, words, {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {...process.env, PORT: '0', NODE_OPTIONS: ''},
  });

/** Reads the server's output until the pattern matches; returns its captured text. */
async function readTo({stdout}: Child, pattern: RegExp): Promise<(string | undefined)[]> {
  let output = '';
  for await (const part of stdout.iterator({destroyOnReturn: false})) {
    const found = pattern.exec((output += String(part)));
    if (found) return found.slice(1);
  }
  throw new Error(`The server ended without what was expected of it:\n${output}`);
}

/** Opens the first page, and resolves once its two phones can call. */
async function phonesRegister(url: string): Promise<void> {
  const {browser, close} = await startBrowser({});
  try {
    const page = await browser.newPage();
    await page.goto(url);
    for (const user of ['1001', '1002'])
      await shown(page, `#phone-${user} sip-dialer >>> [part~=call]:not([aria-disabled])`);
  } finally {
    await close();
  }
}

describe('npm start', () => {
  it('hands its arguments on, serves the elements, and ends with 0 on SIGTERM', async () => {
    const server = start('--tls');
    const [address, fingerprint] = await readTo(
      server,
      /Pages +(\S+)[^]*SHA-256 ((?:[0-9A-F]{2}:){31}[0-9A-F]{2})/,
    );
    try {
      assert.match(address!, /^https:\/\/localhost:\d+\/$/);
      const asked = get(new URL('/sip-elements.js', address), {rejectUnauthorized: false});
      const [response] = (await once(asked, 'response')) as [IncomingMessage];
      assert.equal(response.statusCode, 200);
      assert.equal((response.socket as TLSSocket).getPeerCertificate().fingerprint256, fingerprint);
      assert.match(await text(response), /^\/\*! sip-elements /);
    } finally {
      server.kill('SIGTERM');
    }
    assert.deepEqual(await once(server, 'exit'), [0, null]);
  });

  it('serves two phones that register, and ends with the npm that runs it, which passes no signal on', async () => {
    const npm = run('npm', ['start']);
    const closed = once(npm, 'close');
    const [url = ''] = await readTo(npm, /Pages +(\S+)\n/);
    try {
      await phonesRegister(url);
    } finally {
      npm.kill('SIGTERM');
    }
    // The output closes when the last process that writes to it has ended.
    await closed;
    await assert.rejects(fetch(url));
  });
});

/** What the build of a clone reads; a clone has neither `dist` nor `.cache`. */
const CLONED = /^(?:demo|scripts|server|src|custom-elements\.json|package.*\.json|rollup.*|tsconfig.*)$/;

describe('npm start, in a clone without a build', () => {
  let clone: string;
  before(() => {
    clone = mkdtempSync(join(tmpdir(), 'sip-elements-clone-'));
    for (const name of readdirSync(ROOT).filter((each) => CLONED.test(each)))
      cpSync(join(ROOT, name), join(clone, name), {
        recursive: true,
        filter: (path) => !/[\\/](?:node_modules|dist)$/.test(path),
      });
    symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  });
  after(() => rmSync(clone, {recursive: true, force: true}));

  it('serves two phones that register before the rest is built, whose build ends with it', async () => {
    const server = run(process.execPath, ['scripts/start.mjs'], clone);
    const [url = ''] = await readTo(server, /Pages +(\S+)\n/);
    assert.equal(existsSync(join(clone, 'dist')), false);
    try {
      await phonesRegister(url);
    } finally {
      server.kill('SIGTERM');
    }
    assert.deepEqual(await once(server, 'exit'), [0, null]);
    assert.deepEqual(readdirSync(join(clone, '.cache')), ['first']);
  });
});
