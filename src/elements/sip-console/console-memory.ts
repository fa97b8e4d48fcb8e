import type {BaseClient} from '../../core/client/client.js';
import {readStored, storageKey, writeStored} from '../../core/util/stored.js';
import {DEFAULT_LAYOUT, readLayout, type ConsoleLayout} from './console-layout.js';

/** A layout that the user has saved. */
export interface SavedLayout {
  readonly name: string;
  readonly layout: ConsoleLayout;
}

interface Stored {
  readonly layout: ConsoleLayout;
  readonly saved: readonly SavedLayout[];
}

/** The version of the stored data; any other is dropped. */
const VERSION = 1;

/** How the user of a client has arranged the desk. It survives the page if the client stores anything. */
export class ConsoleMemory {
  /** The client whose user has arranged the desk; undefined before there is one. */
  readonly client: BaseClient | undefined;
  readonly #key: string;
  #content: Stored;
  /** Whether it is stored, where other tabs save layouts too. */
  #stored: boolean;

  constructor(client: BaseClient | undefined) {
    this.client = client;
    this.#key = client ? storageKey('console', client.options) : '';
    this.#content = read(this.#key);
    this.#stored = this.#key !== '';
  }

  get layout(): ConsoleLayout {
    return this.#content.layout;
  }

  get saved(): readonly SavedLayout[] {
    return this.#content.saved;
  }

  /** Changes the layout, but not those that are saved. */
  change(patch: Partial<ConsoleLayout>): void {
    const layout = {...this.layout, ...patch};
    this.#write(() => ({layout}));
  }

  reset(): void {
    this.change(DEFAULT_LAYOUT);
  }

  /** Saves the layout by a name, in place of the one that has this name. */
  save(name: string): void {
    const {layout} = this;
    this.#write(({saved}) => ({saved: [...without(saved, name), {name, layout}]}));
  }

  choose(name: string): void {
    const found = this.saved.find((each) => each.name === name);
    if (found) this.change(found.layout);
  }

  remove(name: string): void {
    this.#write(({saved}) => ({saved: without(saved, name)}));
  }

  #write(patch: (before: Stored) => Partial<Stored>): void {
    const before = this.#stored ? {...read(this.#key), layout: this.layout} : this.#content;
    this.#content = {...before, ...patch(before)};
    // Otherwise it lasts as long as the page.
    this.#stored = writeStored(this.#key, VERSION, this.#content);
  }
}

const without = (saved: readonly SavedLayout[], name: string): readonly SavedLayout[] =>
  saved.filter((each) => each.name !== name);

/** Reads what any script of the page may have written. */
function read(key: string): Stored {
  const {layout, saved} = readStored(key, VERSION) ?? {};
  const entries = Array.isArray(saved) ? (saved as readonly (Partial<SavedLayout> | null)[]) : [];
  return {
    layout: readLayout(layout),
    saved: entries.flatMap((entry) =>
      typeof entry?.name === 'string' ? [{name: entry.name, layout: readLayout(entry.layout)}] : [],
    ),
  };
}
