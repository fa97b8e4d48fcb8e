import {RequestPendingError, type Session} from 'sip.js';
import {SessionState, type IncomingResponseMessage} from 'sip.js/lib/core/index.js';
import {SipError, toSipError} from '../errors.js';
import {endAnswer, endOffer} from './lost-transactions.js';
import {GlareError, type Negotiator} from './session-description-handler.js';
import type {SessionTimer} from './session-timer.js';

/** How long to wait after a 491 before the offer is made once more, in milliseconds. */
export type GlareDelay = (ownsCallId: boolean) => number;

/**
 * As RFC 3261 §14.1 has it, in units of 10 ms: the side that made the Call-ID waits longer, so that the other's offer goes
 * first.
 */
export const glareDelay: GlareDelay = (ownsCallId) =>
  ownsCallId ? 2_100 + 10 * Math.floor(Math.random() * 191) : 10 * Math.floor(Math.random() * 201);

/** What a queue of offers needs from its dialog. */
export interface RenegotiationOptions {
  session(): Session | undefined;
  /** Whether this side made the Call-ID. */
  readonly ownsCallId: boolean;
  readonly negotiator: Pick<Negotiator, 'asked' | 'withdraw'>;
  readonly timer: Pick<SessionTimer, 'headers' | 'accepted' | 'raise'>;
  readonly glareDelay: GlareDelay;
  /** Whether an offer is still worth making after a 491: what it was for may have happened meanwhile. */
  desired(): boolean;
  /** The other side does not know the dialog any more (RFC 5057 §5.1). */
  onGone(status: number): void;
  /** An offer was answered. */
  onDone(): void;
}

/** How an offer came out: the status of the final response; 0, and why, where there was none. */
interface Outcome {
  readonly status: number;
  readonly error?: SipError;
  /** It was refused, and is made again for a longer interval. */
  readonly again?: boolean;
  /** It was not made: the other side's offer waits for an answer, as long as a person takes, or the answered call for its ACK. */
  readonly waits?: boolean;
}

/** Somebody who waits for an offer to be taken. */
interface Asking {
  readonly resolve: () => void;
  readonly reject: (error: SipError) => void;
  /** How many more times the offer is made where it meets one of the other side. */
  patience: number;
}

const PATIENCE = 8;

/** How long to wait for the answer to the other side's offer, or the ACK, before looking again, in milliseconds. */
const ANSWERING = 50;

/**
 * The offers of one confirmed dialog, one at a time.
 *
 * What is asked for while another is under way follows as one offer.
 */
export class Renegotiation {
  readonly #options: RenegotiationOptions;
  #wanted = false;
  #running = false;
  #stopped = false;
  #stopWaiting: (() => void) | undefined;
  /** Whether the ACK of the call itself may still come: on the connection on which it was answered. */
  #acknowledges = true;
  readonly #asking: Asking[] = [];
  /** Those whose offer is under way. */
  #offering: Asking[] = [];

  constructor(options: RenegotiationOptions) {
    this.#options = options;
  }

  /** Asks for an offer; it follows as soon as it may. */
  request(): void {
    this.#wanted = true;
    if (!this.#running) void this.#run();
  }

  /**
   * Asks for an offer; resolves when one that was made from now on has been taken.
   *
   * @throws {SipError} Why it was refused, or could not be made; `aborted` where the dialog ended.
   */
  ask(): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#stopped) return reject(aborted());
      this.#asking.push({resolve, reject, patience: PATIENCE});
      this.request();
    });
  }

  /** The connection is lost, and with it the answer to the offer under way: nobody waits for it any longer. */
  suspend(): void {
    this.#acknowledges = false;
    for (const {reject} of [...this.#offering.splice(0), ...this.#asking.splice(0)])
      reject(new SipError('connection-lost'));
    const session = this.#options.session();
    if (session) endOffer(session);
  }

  /** The connection is back: asks for an offer. */
  resume(): void {
    const session = this.#options.session();
    if (session) endAnswer(session);
    this.request();
  }

  /** Gives up; idempotent. */
  stop(): void {
    this.#stopped = true;
    this.#stopWaiting?.();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#wanted && !this.#stopped) await this.#next();
    this.#running = false;
    if (this.#stopped) for (const {reject} of this.#asking.splice(0)) reject(aborted());
  }

  async #next(): Promise<void> {
    this.#wanted = false;
    const asking = (this.#offering = this.#asking.splice(0));
    const {status, error, again = false, waits = false} = await this.#offer();
    const fail = (failed: readonly Asking[], why = toSipError({status})): void => {
      for (const {reject} of failed) reject(why);
    };
    if (this.#stopped) {
      fail(asking, aborted());
    } else if (status === 200) {
      this.#options.onDone();
      for (const {resolve} of asking) resolve();
    } else if (again) {
      this.#asking.unshift(...asking);
      this.#wanted = true;
    } else if (status === 491) {
      if (!waits) for (const one of asking) one.patience -= 1;
      fail(asking.filter(({patience}) => patience === 0));
      this.#asking.unshift(...asking.splice(0).filter(({patience}) => patience > 0));
      const {ownsCallId, glareDelay} = this.#options;
      await this.#wait(waits ? ANSWERING : glareDelay(ownsCallId));
      this.#wanted ||= this.#asking.length > 0 || this.#options.desired();
    } else {
      if (status === 481 || status === 408) this.#options.onGone(status);
      fail(asking, error);
    }
  }

  async #offer(): Promise<Outcome> {
    const {negotiator, timer} = this.#options;
    const session = this.#options.session();
    if (!session) return {status: 0, error: new SipError('invalid-state', {subject: 'offer'})};
    // What is described now would be the answer to the other side's offer, and not ours.
    if (negotiator.asked) return {status: 491, waits: true};
    // The caller may not have taken our answer yet (RFC 3261 §14.1).
    if (this.#acknowledges && session.dialog?.sessionState === SessionState.AckWait)
      return {status: 491, waits: true};
    return new Promise((resolve) => {
      this.#stopWaiting = () => resolve({status: 0, error: aborted()});
      session
        .invite({
          requestOptions: {extraHeaders: [...timer.headers]},
          requestDelegate: {
            onAccept: ({message}) => {
              timer.accepted(message);
              resolve({status: 200});
            },
            onReject: ({message}) => resolve(this.#refused(message)),
            onRedirect: ({message}) => resolve({status: message.statusCode ?? 0}),
          },
        })
        .catch(async (error: unknown) => {
          await negotiator.withdraw().catch(() => {});
          resolve(isGlare(error) ? {status: 491} : {status: 0, error: toSipError(error)});
        });
    });
  }

  #refused(message: IncomingResponseMessage): Outcome {
    // Without a Via it is sip.js's own, made of a transport's failure.
    if (!message.via) return {status: 0, error: new SipError('connection-lost')};
    const status = message.statusCode ?? 0;
    return {status, again: status === 422 && this.#options.timer.raise(message)};
  }

  async #wait(delay: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delay);
      this.#stopWaiting = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Whether an offer could not go because of one of the other side's; without a type where its ACK is still to come. */
function isGlare(error: unknown): boolean {
  return (
    error instanceof GlareError ||
    error instanceof RequestPendingError ||
    (error instanceof Error && error.message.startsWith('There is an ongoing re-INVITE'))
  );
}

function aborted(): SipError {
  return new SipError('aborted', {subject: 'offer'});
}
