import {Inviter, SessionState, type URI, type UserAgent} from 'sip.js';
import {SessionDialog, type IncomingResponse, type IncomingResponseMessage} from 'sip.js/lib/core/index.js';
import type {DialogMedia} from '../../core/server/dialog.js';
import type {MediaKinds} from '../../core/types.js';
import {SipError, toSipError} from '../../errors.js';
import {refusesCredentials, type Authentication} from '../auth/authentication.js';
import {causeOfFailure, causeOfResponse} from '../headers/cause.js';
import type {DialogContext} from './dialog-context.js';
import {SipDialog} from './dialog.js';
import {delayRequests} from './in-dialog.js';
import {ownFailure} from './own-response.js';
import {FIRST_OFFER} from './session-timer.js';
import type {InfoTarget} from './tone-info.js';
import {focusOf} from '../headers/uri.js';

/** Options of an outgoing dialog. */
export interface OutgoingOptions {
  readonly userAgent: UserAgent;
  readonly authentication: Authentication;
  readonly target: URI;
  readonly number: string;
  /** Empty if unknown. */
  readonly name?: string;
  readonly media: DialogMedia;
  /** Further headers of the INVITE, as complete lines. */
  readonly headers: readonly string[];
}

/** A dialog that this side begins; the constructor sends its INVITE. */
export class OutgoingDialog extends SipDialog {
  readonly direction = 'outgoing';
  readonly offered: MediaKinds = Object.freeze({audio: true, video: true});
  readonly asked = this.offered;
  readonly #options: OutgoingOptions;
  #inviter: Inviter;
  #renewed = false;
  #focus: string | undefined;
  /** The first early dialog that has media. */
  #early: SessionDialog | undefined;

  constructor(context: DialogContext<SipDialog>, options: OutgoingOptions) {
    const inviter = inviterOf(options, FIRST_OFFER);
    super(context, inviter.request.callId, {number: options.number, name: options.name ?? ''}, 'initial');
    this.#options = options;
    this.#inviter = inviter;
    this.bind(inviter);
    void this.#begin();
  }

  override get focus(): string | undefined {
    return this.#focus;
  }

  override prepare(): void {}

  override async accept({prepared}: DialogMedia): Promise<void> {
    prepared?.release();
    throw new SipError('invalid-state', {subject: 'answer, outgoing'});
  }

  override async reject(): Promise<void> {
    throw new SipError('invalid-state', {subject: 'decline, outgoing'});
  }

  override async hangup(headers: readonly string[] = []): Promise<void> {
    if (this.state.phase === 'terminated') return;
    this.terminate({by: 'local', code: 'normal'}, headers);
  }

  override terminate(cause: Parameters<SipDialog['terminate']>[0], headers: readonly string[] = []): void {
    super.terminate(cause);
    const {state} = this.#inviter;
    // A 200 that crosses the CANCEL gets its ACK and BYE from sip.js.
    if (state === SessionState.Initial || state === SessionState.Establishing)
      void this.#inviter.cancel({extraHeaders: [...headers]}).catch(() => {});
    else if (state === SessionState.Established && cause.by === 'local') this.bye(this.#inviter, headers);
  }

  async #begin(): Promise<void> {
    const {media, authentication} = this.#options;
    try {
      this.adoptPrepared(media);
      await Promise.all([this.media.open(media), authentication.prepare()]);
      await this.#invite();
    } catch (error) {
      if (this.state.phase !== 'terminated')
        this.terminate(causeOfFailure(toSipError(this.failure ?? error)));
    }
  }

  async #invite(): Promise<void> {
    if (this.state.phase === 'terminated') return;
    const inviter = this.#inviter;
    const request = await inviter.invite({
      requestDelegate: {
        onProgress: (response) => this.#progressed(response),
        onAccept: ({message}) => this.timer.accepted(message),
        onReject: ({message}) => void this.#refused(message),
        onRedirect: ({message}) => void this.#refused(message),
      },
    });
    const {delegate} = request;
    // sip.js reports a 2xx only after acknowledging it.
    request.delegate = {
      ...delegate,
      onAccept: (response) => {
        this.heard(response.message);
        this.#focus = focusOf(response.message)?.toString();
        delegate?.onAccept?.(response);
        delayRequests(inviter);
      },
    };
  }

  protected override get infoTarget(): InfoTarget | undefined {
    return this.state.phase === 'early' ? this.#early : super.infoTarget;
  }

  /**
   * Handles a provisional response. Media may start before the call is answered: announcements, menus that ask for
   * tones (RFC 3960).
   */
  #progressed(response: IncomingResponse): void {
    this.heard(response.message);
    this.advance('early');
    const {session} = response as {session?: unknown};
    const {body} = response.message;
    if (this.#early || this.state.phase !== 'early' || !body || !(session instanceof SessionDialog)) return;
    if (!response.message.getHeader('content-type')?.toLowerCase().startsWith('application/sdp')) return;
    this.#early = session;
    void this.negotiator.preview(body);
  }

  async #refused(message: IncomingResponseMessage): Promise<void> {
    this.heard(message);
    const status = message.statusCode ?? 500;
    const code = ownFailure(message);
    if (code) return this.terminate({by: 'server', code});
    const cause = causeOfResponse(status, this.remote.number, message.getHeaders('reason'));
    // A PBX sends 403 if the callee declined.
    const asks = refusesCredentials(status) && cause.by === 'server' && !this.#renewed;
    if (asks && (await this.#renews())) return;
    if (status === 422 && this.timer.raise(message) && (await this.#invitesAgain())) return;
    this.terminate(cause);
  }

  /** Invites again with new credentials. */
  async #renews(): Promise<boolean> {
    this.#renewed = true;
    this.unbind();
    const renewed = await this.#options.authentication.renew().catch(() => false);
    return renewed && this.#invitesAgain();
  }

  /** Invites again with the same offer (RFC 3261 §8.1.3.5). */
  async #invitesAgain(): Promise<boolean> {
    this.unbind();
    if (this.state.phase === 'terminated') return false;
    try {
      this.bind((this.#inviter = inviterOf(this.#options, this.timer.headers, this.#inviter)));
      await this.#invite();
      return true;
    } catch {
      return false;
    }
  }
}

/** @param before - The inviter whose request the new one follows. */
function inviterOf(
  {userAgent, target, headers}: OutgoingOptions,
  more: readonly string[],
  before?: Inviter,
): Inviter {
  // sip.js supports these parameters, but its types lack them.
  const params: object = before ? {callId: before.request.callId, cseq: before.request.cseq + 1} : {};
  return new Inviter(userAgent, target, {extraHeaders: [...headers, ...more], params});
}
