import {SipError, textOf} from '../../errors.js';

/** Gives STUN and TURN servers; asked before each call, for credentials that expire. */
export type IceServersSource = () => readonly RTCIceServer[] | Promise<readonly RTCIceServer[]>;

/** STUN and TURN servers, or a function that gives them. */
export type IceServers = readonly RTCIceServer[] | IceServersSource;

/** Servers, or what asks the page for them and checks what it gives. */
export type ResolvedIceServers = readonly RTCIceServer[] | (() => Promise<readonly RTCIceServer[]>);

/** The URIs of RFC 7064 and RFC 7065: there is no place for a password in them. */
const ADDRESS = /^(stun|turn)s?:[^\s/@?]+(\?transport=(udp|tcp))?$/i;

/**
 * Checks what a page gave, and what its function gives when it is asked: that fails with `ice-servers-failed`.
 *
 * @param name - What the page wrote it as.
 * @throws {SipError} `bad-parameter`
 */
export function resolveIceServers(given: unknown, name = 'iceServers'): ResolvedIceServers {
  if (typeof given === 'function')
    return async () => checked(await asked(given as IceServersSource), name, 'ice-servers-failed');
  return checked(given ?? [], name);
}

/** Reads the attribute `ice-servers`. @throws {SipError} `bad-parameter` */
export function parseIceServers(json: string): ResolvedIceServers {
  if (json.startsWith('[object '))
    throw new SipError('bad-parameter', {subject: 'ice-servers', expected: AS_PROPERTY});
  let servers: unknown;
  try {
    servers = JSON.parse(json);
  } catch {
    // Neither the text nor the browser's error, which quotes it: there are passwords in it.
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

/** A framework that is given a list for the attribute writes `[object Object]`. */
const AS_PROPERTY = `.iceServers=\${[…]}, :iceServers.prop="[…]" or ice-servers='${EXPECTED}'`;

/** The secrets stay out of what is said: only addresses are named. */
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
    // Browsers make no connection with a TURN server that lacks one of them.
    const lacking = addresses.some((address) => /^turn/i.test(address)) && !(username && credential);
    if (!texts || lacking) throw unusable(', username, credential');
  }
  return given as readonly RTCIceServer[];
}
