/** Runs the development server, after building what is missing: `npm start -- --tls`. */
import {register} from 'tsx/esm/api';
import {buildIfNeeded} from './build.mjs';

const code = await buildIfNeeded();
if (code) process.exit(code);
register();
// In this process, so that signals, arguments and the exit code are the server's own.
await import('../demo/server/main.ts');
