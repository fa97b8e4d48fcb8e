import type {URI, UserAgent} from 'sip.js';
import type {
  IncomingNotifyRequest,
  IncomingResponse,
  OutgoingRequestMessage,
  SubscribeUserAgentClient,
} from 'sip.js/lib/core/index.js';
import {SipError, toSipError} from '../../errors.js';
import {readFragment} from './sipfrag.js';
import {TRANSFER_PATIENCE} from './transfer.js';

/** What a focus is asked to do with somebody. */
export interface FocusRequest {
  /** The conference. */
  readonly focus: URI;
  /** Who is called into it (RFC 4579 §5.5), or put out where there is a parameter `method=BYE` (RFC 4579 §5.11). */
  readonly target: URI;
  /** Who that is, for errors. */
  readonly subject: string;
  /** Told the SIP statuses of what the focus does. */
  readonly onProgress: (status: number) => void;
  /** Told once that nothing more is told, where it never came to a final status. */
  readonly onOver?: ((error: SipError) => void) | undefined;
}

/**
 * REFERs to the focus of a conference. They go outside of the call's dialog, where a focus may take them for the wish to
 * put this side's own call through.
 */
export class FocusRequests {
  readonly #userAgent: UserAgent;
  readonly #timeout: number;
  readonly #pending = new Set<(error: SipError) => void>();
  /** End what is told of the requests before. */
  readonly #followed = new Set<(error: SipError) => void>();

  /** @param timeout - For the final response, in milliseconds. */
  constructor(userAgent: UserAgent, timeout: number) {
    this.#userAgent = userAgent;
    this.#timeout = timeout;
  }

  /** Resolves on a 2xx. Rejects with the response's `SipError`, `timeout` or `connection-lost`. */
  async send(request: FocusRequest): Promise<void> {
    const {focus, target, subject} = request;
    const {userAgentCore: core, configuration, contact} = this.#userAgent;
    const {uri} = configuration;
    const message = core.makeOutgoingRequestMessage('REFER', focus, uri, focus, {}, [
      `Refer-To: <${target}>`,
      `Referred-By: <${uri}>`,
      `Contact: ${contact.toString()}`,
    ]);
    const forget = this.#follow(message, request);
    let fail!: (error: SipError) => void;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        fail = (error) => {
          // Whoever waits for it is told by that.
          forget();
          reject(error);
        };
        this.#pending.add(fail);
        timer = setTimeout(() => fail(new SipError('timeout', {subject})), this.#timeout);
        const refuse = ({message}: IncomingResponse): void =>
          fail(
            // Without a Via it is sip.js's own, made of a transport's failure.
            message.via
              ? toSipError({status: message.statusCode ?? 500}, subject)
              : new SipError('connection-lost'),
          );
        core.request(message, {onAccept: () => resolve(), onReject: refuse, onRedirect: refuse});
      });
    } catch (error) {
      forget();
      throw error;
    } finally {
      clearTimeout(timer);
      this.#pending.delete(fail);
    }
  }

  /** Fails those without a response, and is told of nothing more: it would come on a connection that is lost. */
  interrupt(): void {
    for (const fail of [...this.#pending]) fail(new SipError('connection-lost'));
    for (const end of [...this.#followed]) end(new SipError('connection-lost'));
  }

  /** Takes the NOTIFYs of the subscription that a REFER makes; gives back what ends that. */
  #follow({callId, fromTag}: OutgoingRequestMessage, request: FocusRequest): () => void {
    const {subject, onProgress, onOver} = request;
    const {subscribers} = this.#userAgent.userAgentCore;
    const id = `${callId}${fromTag}refer`;
    const forget = (): void => {
      clearTimeout(timer);
      this.#followed.delete(end);
      subscribers.delete(id);
    };
    const end = (error: SipError): void => {
      forget();
      onOver?.(error);
    };
    const timer = setTimeout(() => end(new SipError('timeout', {subject})), TRANSFER_PATIENCE);
    this.#followed.add(end);
    const onNotify = (notify: IncomingNotifyRequest): void => {
      notify.accept();
      const {status, over} = readFragment(notify.message);
      if (over || status >= 200) forget();
      if (status) onProgress(status);
      if (over && status < 200) onOver?.(new SipError('timeout', {subject}));
    };
    // sip.js knows subscriptions by SUBSCRIBE alone; this is all that it asks of one that waits for a NOTIFY.
    const dispose = (): void => {};
    subscribers.set(id, {onNotify, dispose} as unknown as SubscribeUserAgentClient);
    return forget;
  }
}
