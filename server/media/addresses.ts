import {isIP} from 'node:net';
import {networkInterfaces} from 'node:os';

const LOOPBACK = '127.0.0.1';

/**
 * Returns the addresses at which media are offered, given the host that the server listens on: only loopback by
 * default, the given address if it is one, and all of the machine's IPv4 addresses if any host is accepted (`0.0.0.0`,
 * `::`, a name).
 */
export function mediaAddresses(host?: string): readonly string[] {
  if (host === undefined || host === 'localhost' || host === '::1' || host.startsWith('127.'))
    return [LOOPBACK];
  if (isIP(host) !== 0 && host !== '0.0.0.0' && host !== '::') return [host];
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const reachable = own.filter(
    ({family, internal, address}) => family === 'IPv4' && !internal && !linkLocal(address),
  );
  // Loopback is kept for browsers on this machine while it has no network.
  return [LOOPBACK, ...new Set(reachable.map(({address}) => address))];
}

const linkLocal = (address: string): boolean => address.startsWith('169.254.');
