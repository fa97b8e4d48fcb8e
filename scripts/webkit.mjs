/** Runs the elements' tests in WebKitGTK, on a screen that nobody sees. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {findWebKit} from './browsers.mjs';
import {runNode, tool} from './project.mjs';

async function main() {
  const {driver, screen} = findWebKit();
  const display = spawn(screen, ['-displayfd', '1', '-nolisten', 'tcp', '-screen', '0', '1280x1024x24'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const port = 20_000 + (process.pid % 20_000);
    const server = spawn(driver, [`--port=${port}`], {
      stdio: ['ignore', 'ignore', 'ignore'],
      env: {...process.env, DISPLAY: `:${await firstLine(display)}`, WEBKIT_DISABLE_DMABUF_RENDERER: '1'},
    });
    try {
      return await runNode(
        [tool('@web/test-runner/dist/bin.js'), '--config', 'web-test-runner.webkit.config.mjs'],
        {WEBKIT_DRIVER: `http://127.0.0.1:${port}`},
      );
    } finally {
      await end(server);
    }
  } finally {
    await end(display);
  }
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

process.exitCode = await main().catch((/** @type {Error} */ error) => {
  console.error(error.message);
  return 1;
});
