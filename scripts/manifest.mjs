/**
 * Writes `custom-elements.json` from the elements' sources. With `--check` it writes nothing and fails if the file
 * differs from what it would write.
 */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
// @ts-expect-error It comes without declarations.
import {cli} from '@custom-elements-manifest/analyzer/cli.js';
import {format, resolveConfig} from 'prettier';
import {requireCurrent, within} from './project.mjs';

const FILE = 'custom-elements.json';

/** @type {{modules: {path: string, declarations?: unknown[], exports?: unknown[]}[]}} */
const manifest = await cli({
  argv: ['analyze', '--config', 'custom-elements-manifest.config.mjs', '--quiet'],
  cwd: within(''),
  noWrite: true,
});
// The order of files in a folder differs between systems.
manifest.modules.sort((one, other) => (one.path < other.path ? -1 : 1));
const modules = manifest.modules.filter(({exports}) => exports?.length);

// Consumers get the compiled files, not the sources.
const published = JSON.stringify({...manifest, modules}).replace(/"\/?src\/([^"]+)\.ts"/g, '"dist/$1.js"');
const path = within(FILE);
const wanted = await format(published, {...(await resolveConfig(path)), filepath: path});

if (process.argv.includes('--check')) {
  requireCurrent(FILE, existsSync(path) ? readFileSync(path, 'utf8') : '', wanted, 'npm run manifest');
} else {
  writeFileSync(path, wanted);
}
