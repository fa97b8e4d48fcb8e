/**
 * Runs the development server: `npm start -- --tls`. Builds what its first page loads, if needed, before it starts, and the
 * rest meanwhile.
 */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {text} from 'node:stream/consumers';
import {stripVTControlCharacters} from 'node:util';
import {register} from 'tsx/esm/api';
import {buildFirstPage} from './build.mjs';
import {within} from './project.mjs';

// npm sends a signal only to its shell, which ends without passing it on: the server must then end on its own.
const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  process.kill(process.pid, 'SIGTERM');
}, 500).unref();

/** Builds the documentation in a process of its own, which ends with this one; rejects with what that process wrote. */
async function buildDocs() {
  const words = [within('scripts/docs.mjs'), '--if-needed'];
  const child = spawn(process.execPath, words, {stdio: ['ignore', 'inherit', 'pipe']});
  const end = () => void child.kill();
  process.once('exit', end);
  const [output] = await Promise.all([text(child.stderr), once(child, 'close')]);
  process.off('exit', end);
  if (child.exitCode === 0) return;
  console.error(output);
  throw new Error(stripVTControlCharacters(output));
}

register();
// In this process, so that signals, arguments and the exit code are the server's own.
const {readCommandLine, runCommandLine} = await import('../server/command-line.ts');
// The help, and the word on a wrong option, need no build.
readCommandLine();
// The server takes seconds to load: it does so during the build.
const [{code, dist}] = await Promise.all([buildFirstPage(), import('../server/server.ts')]);
if (code) process.exit(code);
await runCommandLine({dist, buildDocs});
