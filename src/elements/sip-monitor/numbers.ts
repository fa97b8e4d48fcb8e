import type {Numbers} from '../../core/directory/directory.js';
import type {BaseClient} from '../../core/client/client.js';
import {cleanedNumber, cleanNumber, writtenNumbers} from '../../core/util/number.js';
import type {Party} from '../../core/types.js';
import {SipError} from '../../errors.js';

/** The maximum number of videos on a wall. */
export const MOST = 16;

/** The cameras of a running round, which take the place of the numbers. */
export interface RoundNumbers {
  readonly state: {readonly shown: readonly string[]; readonly ahead: readonly string[]};
  nameOf(number: string): string | undefined;
}

/** The numbers of a wall, stored by its element; a number may occur several times. */
export class WallNumbers {
  /** The round that runs on the wall. */
  round: RoundNumbers | undefined;
  readonly #read: () => Numbers;
  readonly #write: (numbers: string) => void;
  readonly #getClient: () => BaseClient | undefined;
  /** Names that came with the numbers. */
  readonly #names = new Map<string, string>();

  /**
   * @param read - Returns the stored numbers.
   * @param write - Stores changed numbers, separated by commas.
   * @param getClient - Returns the client whose domain's numbers have no host.
   */
  constructor(
    read: () => Numbers,
    write: (numbers: string) => void,
    getClient: () => BaseClient | undefined,
  ) {
    this.#read = read;
    this.#write = write;
    this.#getClient = getClient;
  }

  get all(): readonly string[] {
    return writtenNumbers(this.#read()).map((number) => this.cleaned(number));
  }

  /** The numbers that have a tile. */
  get shown(): readonly string[] {
    return this.round?.state.shown ?? this.all.slice(0, MOST);
  }

  /** The numbers that are requested, and get their tile later. */
  get ahead(): readonly string[] {
    const {shown} = this;
    return this.round?.state.ahead.filter((number) => !shown.includes(number)) ?? [];
  }

  nameOf(number: string): string | undefined {
    return this.round?.nameOf(number) ?? this.#names.get(number);
  }

  /**
   * Adds a tile for a party; does nothing if there is one.
   *
   * @throws {SipError} `invalid-number`; `wall-full` if the wall is full.
   */
  add({number, name}: Party): void {
    const clean = this.#clean(number);
    if (name) this.#names.set(clean, name);
    const all = this.all;
    if (all.includes(clean)) return;
    if (all.length >= MOST) throw new SipError('wall-full', {subject: String(MOST)});
    this.#write([...all, clean].join());
  }

  /** Removes a number and all its tiles. */
  remove(number: string): void {
    const clean = this.cleaned(number);
    this.#write(this.all.filter((other) => other !== clean).join());
  }

  /** Returns a number as it is stored. */
  cleaned(number: string): string {
    return cleanedNumber(number, this.#clean);
  }

  get #clean(): (number: string) => string {
    return this.#getClient()?.options.clean ?? cleanNumber;
  }

  /** Removes one tile. */
  drop(place: number): void {
    this.#write(this.all.filter((_, index) => index !== place).join());
  }
}
