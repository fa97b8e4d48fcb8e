import {SipError} from '../../errors.js';

/** What holding needs from its session. */
export interface HoldingOptions {
  closed(): boolean;
  /**
   * Makes an offer that matches the current wishes; resolves when it is accepted, rejects with the reason otherwise.
   */
  offer(): Promise<void>;
  /** Called when sending and playback must be re-evaluated. */
  onHush(): void;
}

/** Tracks whether this side holds a conversation; it holds once the other side has accepted the offer to hold. */
export class Holding {
  readonly #options: HoldingOptions;
  #held = false;
  /** Whether the next offer holds. */
  #holds = false;
  /** Whether the offer under way holds. */
  #offersHold = false;
  /** How many hold requests are pending. */
  #hushes = 0;
  /** Hold and resume run one after another. */
  #last: Promise<void> = Promise.resolve();

  constructor(options: HoldingOptions) {
    this.#options = options;
  }

  /** Whether this side holds and the other side has accepted it. */
  get held(): boolean {
    return this.#held;
  }

  /** Whether nothing may be sent or played; also true while a hold is pending. */
  get hushed(): boolean {
    return this.#held || this.#hushes > 0;
  }

  /** Notes that an offer is made. Returns whether it holds. */
  begin(): boolean {
    return (this.#offersHold = this.#holds);
  }

  /** Notes that the offer was accepted. */
  complete(): void {
    this.#held = this.#offersHold;
  }

  /** Holds or resumes. @throws {SipError} `aborted` if the session is closed; why the offer was not accepted */
  async set(held: boolean): Promise<void> {
    const hush = held ? 1 : 0;
    this.#hush(hush);
    const change = this.#last.then(async () => {
      try {
        if (this.#options.closed()) throw new SipError('aborted', {subject: 'hold'});
        if (this.#held === held) return;
        this.#holds = held;
        await this.#options.offer();
      } finally {
        this.#holds = this.#held;
        this.#hush(-hush);
      }
    });
    this.#last = change.catch(() => {});
    await change;
  }

  #hush(more: number): void {
    this.#hushes += more;
    this.#options.onHush();
  }
}
