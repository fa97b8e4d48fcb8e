import type {Session} from 'sip.js';
import type {Dialog, DialogEventMap, DialogMedia, DialogState} from '../core/dialog.js';
import {StateTarget} from '../core/state-target.js';
import type {CallCause, MediaKinds, Party, RemotePicture} from '../core/types.js';
import {SipError, toSipError} from '../errors.js';
import {MediaSession} from '../media/media-session.js';
import type {DialogContext} from './dialog-context.js';
import {DialogTransfers} from './dialog-transfers.js';
import {Health} from './health.js';
import {assertedParty} from './identity.js';
import {askForMedia} from './media-request.js';
import {followSession} from './in-dialog.js';
import {PreparedSession} from './prepared-session.js';
import {isOf, type Replaces} from './replaces.js';
import {Renegotiation} from './renegotiation.js';
import {NegotiatingHandler, Negotiator} from './session-description-handler.js';
import {sendTone, type InfoTarget} from './tone-info.js';
import {ToneQueue} from './tone-queue.js';

/** A SIP dialog with its media, on sip.js; incoming and outgoing ones differ in how they begin. */
export abstract class SipDialog extends StateTarget<DialogState, DialogEventMap> implements Dialog {
  abstract readonly direction: 'incoming' | 'outgoing';
  abstract readonly offered: MediaKinds;
  /** The dialog whose place this one takes (RFC 3891). */
  readonly replaced: SipDialog | undefined;
  /** The Call-ID. */
  readonly id: string;
  protected readonly context: DialogContext;
  protected readonly negotiator: Negotiator;
  /** Why a description could not be taken. */
  protected failure: SipError | undefined;
  #remote: Party;
  #media: MediaSession | undefined;
  #session: Session | undefined;
  readonly #health = new Health();
  #renegotiation: Renegotiation | undefined;
  /** The other side has yet to be told where we are. */
  #moved = false;
  #streams = '';
  #farewell: Promise<void> = Promise.resolve();
  readonly #tones: ToneQueue;
  readonly #transfers: DialogTransfers;

  protected constructor(
    context: DialogContext,
    id: string,
    remote: Party,
    phase: Exclude<DialogState['phase'], 'terminated'>,
  ) {
    super({
      phase,
      media: {audio: 'inactive', video: 'inactive'},
      muted: false,
      cameraOff: false,
      sharing: false,
      held: false,
      remoteHeld: false,
      health: 'healthy',
    });
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
    this.#transfers = new DialogTransfers(this, context);
    this.#tones = new ToneQueue(context.dtmf, {
      sender: () => this.#media?.toneSender,
      inform: async (tone, duration, signal) => {
        const target = this.infoTarget;
        if (!target) throw new SipError('invalid-state', {subject: 'sendDtmf'});
        await sendTone(target, {tone, duration}, {subject: remote.number, signal});
      },
    });
  }

  get remote(): Party {
    return this.#remote;
  }

  get localStream(): MediaStream | undefined {
    return this.#media?.local.stream;
  }

  get remoteStream(): MediaStream | undefined {
    return this.#media?.remoteStream;
  }

  get remotePictures(): readonly RemotePicture[] {
    return this.#media?.remotePictures.list ?? [];
  }

  /** The tracks of the other side, by the mid of their media line. */
  get remoteTracks(): ReadonlyMap<string, MediaStreamTrack> {
    return this.#media?.remoteTracks ?? new Map();
  }

  /** The statistics of the peer connection; undefined where there is none. */
  async statistics(): Promise<RTCStatsReport | undefined> {
    return this.#media?.statistics();
  }

  /** A header of the INVITE that the other side sent; undefined where it has none or this side sent it. */
  abstract header(name: string): string | undefined;
  abstract prepare(media: MediaKinds): void;
  abstract accept(media: DialogMedia): Promise<void>;
  abstract reject(status?: 480 | 486 | 603): Promise<void>;
  abstract hangup(): Promise<void>;

  async setMuted(muted: boolean): Promise<void> {
    this.media.setMuted(muted);
  }

  async setCameraOff(off: boolean): Promise<void> {
    await this.media.setCameraOff(off);
  }

  async sendDtmf(tones: string): Promise<void> {
    await this.#tones.send(tones);
  }

  async setMedia(media: Partial<MediaKinds>): Promise<void> {
    await this.#named(this.media.setMedia(media));
  }

  async shareScreen(): Promise<void> {
    await this.#named(this.media.shareScreen());
  }

  async stopScreen(): Promise<void> {
    await this.#named(this.media.stopScreen());
  }

  /** Sends the screen that was chosen before there was a line for it; does nothing where there is none. */
  protected async offerScreen(): Promise<void> {
    await this.#named(this.media.offerScreen());
  }

  async setHeld(held: boolean): Promise<void> {
    if (!this.#renegotiation || this.state.phase !== 'confirmed')
      throw new SipError('invalid-state', {subject: held ? 'hold' : 'unhold'});
    await this.media.setHeld(held);
  }

  async transfer(target: string | Dialog, onProgress: (status: number) => void): Promise<void> {
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
    this.#transfers.suspend();
    this.#health.setSignalling(false);
    this.#mirror();
  }

  /** The connection is back: tells the other side where we are now, and seeks new ways for media where they need it. */
  resume(networkChanged: boolean): void {
    if (this.state.phase !== 'confirmed') return;
    this.#moved = true;
    if (networkChanged || !this.#health.flows) this.negotiator.restartIce();
    this.#renegotiation?.request();
  }

  /** Ends it with the cause, its media at once; the first cause stands. */
  terminate(cause: CallCause): void {
    if (this.state.phase === 'terminated') return;
    this.#renegotiation?.stop();
    this.#tones.stop();
    this.#transfers.end(cause);
    const media = this.#media;
    this.#media = undefined;
    media?.close();
    this.update({phase: 'terminated', cause, media: {audio: 'inactive', video: 'inactive'}});
    if (media) this.dispatchEvent(new Event('streamschange'));
    this.context.onEnd(this);
  }

  /** Called when an offer or answer cannot be taken, before sip.js knows it. */
  protected onDescriptionFailed(_error: SipError): void {}

  /** The media; opened now where nothing has been. @throws {SipError} `invalid-state` once it is over */
  protected get media(): MediaSession {
    if (this.state.phase === 'terminated') throw new SipError('invalid-state', {subject: 'terminated'});
    return this.#media ?? this.adopt(new MediaSession(this.context.settings));
  }

  /** What INFO can be sent in; undefined where there is nothing yet. */
  protected get infoTarget(): InfoTarget | undefined {
    return this.state.phase === 'confirmed' ? this.#session : undefined;
  }

  protected get prepared(): boolean {
    return this.#media !== undefined;
  }

  /** Makes the session's media this dialog's own. */
  protected adopt(media: MediaSession): MediaSession {
    this.#media?.close();
    this.#media = media;
    media.follow({
      onChange: () => this.#mirror(),
      offer: () => this.#offer(),
      onRequest: (signal) => askForMedia(this, signal),
      onConnection: (state) => {
        const seek = this.#health.setMedia(state);
        if (seek && this.state.phase === 'confirmed') {
          this.negotiator.restartIce();
          this.#renegotiation?.request();
        }
        this.#mirror();
      },
    });
    this.#mirror();
    return media;
  }

  /** Uses what was prepared. */
  protected adoptPrepared({prepared}: DialogMedia): void {
    const media = prepared instanceof PreparedSession ? prepared.take() : undefined;
    if (!media) return;
    if (this.state.phase === 'terminated') media.close();
    else this.adopt(media);
  }

  /** Follows the sip.js session from now on, and no other. */
  protected bind(session: Session): void {
    this.#session = session;
    this.context.handlers.set(session, new NegotiatingHandler(this.negotiator));
    followSession(session, {
      current: () => this.#session === session,
      onConfirmed: () => this.#confirm(session),
      onEnd: (cause) => this.terminate(cause ?? this.#unexplained()),
      onMessage: (body, contentType) => this.context.onMessage(session, body, contentType),
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
  protected bye(session: Session): void {
    this.#farewell = new Promise((resolve) => {
      const done = (): void => resolve();
      session
        .bye({requestDelegate: {onAccept: done, onReject: done, onRedirect: done}})
        // It is over for us in any case.
        .catch(done);
    });
  }

  #confirm(session: Session): void {
    if (this.state.phase === 'terminated') return;
    this.#renegotiation = new Renegotiation({
      session: () => (this.state.phase === 'confirmed' ? session : undefined),
      ownsCallId: this.direction === 'outgoing',
      glareDelay: this.context.glareDelay,
      negotiator: this.negotiator,
      desired: () => this.#moved || !this.#health.flows,
      onGone: (status) => {
        this.terminate({by: 'server', code: 'connection-lost', status});
        this.bye(session);
      },
      onDone: () => {
        this.#moved = false;
        this.#health.setSignalling(true);
        this.#mirror();
      },
    });
    this.update({phase: 'confirmed'});
  }

  /** The server says who is at the other end now: somebody else where a call was transferred. */
  #introduced(party: Party | undefined): void {
    const {number, name} = this.#remote;
    if (!party || this.state.phase === 'terminated') return;
    if (party.number === number && (party.name === name || !party.name)) return;
    this.#remote = party;
    this.dispatchEvent(new Event('statechange'));
  }

  async #offer(): Promise<void> {
    const renegotiation = this.#renegotiation;
    if (!renegotiation || this.state.phase !== 'confirmed')
      throw new SipError('invalid-state', {subject: `offer, ${this.state.phase}`});
    await renegotiation.ask();
  }

  /** Says of whom a refusal is. */
  async #named(change: Promise<void>): Promise<void> {
    try {
      await change;
    } catch (error) {
      const {code, status, cause} = toSipError(error);
      if (code !== 'media-refused') throw error;
      throw new SipError(code, {subject: this.remote.name || this.remote.number, status, cause});
    }
  }

  #unexplained(): CallCause {
    return this.failure
      ? {by: 'local', code: this.failure.code}
      : {by: 'remote', code: this.state.phase === 'confirmed' ? 'timeout' : 'no-answer'};
  }

  /** State follows the media. */
  #mirror(): void {
    const media = this.#media;
    if (!media || this.state.phase === 'terminated') return;
    const {directions, muted, cameraOff, sharing, held, remoteHeld, warnings} = media;
    const before = this.state.media;
    const same = before.audio === directions.audio && before.video === directions.video;
    this.update({
      media: same ? before : Object.freeze(directions),
      muted,
      cameraOff,
      sharing,
      held,
      remoteHeld,
      warning: warnings[0],
      health: this.#health.value,
    });
    const streams = [media.local.stream, media.remoteStream]
      .map((stream) =>
        [
          stream.id,
          ...stream
            .getTracks()
            .map(({id}) => id)
            .sort(),
        ].join(),
      )
      .join(';');
    if (streams === this.#streams) return;
    this.#streams = streams;
    this.dispatchEvent(new Event('streamschange'));
  }
}
