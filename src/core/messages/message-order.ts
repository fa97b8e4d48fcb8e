import {setNewest} from '../util/collections/newest.js';

/** A message that is older than this on arrival was stored by the server, in milliseconds. */
const KEPT = 60_000;
/** Of how many numbers the last time is remembered: a stranger may use a new one for every message. */
const NUMBERS = 1_000;

/**
 * Keeps messages with the same time in their order of arrival, as those that a server or an archive has stored with
 * times in seconds.
 */
export class MessageOrder {
  /** The time of each number's last message, as received and as noted; the latest number last. */
  readonly #last = new Map<string, {readonly time: number; readonly noted: number}>();

  /** Returns the time at which a message is noted: after the previous one if both have the same time. */
  place(time: number, number: string): number {
    const before = this.#last.get(number);
    const noted = before?.time === time ? before.noted + 1 : time;
    setNewest(this.#last, number, {time, noted}, NUMBERS);
    return noted;
  }
}

/** Assigns the times of messages that are sent or arrive. */
export class MessageClock {
  #newest = 0;
  readonly #kept = new MessageOrder();

  /**
   * Returns a time after all others, so that messages of one millisecond keep their order. A message that a server has
   * stored keeps the time at which it was sent.
   */
  note(time: number, number: string): number {
    if (time < Date.now() - KEPT) return this.#kept.place(time, number);
    return (this.#newest = Math.max(time, this.#newest + 1));
  }
}
