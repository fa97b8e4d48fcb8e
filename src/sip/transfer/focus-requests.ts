import type {
  IncomingNotifyRequest,
  IncomingResponse,
  OutgoingRequestMessage,
  SubscribeUserAgentClient,
  URI,
  UserAgentCore,
} from '../sip-js.js';
import {sipDurations} from '../../durations/sip.js';
import {SipError, toSipError} from '../../errors.js';
import {readFragment} from './sipfrag.js';

/** A request to a focus about one participant. */
export interface FocusRequest {
  /** Where the focus is. */
  readonly focus: URI;
  /** The conference's name, as it was dialed: the focus may have several domains behind one address. */
  readonly conference: URI;
  /** The participant to call in (RFC 4579 §5.5), or to remove if there is a parameter `method=BYE` (RFC 4579 §5.11). */
  readonly target: URI;
  /** The participant's name in errors. */
  readonly subject: string;
  /** Receives the SIP statuses of the focus's action. */
  readonly onProgress: (status: number) => void;
  /** Called once if the reports end without a final status. */
  readonly onOver?: ((error: SipError) => void) | undefined;
}

/**
 * REFERs to the focus of a conference. They are sent outside the call's dialog: inside, a focus could take them for a
 * transfer of this side's own call.
 */
export class FocusRequests {
  readonly #core: UserAgentCore;
  readonly #guard: (request: OutgoingRequestMessage) => void;
  readonly #timeout: number;
  readonly #pending = new Set<(error: SipError) => void>();
  /** Functions that end the reports of earlier requests. */
  readonly #followed = new Set<(error: SipError) => void>();

  /**
   * @param guard - Called with each request: its address comes from the focus.
   * @param timeout - For the final response, in milliseconds.
   */
  constructor(core: UserAgentCore, guard: (request: OutgoingRequestMessage) => void, timeout: number) {
    this.#core = core;
    this.#guard = guard;
    this.#timeout = timeout;
  }

  /** Resolves on a 2xx. Rejects with the response's `SipError`, `timeout` or `connection-lost`. */
  async send(request: FocusRequest): Promise<void> {
    const {focus, conference, target, subject} = request;
    const core = this.#core;
    const {aor, contact} = core.configuration;
    const message = core.makeOutgoingRequestMessage('REFER', focus, aor, conference, {}, [
      `Refer-To: <${target}>`,
      `Referred-By: <${aor}>`,
      `Contact: ${contact.toString()}`,
    ]);
    this.#guard(message);
    const forget = this.#follow(message, request);
    let fail!: (error: SipError) => void;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        fail = (error) => {
          // The rejection reports the error.
          forget();
          reject(error);
        };
        this.#pending.add(fail);
        timer = setTimeout(() => fail(new SipError('timeout', {subject})), this.#timeout);
        const refuse = ({message}: IncomingResponse): void =>
          fail(
            // A response without a Via comes from sip.js itself, after a transport failure.
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

  /** Rejects requests without a response and ends all reports: both would arrive on the lost connection. */
  interrupt(): void {
    for (const fail of [...this.#pending]) fail(new SipError('connection-lost'));
    for (const end of [...this.#followed]) end(new SipError('connection-lost'));
  }

  /** Handles the NOTIFYs of the subscription that a REFER creates; returns a function that ends it. */
  #follow({callId, fromTag}: OutgoingRequestMessage, request: FocusRequest): () => void {
    const {target, subject, onProgress, onOver} = request;
    const {subscribers} = this.#core;
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
    // Only a call to a participant may ring for long.
    const patience = target.hasParam('method') ? this.#timeout : sipDurations.transfer;
    const timer = setTimeout(() => end(new SipError('timeout', {subject})), patience);
    this.#followed.add(end);
    const onNotify = (notify: IncomingNotifyRequest): void => {
      notify.accept();
      const {status, over} = readFragment(notify.message);
      if (over || status >= 200) forget();
      if (status) onProgress(status);
      if (over && status < 200) onOver?.(new SipError('timeout', {subject}));
    };
    // sip.js supports only subscriptions by SUBSCRIBE; these are the only members it uses of one that awaits a NOTIFY.
    const dispose = (): void => {};
    subscribers.set(id, {onNotify, dispose} as unknown as SubscribeUserAgentClient);
    return forget;
  }
}
