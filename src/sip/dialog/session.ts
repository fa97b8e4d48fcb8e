import {
  ByeUserAgentClient,
  SessionState,
  TransactionState,
  TransportError,
  type AckableIncomingResponseWithSession,
  type IncomingInviteRequest,
  type IncomingReferRequest,
  type IncomingRequest,
  type IncomingRequestMessage,
  type IncomingResponseMessage,
  type InviteServerTransaction,
  type SessionDialog,
} from '../sip-js.js';
import type {CallCause} from '../../core/types.js';
import {SipError} from '../../errors.js';
import {ALLOW} from '../headers/allow.js';
import {causeOfBye} from '../headers/cause.js';
import {bodyOf, descriptionIn} from '../headers/session-description.js';
import {GlareError, type Negotiator} from './negotiator.js';
import type {SessionTimer} from './session-timer.js';
import {answerInfo, type ReceivedTone} from './tone-info.js';

/** Callbacks of a session. */
export interface SessionDelegate {
  /** @param cause - Undefined if the media failed, or the other side is silent. */
  onEnd(cause?: CallCause): void;
  /** A request for the call arrived: BYE, re-INVITE. */
  onRequest(request: IncomingRequestMessage): void;
  /** A re-INVITE has been answered. */
  onReinvite(request: IncomingRequestMessage): void;
  onMessage(body: string, contentType: string): void;
  onTone(tone: ReceivedTone): void;
  /** A NOTIFY arrived and has been answered. */
  onNotify(request: IncomingRequestMessage): void;
  /** A REFER arrived; the callback must answer it. */
  onRefer(request: IncomingReferRequest): void;
  /** The answer to a re-INVITE was not acknowledged in time (Timer L of RFC 6026 §7.1); offers are possible again. */
  onSilence(): void;
}

/** Options of a session. */
export interface SessionOptions {
  readonly dialog: SessionDialog;
  /** The value of this side's Contact header. */
  readonly contact: string;
  /** Whether this side's 2xx has an offer, which the ACK must answer. */
  readonly offers: boolean;
  readonly negotiator: Negotiator;
  readonly timer: Pick<SessionTimer, 'answered'>;
  readonly delegate: SessionDelegate;
}

/** Why this side ends a session, as the Reason of its BYE (RFC 3326). */
const MISSING = 'Reason: SIP;cause=400;text="Missing session description"';
const UNUSABLE = 'Reason: SIP;cause=488;text="Not Acceptable Here"';
const BROKEN = 'Reason: SIP;cause=500;text="Internal Server Error"';

/**
 * The requests within the dialog of one call, in both directions, once its INVITE was accepted.
 *
 * ```
 * a call that this side began ── complete(): ACK ──► open ── BYE, unusable description ──► over
 * a call that it answered ───────────────────────────► open
 * ```
 */
export class Session {
  readonly dialog: SessionDialog;
  readonly #options: SessionOptions;
  /**
   * Requests that arrived before this side's ACK; undefined once it is sent. A conference sends its participants as
   * soon as it has answered, and a callee may hold or hang up at once (RFC 5407 §3.1.4).
   */
  #early: (() => void)[] | undefined;
  #awaitsAnswer: boolean;
  /** Sends the BYE that waits for the ACK. */
  #sendBye: (() => void) | undefined;
  #farewell: Promise<void> = Promise.resolve();
  #over = false;

  constructor(options: SessionOptions) {
    const {dialog, offers} = options;
    this.#options = options;
    this.dialog = dialog;
    this.#awaitsAnswer = offers;
    if (dialog.sessionState !== SessionState.AckWait) this.#early = [];
    this.#receive();
  }

  /** Whether the ACK of the call's INVITE has been sent, or has arrived. */
  get acknowledged(): boolean {
    return !this.#early && this.dialog.sessionState !== SessionState.AckWait;
  }

  /** Resolves when the other side knows that this side has ended the session. */
  get farewell(): Promise<void> {
    return this.#farewell;
  }

  /**
   * Applies the answer of a 2xx and acknowledges it; an unusable answer ends the session.
   *
   * @param onOpen - Called if the session goes on, before requests that arrived early are handled.
   */
  async complete(response: AckableIncomingResponseWithSession, onOpen: () => void): Promise<void> {
    const applied = await this.#apply(response);
    const early = this.#early ?? [];
    this.#early = undefined;
    this.#sendBye?.();
    if (!applied) this.#fail(this.dialog.answer ? UNUSABLE : MISSING);
    else if (!this.#over) onOpen();
    for (const take of early) take();
  }

  /** Applies the answer of a 2xx, and acknowledges it; resolves with whether it has a usable one. */
  async #apply(response: AckableIncomingResponseWithSession): Promise<boolean> {
    const {answer} = this.dialog;
    const applied = await (answer && this.#options.negotiator.take(answer.content))?.then(
      () => true,
      () => false,
    );
    response.ack();
    return applied ?? false;
  }

  /**
   * Ends the session; idempotent. The BYE waits for the ACK of the call's INVITE (RFC 3261 §15).
   *
   * @param waits - False if there is no time to wait.
   */
  bye(headers: readonly string[] = [], waits = true): void {
    if (this.#over) return;
    this.#over = true;
    this.#farewell = new Promise((resolve) => {
      const done = (): void => resolve();
      const send = (): void => {
        this.#sendBye = undefined;
        const delegate = {onAccept: done, onReject: done, onRedirect: done};
        try {
          new ByeUserAgentClient(this.dialog, delegate, {extraHeaders: [...headers]});
        } catch {
          done();
        }
      };
      if (this.acknowledged || !waits) send();
      else this.#sendBye = send;
    });
  }

  /**
   * Makes an offer by a re-INVITE; resolves with the final response, once its answer has been applied. An unusable answer
   * resolves with undefined, and leaves the media as they were.
   *
   * @throws {GlareError} The other side's offer was first, or the ACK of our answer to it is outstanding.
   * @throws {SipError} The media made no offer.
   */
  async offer(headers: readonly string[]): Promise<IncomingResponseMessage | undefined> {
    const {negotiator, contact} = this.#options;
    try {
      const body = bodyOf(await negotiator.describe());
      if (this.#over) throw new SipError('aborted', {subject: 'offer'});
      if (this.dialog.reinviteUserAgentServer) throw new GlareError('The other side’s offer came first.');
      return await new Promise((resolve) => {
        const undo = (message?: IncomingResponseMessage): void => {
          const rolledBack = negotiator.rollback().catch(() => this.#fail(message ? BROKEN : UNUSABLE));
          void rolledBack.then(() => resolve(message));
        };
        const refused = ({message}: {message: IncomingResponseMessage}): void => undo(message);
        const accepted = (response: AckableIncomingResponseWithSession): void =>
          void this.#apply(response).then((applied) => (applied ? resolve(response.message) : undo()));
        const extraHeaders = [...headers, ALLOW, `Contact: ${contact}`];
        this.dialog.invite(
          {onAccept: accepted, onReject: refused, onRedirect: refused},
          {body, extraHeaders},
        );
      });
    } catch (error) {
      await negotiator.withdraw().catch(() => {});
      throw error;
    }
  }

  /** Ends this side's re-INVITE if its response would arrive on a lost connection: after a 100, sip.js waits forever. */
  abandonOffer(): void {
    const transaction = this.dialog.reinviteUserAgentClient?.transaction;
    // An accepted re-INVITE only awaits its ACK.
    if (transaction?.state !== TransactionState.Calling && transaction?.state !== TransactionState.Proceeding)
      return;
    // sip.js calls this protected method itself when its transport fails.
    const failing = transaction as unknown as {onTransportError(error: Error): void};
    failing.onTransportError(new TransportError('The connection is lost.'));
  }

  /** Stops waiting for an ACK that would arrive on a lost connection; the 200 may have been lost with it. */
  abandonAnswer(): void {
    const transaction = this.#unacknowledged;
    if (!transaction) return;
    transaction.retransmitAcceptedResponse();
    this.dialog.reinviteUserAgentServer = undefined;
  }

  /** The transaction of the answer to a re-INVITE that awaits its ACK; undefined if the ACK must bring an answer. */
  get #unacknowledged(): InviteServerTransaction | undefined {
    const transaction = this.dialog.reinviteUserAgentServer?.transaction as
      InviteServerTransaction | undefined;
    const accepted =
      transaction?.state === TransactionState.Accepted || transaction?.state === TransactionState.Terminated;
    return accepted && !this.#awaitsAnswer ? transaction : undefined;
  }

  #receive(): void {
    const {dialog} = this;
    const {delegate} = this.#options;
    dialog.delegate = {
      onAck: ({message}) => this.#onAck(message),
      onAckTimeout: () => {
        if (this.#over) this.#sendBye?.();
        else this.#fail();
      },
      onBye: (request) =>
        this.#take(request, ({message}) => {
          this.#over = true;
          request.accept();
          delegate.onRequest(message);
          delegate.onEnd(causeOfBye(message.getHeaders('reason')));
        }),
      onInfo: (request) =>
        this.#take(request, () => {
          const tone = answerInfo(request);
          if (tone) delegate.onTone(tone);
        }),
      onInvite: (request) => this.#take(request, () => void this.#answer(request)),
      onMessage: (request) =>
        this.#take(request, ({message}) => {
          request.accept();
          delegate.onMessage(message.body, message.getHeader('content-type') ?? 'text/plain');
        }),
      onNotify: (request) =>
        this.#take(request, ({message}) => {
          request.accept();
          delegate.onNotify(message);
        }),
      onRefer: (request) => this.#take(request, () => delegate.onRefer(request)),
    };
    // A re-INVITE replaces the one whose ACK is missing: its sender has lost the 200 or the ACK with a connection.
    // sip.js would refuse it with 500, even when no ACK can arrive any longer.
    const receive = dialog.receiveRequest.bind(dialog);
    dialog.receiveRequest = (message) => {
      const transaction = message.method === 'INVITE' ? this.#unacknowledged : undefined;
      if (transaction && message.cseq > transaction.request.cseq) dialog.reinviteUserAgentServer = undefined;
      receive(message);
    };
  }

  /** Handles a request: at once, or after this side's ACK. */
  #take(request: IncomingRequest, handle: (request: IncomingRequest) => void): void {
    const take = (): void => {
      if (this.#over) request.reject({statusCode: 481});
      else handle(request);
    };
    if (this.#early) this.#early.push(take);
    else take();
  }

  #onAck(message: IncomingRequestMessage): Promise<void> | void {
    if (this.#over) return this.#sendBye?.();
    if (!this.#awaitsAnswer) return;
    this.#awaitsAnswer = false;
    const answer = descriptionIn(message);
    if (answer === undefined) return this.#fail(UNUSABLE);
    return this.#options.negotiator.take(answer).catch(() => this.#fail(UNUSABLE));
  }

  /** Answers a re-INVITE: its offer, or by an offer if it has none. */
  async #answer(request: IncomingInviteRequest): Promise<void> {
    const {contact, negotiator, timer, delegate} = this.#options;
    const {message} = request;
    const offer = descriptionIn(message);
    delegate.onRequest(message);
    try {
      const body = bodyOf(await negotiator.answer(offer));
      request.accept({
        statusCode: 200,
        extraHeaders: [`Contact: ${contact}`, ...timer.answered(message)],
        body,
      });
      this.#awaitsAnswer = offer === undefined;
      this.#watchAck();
    } catch {
      const undone = offer === undefined ? negotiator.withdraw() : negotiator.rollback();
      const broken = await undone.then(
        () => false,
        () => true,
      );
      try {
        request.reject({statusCode: 488});
      } catch {
        // Its transaction has ended with the connection.
      }
      if (broken) this.#fail(BROKEN);
    }
    if (!this.#over) delegate.onReinvite(message);
  }

  /** Stops waiting for the ACK of the answer to a re-INVITE after its time; sip.js would wait forever. */
  #watchAck(): void {
    const {dialog} = this;
    const server = dialog.reinviteUserAgentServer;
    server?.transaction.addStateChangeListener(() => {
      if (server.transaction.state !== TransactionState.Terminated) return;
      if (dialog.reinviteUserAgentServer !== server) return;
      // Otherwise sip.js would go on setting timeouts for the 200, even when the session is over.
      dialog.reinviteUserAgentServer = undefined;
      if (this.#over) return;
      dialog.signalingStateRollback();
      this.#awaitsAnswer = false;
      this.#options.delegate.onSilence();
    });
  }

  /** Ends the session because of a description, or because no ACK arrived. */
  #fail(reason?: string): void {
    if (this.#over) return;
    this.bye(reason === undefined ? [] : [reason], false);
    this.#options.delegate.onEnd();
  }
}
