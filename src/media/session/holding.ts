import {SipError} from '../../errors.js';

/** What holding needs of its session. */
export interface HoldingOptions {
  closed(): boolean;
  /** Makes an offer of what is wanted now; resolves when it was taken, rejects with why it was not. */
  offer(): Promise<void>;
  /** Whether anything may be sent or played is to be looked at anew. */
  onHush(): void;
}

/** Whether this side holds a conversation: it does once the other side has taken the offer that says so. */
export class Holding {
  readonly #options: HoldingOptions;
  #held = false;
  /** Whether the next offer holds. */
  #holds = false;
  /** Whether the offer under way holds. */
  #offersHold = false;
  /** How many times holding was asked for and has not come to an end. */
  #hushes = 0;
  /** Holding and going on, one after another. */
  #last: Promise<void> = Promise.resolve();

  constructor(options: HoldingOptions) {
    this.#options = options;
  }

  /** This side holds, and the other side knows. */
  get held(): boolean {
    return this.#held;
  }

  /** Whether nothing may be sent or played: also while it is asked for. */
  get hushed(): boolean {
    return this.#held || this.#hushes > 0;
  }

  /** An offer is made; whether it holds. */
  begin(): boolean {
    return (this.#offersHold = this.#holds);
  }

  /** The offer was taken. */
  complete(): void {
    this.#held = this.#offersHold;
  }

  /** Holds, or goes on. @throws {SipError} `aborted` where the session is closed; why the offer was not taken */
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
