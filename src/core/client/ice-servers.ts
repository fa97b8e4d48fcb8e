import {SipError, textOf} from '../../errors.js';

/** Servers whose credentials end after `ttl` seconds: a call that goes on for longer gets new ones before. */
export interface ShortLivedServers {
  readonly iceServers: readonly RTCIceServer[];
  readonly ttl: number;
}

/** The same as coturn's REST interface has it. */
export interface RestServers {
  readonly uris: readonly string[];
  readonly username: string;
  readonly password: string;
  readonly ttl: number;
}

type GivenServers = readonly RTCIceServer[] | ShortLivedServers | RestServers;

/** Returns STUN and TURN servers. Called before each call, for credentials that expire. */
export type IceServersSource = () => GivenServers | Promise<GivenServers>;

/** STUN and TURN servers, or a function that returns them. */
export type IceServers = readonly RTCIceServer[] | IceServersSource;

/** Servers, or a function that calls the page's function and checks its result. */
export type ResolvedIceServers =
  readonly RTCIceServer[] | (() => Promise<readonly RTCIceServer[] & {readonly renewAfter?: number}>);

/** The URIs of RFC 7064 and RFC 7065, which cannot contain a password. */
const ADDRESS = /^(stun|turn)s?:[^\s/@?]+(\?transport=(udp|tcp))?$/i;

/**
 * Checks the servers that a page gives, and later its function's result, which fails with `ice-servers-failed`.
 *
 * @param name - The name of the option or attribute.
 * @throws {SipError} `bad-parameter`
 */
export function resolveIceServers(given: unknown, name = 'iceServers'): ResolvedIceServers {
  if (typeof given === 'function')
    return async () => {
      const result = await asked(given as IceServersSource);
      const list = (servers: unknown): readonly RTCIceServer[] =>
        checked(servers, name, 'ice-servers-failed');
      return typeof result !== 'object' || !result || Array.isArray(result)
        ? list(result)
        : (await import('./short-lived-servers.js')).shortLived(result, list);
    };
  return checked(given ?? [], name);
}

/** Parses the attribute `ice-servers`. @throws {SipError} `bad-parameter` */
export function parseIceServers(json: string): ResolvedIceServers {
  if (json.startsWith('[object '))
    throw new SipError('bad-parameter', {subject: 'ice-servers', expected: AS_PROPERTY});
  let servers: unknown;
  try {
    servers = JSON.parse(json);
  } catch {
    // Drops the text and the browser's error, which quotes it: it contains passwords.
    servers = undefined;
  }
  return checked(servers, 'ice-servers');
}

/** @throws {SipError} `ice-servers-failed` */
async function asked(source: IceServersSource): Promise<unknown> {
  try {
    return await source();
  } catch (cause) {
    if (cause instanceof SipError) throw cause;
    throw new SipError('ice-servers-failed', {subject: textOf(cause), cause});
  }
}

const EXPECTED = '[{"urls": "turn:…", "username": "…", "credential": "…"}]';

/** For frameworks that write a list to the attribute as `[object Object]`. */
const AS_PROPERTY = `.iceServers=\${[…]}, :iceServers.prop="[…]" or ice-servers='${EXPECTED}'`;

/** Checks a list of servers. Its errors name the addresses only, never the secrets. */
function checked(
  given: unknown,
  name: string,
  code: 'bad-parameter' | 'ice-servers-failed' = 'bad-parameter',
): readonly RTCIceServer[] {
  const unusable = (part = ''): SipError => new SipError(code, {subject: name + part, expected: EXPECTED});
  if (!Array.isArray(given)) throw unusable();
  for (const server of given as unknown[]) {
    const {urls, username = '', credential = ''} = (server ?? {}) as Record<string, unknown>;
    const addresses = (Array.isArray(urls) ? urls : [urls]).map(String);
    if (addresses.length === 0 || !addresses.every((address) => ADDRESS.test(address)))
      throw unusable(', urls');
    const texts = typeof username === 'string' && typeof credential === 'string';
    // Browsers refuse a TURN server without a username or credential.
    const lacking = addresses.some((address) => /^turn/i.test(address)) && !(username && credential);
    if (!texts || lacking) throw unusable(', username, credential');
  }
  return given as readonly RTCIceServer[];
}
