#!/usr/bin/env node
/**
 * Runs the development server of the installed package: `npx sip-elements`. It needs packages that pages do not need, so
 * that installing the elements does not install them: optional peers.
 */
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** What the server cannot run without. The package has further optional peers, such as those of frameworks. */
const PARTS = [
  '@evan/opus',
  'mpg123-decoder',
  'werift',
  ...(process.argv.includes('--tls') ? ['selfsigned'] : []),
];

const {name, version, peerDependencies} = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

/** @param {string} peer */
function isInstalled(peer) {
  try {
    return Boolean(import.meta.resolve(peer));
  } catch {
    return false;
  }
}

/** The help needs nothing, and begins nothing. */
const help = process.argv.includes('--help');

const missing = help ? [] : PARTS.filter((part) => !isInstalled(part));
if (missing.length > 0) {
  const words = missing.map((part) => `${part}@${peerDependencies[part]}`);
  console.error(`The development server needs ${missing.length > 1 ? 'packages that are' : 'a package that is'} not installed: ${missing.join(', ')}.

In a project:     npm install --save-dev ${words.join(' ')}
Without project:  npx -p ${name}@${version} ${words.map((word) => `-p ${word}`).join(' ')} ${name}`);
  process.exit(1);
}

if (process.env['npm_command'] === 'exec') {
  // npx passes no signal on to what it runs: the server must then end on its own.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}

if (!help && !process.argv.some((word) => word.startsWith('--uploads'))) {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  process.on('exit', () => rmSync(folder, {recursive: true, force: true}));
  process.argv.push('--uploads', folder);
}
await import(new URL('../dist/server/main.js', import.meta.url).href);
