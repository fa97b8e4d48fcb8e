import {SessionState, type Invitation} from 'sip.js';
import type {DialogMedia} from '../../core/server/dialog.js';
import type {MediaKinds, Party} from '../../core/types.js';
import {SipError, toSipError} from '../../errors.js';
import {kindsOf, kindsReceived} from '../../media/peer/description.js';
import {answerWish} from '../headers/answer-wish.js';
import {causeOfFailure} from '../headers/cause.js';
import type {DialogContext} from './dialog-context.js';
import {SipDialog} from './dialog.js';
import {assertedParty, decoded} from '../headers/identity.js';
import {focusOf} from '../headers/uri.js';

/** A dialog that the other side began. A 180 follows unless the dialog is refused at once. */
export class IncomingDialog extends SipDialog {
  readonly direction = 'incoming';
  readonly offered: MediaKinds;
  readonly asked: MediaKinds;
  readonly focus: string | undefined;
  readonly #invitation: Invitation;
  readonly #offer: string | undefined;
  override readonly replaced: SipDialog | undefined;
  override readonly answerAfter: number | undefined;
  #accepting = false;

  constructor(context: DialogContext<SipDialog>, invitation: Invitation, replaced?: SipDialog) {
    super(context, invitation.request.callId, partyOf(invitation), 'early');
    this.#invitation = invitation;
    this.replaced = replaced;
    const body = invitation.body ?? '';
    this.#offer = body.trim() === '' ? undefined : body;
    this.offered = this.#offer ? kindsOf(this.#offer) : {audio: true, video: true};
    this.asked = this.#offer ? kindsReceived(this.#offer) : this.offered;
    this.focus = focusOf(invitation.request)?.toString();
    this.answerAfter = answerWish(invitation.request);
    this.heard(invitation.request);
    this.bind(invitation);
  }

  override prepare(media: MediaKinds): void {
    if (this.state.phase !== 'early' || this.#accepting) return;
    try {
      void this.media.open(this.#possible(media), this.#offer);
    } catch {
      // The browser rejects the settings; answering reports the error.
    }
  }

  override async accept(media: DialogMedia, headers: readonly string[] = []): Promise<void> {
    if (this.state.phase !== 'early' || this.#accepting) {
      media.prepared?.release();
      throw this.#invalid('answer');
    }
    this.#accepting = true;
    this.adoptPrepared(media);
    try {
      const {screen = false, silent = false, opens} = media;
      await this.media.open({...this.#possible(media), screen, silent, ...(opens && {opens})}, this.#offer);
      // The caller may have cancelled during the browser's permission prompt.
      if (this.#ended) throw this.#invalid('answer');
      const extraHeaders = [...headers, ...this.timer.answered(this.#invitation.request)];
      await this.#invitation.accept({extraHeaders});
    } catch (error) {
      // Without the screen, the call keeps ringing: the user may answer without it.
      if (!this.#ended && toSipError(error).code.startsWith('screen-')) {
        this.#accepting = false;
        throw error;
      }
      this.terminate(causeOfFailure(toSipError(this.failure ?? error)));
      if (this.#invitation.state === SessionState.Initial) void this.#invitation.reject({statusCode: 500});
      throw this.failure?.code === 'not-acceptable'
        ? new SipError('not-acceptable', {subject: this.remote.number, cause: this.failure.cause})
        : toSipError(error, this.remote.number);
    }
    if (this.#ended) throw this.#invalid('answer');
    await this.offerScreen();
  }

  override async reject(status: 480 | 486 | 603 = 480): Promise<void> {
    if (this.state.phase !== 'early') throw this.#invalid('decline');
    this.terminate({by: 'local', code: status === 486 ? 'busy' : 'declined', status});
    await this.#refuse(status);
  }

  override async hangup(headers: readonly string[] = []): Promise<void> {
    const {phase} = this.state;
    if (phase === 'terminated') return;
    this.terminate({by: 'local', code: 'normal'});
    if (phase === 'confirmed') this.bye(this.#invitation, headers);
    else await this.#refuse(480, headers);
  }

  override terminate(cause: Parameters<SipDialog['terminate']>[0]): void {
    super.terminate(cause);
    // The caller must not keep ringing us.
    if (cause.code === 'connection-lost') void this.#refuse(480);
  }

  protected override onDescriptionFailed(error: SipError): void {
    // sip.js would answer 480 to any failure.
    if (this.#invitation.state === SessionState.Establishing && error.code === 'not-acceptable')
      void this.#refuse(488);
  }

  get #ended(): boolean {
    return this.state.phase === 'terminated';
  }

  /** Limits the media to what the caller offered. */
  #possible({audio, video}: MediaKinds): MediaKinds {
    return {audio: audio && this.offered.audio, video: video && this.offered.video};
  }

  async #refuse(statusCode: number, headers: readonly string[] = []): Promise<void> {
    const {state} = this.#invitation;
    if (state !== SessionState.Initial && state !== SessionState.Establishing) return;
    // Servers use 603 for many causes; the Reason shows that the user declined.
    const reason = statusCode === 603 ? ['Reason: Q.850;cause=21;text="Call Rejected"'] : [];
    const extraHeaders = [...headers, ...reason];
    await this.#invitation.reject({statusCode, extraHeaders}).catch(() => {});
  }

  #invalid(command: string): SipError {
    return new SipError('invalid-state', {subject: `${command}, incoming, ${this.state.phase}`});
  }
}

/** The caller: as asserted by the server, else as given in the request. */
function partyOf({request, remoteIdentity}: Invitation): Party {
  const {uri, displayName} = remoteIdentity;
  return assertedParty(request) ?? {number: decoded(uri.user ?? ''), name: displayName ?? ''};
}
