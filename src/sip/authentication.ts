import {DigestAuthentication, type LoggerFactory} from 'sip.js/lib/core/index.js';
import type {Credentials, ResolvedOptions} from '../core/options.js';
import type {SipError} from '../errors.js';

/** Keeps the page's credentials for as long as one request needs them, and answers challenges with them (RFC 3261 §22). */
export class Authentication {
  readonly #ask: () => Promise<Credentials>;
  readonly #user: string;
  #current: Credentials | undefined;
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

  /** What sip.js computes a challenge's answer with. */
  answerer(loggerFactory: LoggerFactory): DigestAuthentication {
    const {user = this.#user, password = ''} = this.#current ?? {};
    return new DigestAuthentication(loggerFactory, undefined, user, password);
  }

  /** Fails those who wait for the page's answer, which may never come: what it was for cannot be done any more. */
  interrupt(error: SipError): void {
    for (const fail of [...this.#waiting]) fail(error);
  }

  /** Forgets the credentials. */
  clear(): void {
    this.#current = undefined;
  }
}

/** Whether a final response refuses the credentials. */
export function refusesCredentials(status: number): boolean {
  return status === 401 || status === 403 || status === 407;
}
