import type {IncomingMessage, SessionDialog} from '../sip-js.js';
import type {Dialog, DialogIdentity, DialogState, Rejoin} from '../../core/server/dialog.js';
import type {CallCause, Party} from '../../core/types.js';
import {SipError} from '../../errors.js';
import {TaskQueue} from '../../task-queue.js';
import {LONGEST_VALUE, namesTag} from '../headers/header-values.js';
import {causeOfFailure} from '../headers/cause.js';
import type {DialogContext} from './dialog-context.js';
import {DialogTransfers} from '../transfer/dialog-transfers.js';
import {isAbsent} from './failed-offers.js';
import {assertedParty} from '../headers/identity.js';
import {LossTimer} from './loss-timer.js';
import {MediaDialog} from './media-dialog.js';
import {identityOf, isOf, type Replaces} from '../transfer/replaces.js';
import {Renegotiation} from './renegotiation.js';
import {Negotiator} from './negotiator.js';
import {Session} from './session.js';
import {SessionTimer} from './session-timer.js';
import {sendTone} from './tone-info.js';
import {onSilence} from './silence.js';
import {ToneQueue} from './tone-queue.js';

/** The most different headers of a dialog that are noted: the other side may write new ones into each message. */
const MOST_HEADERS = 200;

/** A SIP dialog; incoming and outgoing dialogs differ in how they begin. */
export abstract class SipDialog extends MediaDialog {
  /** The dialog that this one replaces (RFC 3891). */
  readonly replaced: SipDialog | undefined;
  /** After how many seconds the other side requests automatic answering; undefined if it does not. */
  readonly answerAfter: number | undefined;
  override readonly id: string;
  /** Whether its other side is the one of the dialog that it replaces, such as after the reload of a page. */
  readonly comesBack: boolean = false;
  /** How the next page joins the conference or the supervised call again. */
  rejoin: Rejoin | undefined;
  protected readonly context: DialogContext<SipDialog>;
  protected readonly negotiator: Negotiator;
  protected readonly timer: SessionTimer;
  /** Why an offer or answer could not be applied. */
  protected failure: SipError | undefined;
  #remote: Party;
  #session: Session | undefined;
  #renegotiation: Renegotiation | undefined;
  /** Whether the other side has yet to learn our new address. */
  #moved = false;
  /** Hold and resume run one after another. */
  readonly #holds = new TaskQueue();
  /** Headers that the other side sent: the newest value by lower-case name. */
  readonly #headers = new Map<string, string>();
  #recordAware = false;
  readonly #loss = new LossTimer(() => this.#lose());
  /** Whether the server has just been unable to reach the other side. */
  #absent = false;
  /** Whether the media are lost. */
  #lost = false;
  /** Ends with the connection that has taken the place of a lost one, and with the dialog. */
  #returned: AbortController | undefined;
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
      (error) => (this.failure ??= error),
    );
    this.timer = new SessionTimer(
      () => this.#renegotiation?.request(),
      () => this.#expire(),
    );
    this.#transfers = new DialogTransfers(this, context.addresses, (referral) =>
      context.onReferral(this, referral),
    );
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

  override get identity(): DialogIdentity | undefined {
    if (this.state.phase !== 'confirmed' || !this.#session) return undefined;
    return identityOf(this.#session.dialog, this.rejoin);
  }

  /** The address of the conference, if the other side is its focus (RFC 4579 §4). */
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
    const end = this.media.requestHold(held);
    await this.#holds.run(async () => {
      try {
        if (this.state.phase === 'terminated') throw new SipError('aborted', {subject: 'hold'});
        if (this.state.held !== held) await this.offer();
      } finally {
        end();
      }
    });
  }

  override async transfer(target: string | Dialog, onProgress: (status: number) => void): Promise<void> {
    const session = this.#session;
    const other = target instanceof SipDialog ? target : undefined;
    const confirmed = !other || other.state.phase === 'confirmed';
    if (!session || this.state.phase !== 'confirmed' || !confirmed)
      throw new SipError('invalid-state', {subject: 'transfer'});
    const {remote} = other ?? {remote: {name: '', number: target as string}};
    const to = other ? other.#session?.dialog : this.context.addresses.uriOf(target as string);
    if (!to) throw new SipError('invalid-state', {subject: 'transfer'});
    await this.#transfers.ask({
      dialog: session.dialog,
      to,
      asked: this.remote.name || this.remote.number,
      called: remote.name || remote.number,
      onProgress,
    });
  }

  /** Whether the Replaces header of an INVITE identifies this dialog (RFC 3891 §3). */
  isMeantBy(replaces: Replaces): boolean {
    return this.#session !== undefined && isOf(replaces, this.#session.dialog);
  }

  /** Takes back an INVITE without an answer; the dialog does not end. */
  protected withdraw(): void {}

  /** Resolves when the other side knows that the dialog is over, or cannot be reached. */
  get farewell(): Promise<void> {
    return this.#session?.farewell ?? Promise.resolve();
  }

  /**
   * Hangs up at once, because the page goes away: the ACK of an answered call would arrive too late.
   *
   * @param stays - Whether the dialog is left to the next page.
   */
  leave(stays: boolean): void {
    if (stays) return this.withdraw();
    this.#session?.bye([], false);
    void this.hangup().catch(() => {});
  }

  /**
   * Handles the loss of the connection to the server. An unconfirmed dialog ends: it cannot be completed on another
   * connection (RFC 3261 §18.2.2).
   */
  suspend(): void {
    if (this.state.phase === 'terminated') return;
    if (this.state.phase !== 'confirmed') {
      this.terminate({by: 'server', code: 'connection-lost'});
      return;
    }
    this.#returned?.abort();
    this.#renegotiation?.suspend();
    this.timer.suspend();
    this.#loss.suspend(true);
    this.#absent = false;
    this.#transfers.suspend();
    this.health.setSignalling(false);
    this.mirror();
  }

  /**
   * Handles the return of the connection: sends the other side our new address in an offer, and restarts ICE if the
   * media need it. For a while from then on, asks the other side whether it is still there when nothing arrives: some
   * servers go on sending their requests, the BYE included, to the lost connection.
   */
  resume(networkChanged: boolean): void {
    if (this.state.phase !== 'confirmed') return;
    this.#moved = true;
    this.timer.resume();
    this.#loss.suspend(false);
    this.#returned?.abort();
    const {signal} = (this.#returned = new AbortController());
    const sought = networkChanged || !this.health.flows;
    if (sought) this.negotiator.restartIce();
    void onSilence(
      () => this.#received(),
      signal,
      // The network may have changed without a sign.
      () => this.restartIce(),
      sought ? 4 : 1,
    );
    this.#renegotiation?.resume();
  }

  /** Restarts ICE after a sign that the network may have changed: if it has, or if the media are lost. */
  checkNetwork(moved: boolean): void {
    if (moved || this.health.lost) this.restartIce();
  }

  /** Ends the dialog with the cause and closes its media; the first cause is kept. */
  terminate(cause: CallCause): void {
    if (this.state.phase === 'terminated') return;
    const hidden = cause.code === 'not-acceptable' && cause.by !== 'local' && this.hidesAddress;
    if (hidden) cause = {...cause, code: 'address-hidden'};
    this.#returned?.abort();
    this.#renegotiation?.stop();
    this.timer.stop();
    this.#loss.follow(undefined);
    this.#tones.stop();
    this.#transfers.end(cause);
    const hadMedia = this.closeMedia();
    this.update({phase: 'terminated', cause, media: {audio: 'inactive', video: 'inactive'}});
    if (hadMedia) this.dispatchEvent(new Event('streamschange'));
    this.context.onEnd(this);
  }

  /** Notes the headers of a message from the other side. */
  protected heard(message: IncomingMessage): void {
    for (const [given, [first]] of Object.entries(message.headers)) {
      const name = given.toLowerCase();
      const fits = this.#headers.has(name) || this.#headers.size < MOST_HEADERS;
      if (first && fits && first.raw.length <= LONGEST_VALUE) this.#headers.set(name, first.raw);
    }
    const supported = message.getHeaders('supported');
    if (supported.length > 0) this.#recordAware = namesTag(supported, 'record-aware');
  }

  protected override get recordAware(): boolean {
    return this.#recordAware;
  }

  /** The dialog for INFO requests; undefined if there is none yet. */
  protected get infoTarget(): SessionDialog | undefined {
    return this.state.phase === 'confirmed' ? this.#session?.dialog : undefined;
  }

  /** Undefined until the INVITE is accepted. */
  protected get session(): Session | undefined {
    return this.#session;
  }

  /**
   * Begins the session of an accepted INVITE.
   *
   * @param offers - Whether this side's 2xx has an offer.
   */
  protected begin(dialog: SessionDialog, contact: string, offers = false): Session {
    const {negotiator, timer} = this;
    const {addresses} = this.context;
    const from = addresses.numberOf(dialog.remoteURI);
    return (this.#session = new Session({
      dialog,
      contact,
      offers,
      negotiator,
      timer,
      delegate: {
        onEnd: (cause) => this.terminate(cause ?? this.unexplained),
        onRequest: (request) => {
          this.#absent = false;
          this.heard(request);
          this.mirror();
        },
        onReinvite: (request) => this.#introduced(assertedParty(request, addresses, dialog.remoteURI)),
        onMessage: (body, contentType) => this.context.onMessage(this, from, body, contentType),
        onTone: (detail) => void this.dispatchEvent(new CustomEvent('dtmf', {detail})),
        onNotify: (request) => this.#transfers.notified(request),
        onRefer: (request) => void this.#transfers.asked(request, dialog),
        onSilence: () => this.#ask(),
      },
    }));
  }

  protected advance(phase: 'early'): void {
    if (this.state.phase === 'initial') this.update({phase});
  }

  /** Confirms the dialog, whose session has begun. */
  protected confirm(session: Session): void {
    if (this.state.phase === 'terminated') return;
    this.#renegotiation = new Renegotiation({
      session: () => (this.state.phase === 'confirmed' ? session : undefined),
      ownsCallId: this.direction === 'outgoing',
      policy: this.context.policy,
      negotiator: this.negotiator,
      timer: this.timer,
      desired: () => this.#moved || this.timer.due || !this.health.flows,
      onGone: (status) => this.#lose(status),
      onAnswer: (status) => {
        this.#absent = isAbsent(status);
        if (status === 200) {
          this.#moved = false;
          this.failure = undefined;
          this.health.setSignalling(true);
        }
        this.mirror();
      },
    });
    this.update({phase: 'confirmed'});
    this.awaitMedia();
  }

  /** Ends the dialog because the session was not refreshed in time. */
  #expire(): void {
    this.terminate({by: 'server', code: 'session-expired'});
    this.#session?.bye(['Reason: Q.850;cause=102;text="Session expired"']);
  }

  /** Ends the dialog because the other side no longer knows it, or its media did not come back. */
  #lose(status?: number): void {
    this.terminate({by: 'server', code: 'call-lost', ...(status !== undefined && {status})});
    this.#session?.bye();
  }

  /** Sends an offer after an unacknowledged answer, to find out whether the other side is still there. */
  #ask(): void {
    this.#moved = true;
    this.negotiator.withdraw().catch(() => {});
    this.#renegotiation?.request();
  }

  /** Adopts the identity that the server asserts now: it changes when a call is transferred. */
  #introduced(party: Party | undefined): void {
    const {number, name} = this.#remote;
    if (!party || this.state.phase === 'terminated') return;
    if (party.number === number && (party.name === name || !party.name)) return;
    this.#remote = party;
    this.dispatchEvent(new Event('statechange'));
  }

  protected override mirror(): void {
    super.mirror();
    const lost = this.state.phase === 'confirmed' && this.health.lost;
    if (lost && !this.#lost) this.doubtNetwork();
    this.#lost = lost;
    const patience = this.#absent ? 'absence' : this.#awaitsMedia ? 'mediaLoss' : undefined;
    this.#loss.follow(lost ? patience : undefined);
  }

  /** Whether media should arrive: a held call may have none. */
  get #awaitsMedia(): boolean {
    const {held, remoteHeld, media} = this.state;
    return !held && !remoteHeld && (media.audio !== 'inactive' || media.video !== 'inactive');
  }

  /** How many packets have arrived so far; undefined if none are expected. */
  async #received(): Promise<number | undefined> {
    if (!this.#awaitsMedia) return undefined;
    let sum = 0;
    (await this.statistics())?.forEach(({packetsReceived = 0}: {packetsReceived?: number}) => {
      sum += packetsReceived;
    });
    return sum;
  }

  protected override doubtNetwork(): void {
    this.context.onNetworkDoubt();
  }

  override restartIce(): void {
    if (this.state.phase !== 'confirmed') return;
    // The ACK may be lost as well: an offer must not wait for it.
    if (this.health.lost) this.#session?.abandonAnswer();
    this.negotiator.restartIce(!this.health.flows);
    this.#renegotiation?.request(false);
  }

  protected override async offer(): Promise<void> {
    if (!this.#renegotiation) throw new SipError('invalid-state', {subject: `offer, ${this.state.phase}`});
    await this.#renegotiation.ask();
  }

  /** The cause of an end for which the other side gave none. */
  protected get unexplained(): CallCause {
    return this.failure
      ? causeOfFailure(this.failure)
      : {by: 'remote', code: this.state.phase === 'confirmed' ? 'timeout' : 'no-answer'};
  }
}
