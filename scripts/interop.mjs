/**
 * Finds the SIP servers and phones that the interop tests run against, and on a Debian or Ubuntu machine where it is root
 * installs them; gives the command that keeps such a test in a network of its own.
 */
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {installPackages, onPath} from './browsers.mjs';

/** What is needed: the program, and the packages that have it. */
const PROGRAMS = {
  kamailio: ['kamailio', 'kamailio-websocket-modules', 'kamailio-tls-modules'],
  rtpengine: ['rtpengine-daemon'],
  turnserver: ['coturn'],
  baresip: ['baresip-core'],
  sipp: ['sip-tester'],
  ip: ['iproute2'],
};

/**
 * The packages that are still to be installed. Where there are no packages, those whose programs are not there.
 *
 * @returns {string[]}
 */
function missingPackages() {
  const packages = Object.values(PROGRAMS).flat();
  const {status, stdout} = spawnSync(
    'dpkg-query',
    ['-W', '-f', '${Package} ${db:Status-Status}\n', ...packages],
    {
      encoding: 'utf8',
    },
  );
  if (status === null)
    return Object.entries(PROGRAMS).flatMap(([name, names]) => (onPath([name]) ? [] : names));
  // One of them can be there without its modules, which are packages of their own.
  return packages.filter((name) => !stdout.includes(`${name} installed`));
}

/** Makes sure that all of it is there; throws an error that says what to install where it cannot be. */
export function requireServers() {
  const packages = missingPackages();
  if (!packages.length) return;
  installPackages(packages);
  const still = missingPackages().join(' ');
  if (!still) return;
  throw new Error(
    `The interop tests need ${still}: on Debian run "apt-get install --no-install-recommends ${still}" as root.`,
  );
}

/** As a command it prints the packages that are missing, one a line. */
if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of missingPackages()) console.log(name);

/** Brings the loopback of the new network up, and becomes what follows. */
const ENTER = ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

/**
 * What to put before a command so that it runs in a network of its own, which has a loopback and nothing else; nothing
 * where that is not allowed: the tests take free ports of the machine's loopback then.
 *
 * @returns {readonly string[]}
 */
export function ownNetwork() {
  const [program = '', ...words] = ENTER;
  const allowed = process.platform === 'linux' && spawnSync(program, [...words, 'true']).status === 0;
  return allowed ? ENTER : [];
}
