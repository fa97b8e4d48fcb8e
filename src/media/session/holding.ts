/** Tracks whether this side holds a conversation; it holds once the other side has accepted the offer to hold. */
export class Holding {
  readonly #onHush: () => void;
  /** The requests whose offers are still to be answered, oldest first. */
  readonly #requests: {readonly held: boolean}[] = [];
  #held = false;
  /** Whether the offer under way holds. */
  #offersHold = false;

  /** @param onHush - Called when sending and playback must be re-evaluated. */
  constructor(onHush: () => void) {
    this.#onHush = onHush;
  }

  /** Whether this side holds and the other side has accepted it. */
  get held(): boolean {
    return this.#held;
  }

  /** Whether nothing may be sent or played; also true while a hold is pending. */
  get hushed(): boolean {
    return this.#held || this.#requests.some(({held}) => held);
  }

  /** Requests that the next offer holds or resumes. Returns the function that ends the request. */
  request(held: boolean): () => void {
    const request = {held};
    this.#requests.push(request);
    this.#onHush();
    return () => {
      this.#requests.splice(this.#requests.indexOf(request), 1);
      this.#onHush();
    };
  }

  /** Notes that an offer is made. Returns whether it holds. */
  begin(): boolean {
    return (this.#offersHold = this.#requests[0]?.held ?? this.#held);
  }

  /** Notes that the offer was accepted. */
  complete(): void {
    this.#held = this.#offersHold;
  }
}
