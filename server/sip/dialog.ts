import {
  SessionDialog,
  TransactionState,
  type IncomingInfoRequest,
  type IncomingInviteRequest,
  type IncomingReferRequest,
  type IncomingResponse,
  type Session,
} from 'sip.js/lib/core/index.js';
import {contentTypeOf} from './passed-on.js';
import {IncomingRefer, type Replaces} from './refer.js';
import {displayName, sipUri} from './uri.js';

/** The events of an established call. */
export interface DialogHandlers {
  /** The client sent BYE; it has been answered. */
  onBye?(): void;
  /**
   * The client's WebSocket closed before the call was answered, or the client did not return in time; no other event
   * follows.
   */
  onGone?(): void;
  /** A re-INVITE with an offer; resolves with the answer. A rejection, or a missing handler, is a 488. */
  onReinvite?(offer: string): Promise<string>;
  /** An INFO, which has been answered with 200. */
  onInfo?(contentType: string, body: string): void;
  /** A REFER, which the handler must answer. Without a handler it is refused with 603. */
  onRefer?(refer: IncomingRefer): void;
}

/** What a dialog needs from its connection. */
export interface DialogSurroundings {
  /** The value of this server's Contact header. */
  readonly contact: string;
  /** Aborted when the WebSocket has closed, which ends what was not answered. */
  readonly closed: AbortSignal;
  /** Aborted when the answered calls are given up. */
  readonly ended: AbortSignal;
  /** Called when a call was answered, and when it has ended. */
  began(dialog: ServerDialog): void;
  over(dialog: ServerDialog): void;
  log(line: string): void;
}

/** A request that failed, with its SIP status; 408 if the call was given up. */
export class SipStatusError extends Error {
  readonly status: number;

  constructor(what: string, status: number) {
    super(`${what}: ${status}`);
    this.status = status;
  }
}

/** The result of a request. */
interface Outcome {
  readonly status: number;
  readonly body: string;
}

/**
 * Stops a dialog that ends before the ACK of a re-INVITE from repeating its 200.
 *
 * The stack's timer remembers only its last run: if two re-INVITEs came within half a second, the first one's timer
 * would run for ever after the dialog is disposed of.
 */
export function stopRepeating(session: unknown): void {
  if (session instanceof SessionDialog) session.reinviteUserAgentServer = undefined;
}

/**
 * Lets a re-INVITE replace an accepted one whose ACK is missing: its sender has lost the 200 or the ACK with a connection.
 * The stack would refuse it with 500.
 */
function replaceUnacknowledged(session: unknown): void {
  if (!(session instanceof SessionDialog)) return;
  const receive = session.receiveRequest.bind(session);
  session.receiveRequest = (message) => {
    const transaction = session.reinviteUserAgentServer?.transaction;
    const accepted =
      transaction?.state === TransactionState.Accepted || transaction?.state === TransactionState.Terminated;
    if (accepted && message.method === 'INVITE' && message.cseq > transaction.request.cseq)
      session.reinviteUserAgentServer = undefined;
    receive(message);
  };
}

/** The most INFOs and NOTIFYs of a call without an answer: each waits for it, even until its client has returned. */
const MOST_REPORTS = 50;

/** How often a re-INVITE that crossed another one is attempted (RFC 3261 §14.1). */
const GLARE_ATTEMPTS = 4;

const sdp = (content: string) => ({contentDisposition: 'session', contentType: 'application/sdp', content});

/**
 * The established part of a call with one client, whichever side invited: BYE, re-INVITE, INFO, REFER (RFC 3261 §12).
 *
 * It outlives its WebSocket (see `SipConnection`). All its promises settle when it is given up.
 */
export class ServerDialog {
  readonly #session: Session;
  readonly #around: DialogSurroundings;
  /** The side that made the Call-ID waits longer after a 491 (RFC 3261 §14.1). */
  readonly #owner: boolean;
  #offers: Promise<unknown> = Promise.resolve();
  #ended = false;
  /** How many INFOs and NOTIFYs have no answer yet. */
  #reports = 0;
  #asserted: readonly string[] = [];

  constructor(
    session: Session,
    around: DialogSurroundings,
    handlers: () => DialogHandlers,
    onEnded: () => void,
    owner: boolean,
  ) {
    this.#session = session;
    this.#around = around;
    this.#owner = owner;
    around.began(this);
    around.ended.addEventListener('abort', this.#finish, {once: true});
    replaceUnacknowledged(session);
    session.delegate = {
      onBye: (request) => {
        request.accept();
        stopRepeating(session);
        if (this.#ended) return;
        this.#finish();
        onEnded();
        handlers().onBye?.();
      },
      onInfo: (request) => this.#info(request, handlers()),
      onInvite: (request) => void this.#reinvited(request, handlers()),
      // sip.js would accept it, and the message would be lost.
      onMessage: (request) => request.reject({statusCode: 405}),
      onRefer: (request) => this.#referred(request, handlers()),
    };
  }

  /** Whether a Replaces header identifies this dialog. */
  isMeantBy({callId, toTag, fromTag}: Replaces): boolean {
    const {callId: own, localTag, remoteTag} = this.#session;
    return !this.#ended && own === callId && localTag === toTag && remoteTag === fromTag;
  }

  /** Adds the other party to each offer from now on (RFC 3325). */
  introduce({number, name}: {readonly number: string; readonly name: string}): void {
    const uri = sipUri(number, this.#session.localURI.host);
    this.#asserted = [`P-Asserted-Identity: "${displayName(name)}" <${uri}>`];
  }

  /**
   * Sends BYE; resolves when it was answered, the call was given up, or 32 s passed without an answer (RFC 3261).
   *
   * @param reason - Its Reason (RFC 3326).
   */
  async bye(reason?: string): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    const extraHeaders = reason === undefined ? [] : [`Reason: ${reason}`];
    await this.#settled((done) => {
      this.#session.bye({onAccept: done, onReject: done, onRedirect: done}, {extraHeaders});
      stopRepeating(this.#session);
    });
    this.#finish();
  }

  /** Ends it without a BYE, which could not arrive. */
  drop(): void {
    stopRepeating(this.#session);
    this.#finish();
  }

  /**
   * Sends an offer and resolves with the answer; offers of one dialog wait for each other.
   *
   * @param stale - Whether an offer that crossed one of the client should not be repeated: it then fails with 491.
   */
  reinvite(offer: string, stale: () => boolean = () => false): Promise<string> {
    const answer = this.#offers.then(() => this.#offer(offer, stale));
    this.#offers = answer.catch(() => undefined);
    return answer;
  }

  /**
   * Sends INFO; resolves with the status of the answer, or with 503 if too many have none yet. A refusal ends nothing
   * (docs/protocol/clients.md#media).
   */
  async info(contentType: string, content: string): Promise<number> {
    if (this.#ended) return 481;
    const body = {contentDisposition: 'render', contentType, content};
    return this.#report((done) =>
      this.#session.info({onAccept: done, onReject: done, onRedirect: done}, {body}),
    );
  }

  async #offer(offer: string, stale: () => boolean): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      if (this.#ended) throw new SipStatusError('re-INVITE', 481);
      const {status, body} = await this.#tryOffer(offer);
      if (status >= 200 && status < 300) return body;
      if (status !== 491 || attempt === GLARE_ATTEMPTS) throw new SipStatusError('re-INVITE', status);
      await this.#pause(this.#owner ? 2100 + Math.random() * 1900 : Math.random() * 2000);
      if (stale()) throw new SipStatusError('re-INVITE', status);
    }
  }

  #tryOffer(offer: string): Promise<Outcome> {
    return this.#settled((done) => {
      try {
        this.#session.invite(
          {
            onAccept: (accepted) => {
              accepted.ack();
              done(accepted);
            },
            onReject: done,
            onRedirect: done,
          },
          {body: sdp(offer), extraHeaders: [`Contact: ${this.#around.contact}`, ...this.#asserted]},
        );
      } catch {
        // The stack throws while the client's own re-INVITE is being answered: equivalent to a 491.
        done(491);
      }
    });
  }

  async #reinvited(request: IncomingInviteRequest, handlers: DialogHandlers): Promise<void> {
    const offer = request.message.body;
    try {
      if (!offer || !handlers.onReinvite) throw new Error('no offer, or nobody to answer it');
      // The user may have to decide first (RFC 3261 §17.2.1).
      request.trying();
      const answer = await handlers.onReinvite(offer);
      if (this.#gone()) return;
      request.accept({
        statusCode: 200,
        extraHeaders: [`Contact: ${this.#around.contact}`],
        body: sdp(answer),
      });
    } catch (thrown) {
      this.#around.log(`re-INVITE refused: ${String(thrown)}`);
      if (!this.#gone()) request.reject({statusCode: 488});
    }
  }

  #info(request: IncomingInfoRequest, handlers: DialogHandlers): void {
    request.accept();
    handlers.onInfo?.(contentTypeOf(request.message) ?? '', request.message.body);
  }

  #referred(request: IncomingReferRequest, handlers: DialogHandlers): void {
    const notify = (headers: readonly string[], body: string): Promise<number> => this.#notify(headers, body);
    const refer = new IncomingRefer(request, this.#around.contact, notify);
    if (handlers.onRefer) handlers.onRefer(refer);
    else refer.reject(603);
  }

  async #notify(extraHeaders: readonly string[], content: string): Promise<number> {
    if (this.#gone()) return 481;
    const body = {contentDisposition: 'render', contentType: 'message/sipfrag;version=2.0', content};
    return this.#report((done) =>
      this.#session.notify(
        {onAccept: done, onReject: done, onRedirect: done},
        {extraHeaders: [...extraHeaders], body},
      ),
    );
  }

  /** Sends a request that reports something; resolves with its status, or with 503 if too many have no answer yet. */
  async #report(send: (done: (outcome: IncomingResponse) => void) => unknown): Promise<number> {
    if (this.#reports >= MOST_REPORTS) return 503;
    this.#reports += 1;
    try {
      const {status} = await this.#settled(send);
      return status;
    } finally {
      this.#reports -= 1;
    }
  }

  #gone(): boolean {
    return this.#ended || this.#around.ended.aborted;
  }

  readonly #finish = (): void => {
    this.#ended = true;
    this.#around.over(this);
    this.#around.ended.removeEventListener('abort', this.#finish);
  };

  /** Sends a request; resolves with its final response, or with the given status; 408 if the call was given up. */
  #settled(send: (done: (outcome: IncomingResponse | number) => void) => unknown): Promise<Outcome> {
    return new Promise((resolve) => {
      const {ended} = this.#around;
      const gone = (): void => resolve({status: 408, body: ''});
      if (ended.aborted) return gone();
      ended.addEventListener('abort', gone, {once: true});
      send((outcome) => {
        ended.removeEventListener('abort', gone);
        if (typeof outcome === 'number') resolve({status: outcome, body: ''});
        else resolve({status: outcome.message.statusCode ?? 408, body: outcome.message.body});
      });
    });
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const over = (): void => {
        clearTimeout(timer);
        this.#around.ended.removeEventListener('abort', over);
        resolve();
      };
      const timer = setTimeout(over, milliseconds);
      this.#around.ended.addEventListener('abort', over, {once: true});
    });
  }
}
