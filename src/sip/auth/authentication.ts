import {
  DigestAuthentication,
  type LoggerFactory,
  type OutgoingRequestMessage,
} from 'sip.js/lib/core/index.js';
import type {Credentials, ResolvedOptions} from '../../core/client/options.js';
import {randomUuid} from '../../core/util/uuid.js';
import type {SipError} from '../../errors.js';
import {answerTo, type Challenge} from './digest.js';

/** How many nonces are kept in mind: a proxy and a registrar have new ones for each request, perhaps. */
const MOST_NONCES = 200;

/** Keeps the page's credentials for as long as one request needs them, and answers challenges with them (RFC 3261 §22). */
export class Authentication {
  readonly #ask: () => Promise<Credentials>;
  readonly #user: string;
  #current: Credentials | undefined;
  /** How many requests have used a nonce of a realm; of the newest ones. */
  readonly #uses = new Map<string, number>();
  /** What answered the last challenge to a REGISTER. */
  #registrar: DigestAnswer | undefined;
  /** Fails those who wait for the page. */
  readonly #waiting = new Set<(error: SipError) => void>();

  constructor(options: ResolvedOptions) {
    this.#ask = options.credentials;
    this.#user = options.user;
  }

  /** Asks for credentials before a request. Rejects with whatever the page's function throws, or on `interrupt`. */
  async prepare(): Promise<void> {
    let fail!: (error: SipError) => void;
    const interrupted = new Promise<never>((_, reject) => (fail = reject));
    this.#waiting.add(fail);
    try {
      this.#current = await Promise.race([this.#ask(), interrupted]);
    } finally {
      this.#waiting.delete(fail);
    }
  }

  /** Asks for credentials where none are at hand. */
  async ensure(): Promise<void> {
    if (!this.#current) await this.prepare();
  }

  /** Asks again after a refusal; resolves with whether it is worth another attempt: whether they are others now. */
  async renew(): Promise<boolean> {
    const before = this.#current;
    await this.prepare();
    const now = this.#current;
    return now?.password !== before?.password || now?.user !== before?.user;
  }

  /** Counts a use of a nonce, which servers do too (RFC 7616 §3.4). */
  #count({realm, nonce}: Challenge): number {
    const key = JSON.stringify([realm, nonce]);
    const count = (this.#uses.get(key) ?? 0) + 1;
    this.#uses.delete(key);
    this.#uses.set(key, count);
    const [oldest] = this.#uses.keys();
    if (this.#uses.size > MOST_NONCES) this.#uses.delete(oldest!);
    return count;
  }

  /** What sip.js answers a request's challenges with. */
  answerer(loggerFactory: LoggerFactory): DigestAuthentication {
    const {user = this.#user, password = ''} = this.#current ?? {};
    return new DigestAnswer(loggerFactory, {
      account: {user, password},
      count: (challenge) => this.#count(challenge),
      onAnswer: (answer, {method}) => {
        if (method === 'REGISTER') this.#registrar = answer;
      },
    });
  }

  /** Answers the challenges of the last REGISTER once more, in one that still has the answers to them. */
  answerAgain(request: OutgoingRequestMessage): void {
    this.#registrar?.again(request);
  }

  /** Fails those who wait for the page's answer, which may never come: what it was for cannot be done any more. */
  interrupt(error: SipError): void {
    for (const fail of [...this.#waiting]) fail(error);
  }

  /** Forgets the credentials. */
  clear(): void {
    this.#current = this.#registrar = undefined;
  }
}

/** The headers that answers are in. */
const ANSWERS = ['Authorization', 'Proxy-Authorization'];

/** What a `DigestAnswer` works with. */
interface DigestAnswerOptions {
  readonly account: {readonly user: string; readonly password: string};
  /** Counts a use of a challenge's nonce. */
  count(challenge: Challenge): number;
  onAnswer(answer: DigestAnswer, request: OutgoingRequestMessage): void;
}

/** Answers challenges with MD5 or SHA-256 (RFC 8760), where sip.js itself has MD5 alone. */
class DigestAnswer extends DigestAuthentication {
  readonly #with: DigestAnswerOptions;
  /** The other server's challenge, and the header that its answer is in. */
  #before: {readonly name: string; readonly challenge: Challenge} | undefined;
  #challenge: Challenge | undefined;
  #answer: string | undefined;

  constructor(loggerFactory: LoggerFactory, using: DigestAnswerOptions) {
    super(loggerFactory, undefined, using.account.user, using.account.password);
    this.#with = using;
  }

  override authenticate(request: OutgoingRequestMessage, challenge: Challenge): boolean {
    if (!challenge.realm || !challenge.nonce) return false;
    const before = this.#challenge;
    const name = before && answersIn(request)[0];
    if (name) {
      this.#before = {name, challenge: before};
      // What another server was answered goes with it once more, and counts as another use.
      request.setHeader(name, this.#answerTo(request, before) ?? '');
    }
    this.#challenge = challenge;
    this.#answer = this.#answerTo(request, challenge);
    this.#with.onAnswer(this, request);
    return this.#answer !== undefined;
  }

  /** Answers anew what a request has answers to. */
  again(request: OutgoingRequestMessage): void {
    const names = answersIn(request);
    for (const name of names) {
      const isBefore = names.length > 1 && this.#before?.name === name;
      const challenge = isBefore ? this.#before!.challenge : this.#challenge;
      if (challenge) request.setHeader(name, this.#answerTo(request, challenge) ?? '');
    }
  }

  override toString(): string {
    return this.#answer ?? '';
  }

  #answerTo(request: OutgoingRequestMessage, challenge: Challenge): string | undefined {
    return answerTo(challenge, {
      ...this.#with.account,
      method: request.method,
      uri: String(request.ruri),
      body: request.body?.body ?? '',
      count: this.#with.count(challenge),
      cnonce: randomUuid().replaceAll('-', ''),
    });
  }
}

function answersIn(request: OutgoingRequestMessage): string[] {
  return ANSWERS.filter((name) => request.getHeader(name) !== undefined);
}

/** Whether a final response refuses the credentials. */
export function refusesCredentials(status: number): boolean {
  return status === 401 || status === 403 || status === 407;
}
