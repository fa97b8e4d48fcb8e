import {createHash, createHmac, randomBytes, timingSafeEqual} from 'node:crypto';

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');

/**
 * How long a challenge may be answered, in milliseconds; a refresh with repeated credentials depends on it
 * (docs/protocol/clients.md#registration).
 */
const NONCE_LIFETIME = 24 * 60 * 60 * 1000;

/** The most nonces that are remembered per connection. */
const MOST_NONCES = 50;

/** The result of checking credentials. */
export type DigestVerdict = 'right' | 'wrong' | 'stale';

/** The parameters of an `Authorization: Digest …` header, names in lower case. */
export type DigestParameters = Readonly<Record<string, string>>;

/** Parses an Authorization header (RFC 2617 §3.2.2); undefined if it is not a digest. */
export function parseDigest(header: string): DigestParameters | undefined {
  if (!/^\s*digest\s/i.test(header)) return undefined;
  const parameters: Record<string, string> = {};
  for (const [, name, quoted, token] of header.matchAll(
    // A name begins after a non-letter: otherwise a long word would take quadratic time.
    /(?<![a-z])([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gi,
  )) {
    if (name !== undefined) parameters[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? token ?? '';
  }
  return parameters;
}

/** The client that is challenged: a nonce is valid only for that client. */
export interface Challenged {
  readonly id: string;
}

/** The last use of a nonce. */
interface Use {
  readonly count: number;
  readonly response: string;
}

/**
 * Creates challenges and checks digest credentials: MD5 with `qop=auth`, and without qop for old clients (RFC 2617).
 *
 * Nonces contain their own time and signature. A nonce count is used once (RFC 7616 §3.3), but the same credentials may
 * be repeated on the same connection: existing clients refresh their registration with the same header byte for byte
 * (docs/protocol/clients.md#registration).
 */
export class Digest {
  readonly #realm: string;
  readonly #lifetime: number;
  readonly #secret = randomBytes(32);
  /** By connection, then by nonce. */
  readonly #uses = new WeakMap<Challenged, Map<string, Use>>();

  constructor(realm: string, lifetime: number = NONCE_LIFETIME) {
    this.#realm = realm;
    this.#lifetime = lifetime;
  }

  /** Returns the value of a WWW-Authenticate header with a new nonce. */
  challenge(client: Challenged, stale = false): string {
    const time = Date.now().toString(36);
    const nonce = `${time}.${randomBytes(8).toString('hex')}`;
    const fields = `realm="${this.#realm}", nonce="${nonce}.${this.#sign(nonce, client)}", algorithm=MD5, qop="auth"`;
    return `Digest ${fields}${stale ? ', stale=true' : ''}`;
  }

  /** Checks credentials for a SIP method against the user's password. */
  check(
    client: Challenged,
    parameters: DigestParameters,
    {method, password}: {readonly method: string; readonly password: string},
  ): DigestVerdict {
    const {username = '', uri = '', nonce = '', response = '', nc = '', cnonce = '', qop} = parameters;
    if (!this.#fresh(nonce, client)) return 'stale';
    const first = md5(`${username}:${this.#realm}:${password}`);
    const second = md5(`${method}:${uri}`);
    const expected =
      qop === undefined
        ? md5(`${first}:${nonce}:${second}`)
        : md5(`${first}:${nonce}:${nc}:${cnonce}:${qop}:${second}`);
    if (!same(expected, response.toLowerCase())) return 'wrong';
    return this.#counted(client, nonce, {count: Number.parseInt(nc, 16) || 0, response});
  }

  /** Records a use; a count that was used for another response makes the nonce stale. */
  #counted(client: Challenged, nonce: string, use: Use): DigestVerdict {
    const uses = this.#uses.get(client) ?? new Map<string, Use>();
    this.#uses.set(client, uses);
    const before = uses.get(nonce);
    if (before && before.response !== use.response && use.count <= before.count) return 'stale';
    uses.set(nonce, use);
    const [oldest] = uses.keys();
    if (uses.size > MOST_NONCES) uses.delete(oldest!);
    return 'right';
  }

  #fresh(nonce: string, client: Challenged): boolean {
    const end = nonce.lastIndexOf('.');
    if (end < 0 || !same(this.#sign(nonce.slice(0, end), client), nonce.slice(end + 1))) return false;
    return Date.now() - Number.parseInt(nonce, 36) <= this.#lifetime;
  }

  #sign(text: string, {id}: Challenged): string {
    return createHmac('sha256', this.#secret).update(`${id} ${text}`).digest('hex').slice(0, 24);
  }
}

function same(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
