import type {BaseClient} from '../../core/client/client.js';
import {readStored, storageKey, writeStored} from '../../core/util/stored.js';
import {LONGEST_NAME, MOST_PAGES} from '../shared/tiles/page-limits.js';
import {freshPageId, type TilePage} from '../shared/tiles/tile-page.js';

/** A page of groups. */
export interface GroupPage extends TilePage {
  /** The numbers of its groups. The first page also has those that are on no page. */
  readonly groups: readonly string[];
}

/** How the user has arranged the groups. */
interface Arrangement {
  /** The numbers of the groups that were moved, and of those before them, in their order. */
  readonly order: readonly string[];
  /** The numbers of the groups that have priority. */
  readonly priority: readonly string[];
  /** Undefined until the user makes a second one. */
  readonly pages?: readonly GroupPage[];
}

const ONE_PAGE: readonly GroupPage[] = [{id: '1', name: '', groups: []}];

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
    // A server may have thousands.
    const places = new Map(order.map((number, place) => [number, place]));
    const place = ({number}: G): number => places.get(number) ?? order.length;
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

  /** The pages, one at least. */
  get pages(): readonly GroupPage[] {
    return this.#arrangement.pages ?? ONE_PAGE;
  }

  /** Returns the page of a group. */
  pageOf(number: string): GroupPage {
    const {pages} = this;
    return pages.find(({groups}) => groups.includes(number)) ?? pages[0]!;
  }

  /** Adds a page without groups, and returns its id. */
  addPage(): string {
    let id = '';
    this.#changePages((pages) => {
      id = freshPageId(pages);
      return [...pages, {id, name: '', groups: []}];
    });
    return id;
  }

  renamePage(id: string, name: string): void {
    this.#changePages((pages) => pages.map((page) => (page.id === id ? {...page, name} : page)));
  }

  /** Removes a page; its groups are on the first one then. */
  removePage(id: string): void {
    this.#changePages((pages) => pages.filter((page) => page.id !== id));
  }

  moveToPage(number: string, id: string): void {
    this.#changePages((pages) =>
      pages.map((page) => {
        const others = page.groups.filter((each) => each !== number);
        return {...page, groups: page.id === id ? [...others, number] : others};
      }),
    );
  }

  /** Arranges the groups on the pages as before a change. */
  restorePages(pages: readonly GroupPage[]): void {
    this.#changePages(() => pages);
  }

  #changePages(change: (pages: readonly GroupPage[]) => readonly GroupPage[]): void {
    this.#change((before) => {
      const pages = change(before.pages ?? ONE_PAGE);
      return pages.length > 0 && pages.length <= MOST_PAGES ? {pages} : {};
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
  const {order, priority, pages} = readStored(key, VERSION) ?? {};
  const known = pagesIn(pages);
  return {order: numbersIn(order), priority: numbersIn(priority), ...(known.length > 0 && {pages: known})};
}

function pagesIn(list: unknown): readonly GroupPage[] {
  const found = new Map<string, GroupPage>();
  for (const entry of Array.isArray(list) ? (list as unknown[]).slice(0, MOST_PAGES) : []) {
    const {id, name, groups} = (entry ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof id !== 'string' || !/^\d{1,9}$/.test(id)) continue;
    const text = typeof name === 'string' ? name.slice(0, LONGEST_NAME) : '';
    found.set(id, {id, name: text, groups: numbersIn(groups)});
  }
  return [...found.values()];
}

const numbersIn = (list: unknown): readonly string[] =>
  Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [];
