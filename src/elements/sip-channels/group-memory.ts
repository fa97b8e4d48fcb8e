import type {BaseClient} from '../../core/client/client.js';

/** How the user has arranged the groups. */
interface Arrangement {
  /** The numbers of the groups that were moved, and of those before them, in their order. */
  readonly order: readonly string[];
  /** The numbers of the groups that have priority. */
  readonly priority: readonly string[];
}

/** The version of the stored data; any other is dropped. */
const VERSION = 1;

const NOTHING: Arrangement = {order: [], priority: []};

/** Returns where an account remembers something of its groups; an empty key if the client stores nothing. */
export function storageKey({options: {user, domain, historyStorage}}: BaseClient, what: string): string {
  return historyStorage === 'local' ? `sip-elements:${what}:${user}@${domain}` : '';
}

/** How the user of a client has arranged the groups. It survives the page if the client stores anything. */
export class GroupMemory {
  readonly client: BaseClient;
  readonly #key: string;
  #arrangement: Arrangement;
  /** Whether it is stored, where other tabs change it too. */
  #stored: boolean;

  constructor(client: BaseClient) {
    this.client = client;
    this.#key = storageKey(client, 'channels');
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
    if (!this.#key) return;
    try {
      localStorage.setItem(this.#key, JSON.stringify({version: VERSION, ...this.#arrangement}));
      this.#stored = true;
    } catch {
      // It lasts as long as the page.
      this.#stored = false;
    }
  }
}

/** Reads what any script of the page may have written. */
function read(key: string): Arrangement {
  if (!key) return NOTHING;
  try {
    const {version, order, priority} = JSON.parse(localStorage.getItem(key) ?? '{}') as Readonly<
      Record<string, unknown>
    >;
    return version === VERSION ? {order: numbersIn(order), priority: numbersIn(priority)} : NOTHING;
  } catch {
    return NOTHING;
  }
}

const numbersIn = (list: unknown): readonly string[] =>
  Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [];
