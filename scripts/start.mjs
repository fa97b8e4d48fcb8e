/** Runs the development server, after building if needed: `npm start -- --tls`. */
import {register} from 'tsx/esm/api';
import {buildIfNeeded} from './build.mjs';

// npm sends a signal only to its shell, which ends without passing it on: the server must then end on its own.
const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  process.kill(process.pid, 'SIGTERM');
}, 500).unref();

// The help needs no build.
const code = process.argv.includes('--help') ? 0 : await buildIfNeeded();
if (code) process.exit(code);
register();
// In this process, so that signals, arguments and the exit code are the server's own.
await import('../server/main.ts');
