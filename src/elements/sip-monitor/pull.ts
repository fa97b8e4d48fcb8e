import type {SipCall} from '../../core/call/call.js';
import {backoff} from '../../core/util/reconnect-policy.js';
import {StateTarget} from '../../core/util/state-target.js';
import {durations} from '../../durations.js';
import {SipError, toSipError, type SipErrorCode} from '../../errors.js';

/**
 * Where a picture stands: not wanted; asked for; shown; no frame came for a while; gone, and asked for again in a moment;
 * not in view; refused, so that asking again is its user's to decide.
 */
export type PullPhase = 'off' | 'connecting' | 'live' | 'stalled' | 'waiting' | 'paused' | 'refused';

/** What a picture looks like at one moment. */
export interface PullState {
  readonly phase: PullPhase;
  readonly call?: SipCall | undefined;
  /** Why it is gone or refused. */
  readonly reason?: SipErrorCode | 'normal' | undefined;
  /** When it is asked for again, in milliseconds since the epoch. */
  readonly retryAt?: number | undefined;
}

/** How long no frame may come before the first one, in milliseconds: somebody may be asked whether he wants to be seen, which the server ends. */
const FIRST = 60_000;
/** How long a picture has to be there until the next pause is a short one again, in milliseconds. */
const SOUND = 10_000;

/** Refusals that asking again by itself would not change, or would pester somebody with. */
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
 * The picture of one number, asked for again whenever it is lost. Its owner tells it the time and what has been shown.
 *
 * ```
 * off → connecting → live ⇄ stalled → connecting
 *            ↓        ↓
 *         refused   waiting → connecting         paused ⇄ connecting
 * ```
 */
export class Pull extends StateTarget<PullState> {
  readonly #ask: (signal: AbortSignal) => Promise<SipCall | undefined>;
  #opening: AbortController | undefined;
  #attempts = 0;
  #frames = 0;
  /** When the last frame came, or the call was answered. */
  #movedAt = 0;
  #liveSince = 0;

  /** @param ask - Asks the server for it. */
  constructor(ask: (signal: AbortSignal) => Promise<SipCall | undefined>) {
    super({phase: 'off'});
    this.#ask = ask;
  }

  /** Asks for it, where it is not there or on its way. */
  begin(): void {
    const {phase} = this.state;
    if (phase === 'connecting' || phase === 'live' || phase === 'stalled') return;
    if (phase !== 'waiting') this.#attempts = 0;
    void this.#open();
  }

  /** Goes on where it was paused. */
  resume(): void {
    if (this.state.phase === 'paused') this.begin();
  }

  /** Lets it go until it is in view again; what is refused or not wanted stays so. */
  pause(): void {
    const {phase} = this.state;
    if (phase === 'off' || phase === 'refused' || phase === 'paused') return;
    this.#leave({phase: 'paused'});
  }

  /** Lets it go. */
  end(): void {
    if (this.state.phase !== 'off') this.#leave({phase: 'off'});
  }

  /**
   * Looks whether it moves, and asks for it again when the time has come.
   *
   * @param frames - How many were shown of its call; undefined where nobody could have seen any.
   * @returns Whether it moves.
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
    // Nothing is missed of what nobody could see, or who was asked has not answered yet.
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
    if (this.state.phase !== 'live') this.#liveSince = now;
    else if (now - this.#liveSince >= SOUND) this.#attempts = 0;
    this.update({phase: 'live', reason: undefined, retryAt: undefined});
  }

  async #open(): Promise<void> {
    const {signal} = (this.#opening = new AbortController());
    this.#frames = 0;
    this.#movedAt = Date.now();
    this.update({phase: 'connecting', reason: undefined, retryAt: undefined});
    try {
      const call = await this.#ask(signal);
      if (!call) throw new SipError('unsupported', {subject: 'monitor'});
      if (signal.aborted) return await call.hangup();
      // From now on it is hung up, not given up.
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
    else this.#leave({phase: 'waiting', reason, retryAt: this.#nextAttempt(Date.now())});
  }

  #nextAttempt(now: number): number {
    this.#attempts += 1;
    // Drawn by chance: the pictures of a whole wall do not come back all at once.
    return now + backoff({first: durations.monitorRetry}).nextDelay(this.#attempts, 0)!;
  }

  #leave(patch: Partial<PullState>): void {
    const {call} = this.state;
    call?.removeEventListener('statechange', this.#onCall);
    this.#opening?.abort();
    this.#opening = undefined;
    this.update({call: undefined, reason: undefined, retryAt: undefined, ...patch});
    // What cannot be ended is over in a moment, or gone with the connection.
    if (call && call.state.phase !== 'released') void call.hangup().catch(() => {});
  }
}
