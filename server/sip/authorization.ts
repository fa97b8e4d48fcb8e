import type {IncomingRequest} from 'sip.js/lib/core/index.js';
import type {Attempts} from '../attempts.js';
import {bearerIn, type Tokens} from './tokens.js';
import type {Users} from '../users.js';
import type {SipConnection} from './connection.js';
import {parseDigest, type Digest} from './digest.js';
import {userOf} from './uri.js';

/** What asks for another token (RFC 8898 §3). */
const BEARER = 'WWW-Authenticate: Bearer realm="dispatch", error="invalid_token"';

/**
 * Authenticates the sender of a request (docs/protocol/sign-in.md#who-may-ask).
 *
 * Refused requests are answered here: 404 unknown user, 401 missing or outdated credentials, 503 after too many wrong
 * ones, 403 otherwise.
 */
export class Authorization {
  readonly #users: Users;
  readonly #digest: Digest;
  readonly #attempts: Attempts;
  readonly #tokens: Tokens;

  constructor(users: Users, digest: Digest, attempts: Attempts, tokens: Tokens) {
    this.#users = users;
    this.#digest = digest;
    this.#attempts = attempts;
    this.#tokens = tokens;
  }

  /** Returns the user of a REGISTER by its credentials; undefined if it was refused. */
  registering(connection: SipConnection, request: IncomingRequest): string | undefined {
    const {message} = request;
    const user = userOf(message.to.uri);
    if (!this.#users.get(user)) return this.#refuse(request, 404);
    const token = bearerIn(message.getHeader('authorization'));
    if (token === undefined) return this.#proved(connection, request, user);
    if (this.#tokens.userOf(token) === user) return user;
    return this.#challenge(connection, request, false, [BEARER]);
  }

  /** Returns the user of any other request, by the socket's registration or by credentials. */
  asking(connection: SipConnection, request: IncomingRequest): string | undefined {
    const registered = connection.user;
    const user = userOf(request.message.from.uri);
    if (registered !== undefined) return user === registered ? user : this.#refuse(request, 403);
    return this.#proved(connection, request, user);
  }

  #proved(connection: SipConnection, request: IncomingRequest, user: string): string | undefined {
    const {message} = request;
    const header = message.getHeader('authorization') ?? message.getHeader('proxy-authorization');
    const credentials = header === undefined ? undefined : parseDigest(header);
    if (!credentials) return this.#challenge(connection, request, false);
    const contact = message.getHeader('contact') ?? '';
    const [, instance] = /\+sip\.instance="([^"]{1,100})"/i.exec(contact) ?? [];
    const who = {user, remote: connection.remote, connection: connection.id, instance};
    // A user who is registered over this connection does not wait because of wrong passwords elsewhere.
    const wait = connection.user === user ? 0 : this.#attempts.wait(who);
    if (wait > 0) return this.#refuse(request, 503, [`Retry-After: ${Math.ceil(wait / 1_000)}`]);
    const password = this.#users.get(user)?.password;
    if (password === undefined || credentials['username'] !== user) return this.#refuse(request, 403);
    const verdict = this.#digest.check(connection, credentials, {method: message.method, password});
    if (verdict === 'stale') return this.#challenge(connection, request, true);
    if (verdict === 'right') this.#attempts.succeeded(who);
    else this.#attempts.failed(who);
    return verdict === 'right' ? user : this.#refuse(request, 403);
  }

  #challenge(
    connection: SipConnection,
    request: IncomingRequest,
    stale: boolean,
    others: readonly string[] = [],
  ): undefined {
    const challenge = `WWW-Authenticate: ${this.#digest.challenge(connection, stale)}`;
    request.reject({statusCode: 401, extraHeaders: [...others, challenge]});
  }

  #refuse(request: IncomingRequest, statusCode: number, extraHeaders: string[] = []): undefined {
    request.reject({statusCode, extraHeaders});
  }
}
