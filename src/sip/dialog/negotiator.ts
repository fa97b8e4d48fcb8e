import type {MediaSession} from '../../media/session/media-session.js';
import {type SipError, toSipError} from '../../errors.js';
import {TaskQueue} from '../../task-queue.js';

/** An offer was dropped because the other side's came first. */
export class GlareError extends Error {
  override readonly name = 'GlareError';
}

/**
 * Negotiates the media of one dialog, one description after another (RFC 3264).
 *
 * ```
 * stable ── describe() ──► offering ──► offered ── take(answer), rollback() ──► stable
 * stable ── take(offer) ──► asked ── describe() ──► stable
 * ```
 * If the other side's offer arrives while ours is still being created, theirs wins: ours is rolled back unsent. Once
 * ours is sent, theirs is refused with 491.
 */
export class Negotiator {
  readonly #media: () => MediaSession;
  readonly #onFailure: (error: SipError) => void;
  #state: 'stable' | 'offering' | 'offered' | 'asked' = 'stable';
  #offer: string | undefined;
  #iceRestart = false;
  /** Whether a refused ICE restart is offered again. */
  #insists = false;
  /** Whether the pending offer restarts ICE. */
  #restarting = false;
  #overtaken = false;
  /** The number of descriptions being applied. */
  #taking = 0;
  readonly #queue = new TaskQueue();

  /** @param onFailure - Receives the error of a description that cannot be made or applied. */
  constructor(media: () => MediaSession, onFailure: (error: SipError) => void) {
    this.#media = media;
    this.#onFailure = onFailure;
  }

  /** Whether an offer awaits its answer: ours, or the other side's, for which the next description is the answer. */
  get engaged(): boolean {
    return this.#taking > 0 || this.#state === 'asked' || this.#state === 'offered';
  }

  /**
   * Makes the next offer restart ICE.
   *
   * @param insists - Whether every offer does until one is accepted: only if there is no connection now.
   */
  restartIce(insists = true): void {
    this.#iceRestart = true;
    this.#insists ||= insists;
  }

  /** Answers the other side's offer, or makes one; an unanswered initial offer is reused. */
  describe(): Promise<string> {
    return this.#enqueue(async () => {
      if (this.#state === 'asked') {
        const answer = await this.#media().answer();
        this.#state = 'stable';
        return answer;
      }
      if (this.#state === 'offered' && this.#offer) return this.#offer;
      this.#state = 'offering';
      this.#overtaken = false;
      const offer = await this.#media().offer(this.#iceRestart);
      if (this.#overtaken) {
        await this.#media().rollback();
        this.#state = 'stable';
        throw new GlareError('The other side’s offer came first.');
      }
      this.#restarting = this.#iceRestart;
      this.#iceRestart = false;
      this.#state = 'offered';
      return (this.#offer = offer);
    });
  }

  /** Answers an offer of the other side, or makes one if there is none. */
  async answer(offer: string | undefined): Promise<string> {
    if (offer !== undefined) await this.take(offer);
    return this.describe();
  }

  /** Applies the answer to our offer, or the other side's offer. */
  take(description: string): Promise<void> {
    if (this.#state === 'offering') this.#overtaken = true;
    this.#taking += 1;
    return this.#enqueue(async () => {
      this.#taking -= 1;
      if (this.#state === 'offered') {
        this.#offer = undefined;
        this.#state = 'stable';
        await this.#media().accept(description);
        this.#restarting = this.#insists = false;
      } else {
        this.#media().take(description);
        this.#state = 'asked';
      }
    });
  }

  /** Applies the preview of an answer in a provisional response; failures are left to the answer itself. */
  preview(answer: string): Promise<void> {
    const run = this.#queue.run(async () => {
      if (this.#state === 'offered') await this.#media().preview(answer);
    });
    return run.catch(() => {});
  }

  /** Rolls back a failed negotiation; the next offer repeats its ICE restart if still needed. */
  rollback(): Promise<void> {
    return this.#enqueue(async () => {
      this.#iceRestart ||= this.#restarting && this.#insists;
      this.#restarting = false;
      this.#offer = undefined;
      this.#state = 'stable';
      await this.#media().rollback();
    });
  }

  /** Rolls back an offer that could not be sent. */
  async withdraw(): Promise<void> {
    if (this.#state === 'offered') await this.rollback();
  }

  async #enqueue<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await this.#queue.run(task);
    } catch (error) {
      if (!(error instanceof GlareError)) this.#onFailure(toSipError(error));
      throw error;
    }
  }
}
