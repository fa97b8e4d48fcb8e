import type {IncomingRequest} from 'sip.js/lib/core/index.js';
import type {Users} from '../users.js';
import {parseDigest, type Digest} from './digest.js';
import {userOf} from './uri.js';

/**
 * Decides who a request comes from (protocol page §4, "Who may").
 *
 * Whatever is refused has been answered: 404 unknown user, 401 without or with outdated credentials, 403 otherwise.
 */
export class Authorization {
  readonly #users: Users;
  readonly #digest: Digest;

  constructor(users: Users, digest: Digest) {
    this.#users = users;
    this.#digest = digest;
  }

  /** The user of a REGISTER, by its credentials alone; undefined where it was refused. */
  registering(request: IncomingRequest): string | undefined {
    const user = userOf(request.message.to.uri);
    return this.#users.get(user) ? this.#proved(request, user) : this.#refuse(request, 404);
  }

  /** The user of any other request, by the socket's registration or by credentials. */
  asking(request: IncomingRequest, registered: string | undefined): string | undefined {
    const user = userOf(request.message.from.uri);
    if (registered !== undefined) return user === registered ? user : this.#refuse(request, 403);
    return this.#proved(request, user);
  }

  #proved(request: IncomingRequest, user: string): string | undefined {
    const {message} = request;
    const header = message.getHeader('authorization') ?? message.getHeader('proxy-authorization');
    const credentials = header === undefined ? undefined : parseDigest(header);
    if (!credentials) return this.#challenge(request, false);
    const password = this.#users.get(user)?.password;
    if (password === undefined || credentials['username'] !== user) return this.#refuse(request, 403);
    const verdict = this.#digest.check(credentials, message.method, password);
    if (verdict === 'stale') return this.#challenge(request, true);
    return verdict === 'right' ? user : this.#refuse(request, 403);
  }

  #challenge(request: IncomingRequest, stale: boolean): undefined {
    const challenge = `WWW-Authenticate: ${this.#digest.challenge(stale)}`;
    request.reject({statusCode: 401, extraHeaders: [challenge]});
  }

  #refuse(request: IncomingRequest, statusCode: number): undefined {
    request.reject({statusCode});
  }
}
