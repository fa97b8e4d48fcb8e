import type {BaseClient} from '../../core/client/client.js';
import {readStored, storageKey, writeStored} from '../../core/util/stored.js';
import {plainName} from '../../core/util/plain-name.js';
import type {Party} from '../../core/types.js';

/** A round of cameras: which, how many at a time, and for how long. */
export interface Round {
  readonly name: string;
  readonly cameras: readonly Party[];
  readonly tiles: number;
  readonly seconds: number;
}

/** The most cameras of a round, saved rounds of an account, and characters of a name. */
export const MOST_CAMERAS = 64;
const MOST_ROUNDS = 32;
export const LONGEST_NAME = 40;

/** How many cameras a round shows at a time. */
export const TILES = [1, 4, 9, 16] as const;

/** The limits of the time for each set, in seconds, and the usual values. */
export const SECONDS = {least: 1, most: 3_600} as const;
export const USUAL = {tiles: 4, seconds: 10} as const;

/** The version of the stored data; any other is dropped. */
const VERSION = 1;

/** Returns a round whose values are within their limits, each camera once. */
export function cleanRound({name, cameras, tiles, seconds}: Round): Round {
  const known = new Map(cameras.map((party) => [party.number, party]));
  return {
    name: plainName(name, LONGEST_NAME),
    cameras: [...known.values()].slice(0, MOST_CAMERAS),
    tiles: TILES.find((each) => each >= tiles) ?? (tiles > 0 ? 16 : USUAL.tiles),
    seconds: Number.isFinite(seconds)
      ? Math.min(SECONDS.most, Math.max(SECONDS.least, seconds))
      : USUAL.seconds,
  };
}

/** The rounds that the user of a client has saved. They survive the page if the client stores anything. */
export class SavedRounds {
  readonly #key: string;
  #rounds: readonly Round[];
  /** Whether they are stored, where other tabs change them too. */
  #stored: boolean;

  constructor(client: BaseClient) {
    this.#key = storageKey('rounds', client.options);
    this.#rounds = read(this.#key);
    this.#stored = this.#key !== '';
  }

  get all(): readonly Round[] {
    return this.#rounds;
  }

  /**
   * Saves a round, in place of the one with its name.
   *
   * @param instead - The name of the one that it replaces.
   */
  save(round: Round, instead = round.name): void {
    this.#change((rounds) => {
      const others = rounds.filter(({name}) => name !== round.name || name === instead);
      const replaces = others.some(({name}) => name === instead);
      return replaces ? others.map((each) => (each.name === instead ? round : each)) : [...others, round];
    });
  }

  remove(name: string): void {
    this.#change((rounds) => rounds.filter((round) => round.name !== name));
  }

  #change(change: (rounds: readonly Round[]) => readonly Round[]): void {
    this.#rounds = change(this.#stored ? read(this.#key) : this.#rounds).slice(0, MOST_ROUNDS);
    // Otherwise they last as long as the page.
    this.#stored = writeStored(this.#key, VERSION, {rounds: this.#rounds});
  }
}

/** Reads what any script of the page may have written. */
function read(key: string): readonly Round[] {
  const {rounds} = readStored(key, VERSION) ?? {};
  const found = new Map<string, Round>();
  for (const entry of Array.isArray(rounds) ? (rounds as unknown[]).slice(0, MOST_ROUNDS) : []) {
    const {name, cameras, tiles, seconds} = (entry ?? {}) as Readonly<Record<string, unknown>>;
    const round = cleanRound({
      name: plainName(name),
      cameras: partiesIn(cameras),
      tiles: Number(tiles),
      seconds: Number(seconds),
    });
    if (round.name && round.cameras.length > 0) found.set(round.name, round);
  }
  return [...found.values()];
}

function partiesIn(list: unknown): readonly Party[] {
  return (Array.isArray(list) ? (list as unknown[]) : []).slice(0, MOST_CAMERAS).flatMap((entry) => {
    const {number, name} = (entry ?? {}) as Readonly<Record<string, unknown>>;
    return typeof number === 'string' && number && number.length <= 255
      ? [{number, name: plainName(name)}]
      : [];
  });
}
