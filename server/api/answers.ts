import {createHash} from 'node:crypto';
import type {ApiReply, ApiRequest} from './handlers.js';

/** How long an answer is kept, in milliseconds: longer than any client waits for it. */
const LIFETIME = 60_000;

/** How many answers are kept. */
const MOST = 1000;

interface Answer {
  /** The socket that it was asked on. */
  readonly by: object;
  readonly reply: Promise<ApiReply>;
  readonly since: number;
}

/**
 * Remembers what was answered to whom, so that a request which comes again on another socket, because its reply was lost
 * with the first one, is answered again and not done again.
 */
export class Answers {
  /** By user and request, oldest first. */
  readonly #answers = new Map<string, Answer>();

  /** The answer to the same request before; undefined where it is new. */
  find(by: object, user: string, request: ApiRequest): Promise<ApiReply> | undefined {
    const key = keyOf(user, request);
    const known = key === undefined ? undefined : this.#answers.get(key);
    // Pages that name all their requests alike ask anew.
    if (!known || known.by === by) return undefined;
    return Date.now() - known.since < LIFETIME ? known.reply : undefined;
  }

  /** Keeps the answer that is on its way. */
  keep(by: object, user: string, request: ApiRequest, reply: Promise<ApiReply>): void {
    const key = keyOf(user, request);
    if (key === undefined) return;
    this.#answers.delete(key);
    this.#answers.set(key, {by, reply, since: Date.now()});
    for (const [old, {since}] of this.#answers) {
      if (this.#answers.size <= MOST && Date.now() - since < LIFETIME) break;
      this.#answers.delete(old);
    }
  }
}

/** Of one length, however long the request is. */
function keyOf(user: string, {header, msgid, body}: ApiRequest): string | undefined {
  if (msgid === undefined) return undefined;
  return createHash('sha256')
    .update(JSON.stringify([user, header, msgid, body]))
    .digest('base64');
}
