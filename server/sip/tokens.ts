import {createHmac, randomBytes, timingSafeEqual} from 'node:crypto';

/** The longest lifetime of a token, in seconds. */
const LONGEST = 24 * 60 * 60;

/**
 * Issues the tokens that sign users in without a password, and checks them (RFC 8898, docs/protocol/sign-in.md#tokens).
 *
 * A token is the user, the time when it ends, in seconds since 1970, and a signature, encoded and separated by dots. It is
 * valid until this server ends.
 */
export class Tokens {
  readonly #secret = randomBytes(32);

  /** Returns a token of a user for a number of seconds. */
  issue(user: string, seconds: number): string {
    const end = Math.floor(Date.now() / 1_000) + Math.min(seconds, LONGEST);
    const text = `${Buffer.from(user).toString('base64url')}.${end}`;
    return `${text}.${this.#sign(text)}`;
  }

  /** Returns the user of a token; undefined if it is not one of this server, or has ended. */
  userOf(token: string): string | undefined {
    const [user = '', end = '', signature = '', ...more] = token.split('.', 4);
    const [expected, given] = [Buffer.from(this.#sign(`${user}.${end}`)), Buffer.from(signature)];
    const isOwn = !more.length && expected.length === given.length && timingSafeEqual(expected, given);
    return isOwn && Date.now() < Number(end) * 1_000 ? Buffer.from(user, 'base64url').toString() : undefined;
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#secret).update(text).digest('base64url');
  }
}

/** Returns the token of an `Authorization` header; undefined if it has none. */
export function bearerIn(header: string | undefined): string | undefined {
  return /^\s*bearer\s+([\w.~+/-]{1,2000}=*)\s*$/i.exec(header ?? '')?.[1];
}
