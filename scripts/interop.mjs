/**
 * Finds the SIP servers and phones that the interop tests run against, and installs them on a Debian or Ubuntu machine
 * when run as root. Provides the command that runs such a test in a separate network.
 */
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {installPackages, onPath} from './browsers.mjs';

/** The required programs, and the packages that contain them. */
const PROGRAMS = {
  kamailio: ['kamailio', 'kamailio-websocket-modules', 'kamailio-tls-modules', 'kamailio-autheph-modules'],
  rtpengine: ['rtpengine-daemon'],
  turnserver: ['coturn'],
  baresip: ['baresip-core'],
  sipp: ['sip-tester'],
  ip: ['iproute2'],
  nft: ['nftables'],
};

/**
 * Returns the packages that still need to be installed. On a system without packages, those whose programs are missing.
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
  // A program can be installed without its modules, which are separate packages.
  return packages.filter((name) => !stdout.includes(`${name} installed`));
}

/** Installs everything that is missing; throws an error that explains what to install if that fails. */
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

/** As a command it prints the missing packages, one per line. */
if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of missingPackages()) console.log(name);

/**
 * Enables the loopback of the new network, then runs the command that follows.
 *
 * @param {string} [address]
 */
const enter = (address) => {
  const more = address ? `ip address add ${address} dev lo && ` : '';
  return ['unshare', '--net', 'sh', '-c', `ip link set lo up && ${more}exec "$@"`, 'sh'];
};

/**
 * Returns the words to put before a command so that it runs in a separate network that has only a loopback. Returns
 * none if that is not allowed: the tests then use free ports of the machine's loopback.
 *
 * @param {string} [address] A further address of its loopback.
 * @returns {readonly string[]}
 */
export function ownNetwork(address) {
  const [program = '', ...words] = enter(address);
  const allowed = process.platform === 'linux' && spawnSync(program, [...words, 'true']).status === 0;
  return allowed ? enter(address) : [];
}
