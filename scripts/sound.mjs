/** A sound server for machines without a sound device: Firefox's `AudioContext` stays suspended without one. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, rmSync, watch} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {findPulseAudio} from './browsers.mjs';

/**
 * Starts PulseAudio, if available, as a private server that discards its sound.
 *
 * @returns {Promise<{environment: NodeJS.ProcessEnv, stop(): Promise<void>}>} The environment for the browser.
 */
export async function startSound() {
  const program = findPulseAudio();
  if (!program) return {environment: {}, stop: async () => {}};
  const folder = mkdtempSync(join(tmpdir(), 'sip-elements-sound-'));
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
  const end = () => void server.kill();
  process.once('exit', end);
  await Promise.race([appeared, ended]);
  if (server.exitCode !== null) throw new Error(`${program} ended with code ${server.exitCode}.`);
  return {
    environment: {PULSE_SERVER: `unix:${socket}`},
    async stop() {
      process.off('exit', end);
      server.kill();
      await ended;
      rmSync(folder, {recursive: true, force: true});
    },
  };
}
