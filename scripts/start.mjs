/** Runs the development server, after building what is missing: `npm start -- --tls`. */
import {register} from 'tsx/esm/api';
import {buildIfNeeded} from './build.mjs';

// npm hands a signal to its shell, which ends without passing it on: then the server has to end by itself.
const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  process.kill(process.pid, 'SIGTERM');
}, 500).unref();

const code = await buildIfNeeded();
if (code) process.exit(code);
register();
// In this process, so that signals, arguments and the exit code are the server's own.
await import('../server/main.ts');
