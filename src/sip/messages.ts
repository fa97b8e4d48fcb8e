import type {IncomingResponseMessage, URI, UserAgentCore} from 'sip.js/lib/core/index.js';
import {SipError, toSipError, type SipErrorCode} from '../errors.js';
import {ownFailure} from './dialog/own-response.js';

/** A MESSAGE to send. */
export interface OutgoingMessage {
  readonly number: string;
  readonly target: URI;
  readonly body: string;
  readonly contentType: string;
}

/**
 * Sends MESSAGEs (RFC 3428) and tracks those without a response.
 *
 * A response may come until the transaction ends: 32 s, Timer F of RFC 3261 §17.1.2.2. A user who saw a failure earlier
 * would send the message twice.
 */
export class Messages {
  readonly #core: UserAgentCore;
  readonly #pending = new Set<(error: SipError) => void>();

  constructor(core: UserAgentCore) {
    this.#core = core;
  }

  /**
   * Resolves on a 2xx: with true if the other side has the message, with false if a server keeps it (202, RFC 3428 §4).
   * Rejects with the response's `SipError`, `timeout` or `connection-lost`.
   */
  async send({number, target, body, contentType}: OutgoingMessage): Promise<boolean> {
    const core = this.#core;
    const content = {contentDisposition: 'render', contentType, content: body};
    const {aor} = core.configuration;
    const message = core.makeOutgoingRequestMessage('MESSAGE', target, aor, target, {}, [], content);
    let fail!: (error: SipError) => void;
    try {
      return await new Promise<boolean>((resolve, reject) => {
        fail = reject;
        this.#pending.add(fail);
        const refuse = ({message}: {message: IncomingResponseMessage}): void =>
          reject(refusal(message, number));
        core.request(message, {
          onAccept: ({message}) => resolve(message.statusCode === 200),
          onReject: refuse,
          onRedirect: refuse,
        });
      });
    } finally {
      this.#pending.delete(fail);
    }
  }

  /** Rejects sends without a response: it would arrive on the lost connection. */
  interrupt(): void {
    for (const fail of [...this.#pending]) fail(new SipError('connection-lost'));
  }
}

/** What a response means that says something else of a message than of a call. */
const REFUSALS: Readonly<Record<number, SipErrorCode>> = {
  413: 'message-too-long',
  415: 'message-refused',
  481: 'message-refused',
  486: 'message-refused',
  488: 'message-refused',
  513: 'message-too-long',
  600: 'message-refused',
  603: 'message-refused',
  606: 'message-refused',
};

function refusal(message: IncomingResponseMessage, number: string): SipError {
  const own = ownFailure(message);
  if (own) return new SipError(own, {subject: number});
  const status = message.statusCode ?? 500;
  const code = REFUSALS[status];
  return code ? new SipError(code, {subject: number, status}) : toSipError({status}, number);
}
