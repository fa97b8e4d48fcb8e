import {createHash, createHmac, randomBytes, timingSafeEqual} from 'node:crypto';

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');

/** How long a challenge may be answered, in milliseconds; a refresh that repeats its credentials lives on it (§8.18). */
const NONCE_LIFETIME = 24 * 60 * 60 * 1000;

/** What credentials turned out to be. */
export type DigestVerdict = 'right' | 'wrong' | 'stale';

/** The parameters of an `Authorization: Digest …` header, names in lower case. */
export type DigestParameters = Readonly<Record<string, string>>;

/** Takes an Authorization header apart (RFC 2617 §3.2.2); undefined where it is not a digest. */
export function parseDigest(header: string): DigestParameters | undefined {
  if (!/^\s*digest\s/i.test(header)) return undefined;
  const parameters: Record<string, string> = {};
  for (const [, name, quoted, token] of header.matchAll(
    // A name begins where no letter is before it: otherwise a long word takes the square of its length.
    /(?<![a-z])([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gi,
  )) {
    if (name !== undefined) parameters[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? token ?? '';
  }
  return parameters;
}

/**
 * Challenges and checks digest credentials: MD5 with `qop=auth`, and without qop for old clients (RFC 2617).
 *
 * Nonces carry their own time and signature, so nothing is kept for them. The nonce count is not checked for
 * repetition: existing clients refresh their registration with the same header byte for byte (protocol page §8.18).
 */
export class Digest {
  readonly #realm: string;
  readonly #lifetime: number;
  readonly #secret = randomBytes(32);

  constructor(realm: string, lifetime: number = NONCE_LIFETIME) {
    this.#realm = realm;
    this.#lifetime = lifetime;
  }

  /** The value of a WWW-Authenticate header with a fresh nonce. */
  challenge(stale = false): string {
    const time = Date.now().toString(36);
    const nonce = `${time}.${randomBytes(8).toString('hex')}`;
    const fields = `realm="${this.#realm}", nonce="${nonce}.${this.#sign(nonce)}", algorithm=MD5, qop="auth"`;
    return `Digest ${fields}${stale ? ', stale=true' : ''}`;
  }

  /** Checks credentials for a SIP method against the password of their user. */
  check(parameters: DigestParameters, method: string, password: string): DigestVerdict {
    const {username = '', uri = '', nonce = '', response = '', nc = '', cnonce = '', qop} = parameters;
    if (!this.#fresh(nonce)) return 'stale';
    const first = md5(`${username}:${this.#realm}:${password}`);
    const second = md5(`${method}:${uri}`);
    const expected =
      qop === undefined
        ? md5(`${first}:${nonce}:${second}`)
        : md5(`${first}:${nonce}:${nc}:${cnonce}:${qop}:${second}`);
    return same(expected, response.toLowerCase()) ? 'right' : 'wrong';
  }

  #fresh(nonce: string): boolean {
    const end = nonce.lastIndexOf('.');
    if (end < 0 || !same(this.#sign(nonce.slice(0, end)), nonce.slice(end + 1))) return false;
    return Date.now() - Number.parseInt(nonce, 36) <= this.#lifetime;
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#secret).update(text).digest('hex').slice(0, 24);
  }
}

function same(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
