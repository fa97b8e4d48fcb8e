/**
 * Finds the SIP servers and phones that the interop tests run against, and on a Debian or Ubuntu machine where it is root
 * installs them; gives the command that keeps such a test in a network of its own.
 */
import {spawnSync} from 'node:child_process';
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

/** Makes sure that all of it is there; throws an error that says what to install where it cannot be. */
export function requireServers() {
  const missing = () => Object.entries(PROGRAMS).filter(([name]) => !onPath([name]));
  const packages = missing().flatMap(([, names]) => names);
  if (!packages.length) return;
  installPackages(packages);
  const still = missing();
  if (!still.length) return;
  const names = still.map(([name]) => name).join(', ');
  const wanted = still.flatMap(([, each]) => each).join(' ');
  throw new Error(
    `The interop tests need ${names}: on Debian run "apt-get install --no-install-recommends ${wanted}" as root.`,
  );
}

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
