import {SipError} from '../../errors.js';
import {SipCall, type CallContext} from '../call/call.js';
import type {CallControl} from '../call/call-control.js';
import type {CallState} from '../call/call-state.js';
import {Floor, type FloorState, type IntercomService} from './floor.js';
import type {MediaKinds, Party} from '../types.js';

/** A snapshot of an intercom. Plain data that can be cloned. */
export interface IntercomState extends CallState {
  /** The state of the floor; this side is heard only in `granted`. */
  readonly floor: FloorState;
  /** Who has the floor; undefined if no one does, or the server does not report who. */
  readonly speaker?: Party | undefined;
  /** Whether the server revoked this side's floor, and it was not requested since. */
  readonly revoked: boolean;
}

/**
 * An intercom: a group in which one party at a time has the floor, and all others hear that party.
 *
 * The session is connected from the beginning, with the microphone open and silent, so that speaking starts immediately
 * when the floor is granted. It is silent again as soon as the floor is released or revoked, or the connection is lost;
 * then the floor must be requested again. `hangup()` leaves the group.
 *
 * ```ts
 * const intercom = await client.intercom('9001');
 * button.onpointerdown = () => intercom.requestFloor().catch(() => {});
 * button.onpointerup = () => intercom.releaseFloor();
 * ```
 * An intercom takes no line: it holds no call and no call holds it. A user who speaks into it during a call is heard in
 * the call too, unless that is held or muted.
 */
export class SipIntercom extends SipCall {
  readonly #control: CallControl;
  readonly #floor: Floor;
  #hushed = false;

  /** @internal Intercoms are created by `SipClient`. */
  constructor(
    control: CallControl,
    context: CallContext,
    {service, me}: {readonly service: IntercomService; readonly me: Party},
  ) {
    super(control, context);
    this.#control = control;
    this.#floor = new Floor(service, me, () => this.#follow());
    this.addEventListener('statechange', this.#onChange);
    this.#follow();
  }

  override get state(): Readonly<IntercomState> {
    return super.state as Readonly<IntercomState>;
  }

  /**
   * Requests the floor; resolves when this side is heard. While another party speaks, a server may queue the request:
   * `state.floor` is `queued` then, and the promise resolves at this side's turn. A repeated request returns the same
   * promise.
   *
   * @throws {SipError} `floor-denied` if another party speaks; `not-in-group`, `not-allowed`; `aborted` if the floor
   * was released before, or the intercom has ended; `connection-lost`, `timeout`; `invalid-state` if it rings or has
   * ended.
   */
  async requestFloor(): Promise<void> {
    const rings = this.direction === 'incoming' && this.state.phase === 'ringing';
    if (rings || this.state.phase === 'released') throw this.#control.invalid('requestFloor');
    await this.#floor.request();
  }

  /**
   * Silences this side immediately and releases the floor, or leaves the queue; resolves when the server has confirmed.
   * Does nothing if the floor was not requested.
   *
   * @throws {SipError} `timeout`, `not-connected` and so on if the server cannot be reached: this side is silent all
   * the same.
   */
  async releaseFloor(): Promise<void> {
    await this.#floor.release();
  }

  /** Sends silence, even while this side has the floor. */
  override async mute(): Promise<void> {
    this.#control.running('mute');
    this.#hushed = true;
    this.#follow();
  }

  /**
   * Reverts `mute()`. Without the floor this side stays silent.
   *
   * @throws {SipError} `invalid-state` if this side does not have the floor.
   */
  override async unmute(): Promise<void> {
    this.#control.running('unmute');
    this.#hushed = false;
    this.#follow();
    if (!this.#floor.granted) throw this.#control.invalid('unmute');
  }

  /** @throws {SipError} `unsupported`: an intercom has audio only. */
  override async setMedia(_media: Partial<MediaKinds>): Promise<void> {
    throw new SipError('unsupported', {subject: 'setMedia'});
  }

  /** @throws {SipError} `unsupported`: an intercom has audio only. */
  override async shareScreen(): Promise<void> {
    throw new SipError('unsupported', {subject: 'shareScreen'});
  }

  readonly #onChange = (): void => {
    if (this.state.phase === 'released') {
      this.removeEventListener('statechange', this.#onChange);
      this.#floor.close();
    } else this.#setMicrophone();
  };

  /** The microphone comes first, so that it matches the state when listeners run. */
  #follow(): void {
    this.#setMicrophone();
    const {state: floor, speaker, revoked} = this.#floor;
    const {speaker: before} = this.state;
    const same = before?.number === speaker?.number && before?.name === speaker?.name;
    this.#control.update({floor, speaker: same ? before : speaker, revoked} as Partial<CallState>);
  }

  #setMicrophone(): void {
    const dialog = this.#control.dialog;
    // Until then the dialog is muted from the start.
    if (dialog?.state.phase !== 'confirmed') return;
    const muted = !this.#floor.granted || this.#hushed;
    if (dialog.state.muted !== muted) void dialog.setMuted(muted).catch(() => {});
  }
}
