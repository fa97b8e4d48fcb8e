import type {Session} from 'sip.js';
import type {IncomingMessage} from 'sip.js/lib/core/index.js';
import type {Dialog, DialogState} from '../../core/server/dialog.js';
import type {CallCause, Party} from '../../core/types.js';
import {SipError} from '../../errors.js';
import {causeOfFailure} from '../headers/cause.js';
import type {DialogContext} from './dialog-context.js';
import {DialogTransfers} from '../transfer/dialog-transfers.js';
import {assertedParty} from '../headers/identity.js';
import {followSession} from './in-dialog.js';
import {LossTimer} from './loss-timer.js';
import {replaceAnswers} from './lost-transactions.js';
import {MediaDialog} from './media-dialog.js';
import {isOf, type Replaces} from '../transfer/replaces.js';
import {Renegotiation} from './renegotiation.js';
import {NegotiatingHandler, Negotiator} from './session-description-handler.js';
import {addToAnswers, SessionTimer} from './session-timer.js';
import {sendTone, type InfoTarget} from './tone-info.js';
import {ToneQueue} from './tone-queue.js';

/** A SIP dialog on sip.js; incoming and outgoing ones differ in how they begin. */
export abstract class SipDialog extends MediaDialog {
  /** The dialog whose place this one takes (RFC 3891). */
  readonly replaced: SipDialog | undefined;
  /** After how many seconds the other side asks that this one answer by itself; undefined where it does not. */
  readonly answerAfter: number | undefined;
  override readonly id: string;
  protected readonly context: DialogContext<SipDialog>;
  protected readonly negotiator: Negotiator;
  protected readonly timer: SessionTimer;
  /** Why a description could not be taken. */
  protected failure: SipError | undefined;
  #remote: Party;
  #session: Session | undefined;
  #renegotiation: Renegotiation | undefined;
  /** The other side has yet to be told where we are. */
  #moved = false;
  #farewell: Promise<void> = Promise.resolve();
  /** What the other side has sent, the newest of each name in lower case. */
  readonly #headers = new Map<string, string>();
  readonly #loss: LossTimer;
  readonly #tones: ToneQueue;
  readonly #transfers: DialogTransfers;

  protected constructor(
    context: DialogContext<SipDialog>,
    id: string,
    remote: Party,
    phase: Exclude<DialogState['phase'], 'terminated'>,
  ) {
    super(context.settings, phase);
    this.context = context;
    this.id = id;
    this.#remote = remote;
    this.negotiator = new Negotiator(
      () => this.media,
      (error) => {
        this.failure = error;
        this.onDescriptionFailed(error);
      },
    );
    this.timer = new SessionTimer({
      refresh: () => this.#renegotiation?.request(),
      expire: () => this.#expire(),
    });
    this.#loss = new LossTimer(() => this.#lose());
    this.#transfers = new DialogTransfers(this, (referral) => context.onReferral(this, referral));
    this.#tones = new ToneQueue(context.dtmf, {
      sender: () => this.toneSender,
      inform: async (tone, duration, signal) => {
        const target = this.infoTarget;
        if (!target) throw new SipError('invalid-state', {subject: 'sendDtmf'});
        await sendTone(target, {tone, duration}, {subject: remote.number, signal});
      },
    });
  }

  override get remote(): Party {
    return this.#remote;
  }

  /** The address of the conference, where the other side is its focus (RFC 4579 §4). */
  abstract readonly focus: string | undefined;

  override header(name: string): string | undefined {
    return this.#headers.get(name.toLowerCase());
  }

  override async sendDtmf(tones: string): Promise<void> {
    await this.#tones.send(tones);
  }

  override async setHeld(held: boolean): Promise<void> {
    if (!this.#renegotiation || this.state.phase !== 'confirmed')
      throw new SipError('invalid-state', {subject: held ? 'hold' : 'unhold'});
    await this.media.setHeld(held);
  }

  override async transfer(target: string | Dialog, onProgress: (status: number) => void): Promise<void> {
    const session = this.#session;
    const other = target instanceof SipDialog ? target : undefined;
    const confirmed = !other || other.state.phase === 'confirmed';
    if (!session || this.state.phase !== 'confirmed' || !confirmed)
      throw new SipError('invalid-state', {subject: 'transfer'});
    const {remote} = other ?? {remote: {name: '', number: target as string}};
    const to = other ? other.#session : this.context.uriOf(target as string);
    if (!to) throw new SipError('invalid-state', {subject: 'transfer'});
    await this.#transfers.ask({
      session,
      to,
      asked: this.remote.name || this.remote.number,
      called: remote.name || remote.number,
      onProgress,
    });
  }

  /** Whether an INVITE that is to take another one's place means this one (RFC 3891 §3). */
  isMeantBy(replaces: Replaces): boolean {
    return this.#session !== undefined && isOf(replaces, this.#session);
  }

  /** Resolves when the other side knows that it is over, or cannot be told. */
  get farewell(): Promise<void> {
    return this.#farewell;
  }

  /** The connection to the server is lost. What is not confirmed cannot be completed on another one (RFC 3261 §18.2.2). */
  suspend(): void {
    if (this.state.phase === 'terminated') return;
    if (this.state.phase !== 'confirmed') {
      this.terminate({by: 'server', code: 'connection-lost'});
      return;
    }
    this.#renegotiation?.suspend();
    this.timer.suspend();
    this.#loss.suspend(true);
    this.#transfers.suspend();
    this.health.setSignalling(false);
    this.mirror();
  }

  /** The connection is back: tells the other side where we are now, and seeks new ways for media where they need it. */
  resume(networkChanged: boolean): void {
    if (this.state.phase !== 'confirmed') return;
    this.#moved = true;
    this.timer.resume();
    this.#loss.suspend(false);
    if (networkChanged || !this.health.flows) this.negotiator.restartIce();
    this.#renegotiation?.resume();
  }

  /** Ends it with the cause, its media at once; the first cause stands. */
  terminate(cause: CallCause): void {
    if (this.state.phase === 'terminated') return;
    this.#renegotiation?.stop();
    this.timer.stop();
    this.#loss.follow(false);
    this.#tones.stop();
    this.#transfers.end(cause);
    const hadMedia = this.closeMedia();
    this.update({phase: 'terminated', cause, media: {audio: 'inactive', video: 'inactive'}});
    if (hadMedia) this.dispatchEvent(new Event('streamschange'));
    this.context.onEnd(this);
  }

  /** Takes note of the headers of what the other side sent. */
  protected heard({headers}: IncomingMessage): void {
    for (const [name, [first]] of Object.entries(headers))
      if (first) this.#headers.set(name.toLowerCase(), first.raw);
  }

  /** Called when an offer or answer cannot be taken, before sip.js knows it. */
  protected onDescriptionFailed(_error: SipError): void {}

  /** What INFO can be sent in; undefined where there is nothing yet. */
  protected get infoTarget(): InfoTarget | undefined {
    return this.state.phase === 'confirmed' ? this.#session : undefined;
  }

  /** Follows the sip.js session from now on, and no other. */
  protected bind(session: Session): void {
    this.#session = session;
    this.context.handlers.set(session, new NegotiatingHandler(this.negotiator));
    followSession(session, {
      current: () => this.#session === session,
      heard: (message) => this.heard(message),
      onConfirmed: () => this.#confirm(session),
      onEnd: (cause) => this.terminate(cause ?? this.#unexplained()),
      onMessage: (body, contentType) => this.context.onMessage(this, session, body, contentType),
      onTone: (detail) => void this.dispatchEvent(new CustomEvent('dtmf', {detail})),
      onReinvite: (request) => this.#introduced(assertedParty(request)),
      onNotify: (notification) => this.#transfers.notified(notification),
      onRefer: (referral) => void this.#transfers.asked(referral, session),
    });
  }

  /** Follows no session for a while: the one at hand has ended, another may take its place. */
  protected unbind(): void {
    this.#session = undefined;
  }

  protected advance(phase: 'early'): void {
    if (this.state.phase === 'initial') this.update({phase});
  }

  /** Says goodbye on a confirmed dialog. */
  protected bye(session: Session, headers: readonly string[] = []): void {
    this.#farewell = new Promise((resolve) => {
      const done = (): void => resolve();
      session
        .bye({
          requestOptions: {extraHeaders: [...headers]},
          requestDelegate: {onAccept: done, onReject: done, onRedirect: done},
        })
        // It is over for us in any case.
        .catch(done);
    });
  }

  #confirm(session: Session): void {
    if (this.state.phase === 'terminated') return;
    this.#renegotiation = new Renegotiation({
      session: () => (this.state.phase === 'confirmed' ? session : undefined),
      ownsCallId: this.direction === 'outgoing',
      policy: this.context.policy,
      negotiator: this.negotiator,
      timer: this.timer,
      desired: () => this.#moved || this.timer.due || !this.health.flows,
      onGone: (status) => this.#lose(status),
      onDone: () => {
        this.#moved = false;
        this.health.setSignalling(true);
        this.mirror();
      },
    });
    addToAnswers(session, (request) => this.timer.answered(request));
    replaceAnswers(session, () => this.#ask());
    this.update({phase: 'confirmed'});
    this.awaitMedia();
  }

  /** The other side was not heard of in time. */
  #expire(): void {
    const session = this.#session;
    this.terminate({by: 'server', code: 'session-expired'});
    if (session) this.bye(session, ['Reason: Q.850;cause=102;text="Session expired"']);
  }

  /** The other side does not know it any more, or its media did not come back. */
  #lose(status?: number): void {
    const session = this.#session;
    this.terminate({by: 'server', code: 'call-lost', ...(status !== undefined && {status})});
    if (session) this.bye(session);
  }

  /** Our answer was not acknowledged: whether the other side is there still is told by an offer. */
  #ask(): void {
    this.#moved = true;
    void this.negotiator.withdraw();
    this.#renegotiation?.request();
  }

  /** The server says who is at the other end now: somebody else where a call was transferred. */
  #introduced(party: Party | undefined): void {
    const {number, name} = this.#remote;
    if (!party || this.state.phase === 'terminated') return;
    if (party.number === number && (party.name === name || !party.name)) return;
    this.#remote = party;
    this.dispatchEvent(new Event('statechange'));
  }

  protected override mirror(): void {
    super.mirror();
    const {phase, held, remoteHeld, media} = this.state;
    const awaited = !held && !remoteHeld && (media.audio !== 'inactive' || media.video !== 'inactive');
    this.#loss.follow(phase === 'confirmed' && awaited && this.health.lost);
  }

  override seekWay(): void {
    if (this.state.phase !== 'confirmed') return;
    this.negotiator.restartIce(!this.health.flows);
    this.#renegotiation?.request(false);
  }

  protected override async offer(): Promise<void> {
    const renegotiation = this.#renegotiation;
    if (!renegotiation || this.state.phase !== 'confirmed')
      throw new SipError('invalid-state', {subject: `offer, ${this.state.phase}`});
    await renegotiation.ask();
  }

  #unexplained(): CallCause {
    return this.failure
      ? causeOfFailure(this.failure)
      : {by: 'remote', code: this.state.phase === 'confirmed' ? 'timeout' : 'no-answer'};
  }
}
