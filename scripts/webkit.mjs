/** WebKitGTK's driver, on a virtual display. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {findWebKit} from './browsers.mjs';

/**
 * Starts the driver.
 *
 * @returns {Promise<{environment: NodeJS.ProcessEnv, stop(): Promise<void>}>} The environment for the tests.
 */
export async function startWebKit() {
  const {driver, screen} = findWebKit();
  const display = spawn(screen, ['-displayfd', '1', '-nolisten', 'tcp', '-screen', '0', '1280x1024x24'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const port = 20_000 + (process.pid % 20_000);
  const server = spawn(driver, [`--port=${port}`], {
    stdio: ['ignore', 'ignore', 'ignore'],
    env: {...process.env, DISPLAY: `:${await firstLine(display)}`, WEBKIT_DISABLE_DMABUF_RENDERER: '1'},
  });
  return {
    environment: {WEBKIT_DRIVER: `http://127.0.0.1:${port}`},
    async stop() {
      await end(server);
      await end(display);
    },
  };
}

/** @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, null>} program */
async function firstLine(program) {
  for await (const line of createInterface({input: program.stdout})) if (line) return line;
  throw new Error('Xvfb did not start.');
}

/** @param {import('node:child_process').ChildProcess} program */
async function end(program) {
  if (program.exitCode !== null || program.signalCode !== null) return;
  program.kill();
  await once(program, 'exit');
}
