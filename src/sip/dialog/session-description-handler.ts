import type {BodyAndContentType, SessionDescriptionHandler} from 'sip.js';
import type {MediaSession} from '../../media/session/media-session.js';
import {type SipError, toSipError} from '../../errors.js';

/** An offer that was given up because the other side's came first. */
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
 * An offer of the other side that comes while ours is still being made wins: ours is taken back unsent. Once ours is
 * sent, sip.js refuses theirs with 491.
 */
export class Negotiator {
  readonly #media: () => MediaSession;
  readonly #onFailure: (error: SipError) => void;
  #state: 'stable' | 'offering' | 'offered' | 'asked' = 'stable';
  #offer: string | undefined;
  #iceRestart = false;
  /** Whether a restart that was refused is offered again. */
  #insists = false;
  /** Whether the offer under way looks for new ways. */
  #restarting = false;
  #overtaken = false;
  /** Descriptions that are being taken. */
  #taking = 0;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param onFailure - Told of a description that cannot be taken, before sip.js is. */
  constructor(media: () => MediaSession, onFailure: (error: SipError) => void) {
    this.#media = media;
    this.#onFailure = onFailure;
  }

  /** Whether an offer waits to be answered: the other side's, so that what is described now is the answer, or ours. */
  get engaged(): boolean {
    return this.#taking > 0 || this.#state === 'asked' || this.#state === 'offered';
  }

  /**
   * Makes the next offer look for new ways between the two sides.
   *
   * @param insists - Whether each offer does until one is taken: only if there is no way now.
   */
  restartIce(insists = true): void {
    this.#iceRestart = true;
    this.#insists ||= insists;
  }

  /** Answers the offer that was taken, or makes one; an initial offer that is still unanswered stands. */
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

  /** Takes the answer to our offer, or the other side's offer. */
  take(description: string): Promise<void> {
    if (this.#state === 'offering') this.#overtaken = true;
    this.#taking += 1;
    return this.#enqueue(async () => {
      this.#taking -= 1;
      if (this.#state === 'offered') {
        this.#offer = undefined;
        this.#restarting = this.#insists = false;
        this.#state = 'stable';
        await this.#media().accept(description);
      } else {
        this.#media().take(description);
        this.#state = 'asked';
      }
    });
  }

  /** Takes what a provisional response says of the answer to come; what cannot be taken is left to the answer itself. */
  preview(answer: string): Promise<void> {
    const run = this.#queue.then(async () => {
      if (this.#state === 'offered') await this.#media().preview(answer);
    });
    const taken = run.catch(() => {});
    this.#queue = taken;
    return taken;
  }

  /** Takes back what came to nothing; new ways that it looked for are looked for by the next offer if they are needed. */
  rollback(): Promise<void> {
    return this.#enqueue(async () => {
      this.#iceRestart ||= this.#restarting && this.#insists;
      this.#restarting = false;
      this.#offer = undefined;
      this.#state = 'stable';
      await this.#media().rollback();
    });
  }

  /** Takes back an offer that was made and could not be sent. */
  async withdraw(): Promise<void> {
    if (this.#state === 'offered') await this.rollback();
  }

  async #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(task);
    this.#queue = run.catch(() => {});
    try {
      return await run;
    } catch (error) {
      if (!(error instanceof GlareError)) this.#onFailure(toSipError(error));
      throw error;
    }
  }
}

const SDP = 'application/sdp';

/** The negotiator as sip.js wants it. Its media are closed by their dialog, so that sip.js holds nothing of them. */
export class NegotiatingHandler implements SessionDescriptionHandler {
  readonly #negotiator: Negotiator;

  constructor(negotiator: Negotiator) {
    this.#negotiator = negotiator;
  }

  async getDescription(): Promise<BodyAndContentType> {
    return {body: await this.#negotiator.describe(), contentType: SDP};
  }

  hasDescription(contentType: string): boolean {
    return contentType.toLowerCase().startsWith(SDP);
  }

  setDescription(description: string): Promise<void> {
    return this.#negotiator.take(description);
  }

  rollbackDescription(): Promise<void> {
    return this.#negotiator.rollback();
  }

  sendDtmf(): boolean {
    return false;
  }

  close(): void {}
}
