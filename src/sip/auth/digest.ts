import {md5} from '@noble/hashes/legacy.js';
import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';
import type {CheckedCredentials} from '../../core/sign-in/credentials.js';

/** The relevant parameters of a challenge (RFC 7616 §3.3). */
export interface Challenge {
  /** Whether it asks for a Bearer token (RFC 8898) in place of a digest. */
  readonly isBearer?: boolean;
  /** Case-insensitive; MD5 if missing. */
  readonly algorithm?: string | undefined;
  readonly realm: string;
  readonly nonce: string;
  readonly opaque?: string | undefined;
  /** The offered qualities of protection, if any. */
  readonly qop?: readonly string[] | undefined;
}

/** A challenged request, and the credentials to answer with. */
export interface Challenged {
  readonly credentials: CheckedCredentials;
  /** The user name, unless the credentials name one. */
  readonly user: string;
  readonly method: string;
  readonly uri: string;
  readonly body: string;
  /** How many requests have used the nonce, including this one. */
  readonly count: number;
  readonly cnonce: string;
}

const HASHES = {MD5: md5, 'SHA-256': sha256} as const;
type Hash = keyof typeof HASHES;

/** Supported algorithms as RFC 8760 §2.1 spells them, by upper-case name; later ones are stronger. */
const ALGORITHMS: Readonly<
  Record<string, {readonly name: string; readonly hash: Hash; readonly session: boolean}>
> = {
  MD5: {name: 'MD5', hash: 'MD5', session: false},
  'MD5-SESS': {name: 'MD5-sess', hash: 'MD5', session: true},
  'SHA-256': {name: 'SHA-256', hash: 'SHA-256', session: false},
  'SHA-256-SESS': {name: 'SHA-256-sess', hash: 'SHA-256', session: true},
};

/** Ranks a challenge by strength; 0 if it cannot be answered. */
export function strengthOf({algorithm = 'MD5', qop}: Pick<Challenge, 'algorithm' | 'qop'>): number {
  const known = ALGORITHMS[algorithm.toUpperCase()];
  if (!known || (qop?.length && !quality(qop))) return 0;
  return known.hash === 'MD5' ? 1 : 2;
}

/**
 * Returns the value of an Authorization header that answers a challenge (RFC 7616 §3.4); undefined if the algorithm or
 * the quality of protection is not supported, or if the credentials have neither a password nor a hash for it.
 */
export function answerTo(challenge: Challenge, request: Challenged): string | undefined {
  const {algorithm = 'MD5', realm, nonce, opaque, qop: offered} = challenge;
  const known = ALGORITHMS[algorithm.toUpperCase()];
  if (!known || strengthOf(challenge) === 0) return undefined;
  const {credentials, method, uri, body, count, cnonce} = request;
  const {user = request.user, password, ha1} = credentials;
  const qop = quality(offered ?? []);
  const nc = count.toString(16).padStart(8, '0');
  const hash = (...parts: string[]): string => bytesToHex(HASHES[known.hash](utf8ToBytes(parts.join(':'))));
  const account =
    password === undefined
      ? ha1?.find((each) => each.algorithm === known.hash && (each.realm ?? realm) === realm)?.hash
      : hash(user, realm, password);
  if (account === undefined) return undefined;
  const secret = known.session ? hash(account, nonce, cnonce) : account;
  const asked = qop === 'auth-int' ? hash(method, uri, hash(body)) : hash(method, uri);
  const response = qop ? hash(secret, nonce, nc, cnonce, qop, asked) : hash(secret, nonce, asked);
  return `Digest ${[
    `algorithm=${known.name}`,
    `username="${quoted(user)}"`,
    // Unchanged, including escapes.
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${response}"`,
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(qop ? [`qop=${qop}`, `nc=${nc}`] : []),
    ...(qop || known.session ? [`cnonce="${cnonce}"`] : []),
  ].join(', ')}`;
}

function quality(offered: readonly string[]): 'auth' | 'auth-int' | undefined {
  return (['auth', 'auth-int'] as const).find((known) => offered.includes(known));
}

/** User-chosen text must end neither the quoted string nor the header. */
function quoted(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').replace(/["\\]/g, '\\$&');
}
