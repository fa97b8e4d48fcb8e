/**
 * Finds Asterisk for the tests of rooms: on the PATH, as Ubuntu has it. Debian's stable release has none; there, Asterisk and
 * all that it needs are unpacked from Debian's unstable release into `.cache/asterisk`, beside the system and not into it.
 */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {onPath} from './browsers.mjs';
import {within} from './project.mjs';

const FOLDER = within('.cache/asterisk');
const KEYS = '/usr/share/keyrings/debian-archive-keyring.pgp';

/**
 * Returns the folder that the packages are unpacked in; an empty text if Asterisk is on the PATH. Throws an error that
 * explains what to install if it is nowhere.
 */
export function requireAsterisk() {
  if (onPath(['asterisk'])) return '';
  const root = join(FOLDER, 'root');
  if (!existsSync(join(root, 'usr/sbin/asterisk'))) unpack(root);
  return root;
}

/** @param {string} root */
function unpack(root) {
  const explain = (/** @type {string} */ reason) =>
    new Error(
      `The tests of rooms need Asterisk: install its package. Its Debian package was not unpacked: ${reason}`,
    );
  if (!onPath(['apt-get']) || !existsSync(KEYS)) throw explain('this is no Debian.');
  console.error(`Unpacking Asterisk into ${root} …`);
  const [state, archives] = [join(FOLDER, 'state'), join(FOLDER, 'archives')];
  for (const folder of [root, join(state, 'lists/partial'), join(archives, 'partial')])
    mkdirSync(folder, {recursive: true});
  const list = join(FOLDER, 'sources.list');
  writeFileSync(list, `deb [signed-by=${KEYS}] http://deb.debian.org/debian sid main\n`);
  writeFileSync(join(state, 'status'), '');
  const settings = join(FOLDER, 'apt.conf');
  writeFileSync(
    settings,
    Object.entries({
      'Dir::State': state,
      'Dir::State::status': join(state, 'status'),
      'Dir::Cache': FOLDER,
      'Dir::Etc::sourcelist': list,
      'Dir::Etc::sourceparts': '/dev/null',
      'Dir::Etc::parts': '/dev/null',
      'APT::Install-Recommends': 'false',
      'APT::Sandbox::User': '',
      // A mirror may be late.
      'Acquire::Check-Valid-Until': 'false',
    })
      .map(([name, value]) => `${name} "${value}";\n`)
      .join(''),
  );
  const run = (/** @type {string} */ command, /** @type {string[]} */ ...words) => {
    const {status} = spawnSync(command, words, {
      stdio: ['ignore', 2, 2],
      env: {...process.env, APT_CONFIG: settings},
    });
    if (status !== 0) throw explain(`“${command} ${words[0] ?? ''}” failed.`);
  };
  run('apt-get', 'update', '-qq');
  run('apt-get', 'install', '--download-only', '-y', '-qq', 'asterisk');
  for (const name of readdirSync(archives).filter((file) => file.endsWith('.deb')))
    run('dpkg-deb', '-x', join(archives, name), root);
}
