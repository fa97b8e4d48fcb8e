/**
 * Gives what is “Unreleased” in the changelog the version of package.json and the date, and the version to the file that
 * reports read. Run by `npm run release:version`.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {within} from './project.mjs';

const HEADING = '## [Unreleased]\n';

/**
 * @param {string} changelog
 * @param {string} version
 * @param {string} date As in ISO 8601.
 */
export function released(changelog, version, date) {
  const [before, after, ...others] = changelog.split(HEADING);
  if (after === undefined || others.length > 0)
    throw new Error('CHANGELOG.md needs one section “Unreleased”.');
  if (/^\s*(## |$)/.test(after)) throw new Error('CHANGELOG.md says nothing about this version.');
  if (changelog.includes(`\n## ${version}\n`))
    throw new Error(`CHANGELOG.md has a section ${version} already.`);
  // The release workflow finds the notes of a version by a heading that is the version alone.
  return `${before}${HEADING}\n## ${version}\n\nReleased on ${date}.\n${after}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const {version} = JSON.parse(readFileSync(within('package.json'), 'utf8'));
  const file = within('CHANGELOG.md');
  const named = within('src/core/diagnosis/version.ts');
  writeFileSync(named, readFileSync(named, 'utf8').replace(/VERSION = '[^']*'/, `VERSION = '${version}'`));
  writeFileSync(file, released(readFileSync(file, 'utf8'), version, new Date().toISOString().slice(0, 10)));
}
