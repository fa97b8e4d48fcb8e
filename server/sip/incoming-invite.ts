import type {IncomingInviteRequest, Session} from 'sip.js/lib/core/index.js';
import {ServerDialog, SipStatusError, type DialogHandlers, type DialogSurroundings} from './dialog.js';
import type {InviteState} from './outgoing-invite.js';
import type {Replaces} from './refer.js';
import {userOf} from './uri.js';

/** What is told of an INVITE that a client sent. After `end()` or `reject()` nothing more is told. */
export interface IncomingInviteHandlers extends DialogHandlers {
  /** The client gave up before an answer; 487 has been sent. */
  onCancel?(): void;
}

/** An INVITE that a client sent to a number, and the call that comes of it. Set `handlers` before returning. */
export class IncomingInvite {
  /** Number of the asker, proved by its registration or its credentials. */
  readonly from: string;
  readonly fromName: string;
  /** The number that was called. */
  readonly to: string;
  /** The session description that the client offered; never empty. */
  readonly offer: string;
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

  /** Value of a header of the INVITE. */
  header(name: string): string | undefined {
    return this.#request.message.getHeader(name);
  }

  /** Sends 180, or another provisional status. */
  ring(status = 180): void {
    if (this.#state !== 'inviting' && this.#state !== 'ringing') return;
    this.#state = 'ringing';
    this.#request.progress({statusCode: status});
  }

  /** Sends 200 with the answer; does nothing once the client has given up. */
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

  /** Refuses the call; does nothing once it was answered or given up. */
  reject(status: number, reason?: string): void {
    if (this.#state !== 'inviting' && this.#state !== 'ringing') return;
    this.#finish();
    this.#request.reject({
      statusCode: status,
      ...(reason !== undefined && {reasonPhrase: reason}),
      // Whoever was called said no; servers answer 603 for other reasons too (RFC 6432).
      ...(status === 603 && {extraHeaders: ['Reason: Q.850;cause=21']}),
    });
  }

  /** Refuses with 480 or says BYE; resolves when the client has answered that, or its socket is gone. Idempotent. */
  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  /** Whether a Replaces header means the established call. */
  isMeantBy(replaces: Replaces): boolean {
    return this.#dialog?.isMeantBy(replaces) ?? false;
  }

  /** Says in each offer from now on who is at the other end. */
  introduce(party: {readonly number: string; readonly name: string}): void {
    this.#dialog?.introduce(party);
  }

  /** Sends an offer in the established call; resolves with the answer, rejects with {@link SipStatusError}. */
  async reinvite(offer: string, stale?: () => boolean): Promise<string> {
    if (!this.#dialog) throw new SipStatusError('re-INVITE', 481);
    await this.#acknowledged;
    return this.#dialog.reinvite(offer, stale);
  }

  /** Sends INFO in the established call; resolves with the status of its answer. */
  info(contentType: string, content: string): Promise<number> {
    return this.#dialog ? this.#dialog.info(contentType, content) : Promise.resolve(481);
  }

  async #end(): Promise<void> {
    if (this.#state === 'ended') return;
    if (!this.#dialog) return this.reject(480);
    // No BYE before the client's ACK (RFC 3261 §15).
    await this.#acknowledged;
    await this.#dialog.bye();
    this.#finish();
  }

  #awaitAck(session: Session): Promise<void> {
    return new Promise((resolve) => {
      const {closed} = this.#around;
      const settle = (): void => {
        closed.removeEventListener('abort', settle);
        resolve();
      };
      closed.addEventListener('abort', settle, {once: true});
      session.delegate = {
        ...session.delegate,
        onAck: settle,
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
    if (told) this.handlers.onGone?.();
  };

  /** Whether this was the end. */
  #finish(): boolean {
    const first = this.#state !== 'ended';
    this.#state = 'ended';
    this.#around.closed.removeEventListener('abort', this.#gone);
    return first;
  }
}
