import {cleanedNumber, cleanNumber, writtenNumbers} from '../../core/util/number.js';
import type {Party} from '../../core/types.js';
import {SipError} from '../../errors.js';
import {MOST, type MonitorHost} from './host.js';

/** The numbers of a wall, stored in the element's properties; a number may occur several times. */
export class Numbers {
  readonly #host: MonitorHost;
  /** Names that came with the numbers. */
  readonly #names = new Map<string, string>();

  constructor(host: MonitorHost) {
    this.#host = host;
  }

  get all(): readonly string[] {
    const {sid, numbers, members} = this.#host;
    return writtenNumbers(sid ? members : numbers).map(cleanedNumber);
  }

  /** The numbers that have a tile. */
  get shown(): readonly string[] {
    return this.all.slice(0, MOST);
  }

  nameOf(number: string): string | undefined {
    return this.#names.get(number);
  }

  /**
   * Adds a tile for a party; does nothing if there is one.
   *
   * @throws {SipError} `invalid-number`; `bad-parameter` if the wall is full.
   */
  add({number, name}: Party): void {
    const clean = cleanNumber(number);
    if (name) this.#names.set(clean, name);
    const all = this.all;
    if (all.includes(clean)) return;
    if (all.length >= MOST) throw new SipError('bad-parameter', {subject: `${clean}, ${MOST}`});
    this.#write([...all, clean]);
  }

  /** Removes a number and all its tiles. */
  remove(number: string): void {
    const clean = cleanedNumber(number);
    this.#write(this.all.filter((other) => other !== clean));
  }

  /** Removes one tile. */
  drop(place: number): void {
    this.#write(this.all.filter((_, index) => index !== place));
  }

  #write(numbers: readonly string[]): void {
    const host = this.#host;
    if (host.sid) host.members = numbers.join();
    else host.numbers = numbers.join();
    host.requestUpdate();
  }
}
