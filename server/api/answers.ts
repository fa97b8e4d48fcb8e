import {createHash} from 'node:crypto';
import {oldestOfMost} from '../oldest-of-most.js';
import type {ApiReply, ApiRequest} from './handlers.js';

/** How long an answer is kept, in milliseconds: longer than any client waits for it. */
const LIFETIME = 60_000;

/** The most answers that are kept; the user with the most loses the oldest one. */
const MOST = 1000;

interface Answer {
  readonly user: string;
  /** The socket of the request. */
  readonly by: object;
  readonly reply: Promise<ApiReply>;
  /** By `performance.now()`. */
  readonly since: number;
}

/**
 * Remembers answers by user and request. A request that is repeated on another socket, because its reply was lost with
 * the first one, is answered again but not executed again.
 */
export class Answers {
  /** By user and request, oldest first. */
  readonly #answers = new Map<string, Answer>();

  /** Returns the earlier answer to the same request; undefined if the request is new. */
  find(by: object, user: string, request: ApiRequest): Promise<ApiReply> | undefined {
    const key = keyOf(user, request);
    const known = key === undefined ? undefined : this.#answers.get(key);
    // Pages that give all their requests the same id on one socket send new requests.
    if (!known || known.by === by) return undefined;
    return performance.now() - known.since < LIFETIME ? known.reply : undefined;
  }

  /** Stores the pending answer. */
  keep(by: object, user: string, request: ApiRequest, reply: Promise<ApiReply>): void {
    const key = keyOf(user, request);
    if (key === undefined) return;
    this.#answers.delete(key);
    const now = performance.now();
    this.#answers.set(key, {user, by, reply, since: now});
    for (const [old, {since}] of this.#answers) {
      if (now - since < LIFETIME) break;
      this.#answers.delete(old);
    }
    if (this.#answers.size <= MOST) return;
    const [surplus] = oldestOfMost([...this.#answers], ([, answer]) => answer.user);
    this.#answers.delete(surplus);
  }
}

/** Returns a key of fixed length, however long the request is. */
function keyOf(user: string, {header, msgid, body}: ApiRequest): string | undefined {
  if (msgid === undefined) return undefined;
  return createHash('sha256')
    .update(JSON.stringify([user, header, msgid, body]))
    .digest('base64');
}
