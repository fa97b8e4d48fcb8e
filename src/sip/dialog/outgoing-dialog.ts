import {sendingFirst} from '../../core/util/sending-first.js';
import type {
  AckableIncomingResponseWithSession,
  IncomingResponseMessage,
  SessionDialog,
  URI,
} from '../sip-js.js';
import type {DialogIdentity, DialogMedia} from '../../core/server/dialog.js';
import type {MediaKinds} from '../../core/types.js';
import {SipError, toSipError} from '../../errors.js';
import {refusesCredentials, type Authentication} from '../auth/authentication.js';
import {causeOfFailure, causeOfResponse} from '../headers/cause.js';
import type {DialogContext} from './dialog-context.js';
import {SipDialog} from './dialog.js';
import {OutgoingInvite, type InviteCredentials} from './outgoing-invite.js';
import {ownFailure} from './own-response.js';
import {dialogOf} from './session-dialog.js';
import {FIRST_OFFER} from './session-timer.js';
import {descriptionIn} from '../headers/session-description.js';
import {focusOf} from '../headers/addresses.js';

/** Options of an outgoing dialog. */
export interface OutgoingOptions {
  readonly authentication: Authentication;
  readonly target: URI;
  /** Whether another side supplied the target: outside the account's domain, it gets no credentials. */
  readonly isSupplied?: boolean;
  readonly number: string;
  /** Empty if unknown. */
  readonly name?: string;
  readonly media: DialogMedia;
  /** Further headers of the INVITE, as complete lines. */
  readonly headers: readonly string[];
  /** The headers that it has instead once the server does not support `Replaces`, or does not know the dialog. */
  readonly headersAgain?: readonly string[] | undefined;
}

/** The statuses by which a server replaces no dialog: it lacks the extension, or does not know the dialog (RFC 3891 §3). */
const UNREPLACED: ReadonlySet<number> = new Set([420, 481]);

/** A dialog that this side begins; the constructor sends its INVITE. */
export class OutgoingDialog extends SipDialog {
  readonly direction = 'outgoing';
  readonly offered: MediaKinds = Object.freeze({audio: true, video: true});
  readonly asked = this.offered;
  readonly #options: OutgoingOptions;
  #invite: OutgoingInvite;
  #headers: readonly string[];
  #renewed = false;
  #revealed = false;
  #focus: string | undefined;
  /** The first early dialog that has media. */
  #early: SessionDialog | undefined;

  constructor(context: DialogContext<SipDialog>, options: OutgoingOptions) {
    const {target, headers, number, name = ''} = options;
    const invite = new OutgoingInvite(context.core, target, [...headers, ...FIRST_OFFER]);
    super(context, invite.callId, {number, name}, 'initial');
    this.#options = options;
    this.#headers = headers;
    this.#invite = invite;
    void this.#begin();
  }

  override get identity(): DialogIdentity | undefined {
    return this.state.phase === 'early' ? this.#invite.identity : super.identity;
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
    if (this.#ended) return;
    this.terminate({by: 'local', code: 'normal'}, headers);
  }

  override terminate(cause: Parameters<SipDialog['terminate']>[0], headers: readonly string[] = []): void {
    super.terminate(cause);
    this.#invite.cancel(headers);
    if (cause.by === 'local') this.session?.bye(headers);
  }

  protected override withdraw(): void {
    this.#invite.cancel();
  }

  async #begin(): Promise<void> {
    const {media, authentication} = this.#options;
    try {
      this.adoptPrepared(media);
      const opened = Promise.all([this.media.open(media), authentication.prepare()]);
      await sendingFirst(opened.then(async () => this.#send()));
    } catch (error) {
      if (!this.#ended) this.terminate(causeOfFailure(toSipError(this.failure ?? error)));
    }
  }

  get #ended(): boolean {
    return this.state.phase === 'terminated';
  }

  /** The credentials of the INVITE. */
  get #credentials(): InviteCredentials {
    const {target, isSupplied, authentication} = this.#options;
    if (this.context.addresses.isOwn(target)) return {authentication, when: 'ahead'};
    return {authentication, when: isSupplied ? 'never' : 'asked'};
  }

  async #send(): Promise<void> {
    if (this.#ended) return;
    const offer = await this.negotiator.describe();
    if (this.#ended) return;
    this.#invite.send(offer, this.#credentials, {
      onProgress: (message, dialog) => this.#progressed(message, dialog),
      onAccept: (response) => this.#accepted(response),
      onRefuse: (message) => void this.#refused(message),
    });
  }

  #accepted(response: AckableIncomingResponseWithSession): void {
    const {message} = response;
    this.heard(message);
    this.#focus = focusOf(message)?.toString();
    const session = this.begin(dialogOf(response), this.#invite.contact);
    void session.complete(response, () => {
      this.timer.accepted(message);
      this.confirm(session);
    });
  }

  protected override get infoTarget(): SessionDialog | undefined {
    return this.state.phase === 'early' ? this.#early : super.infoTarget;
  }

  /**
   * Handles a provisional response. Media may start before the call is answered: announcements, menus that ask for
   * tones (RFC 3960).
   */
  #progressed(message: IncomingResponseMessage, dialog: SessionDialog): void {
    this.heard(message);
    this.advance('early');
    const answer = descriptionIn(message);
    if (this.#early || this.state.phase !== 'early' || answer === undefined) return;
    this.#early = dialog;
    void this.negotiator.preview(answer);
  }

  async #refused(message: IncomingResponseMessage): Promise<void> {
    this.heard(message);
    const status = message.statusCode ?? 500;
    const code = ownFailure(message);
    if (code) return this.terminate({by: 'server', code});
    const cause = causeOfResponse(status, this.remote.number, message.getHeaders('reason'));
    // A PBX sends 403 if the callee declined.
    const isRefused = refusesCredentials(status) && this.#credentials.when !== 'never';
    const asks = isRefused && cause.by === 'server' && !this.#renewed;
    if (asks && (await this.#renews())) return;
    if (UNREPLACED.has(status) && (await this.#joins())) return;
    if (status === 422 && this.timer.raise(message) && (await this.#invitesAgain())) return;
    // The call may end meanwhile.
    if (cause.code === 'not-acceptable' && (await this.#reveals().catch(() => false))) return;
    this.terminate(cause);
  }

  /** Invites again with new credentials. */
  async #renews(): Promise<boolean> {
    this.#renewed = true;
    const renewed = await this.#options.authentication.renew().catch(() => false);
    return renewed && this.#invitesAgain();
  }

  /** Invites again without replacing a dialog. */
  async #joins(): Promise<boolean> {
    const {headersAgain} = this.#options;
    if (!headersAgain || this.#headers === headersAgain) return false;
    this.#headers = headersAgain;
    return this.#invitesAgain();
  }

  /**
   * Invites again with this side's address, which the browser shows once the user has allowed the microphone. A call that
   * sends sound has asked for it before.
   */
  async #reveals(): Promise<boolean> {
    const {media} = this.#options;
    if (this.#revealed || media.opens?.audio !== false || !this.hidesAddress) return false;
    this.#revealed = true;
    const {local} = this.media;
    await local.open({audio: true, video: false});
    const allowed = !local.lack('microphone');
    local.keep({audio: false, video: false});
    if (!allowed || this.#ended) return false;
    await this.negotiator.rollback();
    this.closeMedia();
    await this.media.open(media);
    return this.#invitesAgain();
  }

  /** Invites again with the same offer (RFC 3261 §8.1.3.5). */
  async #invitesAgain(): Promise<boolean> {
    if (this.#ended) return false;
    const more = [...this.#headers, ...this.timer.headers];
    this.#invite = new OutgoingInvite(this.context.core, this.#options.target, more, this.#invite);
    try {
      await this.#send();
      return true;
    } catch {
      return false;
    }
  }
}
