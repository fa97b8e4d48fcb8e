import {
  ByeUserAgentClient,
  type AckableIncomingResponseWithSession,
  type IncomingResponseMessage,
  type OutgoingInviteRequest,
  type OutgoingRequestMessage,
  type PrackableIncomingResponseWithSession,
  type SessionDialog,
  type URI,
  type UserAgentCore,
} from '../sip-js.js';
import type {DialogIdentity} from '../../core/server/dialog.js';
import {sipDurations} from '../../durations/sip.js';
import type {Authentication} from '../auth/authentication.js';
import {ALLOW} from '../headers/allow.js';
import {namesTag} from '../headers/header-values.js';
import {SDP} from '../headers/session-description.js';
import {dialogOf} from './session-dialog.js';

/** How often an INVITE is cancelled at most: 64·T1 (RFC 3261 §9.1). */
const MOST_CANCELS = 8;

/** The credentials of an INVITE: the answer to the last challenge; none if the server did not challenge it. */
export interface InviteCredentials {
  readonly authentication: Authentication;
  readonly when: 'ahead' | 'asked' | 'never';
}

/** Callbacks of an INVITE. */
export interface OutgoingInviteDelegate {
  onProgress(message: IncomingResponseMessage, dialog: SessionDialog): void;
  /** The first 2xx arrived; the callback must acknowledge it. */
  onAccept(response: AckableIncomingResponseWithSession): void;
  onRefuse(message: IncomingResponseMessage): void;
}

/** An INVITE of this side, which servers may fork (RFC 3261 §13.2). */
export class OutgoingInvite {
  /** The value of this side's Contact header. */
  readonly contact: string;
  readonly #core: UserAgentCore;
  readonly #message: OutgoingRequestMessage;
  #request: OutgoingInviteRequest | undefined;
  /** Whether it was accepted, refused or cancelled. */
  #over = false;
  /** Runs while the response to a cancelled INVITE is missing. */
  #cancelling: ReturnType<typeof setTimeout> | undefined;

  /** @param before - The refused INVITE that this one repeats (RFC 3261 §8.1.3.5). */
  constructor(core: UserAgentCore, target: URI, headers: readonly string[], before?: OutgoingInvite) {
    const {aor, contact} = core.configuration;
    const again = before && {callId: before.callId, cseq: before.#message.cseq + 1};
    this.#core = core;
    this.contact = contact.toString({outbound: true});
    const lines = [...headers, `Contact: ${this.contact}`, ALLOW];
    this.#message = core.makeOutgoingRequestMessage('INVITE', target, aor, target, again ?? {}, lines);
  }

  get callId(): string {
    return this.#message.callId;
  }

  get identity(): DialogIdentity {
    const {callId, fromTag, fromURI, toURI, ruri, cseq, branch} = this.#message;
    return {
      callId,
      localTag: fromTag,
      remoteTag: '',
      localUri: fromURI.toString(),
      remoteUri: toURI.toString(),
      remoteTarget: ruri.toString(),
      routeSet: [],
      sequence: cseq,
      branch,
    };
  }

  send(offer: string, {authentication, when}: InviteCredentials, delegate: OutgoingInviteDelegate): void {
    this.#message.body = {body: offer, contentType: SDP};
    if (when === 'ahead') authentication.answerInvite(this.#message);
    if (when === 'never') authentication.withhold(this.#message);
    const refused = ({message}: {message: IncomingResponseMessage}): void => {
      this.#over = true;
      clearTimeout(this.#cancelling);
      delegate.onRefuse(message);
    };
    this.#request = this.#core.invite(this.#message, {
      onProgress: (response) => {
        if (this.#over) return;
        acknowledge(response);
        delegate.onProgress(response.message, dialogOf(response));
      },
      onAccept: (response) => {
        if (!this.#over) {
          this.#over = true;
          return delegate.onAccept(response);
        }
        clearTimeout(this.#cancelling);
        // Another callee has accepted too, or the 2xx crossed the CANCEL.
        response.ack();
        new ByeUserAgentClient(dialogOf(response));
      },
      onReject: refused,
      onRedirect: refused,
    });
  }

  /** Cancels it unless it has a final response; idempotent. */
  cancel(headers: readonly string[] = []): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancel(headers, MOST_CANCELS);
  }

  /** Sends a CANCEL, and again as long as the INVITE has no final response: a broken connection takes messages with it. */
  #cancel(headers: readonly string[], times: number): void {
    if (times === 0) return;
    this.#request?.cancel(undefined, {extraHeaders: [...headers]});
    this.#cancelling = setTimeout(() => this.#cancel(headers, times - 1), sipDurations.cancelAgain);
  }
}

/** Acknowledges a provisional response that a server sends reliably, although the INVITE offered no support (RFC 3262 §4). */
function acknowledge(response: PrackableIncomingResponseWithSession): void {
  const {message} = response;
  const sequence = message.getHeader('rseq');
  if (sequence === undefined || !namesTag(message.getHeaders('require'), '100rel')) return;
  response.prack({extraHeaders: [`RAck: ${sequence} ${message.getHeader('cseq') ?? ''}`]});
}
