import {SipError, toSipError} from '../errors.js';
import type {Carrier} from './api.js';
import {API_REQUEST_TYPE, API_USER} from './protocol.js';

/** Sends SIP MESSAGEs; resolves on a 2xx. */
export interface MessageSender {
  message(number: string, body: string, contentType: string): Promise<unknown>;
}

/** Responses of a server without a JSON API. */
const NO_API: ReadonlySet<number | undefined> = new Set([404, 405, 415, 480, 488, 501, 604]);

/** Carrier 1: one SIP MESSAGE per request (docs/protocol/carriers.md#carrier-1). */
export class SipCarrier implements Carrier {
  readonly #sender: MessageSender;

  constructor(sender: MessageSender) {
    this.#sender = sender;
  }

  /**
   * @throws {SipError} `no-dispatch-server` if the server has no JSON API; `not-connected`, `timeout` and the server's
   * other reasons to refuse a MESSAGE.
   */
  async send(text: string): Promise<void> {
    try {
      await this.#sender.message(API_USER, text, API_REQUEST_TYPE);
    } catch (error) {
      const failure = toSipError(error, API_USER);
      if (!NO_API.has(failure.status)) throw failure;
      throw new SipError('no-dispatch-server', {status: failure.status, cause: failure});
    }
  }
}
