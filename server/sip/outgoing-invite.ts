import type {OutgoingInviteRequest, URI, UserAgentCore} from 'sip.js/lib/core/index.js';
import {pause} from '../pause.js';
import {ServerDialog, SipStatusError, type DialogHandlers, type DialogSurroundings} from './dialog.js';
import type {Replaces} from './refer.js';
import {displayName, sipUri} from './uri.js';

/** The events of an INVITE that the server sent. There are none after `end()`. */
export interface OutgoingInviteHandlers extends DialogHandlers {
  /** A provisional answer above 100: 180 means ringing. */
  onProgress?(status: number): void;
  /** The client answered; the answer has been acknowledged. */
  onAnswer(answer: string): void;
  /** The client refused, or did not react within 32 s (408). */
  onReject?(status: number, reason: string): void;
}

/** The caller that an INVITE shows, its offer, and additional headers (each a whole line, such as `ids: 5.12`). */
export interface OutgoingInviteOptions {
  readonly from: {readonly number: string; readonly name: string};
  readonly offer: string;
  readonly headers: readonly string[];
}

/** How long to wait for the final answer of a cancelled INVITE, in milliseconds. */
const CANCEL_PATIENCE = 10_000;

/**
 * The progress of an INVITE.
 * ```
 * inviting ──1xx──► ringing ──200──► answered ──BYE, gone──► ended
 *     └────────────────┴──refused, end(), gone──────────────────┘
 * ```
 */
export type InviteState = 'inviting' | 'ringing' | 'answered' | 'ended';

/** An INVITE from this server to one binding, and the resulting call. Created by `SipConnection.invite`. */
export class OutgoingInvite {
  readonly #around: DialogSurroundings;
  readonly #handlers: OutgoingInviteHandlers;
  readonly #request: OutgoingInviteRequest;
  #state: InviteState = 'inviting';
  #dialog: ServerDialog | undefined;
  #ending: Promise<void> | undefined;
  /** Resolves when the INVITE has its final response, or its client is gone. */
  readonly #final: Promise<void>;
  #reachedFinal: () => void = () => undefined;

  constructor(
    core: UserAgentCore,
    binding: {readonly user: string; readonly uri: URI; readonly domain: string},
    options: OutgoingInviteOptions,
    handlers: OutgoingInviteHandlers,
    around: DialogSurroundings,
  ) {
    this.#around = around;
    this.#handlers = handlers;
    this.#final = new Promise((resolve) => (this.#reachedFinal = resolve));
    around.closed.addEventListener('abort', this.#gone, {once: true});
    const {from, offer, headers} = options;
    const message = core.makeOutgoingRequestMessage(
      'INVITE',
      binding.uri,
      sipUri(from.number, binding.domain),
      sipUri(binding.user, binding.domain),
      {fromDisplayName: displayName(from.name)},
      [`Contact: ${around.contact}`, 'Allow: ACK,BYE,CANCEL,INFO,INVITE,MESSAGE,OPTIONS,REFER', ...headers],
      {contentDisposition: 'session', contentType: 'application/sdp', content: offer},
    );
    this.#request = core.invite(message, {
      onProgress: (response) => this.#progressed(response.message.statusCode ?? 180),
      onAccept: (response) => {
        response.ack();
        this.#accepted(response);
      },
      onRedirect: (response) => this.#refused(response.message.statusCode ?? 302, 'redirected'),
      onReject: (response) =>
        this.#refused(response.message.statusCode ?? 500, response.message.reasonPhrase ?? ''),
    });
  }

  get state(): InviteState {
    return this.#state;
  }

  /**
   * Cancels, or sends BYE; resolves when the client has answered, or is gone. Idempotent.
   *
   * @param reason - The Reason of the CANCEL or BYE (RFC 3326).
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
  reinvite(offer: string, stale?: () => boolean): Promise<string> {
    return this.#dialog
      ? this.#dialog.reinvite(offer, stale)
      : Promise.reject(new SipStatusError('re-INVITE', 481));
  }

  /** Sends INFO in the established call; resolves with the status of the answer. */
  info(contentType: string, content: string): Promise<number> {
    return this.#dialog ? this.#dialog.info(contentType, content) : Promise.resolve(481);
  }

  async #end(reason?: string): Promise<void> {
    if (this.#state === 'ended') return;
    if (!this.#dialog) {
      // Sent once a provisional answer allows it (RFC 3261 §9.1); a 200 that crosses it gets a BYE below.
      this.#request.cancel(reason);
      await this.#finalOr(CANCEL_PATIENCE);
    }
    await this.#dialog?.bye(reason);
    this.#finish();
  }

  /** Limits the wait for a client that accepts a CANCEL but sends no final response (RFC 3261 §9.1). */
  #finalOr(milliseconds: number): Promise<void> {
    const {promise, stop} = pause(milliseconds);
    return Promise.race([this.#final, promise]).finally(stop);
  }

  #progressed(status: number): void {
    if (this.#ending || this.#state === 'ended') return;
    this.#state = 'ringing';
    this.#handlers.onProgress?.(status);
  }

  #accepted(response: {
    message: {body: string};
    session: ConstructorParameters<typeof ServerDialog>[0];
  }): void {
    const told = (): DialogHandlers => (this.#ending ? {} : this.#handlers);
    const dialog = new ServerDialog(response.session, this.#around, told, () => this.#finish(), true);
    // Another fork of the same INVITE, or an answer that comes too late (RFC 3261 §13.2.2.4).
    if (this.#dialog || this.#state === 'ended') return void dialog.bye();
    this.#dialog = dialog;
    this.#around.closed.removeEventListener('abort', this.#gone);
    this.#around.ended.addEventListener('abort', this.#gone, {once: true});
    this.#reachedFinal();
    if (this.#ending) return;
    this.#state = 'answered';
    if (response.message.body) return this.#handlers.onAnswer(response.message.body);
    this.#handlers.onReject?.(488, 'answered without a session description');
    void this.end();
  }

  #refused(status: number, reason: string): void {
    const told = this.#ending === undefined && this.#state !== 'ended';
    this.#reachedFinal();
    this.#finish();
    if (told) this.#handlers.onReject?.(status, reason);
  }

  readonly #gone = (): void => {
    const told = this.#ending === undefined && this.#state !== 'ended';
    this.#reachedFinal();
    this.#finish();
    if (told) this.#handlers.onGone?.();
  };

  #finish(): void {
    this.#state = 'ended';
    for (const signal of [this.#around.closed, this.#around.ended])
      signal.removeEventListener('abort', this.#gone);
  }
}
