import type {BaseClient} from '../../core/client/client.js';
import {readStored, storageKey, writeStored} from '../../core/util/stored.js';

/** How the user has arranged the groups. */
interface Arrangement {
  /** The numbers of the groups that were moved, and of those before them, in their order. */
  readonly order: readonly string[];
  /** The numbers of the groups that have priority. */
  readonly priority: readonly string[];
}

/** The version of the stored data; any other is dropped. */
const VERSION = 1;

/** How the user of a client has arranged the groups. It survives the page if the client stores anything. */
export class GroupMemory {
  readonly client: BaseClient;
  readonly #key: string;
  #arrangement: Arrangement;
  /** Whether it is stored, where other tabs change it too. */
  #stored: boolean;

  constructor(client: BaseClient) {
    this.client = client;
    this.#key = storageKey('channels', client.options);
    this.#arrangement = read(this.#key);
    this.#stored = this.#key !== '';
  }

  /** Sorts groups as the user has; the others follow in the order in which they are given. */
  sorted<G extends {readonly number: string}>(groups: readonly G[]): readonly G[] {
    const {order} = this.#arrangement;
    const place = ({number}: G): number => (order.includes(number) ? order.indexOf(number) : order.length);
    return [...groups].sort((one, other) => place(one) - place(other));
  }

  setOrder(order: readonly string[]): void {
    this.#change(() => ({order}));
  }

  hasPriority(number: string): boolean {
    return this.#arrangement.priority.includes(number);
  }

  setPriority(number: string, priority: boolean): void {
    this.#change((before) => {
      const others = before.priority.filter((each) => each !== number);
      return {priority: priority ? [...others, number] : others};
    });
  }

  #change(patch: (before: Arrangement) => Partial<Arrangement>): void {
    const before = this.#stored ? read(this.#key) : this.#arrangement;
    this.#arrangement = {...before, ...patch(before)};
    // Otherwise it lasts as long as the page.
    this.#stored = writeStored(this.#key, VERSION, this.#arrangement);
  }
}

/** Reads what any script of the page may have written. */
function read(key: string): Arrangement {
  const {order, priority} = readStored(key, VERSION) ?? {};
  return {order: numbersIn(order), priority: numbersIn(priority)};
}

const numbersIn = (list: unknown): readonly string[] =>
  Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [];
