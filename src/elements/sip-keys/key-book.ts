import type {BaseClient} from '../../core/client/client.js';
import {readStored, storageKey, writeStored} from '../../core/util/stored.js';
import {LONGEST_NAME, MOST_PAGES} from '../shared/tiles/page-limits.js';
import {freshPageId} from '../shared/tiles/tile-page.js';
import {idOf, MOST_KEYS, pagesIn, type DialKey, type KeyPage} from './key-pages.js';

/** A key, and whether the user has removed it while arranging: its place stays until that ends. */
export interface PlacedKey extends DialKey {
  readonly removed: boolean;
}

/** The version of the stored data; any other is dropped. */
const VERSION = 1;

const ONE_PAGE: readonly KeyPage[] = [{id: '1', name: '', keys: []}];

/**
 * The keys of the user of a client: their own, or those of the page as long as they have not arranged them. What the user arranges
 * survives the page if the client stores anything.
 */
export class KeyBook {
  readonly client: BaseClient;
  readonly #key: string;
  /** The user's own pages; undefined if there are none. */
  #own: readonly KeyPage[] | undefined;
  #given: readonly KeyPage[] = [];
  #arranging = false;
  /** What was removed while arranging, by page and key. */
  readonly #removed = new Set<string>();

  constructor(client: BaseClient) {
    this.client = client;
    this.#key = storageKey('keys', client.options);
    const {pages} = readStored(this.#key, VERSION) ?? {};
    this.#own = Array.isArray(pages) ? pagesIn(pages) : undefined;
  }

  /** The pages, one at least. */
  get pages(): readonly KeyPage[] {
    const pages = this.#own ?? this.#given;
    return pages.length > 0 ? pages : ONE_PAGE;
  }

  /** Whether there are keys of the page to which the user can go back. */
  get canRestore(): boolean {
    return this.#own !== undefined && this.#given.length > 0;
  }

  get arranging(): boolean {
    return this.#arranging;
  }

  /** Sets the keys that the page names. */
  give(pages: readonly KeyPage[]): void {
    this.#given = pages;
  }

  /** Begins to arrange the keys, or ends it: what was removed has no place any more. */
  arrange(arranging: boolean): void {
    this.#arranging = arranging;
    if (arranging || this.#removed.size === 0) return;
    this.#own = this.#kept;
    this.#removed.clear();
  }

  /** The keys of a page in their places. */
  keysOf(page: KeyPage): readonly PlacedKey[] {
    return page.keys.map((key) => ({...key, removed: this.#removed.has(placeOf(page.id, key))}));
  }

  has(page: KeyPage, key: Pick<DialKey, 'group' | 'number'>): boolean {
    return this.keysOf(page).some((each) => !each.removed && idOf(each) === idOf(key));
  }

  /**
   * Adds keys to a page, as many as have room; returns how many were added.
   *
   * @param before - The id of the key before which they are; by default, they are at the end.
   */
  add(id: string, keys: readonly DialKey[], before = ''): number {
    const page = this.pages.find((each) => each.id === id)!;
    const fresh = keys.filter((key) => !this.has(page, key));
    for (const key of fresh) this.#removed.delete(placeOf(id, key));
    const known = new Set(page.keys.map(idOf));
    const others = fresh.filter((key) => !known.has(idOf(key)));
    const room = others.slice(0, Math.max(0, MOST_KEYS - page.keys.length));
    const place = page.keys.findIndex((key) => idOf(key) === before);
    const at = place < 0 ? page.keys.length : place;
    this.#changePage(id, {keys: [...page.keys.slice(0, at), ...room, ...page.keys.slice(at)]});
    return fresh.length - others.length + room.length;
  }

  remove(id: string, key: DialKey): void {
    this.#removed.add(placeOf(id, key));
    this.#write(this.pages);
  }

  /** Puts a key back that was removed. */
  putBack(id: string, key: DialKey): void {
    this.#removed.delete(placeOf(id, key));
    this.#write(this.pages);
  }

  /** @param ids - The ids of all keys of the page, in their new order. */
  sort(id: string, ids: readonly string[]): void {
    const page = this.pages.find((each) => each.id === id)!;
    const keys = [...page.keys].sort((one, other) => ids.indexOf(idOf(one)) - ids.indexOf(idOf(other)));
    this.#changePage(id, {keys});
  }

  /** Moves a key to the end of another page; returns whether there is room for it. */
  moveToPage(from: string, to: string, key: DialKey): boolean {
    const target = this.pages.find((each) => each.id === to)!;
    if (!this.has(target, key) && this.add(to, [key]) === 0) return false;
    this.#write(
      this.pages.map((page) =>
        page.id === from ? {...page, keys: page.keys.filter((each) => idOf(each) !== idOf(key))} : page,
      ),
    );
    return true;
  }

  /** Adds an empty page, and returns its id; undefined if there are enough. */
  addPage(): string | undefined {
    const {pages} = this;
    if (pages.length >= MOST_PAGES) return undefined;
    const id = freshPageId(pages);
    this.#write([...pages, {id, name: '', keys: []}]);
    return id;
  }

  renamePage(id: string, name: string): void {
    this.#changePage(id, {name: name.slice(0, LONGEST_NAME)});
  }

  removePage(id: string): void {
    this.#write(this.pages.filter((page) => page.id !== id));
  }

  /** Arranges the keys as before a change; as the page has them if undefined. */
  restore(own: readonly KeyPage[] | undefined): void {
    this.#removed.clear();
    this.#own = own;
    writeStored(this.#key, VERSION, own && {pages: own});
  }

  /** What the user has arranged, to come back to it. */
  get own(): readonly KeyPage[] | undefined {
    return this.#own && this.#kept;
  }

  /** The pages without what was removed. */
  get #kept(): readonly KeyPage[] {
    return this.pages.map((page) => ({
      ...page,
      keys: page.keys.filter((key) => !this.#removed.has(placeOf(page.id, key))),
    }));
  }

  #changePage(id: string, patch: Partial<KeyPage>): void {
    this.#write(this.pages.map((page) => (page.id === id ? {...page, ...patch} : page)));
  }

  #write(pages: readonly KeyPage[]): void {
    this.#own = pages;
    // Without storage, it lasts as long as the page.
    writeStored(this.#key, VERSION, {pages: this.#kept});
  }
}

const placeOf = (page: string, key: DialKey): string => `${page} ${idOf(key)}`;
