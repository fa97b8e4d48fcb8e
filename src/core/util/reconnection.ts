import {SipError, toSipError} from '../../errors.js';
import {stopwatch} from '../../stopwatch.js';
import {AttemptPause} from './attempt-pause.js';
import {askedDelay, retryAfterOf, type ReconnectPolicy} from './reconnect-policy.js';

/** Why and how something is tried again. */
export interface ReconnectionOptions {
  /** The loss, or the failure of the attempt before. */
  readonly failure: SipError;
  /** What is tried again, for errors. */
  readonly subject: string;
  /** The number of earlier attempts; 0 by default. */
  readonly attempts?: number;
  readonly signal: AbortSignal;
  /** Whether another attempt would not change a failure; none by default. */
  isFinal?(failure: SipError): boolean;
}

/** Tries to reach a server again until it succeeds, with the delays of a policy. */
export class Reconnection {
  readonly #policy: ReconnectPolicy;
  readonly #pause = new AttemptPause();
  /** The attempts since the loss, or since `restart`. */
  #attempts = 0;
  #passed = stopwatch();

  constructor(policy: ReconnectPolicy) {
    this.#policy = policy;
  }

  /**
   * Repeats the attempt until it succeeds.
   *
   * @throws {SipError} the last failure if the policy gives up or the failure is final; `aborted`
   */
  async run<T>(attempt: () => Promise<T>, options: ReconnectionOptions): Promise<T> {
    const {signal, subject} = options;
    let {failure} = options;
    this.#passed = stopwatch();
    for (this.#attempts = options.attempts ?? 0; !signal.aborted; this.#attempts++) {
      const delay = this.#policy.nextDelay(this.#attempts, this.#passed());
      if (options.isFinal?.(failure) || delay === undefined) throw failure;
      const [asked, passed] = [askedDelay(retryAfterOf(failure)), stopwatch()];
      await this.#pause.wait(delay, signal);
      // A network that is back changes nothing about what the server asks for.
      while (!signal.aborted && passed() < asked) await this.#pause.wait(asked - passed(), signal);
      if (signal.aborted) break;
      try {
        return await attempt();
      } catch (error) {
        failure = toSipError(error);
      }
    }
    throw new SipError('aborted', {subject});
  }

  /** Makes a pending attempt at once. */
  hurry(): void {
    this.#pause.end();
  }

  /** Makes a pending attempt at once, and begins the delays anew. */
  restart(): void {
    this.#attempts = 0;
    this.#passed = stopwatch();
    this.#pause.end();
  }
}
