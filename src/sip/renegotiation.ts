import type {Session} from 'sip.js';
import {GlareError} from './session-description-handler.js';

/** What a queue of offers needs from its dialog. */
export interface RenegotiationOptions {
  session(): Session | undefined;
  /** Whether this side made the Call-ID. */
  readonly ownsCallId: boolean;
  readonly random?: () => number;
  /** Whether an offer is still worth making after a 491: what it was for may have happened meanwhile. */
  desired(): boolean;
  /** The other side does not know the dialog any more (RFC 5057 §5.1). */
  onGone(status: number): void;
  /** An offer was answered. */
  onDone(): void;
}

/**
 * The offers of one confirmed dialog, one at a time.
 *
 * What is asked for while another is under way follows as one offer. After a 491 it waits as RFC 3261 §14.1 says.
 */
export class Renegotiation {
  readonly #options: RenegotiationOptions;
  #wanted = false;
  #running = false;
  #stopped = false;
  #stopWaiting: (() => void) | undefined;

  constructor(options: RenegotiationOptions) {
    this.#options = options;
  }

  /** Asks for an offer; it follows as soon as it may. */
  request(): void {
    this.#wanted = true;
    if (!this.#running) void this.#run();
  }

  /** Gives up; idempotent. */
  stop(): void {
    this.#stopped = true;
    this.#stopWaiting?.();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#wanted && !this.#stopped) {
      this.#wanted = false;
      const status = await this.#offer();
      if (this.#stopped) break;
      if (status === 200) {
        this.#options.onDone();
      } else if (status === 491) {
        await this.#wait(this.#glareDelay());
        this.#wanted ||= this.#options.desired();
      } else if (status === 481 || status === 408) {
        this.#options.onGone(status);
      }
    }
    this.#running = false;
  }

  /** Resolves with the status of the final response; 0 where there was none. */
  async #offer(): Promise<number> {
    const session = this.#options.session();
    if (!session) return 0;
    return new Promise((resolve) => {
      this.#stopWaiting = () => resolve(0);
      session
        .invite({
          requestDelegate: {
            onAccept: () => resolve(200),
            // Without a Via it is sip.js's own, made of a transport's failure.
            onReject: ({message}) => resolve(message.via ? (message.statusCode ?? 0) : 0),
            onRedirect: () => resolve(0),
          },
        })
        .catch((error: unknown) => resolve(error instanceof GlareError ? 491 : 0));
    });
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

  /** In units of 10 ms: the side that made the Call-ID waits longer, so that the other's offer goes first. */
  #glareDelay(): number {
    const {ownsCallId, random = Math.random} = this.#options;
    return ownsCallId ? 2_100 + 10 * Math.floor(random() * 191) : 10 * Math.floor(random() * 201);
  }
}
