import {SipError} from '../../errors.js';
import {SipCall, type CallContext} from '../call/call.js';
import type {CallControl} from '../call/call-control.js';
import type {CallState} from '../call/call-state.js';
import {Floor, type FloorState, type IntercomService} from './floor.js';
import type {MediaKinds, Party} from '../types.js';

/** What an intercom looks like at one moment. Plain data that can be cloned. */
export interface IntercomState extends CallState {
  /** Where the floor is; `granted` is the only one in which this side is heard. */
  readonly floor: FloorState;
  /** Who has the floor; undefined where nobody has it, or the server does not say who. */
  readonly speaker?: Party | undefined;
  /** The server took the floor away from this side, which has not asked for it since. */
  readonly revoked: boolean;
}

/**
 * An intercom: a group in which one speaks at a time, whoever has the floor, and all others hear him.
 *
 * The line stands from the beginning, with the microphone open and silent, so that speaking begins at once when the floor
 * is granted. It is silent again as soon as the floor is given back, taken away, or the connection is lost: then it has to
 * be asked for anew. `hangup()` leaves the group.
 *
 * ```ts
 * const intercom = await client.intercom('9001');
 * button.onpointerdown = () => intercom.requestFloor().catch(() => {});
 * button.onpointerup = () => intercom.releaseFloor();
 * ```
 * It takes no line: it holds no call and is held by none. Whoever speaks into it during a call is heard there as well, as
 * long as that one is neither held nor muted.
 */
export class SipIntercom extends SipCall {
  readonly #control: CallControl;
  readonly #floor: Floor;
  #hushed = false;

  /** @internal Intercoms are made by `SipClient`. */
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
   * Asks for the floor; resolves when this side is heard. While somebody else speaks a server may let it wait:
   * `state.floor` is `queued` then, and it resolves when it is its turn. Asked for again meanwhile it gives the same promise.
   *
   * @throws {SipError} `floor-denied` where somebody else speaks; `not-in-group`, `not-allowed`; `aborted` where it was given
   * back before, or the intercom is over; `connection-lost`, `timeout`; `invalid-state` where it rings or is over.
   */
  async requestFloor(): Promise<void> {
    const rings = this.direction === 'incoming' && this.state.phase === 'ringing';
    if (rings || this.state.phase === 'released') throw this.#control.invalid('requestFloor');
    await this.#floor.request();
  }

  /**
   * Is silent at once and gives the floor back, or waits for it no more; resolves when the server knows. Does nothing where
   * it was not asked for.
   *
   * @throws {SipError} `timeout`, `not-connected` and so on where the server cannot be told: it is silent all the same.
   */
  async releaseFloor(): Promise<void> {
    await this.#floor.release();
  }

  /** Sends silence, also while it has the floor. */
  override async mute(): Promise<void> {
    this.#control.running('mute');
    this.#hushed = true;
    this.#follow();
  }

  /**
   * Takes `mute()` back. Without the floor it stays silent.
   *
   * @throws {SipError} `invalid-state` where it has not got the floor.
   */
  override async unmute(): Promise<void> {
    this.#control.running('unmute');
    this.#hushed = false;
    this.#follow();
    if (!this.#floor.granted) throw this.#control.invalid('unmute');
  }

  /** @throws {SipError} `unsupported`: an intercom is sound alone. */
  override async setMedia(_media: Partial<MediaKinds>): Promise<void> {
    throw new SipError('unsupported', {subject: 'setMedia'});
  }

  /** @throws {SipError} `unsupported`: an intercom is sound alone. */
  override async shareScreen(): Promise<void> {
    throw new SipError('unsupported', {subject: 'shareScreen'});
  }

  readonly #onChange = (): void => {
    if (this.state.phase === 'released') {
      this.removeEventListener('statechange', this.#onChange);
      this.#floor.close();
    } else this.#setMicrophone();
  };

  /** The microphone first: what is told is so already. */
  #follow(): void {
    this.#setMicrophone();
    const {state: floor, speaker, revoked} = this.#floor;
    const {speaker: before} = this.state;
    const same = before?.number === speaker?.number && before?.name === speaker?.name;
    this.#control.update({floor, speaker: same ? before : speaker, revoked} as Partial<CallState>);
  }

  #setMicrophone(): void {
    const dialog = this.#control.dialog;
    // Before that it is silent from the beginning.
    if (dialog?.state.phase !== 'confirmed') return;
    const muted = !this.#floor.granted || this.#hushed;
    if (dialog.state.muted !== muted) void dialog.setMuted(muted).catch(() => {});
  }
}
