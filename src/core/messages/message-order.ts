/** A message that is older than this when it arrives was kept by the server, in milliseconds. */
const KEPT = 60_000;

/** Where messages belong that came in one second, as those that a server has kept or an archive has: in the order in which they came. */
export class MessageOrder {
  /** When the last message of each number was, as it came and as it is noted. */
  readonly #last = new Map<string, {readonly time: number; readonly noted: number}>();

  /** The time at which a message of a number is noted: after the one before it, where both have one time. */
  place(time: number, number: string): number {
    const before = this.#last.get(number);
    const noted = before?.time === time ? before.noted + 1 : time;
    this.#last.set(number, {time, noted});
    return noted;
  }
}

/** When messages are noted as they are sent and arrive. */
export class MessageClock {
  #newest = 0;
  readonly #kept = new MessageOrder();

  /** A moment after all others, so that those of one millisecond stay in their order; what a server has kept belongs where it was sent. */
  note(time: number, number: string): number {
    if (time < Date.now() - KEPT) return this.#kept.place(time, number);
    return (this.#newest = Math.max(time, this.#newest + 1));
  }
}
