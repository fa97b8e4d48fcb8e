import type {IncomingInviteRequest, Session} from 'sip.js/lib/core/index.js';
import {ServerDialog, SipStatusError, type DialogHandlers, type DialogSurroundings} from './dialog.js';
import type {InviteState} from './outgoing-invite.js';
import {readReplaces, type Replaces} from './refer.js';
import {userOf} from './uri.js';

/** The events of an INVITE that a client sent. There are none after `end()` or `reject()`. */
export interface IncomingInviteHandlers extends DialogHandlers {
  /** The client cancelled before an answer; 487 has been sent. */
  onCancel?(): void;
}

/** An INVITE that a client sent to a number, and the resulting call. Set `handlers` before returning. */
export class IncomingInvite {
  /** The caller's number, authenticated by registration or credentials. */
  readonly from: string;
  readonly fromName: string;
  /** The called number. */
  readonly to: string;
  /** The session description that the client offered; never empty. */
  readonly offer: string;
  /** The call that it continues (RFC 3891), if any. */
  readonly replaces: Replaces | undefined;
  handlers: IncomingInviteHandlers = {};
  readonly #request: IncomingInviteRequest;
  readonly #around: DialogSurroundings;
  #state: InviteState = 'inviting';
  #dialog: ServerDialog | undefined;
  #ending: Promise<void> | undefined;
  #acknowledged: Promise<void> = Promise.resolve();

  constructor(request: IncomingInviteRequest, around: DialogSurroundings) {
    const {message} = request;
    this.#request = request;
    this.#around = around;
    this.from = userOf(message.from.uri);
    this.fromName = message.from.displayName;
    this.to = message.ruri ? userOf(message.ruri) : '';
    this.offer = message.body;
    const replaces = message.getHeader('replaces');
    this.replaces = replaces === undefined ? undefined : readReplaces(replaces);
    request.delegate = {
      onCancel: () => {
        request.reject({statusCode: 487});
        const told = this.#finish();
        if (told) this.handlers.onCancel?.();
      },
    };
    around.closed.addEventListener('abort', this.#gone, {once: true});
    request.trying();
  }

  get state(): InviteState {
    return this.#state;
  }

  /** Returns the value of a header of the INVITE. */
  header(name: string): string | undefined {
    return this.#request.message.getHeader(name);
  }

  /** Sends 180, or another provisional status. */
  ring(status = 180): void {
    if (this.#state !== 'inviting' && this.#state !== 'ringing') return;
    this.#state = 'ringing';
    this.#request.progress({statusCode: status});
  }

  /** Sends 200 with the answer; does nothing after the client has cancelled. */
  accept(answer: string, headers: readonly string[] = []): void {
    if (this.#state !== 'inviting' && this.#state !== 'ringing') return;
    this.#state = 'answered';
    const {session} = this.#request.accept({
      statusCode: 200,
      extraHeaders: [...headers],
      body: {contentDisposition: 'session', contentType: 'application/sdp', content: answer},
    });
    const told = (): DialogHandlers => (this.#ending ? {} : this.handlers);
    this.#dialog = new ServerDialog(session, this.#around, told, () => this.#finish(), false);
    this.#acknowledged = this.#awaitAck(session);
  }

  /** Refuses the call; does nothing after it was answered or cancelled. */
  reject(status: number, reason?: string): void {
    if (this.#state !== 'inviting' && this.#state !== 'ringing') return;
    this.#finish();
    this.#request.reject({
      statusCode: status,
      ...(reason !== undefined && {reasonPhrase: reason}),
      // Marks a refusal by the callee, since servers answer 603 for other reasons too (RFC 6432).
      ...(status === 603 && {extraHeaders: ['Reason: Q.850;cause=21']}),
    });
  }

  /**
   * Refuses with 480 or sends BYE; resolves when the client has answered, or is gone. Idempotent.
   *
   * @param reason - The Reason of the BYE (RFC 3326).
   */
  end(reason?: string): Promise<void> {
    this.#ending ??= this.#end(reason);
    return this.#ending;
  }

  /** Whether a Replaces header identifies the established call. */
  isMeantBy(replaces: Replaces): boolean {
    return this.#dialog?.isMeantBy(replaces) ?? false;
  }

  /** Adds the other party to each offer from now on. */
  introduce(party: {readonly number: string; readonly name: string}): void {
    this.#dialog?.introduce(party);
  }

  /** Sends an offer in the established call; resolves with the answer, rejects with {@link SipStatusError}. */
  async reinvite(offer: string, stale?: () => boolean): Promise<string> {
    if (!this.#dialog) throw new SipStatusError('re-INVITE', 481);
    await this.#acknowledged;
    return this.#dialog.reinvite(offer, stale);
  }

  /** Sends INFO in the established call; resolves with the status of the answer. */
  info(contentType: string, content: string): Promise<number> {
    return this.#dialog ? this.#dialog.info(contentType, content) : Promise.resolve(481);
  }

  async #end(reason?: string): Promise<void> {
    if (this.#state === 'ended') return;
    if (!this.#dialog) return this.reject(480);
    // No BYE before the client's ACK (RFC 3261 §15).
    await this.#acknowledged;
    await this.#dialog.bye(reason);
    this.#finish();
  }

  #awaitAck(session: Session): Promise<void> {
    return new Promise((resolve) => {
      const {closed, ended} = this.#around;
      const settle = (): void => {
        closed.removeEventListener('abort', settle);
        resolve();
      };
      closed.addEventListener('abort', settle, {once: true});
      session.delegate = {
        ...session.delegate,
        onAck: () => {
          settle();
          if (this.#state === 'ended') return;
          // From now on the call outlives the WebSocket.
          closed.removeEventListener('abort', this.#gone);
          ended.addEventListener('abort', this.#gone, {once: true});
        },
        onAckTimeout: () => {
          const told = this.#ending === undefined;
          settle();
          void this.end();
          if (told) this.handlers.onBye?.();
        },
      };
    });
  }

  readonly #gone = (): void => {
    const told = this.#finish() && this.#ending === undefined;
    this.#dialog?.drop();
    if (told) this.handlers.onGone?.();
  };

  /** Ends the invite. Returns whether it had not ended before. */
  #finish(): boolean {
    const first = this.#state !== 'ended';
    this.#state = 'ended';
    for (const signal of [this.#around.closed, this.#around.ended])
      signal.removeEventListener('abort', this.#gone);
    return first;
  }
}
