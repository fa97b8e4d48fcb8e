import {SipError, type SipErrorCode} from '../errors.js';
import type {Dialog, DialogState} from './dialog.js';
import type {CallControl, CallInit} from './call-init.js';
import {StateTarget, type StateEventMap} from './state-target.js';
import type {CallCause, CallHealth, CallMedia, CallPhase, CallType, MediaState, Party} from './types.js';

/** What a call looks like at one moment. Plain data that can be cloned. */
export interface CallState {
  readonly phase: CallPhase;
  readonly held: boolean;
  readonly remoteHeld: boolean;
  readonly muted: boolean;
  readonly cameraOff: boolean;
  readonly sharing: boolean;
  readonly recording: boolean;
  readonly media: MediaState;
  readonly health: CallHealth;
  /** Nothing rings for it: the page prevented that. */
  readonly quiet: boolean;
  /** When it was answered, in milliseconds since the epoch. */
  readonly answeredAt?: number | undefined;
  /** Why it goes on with less than was asked. */
  readonly warning?: SipErrorCode | undefined;
  /** Why it is over. */
  readonly cause?: CallCause | undefined;
}

/** The events of a call. */
export interface CallEventMap extends StateEventMap {
  /** `localStream` or `remoteStream` was replaced, or its tracks changed. */
  streamschange: Event;
}

const ORDER: readonly CallPhase[] = ['init', 'ringing', 'answered', 'released'];

/**
 * One call, incoming or outgoing.
 *
 * The SIP dialog and the server own the truth: a method asks for a change, and `state` follows when it is reported.
 * Streams live beside the state; `streamschange` tells of them.
 */
export class SipCall extends StateTarget<CallState, CallEventMap> {
  readonly id: string;
  readonly type: CallType;
  /** The server's number of the type (protocol page §6). */
  readonly typeNumber: number;
  /** What was asked for, or is offered. */
  readonly media: CallMedia;
  readonly #init: CallInit;
  #direction: 'incoming' | 'outgoing';
  #remote: Party;
  #dialog: Dialog | undefined;
  #followsDialog: boolean;

  /** @internal Calls are made by `SipClient`; `reveal` gets the inner side. */
  constructor(init: CallInit, reveal: (control: CallControl) => void) {
    super({
      phase: 'init',
      held: false,
      remoteHeld: false,
      muted: false,
      cameraOff: false,
      sharing: false,
      recording: false,
      media: {audio: 'inactive', video: 'inactive'},
      health: 'healthy',
      quiet: false,
    });
    this.id = init.id;
    this.type = init.type;
    this.typeNumber = init.typeNumber;
    this.media = init.media;
    this.#init = init;
    this.#direction = init.direction;
    this.#remote = init.remote;
    this.#followsDialog = init.followsDialog;
    if (init.direction === 'incoming') this.#advance('ringing');
    if (init.dialog) this.#attach(init.dialog);
    reveal({
      call: this,
      attach: (dialog) => this.#attach(dialog),
      followDialog: (follows) => this.#follow(follows),
      setPhase: (phase) => this.#advance(phase),
      setRemote: (remote) => this.#setRemote(remote),
      setOutgoing: () => this.#setOutgoing(),
      setQuiet: () => this.update({quiet: true}),
      release: (cause) => this.#release(cause),
    });
  }

  /** Who asked for it; `statechange` tells where an incoming call turns out to be one's own. */
  get direction(): 'incoming' | 'outgoing' {
    return this.#direction;
  }

  /** Who is at the other end; `statechange` tells when more becomes known. */
  get remote(): Party {
    return this.#remote;
  }

  get localStream(): MediaStream | undefined {
    return this.#dialog?.localStream;
  }

  get remoteStream(): MediaStream | undefined {
    return this.#dialog?.remoteStream;
  }

  /** Opens devices and the peer connection of a ringing call, so that answering is quick; closed again if it is not answered. */
  prepare(media: CallMedia = this.media): void {
    if (this.direction === 'incoming' && this.state.phase === 'ringing')
      this.#dialog?.prepare({audio: true, video: media === 'video'});
  }

  /**
   * Answers an incoming call; resolves when the answer was sent.
   *
   * @param options.media - `video` opens the camera too; what the caller asked for by default, and sound alone where he offers no picture.
   * @throws {SipError} `invalid-state` where it does not ring.
   */
  async answer(options: {media?: CallMedia} = {}): Promise<void> {
    const dialog = this.#dialog;
    if (this.direction !== 'incoming' || this.state.phase !== 'ringing' || !dialog)
      throw this.#invalid('answer');
    const video = (options.media ?? this.media) === 'video' && dialog.offered.video;
    await dialog.accept({audio: true, video});
  }

  /**
   * Refuses an incoming call that rings; does nothing once it is over.
   *
   * @throws {SipError} `invalid-state` where it does not ring.
   */
  async decline(): Promise<void> {
    if (this.state.phase === 'released') return;
    if (this.direction !== 'incoming' || this.state.phase !== 'ringing' || !this.#dialog)
      throw this.#invalid('decline');
    await this.#dialog.reject(603);
  }

  /** Cancels, refuses or ends the call, as its phase asks; does nothing once it is over. */
  async hangup(): Promise<void> {
    if (this.state.phase === 'released') return;
    const dialog = this.#dialog;
    if (dialog && dialog.state.phase !== 'terminated') await dialog.hangup();
    else await this.#init.abandon();
  }

  /** Sends silence instead of the microphone, at once and without signalling. */
  async mute(): Promise<void> {
    await this.#running('mute').setMuted(true);
  }

  async unmute(): Promise<void> {
    await this.#running('unmute').setMuted(false);
  }

  /** Stops the camera, whose light goes out, and sends black; or opens it again. */
  async setCameraOff(off: boolean): Promise<void> {
    await this.#running('camera').setCameraOff(off);
  }

  /**
   * Holds the call: nothing is sent and nothing played at once; `held` follows when the other side has agreed.
   *
   * @throws {SipError} `invalid-state` where it is not answered; why it was refused otherwise, and all is as it was then.
   */
  async hold(): Promise<void> {
    await this.#answered('hold').setHeld(true);
  }

  /** Goes on with a call that is held; resolves when the other side has agreed. @throws {SipError} as `hold` */
  async unhold(): Promise<void> {
    await this.#answered('unhold').setHeld(false);
  }

  #answered(command: string): Dialog {
    if (this.state.phase !== 'answered') throw this.#invalid(command);
    return this.#running(command);
  }

  #running(command: string): Dialog {
    if (!this.#dialog || this.state.phase === 'released') throw this.#invalid(command);
    return this.#dialog;
  }

  #invalid(command: string): SipError {
    return new SipError('invalid-state', {subject: `${command}, ${this.direction}, ${this.state.phase}`});
  }

  #attach(dialog: Dialog): void {
    if (this.#dialog) throw new SipError('internal', {subject: `a second dialog for the call ${this.id}`});
    if (this.state.phase === 'released') {
      void dialog.hangup();
      return;
    }
    this.#dialog = dialog;
    dialog.addEventListener('statechange', this.#onDialog);
    dialog.addEventListener('streamschange', this.#onStreams);
    this.#onDialog();
    this.#onStreams();
  }

  #follow(follows: boolean): void {
    this.#followsDialog = follows;
    if (this.#dialog) this.#onDialog();
  }

  readonly #onDialog = (): void => {
    const dialog = this.#dialog;
    if (!dialog) return;
    const {phase, media, muted, cameraOff, held, remoteHeld, health, warning, cause} = dialog.state;
    this.update({media, muted, cameraOff, held, remoteHeld, health, warning});
    if (phase === 'terminated') this.#end(cause ?? {by: 'remote', code: 'normal'});
    else if (this.#followsDialog) this.#advance(phaseOf(phase));
  };

  /** The dialog is over, and so is the call; but a failed call's reason may come by another way. */
  #end(cause: CallCause): void {
    const {explain} = this.#init;
    const says = cause.by !== 'remote' || (cause.code !== 'normal' && cause.code !== 'cancelled');
    if (!explain || says || this.state.phase === 'answered') return this.#release(cause);
    explain(cause).then(
      (found) => this.#release(found),
      () => this.#release(cause),
    );
  }

  readonly #onStreams = (): void => {
    this.dispatchEvent(new Event('streamschange'));
  };

  /** Phases only go forward: a late event changes nothing. */
  #advance(phase: CallPhase): void {
    if (ORDER.indexOf(phase) <= ORDER.indexOf(this.state.phase)) return;
    this.update(phase === 'answered' ? {phase, answeredAt: Date.now()} : {phase});
  }

  #setRemote(remote: Party): void {
    if (remote.number === this.#remote.number && remote.name === this.#remote.name) return;
    this.#remote = remote;
    this.dispatchEvent(new Event('statechange'));
  }

  #setOutgoing(): void {
    if (this.#direction === 'outgoing') return;
    this.#direction = 'outgoing';
    this.dispatchEvent(new Event('statechange'));
  }

  #release(cause: CallCause): void {
    if (this.state.phase === 'released') return;
    const dialog = this.#dialog;
    dialog?.removeEventListener('statechange', this.#onDialog);
    this.update({phase: 'released', cause});
    if (dialog && dialog.state.phase !== 'terminated') void dialog.hangup().catch(() => {});
    dialog?.removeEventListener('streamschange', this.#onStreams);
  }
}

function phaseOf(phase: Exclude<DialogState['phase'], 'terminated'>): CallPhase {
  return phase === 'confirmed' ? 'answered' : phase === 'early' ? 'ringing' : 'init';
}
