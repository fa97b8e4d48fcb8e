/** What pages with tokens and hashes load. It takes what the client has already from the client, which stays small so. */
import type {SipError} from '../../errors.js';
import type {CheckedCredentials, DigestHash} from './credentials.js';

/** The characters of a Bearer token (RFC 6750 §2.1). */
const TOKEN = /^[\w.~+/-]+=*$/;

/** The origin of a plain WebSocket to another machine. */
const READABLE = /^ws:\/\/(?!(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$)/;

/** The lengths of hashes, in hexadecimal digits, with their algorithms. */
const ALGORITHMS: Readonly<Record<number, DigestHash['algorithm']>> = {32: 'MD5', 64: 'SHA-256'};

/** What the client has. */
interface Checks {
  readonly textIn: (value: unknown, part: string) => string | undefined;
  readonly unusable: (part: string, expected?: string) => SipError;
}

/**
 * Checks credentials with a token or a hash.
 *
 * @param urls - The addresses that they are sent to.
 * @throws {SipError} `credentials-failed`
 */
export function checkedSecrets(
  given: Readonly<Record<'password' | 'user' | 'ha1' | 'token', unknown>>,
  urls: readonly string[],
  {textIn, unusable}: Checks,
): CheckedCredentials {
  const token = textIn(given.token, ', token');
  const {ha1 = null} = given;
  const checked = {
    user: textIn(given.user, ', user'),
    password: textIn(given.password, ', password'),
    token,
    tokenEnd: token && endOf(token),
    ha1: ha1 === null ? undefined : hashesIn(ha1, unusable),
  };
  if (token !== undefined && !TOKEN.test(token)) throw unusable(', token');
  if (token && urls.some(isReadable)) throw unusable(', token', 'server="wss://…"');
  return Object.fromEntries(Object.entries(checked).filter(([, value]) => value !== undefined));
}

/** Returns when a JWT ends (RFC 7519 §4.1.4), in seconds since 1970; undefined for other tokens. */
function endOf(token: string): number | undefined {
  try {
    const claims = token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
    const {exp} = JSON.parse(atob(claims)) as {exp?: unknown};
    return typeof exp === 'number' ? exp : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the hashes that a page gives. @throws {SipError} `credentials-failed` */
function hashesIn(given: unknown, unusable: Checks['unusable']): readonly DigestHash[] {
  const list: unknown[] = Array.isArray(given) ? given : [typeof given === 'string' ? {hash: given} : given];
  const hashes = list.map((each) => {
    const {realm, algorithm, hash} = (each ?? {}) as Record<string, unknown>;
    if (typeof hash !== 'string' || !/^[\da-f]+$/i.test(hash)) throw unusable(', ha1');
    const known = ALGORITHMS[hash.length];
    if (
      !known ||
      !(algorithm === undefined || algorithm === known) ||
      !(realm === undefined || typeof realm === 'string')
    )
      throw unusable(', ha1');
    return {realm, algorithm: known, hash: hash.toLowerCase()} as DigestHash;
  });
  if (!hashes.length) throw unusable(', ha1');
  return hashes;
}

/** Whether others on the way can read what is sent to an address. */
function isReadable(url: string): boolean {
  return READABLE.test(new URL(url).origin);
}
