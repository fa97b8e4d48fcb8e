import {sendingFirst} from '../../core/util/sending-first.js';
import type {IncomingRequestMessage} from '../sip-js.js';
import type {DialogMedia} from '../../core/server/dialog.js';
import type {MediaKinds, Party} from '../../core/types.js';
import {SipError, toSipError} from '../../errors.js';
import {kindsOf, kindsReceived} from '../../media/peer/description.js';
import {answerDelay} from '../headers/answer-mode.js';
import {causeOfCancel, causeOfFailure} from '../headers/cause.js';
import type {DialogContext} from './dialog-context.js';
import {SipDialog} from './dialog.js';
import type {IncomingInvite} from './incoming-invite.js';
import {assertedParty} from '../headers/identity.js';
import {descriptionIn} from '../headers/session-description.js';
import {focusOf, isSameParty, type Addresses} from '../headers/addresses.js';
import {plainName} from '../../core/util/plain-name.js';

/** A dialog that the other side began. A 180 follows unless the dialog is refused at once. */
export class IncomingDialog extends SipDialog {
  readonly direction = 'incoming';
  readonly offered: MediaKinds;
  readonly asked: MediaKinds;
  readonly focus: string | undefined;
  readonly #invite: IncomingInvite;
  readonly #offer: string | undefined;
  override readonly replaced: SipDialog | undefined;
  override readonly comesBack: boolean;
  override readonly answerAfter: number | undefined;
  #accepting = false;

  constructor(context: DialogContext<SipDialog>, invite: IncomingInvite, replaced?: SipDialog) {
    const {message} = invite;
    super(context, message.callId, partyOf(message, context.addresses), 'early');
    this.#invite = invite;
    this.replaced = replaced;
    this.comesBack = isSameParty(message.from.uri, replaced?.identity?.remoteUri);
    this.#offer = descriptionIn(message);
    this.offered = this.#offer ? kindsOf(this.#offer) : {audio: true, video: true};
    this.asked = this.#offer ? kindsReceived(this.#offer) : this.offered;
    this.focus = focusOf(message)?.toString();
    this.answerAfter = answerDelay(message);
    this.heard(message);
    invite.delegate = {
      onCancel: (request) => {
        this.heard(request);
        this.terminate(causeOfCancel(request.getHeaders('reason')));
      },
      onExpire: () => this.terminate(this.unexplained),
    };
  }

  override prepare(media: MediaKinds): void {
    if (this.state.phase !== 'early' || this.#accepting) return;
    try {
      this.media.open(this.#possible(media), this.#offer).catch(() => {});
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
      const opening = {...this.#possible(media), screen, silent, ...(opens && {opens})};
      await sendingFirst(this.media.open(opening, this.#offer).then(async () => this.#answer(headers)));
    } catch (error) {
      // Without the screen, the call keeps ringing: the user may answer without it.
      if (!this.#ended && toSipError(error).code.startsWith('screen-')) {
        this.#accepting = false;
        throw error;
      }
      this.terminate(causeOfFailure(toSipError(this.failure ?? error)));
      this.#refuse(this.failure ? (this.failure.code === 'not-acceptable' ? 488 : 480) : 500);
      throw this.failure?.code === 'not-acceptable'
        ? new SipError('not-acceptable', {subject: this.remote.number, cause: this.failure.cause})
        : toSipError(error, this.remote.number);
    }
    await this.offerScreen();
  }

  override async reject(status: 480 | 486 | 603 = 480): Promise<void> {
    if (this.state.phase !== 'early') throw this.#invalid('decline');
    this.terminate({by: 'local', code: status === 486 ? 'busy' : 'declined', status});
    this.#refuse(status);
  }

  override async hangup(headers: readonly string[] = []): Promise<void> {
    const {phase} = this.state;
    if (phase === 'terminated') return;
    this.terminate({by: 'local', code: 'normal'});
    if (phase === 'confirmed') this.session?.bye(headers);
    else this.#refuse(480, headers);
  }

  override terminate(cause: Parameters<SipDialog['terminate']>[0]): void {
    super.terminate(cause);
    // The caller must not keep ringing us.
    if (cause.code === 'connection-lost') this.#refuse(480);
  }

  get #ended(): boolean {
    return this.state.phase === 'terminated';
  }

  /** Limits the media to what the caller offered. */
  #possible({audio, video}: MediaKinds): MediaKinds {
    return {audio: audio && this.offered.audio, video: video && this.offered.video};
  }

  /** Answers the offer, or makes one if there is none. */
  async #answer(headers: readonly string[]): Promise<void> {
    const {core} = this.context;
    // The caller may have cancelled during the browser's permission prompt.
    if (this.#ended) throw this.#invalid('answer');
    const description = await this.negotiator.answer(this.#offer);
    if (this.#ended) throw this.#invalid('answer');
    const more = [...headers, ...this.timer.answered(this.#invite.message)];
    const dialog = this.#invite.accept(description, more);
    const contact = core.configuration.contact.toString();
    this.confirm(this.begin(dialog, contact, this.#offer === undefined));
    // The page may hang up as soon as the call is confirmed.
    if (this.#ended) throw this.#invalid('answer');
  }

  #refuse(statusCode: number, headers: readonly string[] = []): void {
    // Servers use 603 for many causes; the Reason shows that the user declined.
    const reason = statusCode === 603 ? ['Reason: Q.850;cause=21;text="Call Rejected"'] : [];
    this.#invite.reject(statusCode, [...headers, ...reason]);
  }

  #invalid(command: string): SipError {
    return new SipError('invalid-state', {subject: `${command}, incoming, ${this.state.phase}`});
  }
}

/** The caller: as asserted by the server, else as given in the request. */
function partyOf(message: IncomingRequestMessage, addresses: Addresses): Party {
  const {uri, displayName} = message.from;
  return (
    assertedParty(message, addresses, uri) ?? {number: addresses.numberOf(uri), name: plainName(displayName)}
  );
}
