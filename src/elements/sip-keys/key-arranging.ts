import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {Party} from '../../core/types.js';
import {nameOf} from '../shared/people/people.js';
import {PeopleDrop} from '../shared/people/people-drop.js';
import {placeText, TileArranger} from '../shared/tiles/tile-arranger.js';
import type {KeyBook} from './key-book.js';
import {isOfButton} from './key-events.js';
import {idOf, type DialKey, type KeyPage} from './key-pages.js';
import type {KeysInView, KeysPanel} from './keys-in-view.js';

/** What the user does to arrange keys: add, move and remove keys and pages, and undo that. */
export class KeyArranging {
  readonly #panel: KeysPanel;
  readonly #keys: KeysInView;
  readonly #localize: LocalizeController;
  readonly #drop: PeopleDrop;
  /** Moves keys, and finds where they and people are dropped. */
  readonly arranger: TileArranger<HTMLElement>;
  #announcement = '';
  #full = false;

  constructor(panel: KeysPanel, keys: KeysInView, commands: CommandController, localize: LocalizeController) {
    this.#panel = panel;
    this.#keys = keys;
    this.#localize = localize;
    this.#drop = new PeopleDrop({host: panel, commands}, (people) => this.#onDropped(people));
    this.arranger = new TileArranger(panel, {
      tiles: () => keys.cursor.cells,
      idOf: (cell) => cell.dataset['id'] ?? '',
      isOfTile: (event) => !isOfButton(event),
      pageAt: (x, y) => panel.renderRoot.querySelector('sip-tile-pages')?.pageAt(x, y) ?? '',
      onMove: (ids, moved) => this.#move(ids, moved),
      onMoveToPage: (moved, page) => this.moveToPage(moved, page),
    });
  }

  /** Whether keys are being arranged. */
  get active(): boolean {
    return !!this.#keys.book?.arranging;
  }

  /** What screen readers announce. */
  get announcement(): string {
    return this.#announcement;
  }

  /** Whether a page had no room for what was added last. */
  get full(): boolean {
    return this.#full;
  }

  /** Whether a person is dragged over the panel. */
  get isOver(): boolean {
    return this.#drop.over;
  }

  /** Begins to arrange the keys, or ends it. */
  arrange(arranging: boolean): void {
    const {book} = this.#keys;
    if (!book || arranging === book.arranging) return;
    book.arrange(arranging);
    if (this.arranger.arranging !== arranging) this.arranger.toggle();
    this.forgetUndo();
    const panel = this.#panel;
    if (arranging)
      void panel.updateComplete.then(() =>
        panel.renderRoot.querySelector<HTMLElement>('sip-keys-adder')?.focus(),
      );
  }

  /** Forgets what was done with the keys of another user. */
  forget(): void {
    this.#announcement = '';
    if (this.arranger.arranging) this.arranger.toggle();
    this.forgetUndo();
  }

  readonly forgetUndo = (): void => {
    this.#full = false;
    this.#keys.pages.forgetUndo();
  };

  /** Adds a key to a page, or removes it. */
  toggle(page: KeyPage, key: DialKey): void {
    if (this.#keys.book?.has(page, key)) this.remove(page, key);
    else this.add([key]);
  }

  /**
   * Adds keys to a page, as many as have room.
   *
   * @param page - By default, the page in view.
   * @param before - The id of the key before which they are; by default, they are at the end.
   */
  add(keys: readonly DialKey[], page = this.#keys.page, before = ''): void {
    const {book, pages} = this.#keys;
    if (!book || !page) return;
    const fresh = keys.filter((key) => !book.has(page, key));
    if (fresh.length === 0) return;
    const {own} = book;
    let added = 0;
    this.#change(() => (added = book.add(page.id, fresh, before)));
    const localize = this.#localize;
    this.#full = added < fresh.length;
    const last = fresh[added - 1];
    if (!last) return;
    const text =
      keys.length === 1
        ? localize.term('keyAdded', nameOf(keys[0]!, localize))
        : localize.term('keysAdded', String(added));
    if (page.id !== pages.shown?.id) {
      // Nothing in view has changed.
      const title = pages.titleOf(page);
      return this.#offerUndo(() => localize.explained(title, text), own);
    }
    this.#say(text);
    void this.#panel.updateComplete.then(() =>
      this.#keys.cursor.cellOf(idOf(last))?.scrollIntoView({block: 'nearest'}),
    );
  }

  /** Removes a key; its place stays until arranging ends. */
  remove(page: KeyPage, key: DialKey): void {
    this.#change((book) => book.remove(page.id, key));
    this.#say(this.#localize.term('removed', nameOf(key, this.#localize)));
  }

  /** Puts a key back that was removed. */
  putBack(page: KeyPage, key: DialKey): void {
    this.#change((book) => book.putBack(page.id, key));
    this.#say(this.#localize.term('keyAdded', nameOf(key, this.#localize)));
  }

  readonly addPage = async (): Promise<void> => {
    let id: string | undefined;
    this.#change((book) => (id = book.addPage()));
    if (id) this.#keys.show(id);
    await this.#panel.updateComplete;
    await this.#panel.renderRoot.querySelector('sip-tile-pages')?.editName();
  };

  renamePage(id: string, name: string): void {
    this.#change((book) => book.renamePage(id, name));
  }

  removePage(page: KeyPage): void {
    const title = this.#keys.pages.titleOf(page);
    const count = page.keys.length;
    const {own} = this.#keys.book!;
    this.#change((book) => book.removePage(page.id));
    this.#keys.show('');
    // An empty page is made again by one press.
    if (count > 0) this.#offerUndo(() => this.#localize.term('keyPageRemoved', title, String(count)), own);
    void this.#panel.updateComplete.then(() =>
      (this.#panel.renderRoot.querySelector('sip-tile-pages') ?? this.#panel).focus(),
    );
  }

  /** Restores the keys that the page has written. */
  readonly restore = (): void => {
    const {own} = this.#keys.book!;
    this.#change((book) => book.restore(undefined));
    this.#offerUndo(() => this.#localize.term('keysRestored'), own);
    this.#keys.show('');
  };

  /** Moves a key to the end of another page. */
  moveToPage(moved: string, id: string): void {
    const {book, page} = this.#keys;
    const key = this.#keys.at(moved);
    if (!book || !page || !key || id === page.id) return;
    const name = this.#keys.nameOf(moved);
    const title = this.#keys.pages.titleOf(book.pages.find((each) => each.id === id)!);
    let done = false;
    this.#change(() => (done = book.moveToPage(page.id, id, key)));
    this.#full = !done;
    if (done) this.#say(this.#localize.term('movedToPage', name, title));
  }

  readonly onDrag = (event: DragEvent): void => {
    if (!this.active) return;
    this.#drop.onDrag(event);
    if (this.#drop.over) this.arranger.hover(event);
  };

  readonly onLeave = (event: DragEvent): void => {
    this.#drop.onLeave(event);
    if (!this.#drop.over) this.arranger.leave();
  };

  readonly onDrop = (event: DragEvent): void => {
    if (this.active) this.#drop.onDrop(event);
    this.arranger.leave();
  };

  /** Adds people before the key, or to the page, on which they are dropped. */
  #onDropped(people: readonly Party[]): void {
    const {tile, page} = this.arranger.leave();
    const target = this.#keys.book?.pages.find(({id}) => id === page);
    this.add(people.map(keyOf), target, tile);
  }

  #move(ids: readonly string[], moved: string): void {
    const {page} = this.#keys;
    if (!page || this.#panel.fixed) return;
    this.#change((book) => book.sort(page.id, ids));
    this.#say(placeText(this.#keys.nameOf(moved), ids, moved, this.#localize));
    void this.#keys.cursor.focusOn(moved);
  }

  /** Changes the keys, and tells the page. */
  #change(change: (book: KeyBook) => void): void {
    const {book} = this.#keys;
    if (!book) return;
    change(book);
    this.forgetUndo();
    const detail = {pages: book.own ?? []};
    this.#panel.dispatchEvent(new CustomEvent('sip-keys-change', {detail, bubbles: true, composed: true}));
  }

  /** @param own - How the keys were before. */
  #offerUndo(text: () => string, own: readonly KeyPage[] | undefined): void {
    this.#keys.pages.offerUndo(text, () => this.#change((book) => book.restore(own)));
  }

  #say(text: string): void {
    this.#announcement = text;
    this.#panel.requestUpdate();
  }
}

const keyOf = ({number, name}: Party): DialKey => ({number, name, group: false});
