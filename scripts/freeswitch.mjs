/**
 * Finds the FreeSWITCH that `interop/freeswitch` runs against, in the folder that `FREESWITCH_HOME` names, and installs the
 * libraries that it needs on a Debian machine when run as root.
 *
 * No distribution has a package of it. The folder has an installed FreeSWITCH (`bin`, `lib`, `mod`), or one in
 * `freeswitch`, or an archive `freeswitch-….tar.xz` of one, which is unpacked into `.cache/freeswitch`.
 */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {installPackages} from './browsers.mjs';
import {within} from './project.mjs';

const UNPACKED = within('.cache/freeswitch');
const PROGRAM = 'bin/freeswitch';

/** The packages of Debian 13 with the libraries that the program and its modules need. */
const LIBRARIES = [
  ...[
    'libcurl4t64',
    'libedit2',
    'libfreetype6',
    'libjpeg62-turbo',
    'libltdl7',
    'libmp3lame0',
    'libmpg123-0t64',
  ],
  ...['libodbc2', 'libopus0', 'libpcre2-8-0', 'libpng16-16t64', 'libsndfile1', 'libspeex1', 'libspeexdsp1'],
  ...['libsqlite3-0', 'libssl3t64', 'libtiff6', 'libuuid1'],
];

/**
 * Finds the folder of FreeSWITCH, which has `bin`, `lib` and `mod`.
 *
 * @returns {{root?: string, reason?: string}} Without a folder, the reason.
 */
export function findFreeSwitch() {
  const home = process.env['FREESWITCH_HOME'];
  if (!home) return {reason: 'FREESWITCH_HOME names no folder.'};
  const installed = [home, join(home, 'freeswitch')].find((folder) => existsSync(join(folder, PROGRAM)));
  const root = installed ?? unpacked(home);
  if (!root)
    return {reason: `FREESWITCH_HOME is ${home}, which has neither ${PROGRAM} nor an archive of it.`};
  requireLibraries(root);
  return {root};
}

/**
 * Unpacks the archive of a folder unless that is done.
 *
 * @param {string} home
 */
function unpacked(home) {
  const archive =
    existsSync(home) && readdirSync(home).find((name) => /^freeswitch-.*\.tar\.\w+$/.test(name));
  if (!archive) return undefined;
  const folder = join(UNPACKED, archive.replace(/\.tar\.\w+$/, ''));
  const root = join(folder, 'freeswitch');
  if (existsSync(join(root, PROGRAM))) return root;
  console.error(`Unpacking ${archive} into ${folder} …`);
  // Another run must not find half of it.
  const begun = `${folder}.${process.pid}`;
  mkdirSync(begun, {recursive: true});
  const {status} = spawnSync('tar', ['-xf', join(home, archive), '-C', begun], {stdio: ['ignore', 2, 2]});
  if (status !== 0) throw new Error(`${archive} was not unpacked.`);
  rmSync(folder, {recursive: true, force: true});
  renameSync(begun, folder);
  return root;
}

/** @param {string} root */
function requireLibraries(root) {
  if (missingLibraries(root).length === 0) return;
  installPackages(LIBRARIES);
  const missing = missingLibraries(root);
  if (missing.length > 0)
    throw new Error(
      `FreeSWITCH needs ${missing.join(', ')}: on Debian run “apt-get install --no-install-recommends ${LIBRARIES.join(' ')}” as root.`,
    );
}

/** @param {string} root */
function missingLibraries(root) {
  const modules = readdirSync(join(root, 'mod')).map((name) => join(root, 'mod', name));
  const {stdout} = spawnSync('ldd', [join(root, PROGRAM), ...modules], {
    encoding: 'utf8',
    env: {...process.env, LD_LIBRARY_PATH: join(root, 'lib')},
  });
  return [...new Set([...stdout.matchAll(/^\s*(\S+) => not found$/gm)].map(([, name = '']) => name))];
}
