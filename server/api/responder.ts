import {API_CODE, API_HEADER, REPLY_TIMEOUT} from '../../src/dispatch/protocol.js';
import {reasonOf, type Log} from '../log.js';
import {isKnown, replyText} from './envelope.js';
import {Answers} from './answers.js';
import type {ApiContext, ApiHandlers, ApiReply, ApiRequest} from './handlers.js';

/** Requests are answered before clients stop waiting, so that they get a code instead of silence; in milliseconds. */
const PATIENCE = REPLY_TIMEOUT - 1500;

/** How much text of requests may wait for their replies, in UTF-16 code units, and what each request counts at least. */
const MOST_WAITING = 16_000_000;
const LEAST_SIZE = 4_000;

/** Sends a reply on the carrier of its request; resolves when it was delivered. */
export type Deliver = (text: string) => Promise<void>;

/**
 * Answers the requests of one client on one carrier.
 *
 * Requests with the same header are answered in the order of their arrival, because a client that ignores `msgid`
 * matches them in that order (docs/protocol/envelope.md#replies).
 */
export class ApiResponder {
  readonly #handlers: ApiHandlers;
  readonly #deliver: Deliver;
  readonly #log: Log;
  readonly #answers: Answers;
  readonly #patience: number;
  readonly #queues = new Map<string, Promise<void>>();
  /** The length of the requests that wait. */
  #waiting = 0;

  /** @param answers - Earlier answers, on any carrier. */
  constructor(
    handlers: ApiHandlers,
    deliver: Deliver,
    log: Log,
    answers = new Answers(),
    patience = PATIENCE,
  ) {
    this.#handlers = handlers;
    this.#deliver = deliver;
    this.#log = log;
    this.#answers = answers;
    this.#patience = patience;
  }

  /**
   * Answers a request in its turn, or at once with a refusal if too many wait; resolves when the reply was sent.
   *
   * @param length - The length of its text.
   */
  answer(request: ApiRequest, who: Omit<ApiContext, 'reply'>, length = 0): Promise<void> {
    const size = Math.max(length, LEAST_SIZE);
    if (this.#waiting + size > MOST_WAITING) return this.#refuse(request);
    this.#waiting += size;
    const before = this.#queues.get(request.header) ?? Promise.resolve();
    const turn = before.then(() => this.#answer(request, who));
    this.#queues.set(request.header, turn);
    return turn.finally(() => {
      this.#waiting -= size;
      if (this.#queues.get(request.header) === turn) this.#queues.delete(request.header);
    });
  }

  async #refuse(request: ApiRequest): Promise<void> {
    this.#log(`${request.header} refused: too many requests wait`);
    const text = replyText(request, {code: API_CODE.operationFailed});
    await this.#deliver(text).catch((thrown: unknown) =>
      this.#log(`reply not delivered: ${reasonOf(thrown)}`),
    );
  }

  #answer(request: ApiRequest, who: Omit<ApiContext, 'reply'>): Promise<void> {
    return new Promise((resolve) => {
      let sent: Promise<void> | undefined;
      let answered: ((result: ApiReply) => void) | undefined;
      const reply = (result: ApiReply): Promise<void> => {
        clearTimeout(timer);
        answered?.(result);
        sent ??= this.#deliver(replyText(request, result)).catch((thrown: unknown) =>
          this.#log(`reply not delivered: ${reasonOf(thrown)}`),
        );
        resolve();
        return sent;
      };
      const timer = setTimeout(() => void reply({code: API_CODE.timeout}), this.#patience);
      const before = this.#answers.find(this, who.user, request);
      if (!before)
        this.#answers.keep(
          this,
          who.user,
          request,
          new Promise((resolveAnswer) => (answered = resolveAnswer)),
        );
      (before ?? this.#run(request, {...who, reply})).then(
        (result) => void reply(result ?? {code: API_CODE.operationFailed}),
        (thrown: unknown) => {
          this.#log(`${request.header} failed: ${reasonOf(thrown)}`);
          void reply({code: API_CODE.operationFailed});
        },
      );
    });
  }

  async #run(request: ApiRequest, context: ApiContext): Promise<ApiReply | undefined> {
    const handler = this.#handlers.get(request.header);
    if (!handler && !isKnown(request.header)) return {code: API_CODE.badParameter};
    const identity = identityCode(request, context.user);
    if (identity !== API_CODE.none) return {code: identity};
    return handler ? handler(request, context) : {code: API_CODE.operationFailed};
  }
}

/** Checks that a request names only the user as its sender: 1107 otherwise (docs/protocol/sign-in.md#who-may-ask). */
function identityCode({header, body}: ApiRequest, user: string): number {
  const names = header === API_HEADER.callOperation ? ['caller', 'getemp', 'receiver'] : ['caller', 'getemp'];
  for (const name of names) {
    const value = body[name];
    if (value === undefined || value === '') continue;
    if (typeof value !== 'string' && typeof value !== 'number') return API_CODE.badParameter;
    if (String(value) !== user) return API_CODE.notAllowed;
  }
  return API_CODE.none;
}
