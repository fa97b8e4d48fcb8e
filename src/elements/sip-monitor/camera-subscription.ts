import type {SipCall} from '../../core/call/call.js';
import {backoff} from '../../core/util/reconnect-policy.js';
import {StateTarget} from '../../core/util/state-target.js';
import {durations} from '../../durations/page.js';
import {SipError, toSipError, type SipErrorCode} from '../../errors.js';

/**
 * The phase of a video: not wanted; requested; playing; no frames for a while; lost, with a retry scheduled; out of
 * view; refused, so that only the user requests it again.
 */
export type CameraPhase = 'off' | 'connecting' | 'live' | 'stalled' | 'waiting' | 'paused' | 'refused';

/** The state of a video. */
export interface CameraState {
  readonly phase: CameraPhase;
  readonly call?: SipCall | undefined;
  /** Why the video was lost or refused. */
  readonly reason?: SipErrorCode | 'normal' | undefined;
  /** When the next attempt starts, by the page's clock. */
  readonly retryAt?: number | undefined;
}

/**
 * How long to wait for the first frame, in milliseconds: the watched user may be asked for permission, and the server
 * limits that time.
 */
const FIRST = 60_000;
/** How long a video must play until the retry delay is short again, in milliseconds. */
const SOUND = 10_000;

/** Refusals that an automatic retry would not change, or that it would turn into a nuisance. */
const FINAL: ReadonlySet<SipErrorCode | 'normal'> = new Set([
  'bad-parameter',
  'call-not-found',
  'call-refused',
  'declined',
  'invalid-number',
  'member-not-found',
  'no-answer',
  'no-video',
  'not-allowed',
  'unknown-number',
  'unsupported',
  'no-dispatch-server',
]);

/**
 * The video of one number, requested again whenever it is lost. Its owner passes the time and the number of frames
 * shown.
 *
 * ```
 * off → connecting → live ⇄ stalled → connecting
 *            ↓        ↓
 *         refused   waiting → connecting         paused ⇄ connecting
 * ```
 */
export class CameraSubscription extends StateTarget<CameraState> {
  readonly #ask: (signal: AbortSignal) => Promise<SipCall | undefined>;
  #opening: AbortController | undefined;
  #attempts = 0;
  #frames = 0;
  /** When the last frame arrived, or the call was answered. */
  #movedAt = 0;
  #liveSince = 0;
  #seenAt: number | undefined;

  /** @param ask - Requests the video from the server. */
  constructor(ask: (signal: AbortSignal) => Promise<SipCall | undefined>) {
    super({phase: 'off'});
    this.#ask = ask;
  }

  /** When the last frame was shown, in milliseconds since the epoch. */
  get seenAt(): number | undefined {
    return this.#seenAt;
  }

  /** Since when the video has been playing; undefined if it does not. */
  get liveSince(): number | undefined {
    return this.state.phase === 'live' ? this.#liveSince : undefined;
  }

  /** Whether the video plays, but its frames are no longer new. */
  isLate(now: number): boolean {
    return this.state.phase === 'live' && now - this.#movedAt >= durations.monitorLate;
  }

  /** Requests the video, unless it is playing or already requested. */
  begin(): void {
    const {phase} = this.state;
    if (phase === 'connecting' || phase === 'live' || phase === 'stalled') return;
    if (phase !== 'waiting') this.#attempts = 0;
    void this.#open();
  }

  /** Resumes a paused video. */
  resume(): void {
    if (this.state.phase === 'paused') this.begin();
  }

  /** Releases the video until it is in view again; a refused or unwanted one keeps its phase. */
  pause(): void {
    const {phase} = this.state;
    if (phase === 'off' || phase === 'refused' || phase === 'paused') return;
    this.#leave({phase: 'paused'});
  }

  /** Releases the video. */
  end(): void {
    this.#seenAt = undefined;
    if (this.state.phase !== 'off') this.#leave({phase: 'off'});
  }

  /**
   * Checks whether the video plays, and requests it again when a retry is due.
   *
   * @param frames - The number of frames shown of its call; undefined if none could be visible.
   * @returns Whether the video plays.
   */
  look(frames: number | undefined, now: number): boolean {
    const {phase, call, retryAt} = this.state;
    const moved = frames !== undefined && frames > 0 && frames !== this.#frames;
    if (frames !== undefined) this.#frames = frames;
    if (moved && call) {
      this.#move(now);
      return true;
    }
    if (retryAt !== undefined) {
      if (now >= retryAt) this.#again();
      return false;
    }
    // No stall if the video could not be visible, or the watched user has not answered yet.
    if (frames === undefined || call?.state.phase !== 'answered') this.#movedAt = now;
    else if (now - this.#movedAt >= (phase === 'live' ? durations.monitorStall : FIRST))
      this.update({phase: 'stalled', retryAt: this.#nextAttempt(now)});
    return false;
  }

  #again(): void {
    this.#leave({});
    void this.#open();
  }

  #move(now: number): void {
    this.#movedAt = now;
    this.#seenAt = Date.now();
    if (this.state.phase !== 'live') this.#liveSince = now;
    else if (now - this.#liveSince >= SOUND) this.#attempts = 0;
    this.update({phase: 'live', reason: undefined, retryAt: undefined});
  }

  async #open(): Promise<void> {
    const {signal} = (this.#opening = new AbortController());
    this.#frames = 0;
    this.#movedAt = performance.now();
    this.update({phase: 'connecting', reason: undefined, retryAt: undefined});
    try {
      const call = await this.#ask(signal);
      if (!call) throw new SipError('unsupported', {subject: 'monitor'});
      if (signal.aborted) return await call.hangup();
      // From here on, the call is hung up instead of canceled.
      this.#opening = undefined;
      this.update({call});
      call.addEventListener('statechange', this.#onCall);
      this.#onCall();
    } catch (error) {
      if (!signal.aborted) this.#lose(toSipError(error).code);
    }
  }

  readonly #onCall = (): void => {
    const {phase, cause} = this.state.call!.state;
    if (phase === 'released') this.#lose(cause?.code ?? 'normal');
  };

  #lose(reason: SipErrorCode | 'normal'): void {
    if (FINAL.has(reason)) this.#leave({phase: 'refused', reason});
    else this.#leave({phase: 'waiting', reason, retryAt: this.#nextAttempt(performance.now())});
  }

  #nextAttempt(now: number): number {
    this.#attempts += 1;
    // A random delay keeps the videos of a whole wall from returning all at once.
    return now + backoff({first: durations.monitorRetry}).nextDelay(this.#attempts)!;
  }

  #leave(patch: Partial<CameraState>): void {
    const {call} = this.state;
    call?.removeEventListener('statechange', this.#onCall);
    this.#opening?.abort();
    this.#opening = undefined;
    this.update({call: undefined, reason: undefined, retryAt: undefined, ...patch});
    // A call that cannot be ended ends shortly, or is gone with the connection.
    if (call && call.state.phase !== 'released') void call.hangup().catch(() => {});
  }
}
