import type {DigestAuthentication, OutgoingRequestMessage} from '../sip-js.js';
import {askForCredentials} from '../../core/sign-in/ask-credentials.js';
import type {CheckedCredentials} from '../../core/sign-in/credentials.js';
import type {ResolvedOptions} from '../../core/client/options.js';
import {dropOldest, setNewest} from '../../core/util/collections/newest.js';
import {randomUuid} from '../../core/util/uuid.js';
import {sipDurations} from '../../durations/sip.js';
import {SipError} from '../../errors.js';
import {answerTo, type Challenge} from './digest.js';

/** How many nonces are remembered: a proxy and a registrar may issue new ones for each request. */
const MOST_NONCES = 200;

/** How many dialogs that get no credentials are remembered. */
const MOST_WITHHELD = 1_000;

/** Keeps the page's credentials while a request needs them, and answers challenges with them (RFC 3261 §22). */
export class Authentication {
  readonly #options: ResolvedOptions;
  #current: CheckedCredentials | undefined;
  /** The realm of the last digest challenge. */
  #realm: string | undefined;
  /** The last challenge, if the credentials have no answer to it. */
  #unanswered: Challenge | undefined;
  /** How often requests used each nonce of a realm, for the newest nonces. */
  readonly #uses = new Map<string, number>();
  /** The last challenged request outside dialogs, by method. */
  readonly #answered = new Map<string, Answered>();
  /** The dialogs of requests that get no credentials, oldest first. */
  readonly #withheld = new Set<string>();
  /** Rejects the calls that wait for the page's credentials. */
  readonly #waiting = new Set<(error: SipError) => void>();

  constructor(options: ResolvedOptions) {
    this.#options = options;
  }

  /** Whether the credentials have a Bearer token. */
  get hasToken(): boolean {
    return this.#current?.token !== undefined;
  }

  /** After how many milliseconds a new token is needed; infinite if this one does not tell when it ends, or has ended. */
  get renewal(): number {
    const rest = (this.#current?.tokenEnd ?? 0) * 1_000 - Date.now();
    return rest > 0 ? Math.max(rest * 0.8, sipDurations.tokenRenewal) : Infinity;
  }

  /** Why the credentials are refused, if another reason is known than that they are wrong. */
  get failure(): SipError | undefined {
    const {ha1, password} = this.#current ?? {};
    if (this.#unanswered && ha1 && password === undefined && !this.#unanswered.isBearer) {
      const {realm, algorithm = 'MD5'} = this.#unanswered;
      return new SipError('credentials-failed', {
        subject: `no ha1 for “${realm}” and ${algorithm}`,
        status: 401,
      });
    }
    return this.hasToken
      ? new SipError('token-refused', {subject: this.#options.user, status: 401})
      : undefined;
  }

  /**
   * Asks the page for credentials before a request. Rejects with the error of the page's function, or on `interrupt`.
   *
   * @param refused - Whether the server has refused the last ones.
   */
  async prepare(refused = false): Promise<void> {
    let fail!: (error: SipError) => void;
    const interrupted = new Promise<never>((_, reject) => (fail = reject));
    this.#waiting.add(fail);
    const request = {purpose: 'sip', refused, realm: this.#realm} as const;
    const {servers} = this.#options;
    try {
      const asked = askForCredentials(this.#options, request, servers);
      this.#current = await Promise.race([asked, interrupted]);
    } finally {
      this.#waiting.delete(fail);
    }
  }

  /** Asks the page for credentials unless some are stored. */
  async ensure(): Promise<void> {
    if (!this.#current) await this.prepare();
  }

  /**
   * Asks the page again after a refusal; resolves to whether the credentials changed, so that another attempt makes
   * sense.
   */
  async renew(): Promise<boolean> {
    const before = this.#current;
    await this.prepare(true);
    return JSON.stringify(this.#current) !== JSON.stringify(before);
  }

  /** Counts a use of a nonce, as servers do too (RFC 7616 §3.4). */
  #count({realm, nonce}: Challenge): number {
    const key = JSON.stringify([realm, nonce]);
    const count = (this.#uses.get(key) ?? 0) + 1;
    setNewest(this.#uses, key, count, MOST_NONCES);
    return count;
  }

  /** Returns the object with which sip.js answers a request's challenges. */
  answerer(): DigestAuthentication {
    const answer = new DigestAnswer({
      user: this.#options.user,
      credentials: () => this.#current ?? {},
      count: (challenge) => this.#count(challenge),
      withholds: (request) => this.#withheld.has(dialogOf(request)),
      onChallenge: (challenge, isAnswered) => {
        if (!challenge.isBearer) this.#realm = challenge.realm;
        this.#unanswered = isAnswered ? undefined : challenge;
      },
      onAnswer: (answer, request) => {
        if (!request.to.parameters['tag']) this.#answered.set(request.method, {answer, request});
      },
    });
    // sip.js uses these members of its own class alone.
    return answer as Pick<DigestAuthentication, 'authenticate' | 'toString'> as DigestAuthentication;
  }

  /**
   * Answers the challenges of the last REGISTER in the next one, which still contains the old answers, so that the
   * server need not challenge it (RFC 7616 §3.6). A server that no longer takes the nonce challenges anew. A token is sent
   * ahead, without any challenge.
   *
   * @param accepted - Whether the server accepted the old answers; otherwise they are removed.
   */
  answerAhead(request: OutgoingRequestMessage, accepted: boolean): void {
    const {token} = this.#current ?? {};
    if (!accepted) for (const name of ANSWERS) Reflect.deleteProperty(request.headers, name);
    else {
      // A token that the page no longer has must not stay.
      if (hasToken(request)) delete request.headers['Authorization'];
      this.#answered.get('REGISTER')?.answer.again(request);
    }
    // A server that has accepted the password may know no tokens.
    if (token !== undefined && !request.getHeader('Authorization'))
      request.setHeader('Authorization', bearer(token));
  }

  /**
   * Answers no challenge of a request, whose address another side supplied outside the account's domain, nor of those in
   * its dialog: for them, the other side may name any host as its Contact.
   */
  withhold(request: OutgoingRequestMessage): void {
    this.#withheld.add(dialogOf(request));
    dropOldest(this.#withheld, MOST_WITHHELD);
  }

  /**
   * Answers in an INVITE the challenge of the last one, so that the server need not challenge it (RFC 3261 §22.3), if it
   * was of the registrar's realm: others may stand behind the server, and are for that call alone.
   */
  answerInvite(invite: OutgoingRequestMessage): void {
    const last = this.#answered.get('INVITE');
    if (last && last.answer.realm === this.#answered.get('REGISTER')?.answer.realm)
      last.answer.again(invite, last.request);
  }

  /**
   * Rejects the calls that wait for the page's credentials, which may never come: the credentials no longer serve a
   * purpose.
   */
  interrupt(error: SipError): void {
    for (const fail of [...this.#waiting]) fail(error);
  }

  /** Forgets the credentials. */
  clear(): void {
    this.#current = undefined;
    this.#answered.clear();
  }
}

/** The headers that contain answers to challenges. */
const ANSWERS = ['Authorization', 'Proxy-Authorization'];

const BEARER = 'Bearer ';

const bearer = (token: string): string => BEARER + token;

const hasToken = (request: OutgoingRequestMessage): boolean =>
  request.getHeader('Authorization')?.startsWith(BEARER) ?? false;

/** A request that was challenged, and the answer that it has. */
interface Answered {
  readonly answer: DigestAnswer;
  readonly request: OutgoingRequestMessage;
}

/** Options of a `DigestAnswer`. */
interface DigestAnswerOptions {
  /** The account's user. */
  readonly user: string;
  /** The newest credentials. */
  credentials(): CheckedCredentials;
  /** Counts a use of a challenge's nonce. */
  count(challenge: Challenge): number;
  /** Whether a request gets no credentials. */
  withholds(request: OutgoingRequestMessage): boolean;
  onChallenge(challenge: Challenge, isAnswered: boolean): void;
  onAnswer(answer: DigestAnswer, request: OutgoingRequestMessage): void;
}

/** Answers challenges with MD5 or SHA-256 (RFC 8760), or a Bearer token; sip.js itself supports only MD5. */
class DigestAnswer {
  readonly #options: DigestAnswerOptions;
  /** The other server's challenge, and the header that contains its answer. */
  #before: {readonly name: string; readonly challenge: Challenge} | undefined;
  #challenge: Challenge | undefined;
  #answer: string | undefined;

  constructor(options: DigestAnswerOptions) {
    this.#options = options;
  }

  authenticate(request: OutgoingRequestMessage, challenge: Challenge): boolean {
    const isReadable = challenge.isBearer || (challenge.realm && challenge.nonce);
    if (!isReadable || this.#options.withholds(request)) return false;
    const before = this.#challenge;
    const name = before && answersIn(request)[0];
    if (name) {
      this.#before = {name, challenge: before};
      // The request also answers the other server's challenge again, which counts as another use.
      request.setHeader(name, this.#answerTo(request, before) ?? '');
    }
    this.#challenge = challenge;
    this.#answer = this.#answerTo(request, challenge);
    // The server has refused this token.
    const isRefused = challenge.isBearer && request.getHeader('Authorization') === this.#answer;
    const isAnswered = this.#answer !== undefined && !isRefused;
    this.#options.onChallenge(challenge, isAnswered);
    if (isAnswered) this.#options.onAnswer(this, request);
    return isAnswered;
  }

  /** The realm of the last challenge. */
  get realm(): string | undefined {
    return this.#challenge?.realm;
  }

  /** Gives a request the answers of another one, computed anew: by default its own. */
  again(request: OutgoingRequestMessage, of = request): void {
    const names = answersIn(of);
    for (const name of names) {
      const isBefore = names.length > 1 && this.#before?.name === name;
      const challenge = isBefore ? this.#before!.challenge : this.#challenge;
      const answer = challenge && this.#answerTo(request, challenge);
      if (answer) request.setHeader(name, answer);
      else if (challenge) Reflect.deleteProperty(request.headers, name);
    }
  }

  toString(): string {
    return this.#answer ?? '';
  }

  #answerTo(request: OutgoingRequestMessage, challenge: Challenge): string | undefined {
    const credentials = this.#options.credentials();
    if (challenge.isBearer) return credentials.token && bearer(credentials.token);
    return answerTo(challenge, {
      credentials,
      user: this.#options.user,
      method: request.method,
      uri: String(request.ruri),
      body: request.body?.body ?? '',
      count: this.#options.count(challenge),
      cnonce: randomUuid().replaceAll('-', ''),
    });
  }
}

function answersIn(request: OutgoingRequestMessage): string[] {
  return ANSWERS.filter((name) => request.getHeader(name) !== undefined);
}

/** The key that a request shares with the requests in the dialog that it begins. */
function dialogOf({callId, fromTag}: OutgoingRequestMessage): string {
  return `${callId} ${fromTag}`;
}

/** Whether a final response refuses the credentials. */
export function refusesCredentials(status: number): boolean {
  return status === 401 || status === 403 || status === 407;
}
