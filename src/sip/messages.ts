import type {IncomingResponseMessage, URI, UserAgentCore} from './sip-js.js';
import {SipError, toSipError, type SipErrorCode} from '../errors.js';
import {ownFailure} from './dialog/own-response.js';
import {mediaTypeOf} from './headers/media-type.js';

/** A MESSAGE to send. */
export interface OutgoingMessage {
  readonly number: string;
  readonly target: URI;
  readonly body: string;
  readonly contentType: string;
  /** Called with the types of the other side's Accept header if it does not accept this one (415). */
  readonly onUnsupported?: ((accepted: readonly string[]) => void) | undefined;
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
  async send({number, target, body, contentType, onUnsupported}: OutgoingMessage): Promise<boolean> {
    const content = {contentDisposition: 'render', contentType, content: body};
    const response = await this.#request('MESSAGE', {number, target}, content, onUnsupported);
    return response.statusCode === 200;
  }

  /**
   * Asks the other side which media types it accepts (OPTIONS, RFC 3261 §11), in lower case; rejects as `send`. A side
   * that names none accepts SDP alone (RFC 3261 §11.2).
   */
  async ask(number: string, target: URI): Promise<readonly string[]> {
    return acceptedBy(await this.#request('OPTIONS', {number, target}));
  }

  async #request(
    method: 'MESSAGE' | 'OPTIONS',
    {number, target}: Pick<OutgoingMessage, 'number' | 'target'>,
    content?: {contentDisposition: string; contentType: string; content: string},
    onUnsupported?: OutgoingMessage['onUnsupported'],
  ): Promise<IncomingResponseMessage> {
    const core = this.#core;
    const {aor} = core.configuration;
    const headers = content ? [] : [`Accept: ${SDP}`];
    const message = core.makeOutgoingRequestMessage(method, target, aor, target, {}, headers, content);
    let fail!: (error: SipError) => void;
    try {
      return await new Promise<IncomingResponseMessage>((resolve, reject) => {
        fail = reject;
        this.#pending.add(fail);
        const refuse = ({message}: {message: IncomingResponseMessage}): void => {
          if (message.statusCode === 415) onUnsupported?.(acceptedBy(message));
          reject(refusal(message, number));
        };
        core.request(message, {
          onAccept: ({message}) => resolve(message),
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

const SDP = 'application/sdp';

/** The most types of an Accept header that are read. */
const MOST_TYPES = 50;

/** The longest type that is kept, in characters (RFC 6838 §4.2: 127 each for type and subtype). */
const LONGEST_TYPE = 255;

/** The media types that a response accepts. */
function acceptedBy(message: IncomingResponseMessage): readonly string[] {
  const named = message.getHeaders('accept').join(',').split(',', MOST_TYPES);
  return named.map(mediaTypeOf).filter(({length}) => length > 0 && length <= LONGEST_TYPE);
}

/** The errors of statuses that mean something else for a message than for a call. */
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
