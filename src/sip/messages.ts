import {Messager, type UserAgent, type URI} from 'sip.js';
import type {IncomingResponseMessage} from 'sip.js/lib/core/index.js';
import {SipError, toSipError} from '../errors.js';

/** What is sent, to whom. */
export interface OutgoingMessage {
  readonly number: string;
  readonly target: URI;
  readonly body: string;
  readonly contentType: string;
}

/** Sends MESSAGEs (RFC 3428) and keeps count of those without a response. */
export class Messages {
  readonly #userAgent: UserAgent;
  readonly #timeout: number;
  readonly #pending = new Set<(error: SipError) => void>();

  /** @param timeout - For the final response, in milliseconds. */
  constructor(userAgent: UserAgent, timeout: number) {
    this.#userAgent = userAgent;
    this.#timeout = timeout;
  }

  /** Resolves on a 2xx. Rejects with the response's `SipError`, `timeout` or `connection-lost`. */
  async send({number, target, body, contentType}: OutgoingMessage): Promise<void> {
    let fail!: (error: SipError) => void;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        fail = reject;
        this.#pending.add(fail);
        timer = setTimeout(() => reject(new SipError('timeout', {subject: number})), this.#timeout);
        const refuse = ({message}: {message: IncomingResponseMessage}): void =>
          reject(
            // Without a Via it is sip.js's own, made of a transport's failure.
            message.via
              ? toSipError({status: message.statusCode ?? 500}, number)
              : new SipError('connection-lost'),
          );
        void new Messager(this.#userAgent, target, body, contentType).message({
          requestDelegate: {onAccept: () => resolve(), onReject: refuse, onRedirect: refuse},
        });
      });
    } finally {
      clearTimeout(timer);
      this.#pending.delete(fail);
    }
  }

  /** Fails those without a response: it would come on a connection that is lost. */
  interrupt(): void {
    for (const fail of [...this.#pending]) fail(new SipError('connection-lost'));
  }
}
