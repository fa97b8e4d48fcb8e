import type {DigestAuthentication, OutgoingRequestMessage} from '../sip-js.js';
import type {Credentials, ResolvedOptions} from '../../core/client/options.js';
import {dropOldest, setNewest} from '../../core/util/collections/newest.js';
import {randomUuid} from '../../core/util/uuid.js';
import type {SipError} from '../../errors.js';
import {answerTo, type Challenge} from './digest.js';

/** How many nonces are remembered: a proxy and a registrar may issue new ones for each request. */
const MOST_NONCES = 200;

/** How many dialogs that get no credentials are remembered. */
const MOST_WITHHELD = 1_000;

/** Keeps the page's credentials while a request needs them, and answers challenges with them (RFC 3261 §22). */
export class Authentication {
  readonly #ask: () => Promise<Credentials>;
  readonly #user: string;
  #current: Credentials | undefined;
  /** How often requests used each nonce of a realm, for the newest nonces. */
  readonly #uses = new Map<string, number>();
  /** The last challenged request outside dialogs, by method. */
  readonly #answered = new Map<string, Answered>();
  /** The dialogs of requests that get no credentials, oldest first. */
  readonly #withheld = new Set<string>();
  /** Rejects the calls that wait for the page's credentials. */
  readonly #waiting = new Set<(error: SipError) => void>();

  constructor(options: ResolvedOptions) {
    this.#ask = options.credentials;
    this.#user = options.user;
  }

  /**
   * Asks the page for credentials before a request. Rejects with the error of the page's function, or on `interrupt`.
   */
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
    await this.prepare();
    const now = this.#current;
    return now?.password !== before?.password || now?.user !== before?.user;
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
      account: () => {
        const {user = this.#user, password = ''} = this.#current ?? {};
        return {user, password};
      },
      count: (challenge) => this.#count(challenge),
      withholds: (request) => this.#withheld.has(dialogOf(request)),
      onAnswer: (answer, request) => {
        if (!request.to.parameters['tag']) this.#answered.set(request.method, {answer, request});
      },
    });
    // sip.js uses these members of its own class alone.
    return answer as Pick<DigestAuthentication, 'authenticate' | 'toString'> as DigestAuthentication;
  }

  /**
   * Answers the challenges of the last REGISTER in the next one, which still contains the old answers, so that the
   * server need not challenge it (RFC 7616 §3.6). A server that no longer takes the nonce challenges anew.
   *
   * @param accepted - Whether the server accepted the old answers; otherwise they are removed.
   */
  answerAhead(request: OutgoingRequestMessage, accepted: boolean): void {
    if (accepted) return this.#answered.get('REGISTER')?.answer.again(request);
    delete request.headers['Authorization'];
    delete request.headers['Proxy-Authorization'];
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

/** A request that was challenged, and the answer that it has. */
interface Answered {
  readonly answer: DigestAnswer;
  readonly request: OutgoingRequestMessage;
}

/** Options of a `DigestAnswer`. */
interface DigestAnswerOptions {
  /** The newest credentials. */
  account(): Required<Credentials>;
  /** Counts a use of a challenge's nonce. */
  count(challenge: Challenge): number;
  /** Whether a request gets no credentials. */
  withholds(request: OutgoingRequestMessage): boolean;
  onAnswer(answer: DigestAnswer, request: OutgoingRequestMessage): void;
}

/** Answers challenges with MD5 or SHA-256 (RFC 8760); sip.js itself supports only MD5. */
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
    if (!challenge.realm || !challenge.nonce || this.#options.withholds(request)) return false;
    const before = this.#challenge;
    const name = before && answersIn(request)[0];
    if (name) {
      this.#before = {name, challenge: before};
      // The request also answers the other server's challenge again, which counts as another use.
      request.setHeader(name, this.#answerTo(request, before) ?? '');
    }
    this.#challenge = challenge;
    this.#answer = this.#answerTo(request, challenge);
    this.#options.onAnswer(this, request);
    return this.#answer !== undefined;
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
      if (challenge) request.setHeader(name, this.#answerTo(request, challenge) ?? '');
    }
  }

  toString(): string {
    return this.#answer ?? '';
  }

  #answerTo(request: OutgoingRequestMessage, challenge: Challenge): string | undefined {
    return answerTo(challenge, {
      ...this.#options.account(),
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
