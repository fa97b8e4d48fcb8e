/** What pages load whose servers have short-lived credentials. */
import {LONGEST_DELAY_MS} from '../util/longest-delay.js';

/** After which part of their lifetime credentials are renewed. */
const RENEWAL = 0.8;

/** The shortest lifetime that is believed, in seconds. */
const SHORTEST = 1;

/**
 * Reads servers with a lifetime: `{iceServers, ttl}`, or `{uris, username, password, ttl}` as coturn's REST interface has
 * them. Anything else is no list.
 *
 * @param checked - Checks a list of servers.
 */
export function shortLived(
  given: object,
  checked: (servers: unknown) => readonly RTCIceServer[],
): readonly RTCIceServer[] & {readonly renewAfter?: number} {
  const {iceServers, uris, username, password, ttl} = given as Readonly<Record<string, unknown>>;
  if (typeof ttl !== 'number' || !(ttl > 0)) return checked(given);
  const servers = checked(uris === undefined ? iceServers : [{urls: uris, username, credential: password}]);
  const renewAfter = Math.min(Math.max(ttl, SHORTEST) * 1_000 * RENEWAL, LONGEST_DELAY_MS);
  return Object.assign([...servers], {renewAfter});
}
