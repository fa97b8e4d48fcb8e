import type {IncomingResponseMessage} from '../sip-js.js';
import {AttemptPause} from '../../core/util/attempt-pause.js';
import {askedDelay, type ReconnectPolicy} from '../../core/util/reconnect-policy.js';
import {sipDurations} from '../../durations/sip.js';
import {SipError, toSipError} from '../../errors.js';
import {glareDelay, passes} from './failed-offers.js';
import {ownFailure} from './own-response.js';
import {readFinalResponse} from '../headers/final-response.js';
import {GlareError, type Negotiator} from './negotiator.js';
import type {Session} from './session.js';
import type {SessionTimer} from './session-timer.js';

/** What the offers need from their dialog. */
export interface RenegotiationOptions {
  session(): Pick<Session, 'acknowledged' | 'offer' | 'abandonOffer' | 'abandonAnswer'> | undefined;
  /** Whether this side created the Call-ID. */
  readonly ownsCallId: boolean;
  readonly negotiator: Pick<Negotiator, 'engaged'>;
  readonly timer: Pick<SessionTimer, 'headers' | 'accepted' | 'raise'>;
  /** Delays after temporary failures. */
  readonly policy: ReconnectPolicy;
  /** Whether an offer is still needed after a failed one: its purpose may have been met meanwhile. */
  desired(): boolean;
  /** The other side no longer knows the dialog, or never answers (RFC 3261 §12.2.1.2). */
  onGone(status?: number): void;
  /** An offer has a final response. */
  onAnswer(status: number): void;
}

/** The result of an offer: the status of the final response, or 0 and an error if there was none. */
interface OfferResult {
  readonly status: number;
  readonly error?: SipError;
  /** The delay that the server requires before a retry, in seconds. */
  readonly retryAfter?: number | undefined;
  /** The offer is repeated: with a longer interval, or because its answer was unusable. */
  readonly again?: boolean;
  /**
   * The offer was not made: the other side's offer awaits an answer, as long as the user takes, or the answered call
   * awaits its ACK.
   */
  readonly waits?: boolean;
}

/** A caller of `ask` that waits for an offer to be accepted. */
interface WaitingCaller {
  readonly resolve: () => void;
  readonly reject: (error: SipError) => void;
  /** How much longer the offer may take, including retries, in milliseconds. */
  patience: number;
}

/** How often an offer is repeated after temporary failures, until the next request. */
const ATTEMPTS = 10;

/**
 * The offers of one confirmed dialog, one at a time.
 *
 * Requests during a pending offer are combined into one further offer.
 */
export class Renegotiation {
  readonly #options: RenegotiationOptions;
  #wanted = false;
  /** Whether the offer is needed for more than the repair of media. */
  #vital = false;
  #running = false;
  #stopped = false;
  #suspended = false;
  #stopWaiting: (() => void) | undefined;
  /** The wait after a temporary failure. */
  readonly #pause = new AttemptPause();
  /** Temporary failures in a row. */
  #failures = 0;
  /** Whether the last answer was unusable, and the offer is repeated. */
  #unusable = false;
  /** Whether the ACK of the call itself may still arrive, on the connection on which the call was answered. */
  #acknowledges = true;
  readonly #callers: WaitingCaller[] = [];
  /** The callers whose offer is pending. */
  #offering: WaitingCaller[] = [];

  constructor(options: RenegotiationOptions) {
    this.#options = options;
  }

  /**
   * Requests an offer, which follows as soon as possible.
   *
   * @param vital - Whether the call ends if the other side does not answer; false if the offer only restarts ICE.
   */
  request(vital = true): void {
    this.#wanted = true;
    this.#vital ||= vital;
    if (!this.#running) void this.#run();
  }

  /**
   * Requests an offer; resolves when an offer made from now on has been accepted.
   *
   * @throws {SipError} Why it was refused, or could not be made; `aborted` if the dialog ended.
   */
  ask(): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#stopped) return reject(aborted());
      this.#callers.push({resolve, reject, patience: sipDurations.transaction});
      this.request();
      this.#pause.end();
    });
  }

  /**
   * Handles the loss of the connection, and with it of the answer to the pending offer: its callers are rejected. Later
   * requests wait for `resume`.
   */
  suspend(): void {
    if (this.#suspended) return;
    this.#suspended = true;
    this.#acknowledges = false;
    for (const {reject} of [...this.#offering.splice(0), ...this.#callers.splice(0)])
      reject(new SipError('connection-lost'));
    this.#options.session()?.abandonOffer();
    this.#pause.end();
  }

  /** Handles the return of the connection: requests an offer. */
  resume(): void {
    this.#options.session()?.abandonAnswer();
    this.#suspended = false;
    this.#failures = 0;
    this.request();
  }

  /** Stops all offers; idempotent. */
  stop(): void {
    this.#stopped = true;
    this.#stopWaiting?.();
    this.#pause.end();
    for (const {reject} of this.#callers.splice(0)) reject(aborted());
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#wanted && !this.#stopped && !this.#suspended) await this.#next();
    this.#running = false;
  }

  async #next(): Promise<void> {
    const vital = this.#vital;
    this.#wanted = this.#vital = false;
    const begun = performance.now();
    const callers = (this.#offering = this.#callers.splice(0));
    const result = await this.#offer();
    const {status, error = toSipError({status}), waits = false} = result;
    const fail = (failed: readonly WaitingCaller[], why = error): void => {
      for (const {reject} of failed) reject(why);
    };
    if (this.#stopped) return fail(callers, aborted());
    if (status && !waits) this.#options.onAnswer(status);
    if (status === 200) {
      this.#failures = 0;
      this.#unusable = false;
      for (const {resolve} of callers) resolve();
      return;
    }
    const delay = this.#delay(result, vital);
    if (delay === undefined) {
      const silent = error.code === 'timeout' && this.#failures > ATTEMPTS;
      this.#failures = 0;
      if (status === 481 || (status === 408 && vital)) this.#options.onGone(status);
      else if (silent) this.#options.onGone();
      return fail(callers);
    }
    if (!waits) for (const one of callers) one.patience -= performance.now() - begun + delay;
    fail(callers.filter(({patience}) => patience <= 0));
    this.#callers.unshift(...callers.splice(0).filter(({patience}) => patience > 0));
    await (status === 491 ? this.#wait(delay) : this.#pause.wait(delay));
    this.#wanted ||= this.#callers.length > 0 || this.#options.desired();
    if (this.#wanted) this.#vital ||= vital;
  }

  /** In how many milliseconds to repeat the offer; undefined for no repetition. */
  #delay({status, error, retryAfter, again, waits}: OfferResult, vital: boolean): number | undefined {
    const {ownsCallId, policy} = this.#options;
    if (again) return 0;
    if (waits) return sipDurations.openOffer;
    if (status === 491) return glareDelay(ownsCallId);
    const mayPass = passes(status) || (status === 408 && !vital);
    if (error ? error.code !== 'timeout' : !mayPass) return undefined;
    if (retryAfter === undefined && !this.#options.desired()) return undefined;
    if (++this.#failures > ATTEMPTS) return undefined;
    const delay = policy.nextDelay(this.#failures);
    return delay === undefined ? undefined : Math.max(delay, askedDelay(retryAfter ?? 0));
  }

  async #offer(): Promise<OfferResult> {
    const {negotiator, timer} = this.#options;
    const session = this.#options.session();
    if (!session) return {status: 0, error: new SipError('invalid-state', {subject: 'offer'})};
    // A description made now would be the answer to the other side's offer, or the offer sent with a 200.
    if (negotiator.engaged) return {status: 491, waits: true};
    // The caller may not have received our answer yet (RFC 3261 §14.1).
    if (this.#acknowledges && !session.acknowledged) return {status: 491, waits: true};
    return new Promise((resolve) => {
      this.#stopWaiting = () => resolve({status: 0, error: aborted()});
      session.offer(timer.headers).then(
        (message) => resolve(this.#resultOf(message)),
        (error: unknown) =>
          resolve(error instanceof GlareError ? {status: 491} : {status: 0, error: toSipError(error)}),
      );
    });
  }

  /** @param message - Undefined if its answer was unusable. */
  #resultOf(message: IncomingResponseMessage | undefined): OfferResult {
    const {timer} = this.#options;
    // The other side may have applied an answer that this side could not: one more offer makes both agree again.
    if (!message)
      return {status: 0, error: new SipError('not-acceptable'), again: (this.#unusable = !this.#unusable)};
    const code = ownFailure(message);
    if (code) return {status: 0, error: new SipError(code)};
    const {status, retryAfter} = readFinalResponse(message, undefined, 0);
    if (status < 300) {
      timer.accepted(message);
      return {status: 200};
    }
    return {
      status,
      retryAfter,
      again: status === 422 && timer.raise(message),
    };
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

function aborted(): SipError {
  return new SipError('aborted', {subject: 'offer'});
}
