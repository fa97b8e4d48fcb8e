/**
 * Runs the elements' tests in Firefox, beside a sound server without a sound device where there is PulseAudio:
 * Firefox's `AudioContext` stays suspended without one.
 */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, rmSync, watch} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {findFirefox, findPulseAudio} from './browsers.mjs';
import {runNode, tool} from './project.mjs';

/**
 * Starts a sound server of one's own that plays into nothing.
 *
 * @param {string} program
 * @param {string} folder For its socket.
 */
async function startSound(program, folder) {
  const socket = join(folder, 'native');
  const appeared = new Promise((resolve) => {
    const watcher = watch(folder, () => existsSync(socket) && resolve(watcher.close()));
  });
  const server = spawn(
    program,
    [
      ...['-n', '--daemonize=no', '--exit-idle-time=-1', '--log-level=error'],
      ...['-L', 'module-null-sink', '-L', `module-native-protocol-unix socket=${socket} auth-anonymous=1`],
    ],
    {stdio: ['ignore', 'ignore', 'inherit'], env: {...process.env, XDG_RUNTIME_DIR: folder, HOME: folder}},
  );
  const ended = once(server, 'exit');
  await Promise.race([appeared, ended]);
  if (server.exitCode !== null) throw new Error(`${program} ended with code ${server.exitCode}.`);
  return {
    address: `unix:${socket}`,
    async stop() {
      server.kill();
      await ended;
    },
  };
}

async function main() {
  const environment = {FIREFOX_PATH: findFirefox()};
  const pulseAudio = findPulseAudio();
  const folder = mkdtempSync(join(tmpdir(), 'sip-elements-sound-'));
  const sound = pulseAudio ? await startSound(pulseAudio, folder) : undefined;
  try {
    return await runNode(
      [tool('@web/test-runner/dist/bin.js'), '--config', 'web-test-runner.firefox.config.mjs'],
      sound ? {...environment, PULSE_SERVER: sound.address} : environment,
    );
  } finally {
    await sound?.stop();
    rmSync(folder, {recursive: true, force: true});
  }
}

process.exitCode = await main().catch((/** @type {Error} */ error) => {
  console.error(error.message);
  return 1;
});
