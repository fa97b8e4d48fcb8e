import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {createServer, type AddressInfo} from 'node:net';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {describe, it} from 'node:test';

const script = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));

/** Runs `npm start` without npm, which would stand between the test and the signals. */
function start(port: number, ...words: readonly string[]): ChildProcess & {stdout: NodeJS.ReadableStream} {
  const child = spawn(process.execPath, [script, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {...process.env, PORT: String(port), NODE_OPTIONS: ''},
  });
  return child as typeof child & {stdout: NodeJS.ReadableStream};
}

/** Reads until the server has said where its pages are. */
async function addressOf(child: ReturnType<typeof start>): Promise<URL> {
  for await (const line of createInterface(child.stdout)) {
    const [, url] = /Pages\s+(\S+)/.exec(line) ?? [];
    if (url) return new URL(url);
  }
  throw new Error('The server ended without an address.');
}

describe('npm start', () => {
  it('builds what is missing, serves it, and ends with 0 on SIGTERM', async () => {
    const server = start(0);
    try {
      const response = await fetch(new URL('/sip-elements.js', await addressOf(server)));
      assert.equal(response.status, 200);
      assert.match(await response.text(), /^\/\*! sip-elements /);
    } finally {
      server.kill('SIGTERM');
    }
    assert.deepEqual(await once(server, 'exit'), [0, null]);
  });

  it('ends with the npm that runs it, which passes no signal on', async () => {
    const npm = spawn('npm', ['start'], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {...process.env, PORT: '0', NODE_OPTIONS: ''},
    });
    const closed = once(npm, 'close');
    const url = await addressOf(npm as typeof npm & {stdout: NodeJS.ReadableStream});
    npm.kill('SIGTERM');
    // The output is closed once the last process that writes to it is gone.
    await closed;
    await assert.rejects(fetch(url));
  });

  it('hands its arguments on', async () => {
    const server = start(0, '--tls');
    try {
      assert.equal((await addressOf(server)).protocol, 'https:');
    } finally {
      server.kill('SIGTERM');
    }
    assert.deepEqual(await once(server, 'exit'), [0, null]);
  });

  it('ends with 1 where the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const server = start((other.address() as AddressInfo).port);
    assert.deepEqual(await once(server, 'exit'), [1, null]);
    other.close();
  });
});
