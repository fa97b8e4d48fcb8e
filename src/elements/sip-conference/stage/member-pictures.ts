import type {ReactiveController, ReactiveElement} from 'lit';
import type {SipConference} from '../../../core/conference/conference.js';
import type {SipCall} from '../../../core/call/call.js';
import type {RemotePicture} from '../../../core/types.js';
import {durations} from '../../../durations/page.js';
import {CameraSubscription} from '../../sip-monitor/camera-subscription.js';

/** The video of a member that was requested by itself. */
interface MemberPicture {
  readonly subscription: CameraSubscription;
  /** When its tile was last on screen. */
  wantedAt: number;
}

/** What the pictures need of the stage. */
export interface MemberPicturesOptions {
  /** Returns the conference whose members are shown; undefined if its server shows no single members. */
  readonly conference: () => SipConference | undefined;
  /** Requests the video of a member. */
  readonly watch: (
    conference: SipConference,
    number: string,
    signal: AbortSignal,
  ) => Promise<SipCall | undefined>;
  /** Returns the number of frames that a member's tile has shown; undefined if it is not visible. */
  readonly framesOf: (number: string) => number | undefined;
}

/**
 * The videos of members that the server sends by themselves, because it sends one for the whole conference. Each is
 * requested while its tile is on screen, and released a moment later: the server sends no more than the user sees.
 */
export class MemberPictures implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #options: MemberPicturesOptions;
  readonly #pictures = new Map<string, MemberPicture>();
  #conference: SipConference | undefined;
  /** A conference whose server refuses to show single members to this user. */
  #refused: SipConference | undefined;
  /** The members whose tiles are on screen. */
  #wanted: readonly string[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveElement, options: MemberPicturesOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** The videos that have arrived, by the numbers of the members. */
  get arrived(): ReadonlyMap<string, RemotePicture> {
    const arrived = new Map<string, RemotePicture>();
    for (const [number, {subscription}] of this.#pictures) {
      const [picture] = subscription.state.call?.remotePictures ?? [];
      if (picture) arrived.set(number, picture);
    }
    return arrived;
  }

  hostDisconnected(): void {
    // If the host was only moved, the videos continue.
    setTimeout(() => {
      if (!this.#host.isConnected) this.#release();
    });
  }

  /**
   * Requests the videos of these members, and keeps those that have arrived.
   *
   * @param numbers - The members whose tiles are on screen.
   */
  want(numbers: readonly string[]): void {
    // Elements that have left the document are drawn once more.
    if (!this.#host.isConnected) return;
    const conference = this.#options.conference();
    if (conference !== this.#conference) this.#release();
    this.#conference = conference;
    if (!conference || conference === this.#refused) return;
    this.#wanted = numbers;
    for (const number of numbers) if (!this.#pictures.has(number)) this.#request(conference, number);
    if (this.#pictures.size) this.#timer ??= setInterval(this.#look, durations.monitorInterval);
  }

  #request(conference: SipConference, number: string): void {
    const subscription = new CameraSubscription((signal) => this.#options.watch(conference, number, signal));
    this.#pictures.set(number, {subscription, wantedAt: performance.now()});
    subscription.begin();
    subscription.addEventListener('statechange', () => {
      subscription.state.call?.addEventListener('streamschange', this.#onStreams);
      this.#onStreams();
    });
  }

  #release(): void {
    for (const {subscription} of this.#pictures.values()) subscription.end();
    this.#pictures.clear();
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#conference = undefined;
  }

  readonly #onStreams = (): void => this.#host.requestUpdate();

  /** Checks whether the videos play, and releases those that are no longer on screen. */
  readonly #look = (): void => {
    const now = performance.now();
    for (const [number, picture] of this.#pictures) {
      const {subscription} = picture;
      const {phase, reason} = subscription.state;
      if (phase === 'refused' && (reason === 'not-allowed' || reason === 'unsupported')) {
        this.#refused = this.#conference;
        return this.#release();
      }
      if (this.#wanted.includes(number)) picture.wantedAt = now;
      if (now - picture.wantedAt < durations.monitorHidden)
        subscription.look(this.#options.framesOf(number), now);
      else {
        this.#pictures.delete(number);
        subscription.end();
      }
    }
  };
}
