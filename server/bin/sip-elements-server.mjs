#!/usr/bin/env node
/** Runs the development server of the installed package: `npx sip-elements-server`. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

if (process.env['npm_command'] === 'exec') {
  // npx passes no signal on to what it runs: the server must then end on its own.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}

const asksForHelp = process.argv.includes('--help');
if (!asksForHelp && !process.argv.some((word) => word.startsWith('--uploads'))) {
  const folder = mkdtempSync(join(tmpdir(), 'sip-elements-server-'));
  process.on('exit', () => rmSync(folder, {recursive: true, force: true}));
  process.argv.push('--uploads', folder);
}
await import('../dist/main.js');
