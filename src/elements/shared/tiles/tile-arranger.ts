import type {ReactiveController, ReactiveElement} from 'lit';
import type {LocalizeController} from '../../../controllers/localize-controller.js';

/** What the arranger needs of the panel. */
export interface ArrangerHost<Tile extends HTMLElement> {
  /** The tiles in view, in their order. */
  readonly tiles: () => readonly Tile[];
  /** Returns the id of a tile. */
  readonly idOf: (tile: Tile) => string;
  /** Whether an event is about a tile itself, not about a control in it. */
  readonly isOfTile: (event: Event) => boolean;
  /** Returns the id of the page whose tab is at a point of the viewport; empty if there is none. */
  readonly pageAt: (x: number, y: number) => string;
  /** @param ids - The ids of the tiles in view, in their new order. */
  readonly onMove: (ids: readonly string[], moved: string) => void;
  readonly onMoveToPage: (moved: string, page: string) => void;
}

/** Lets the user move tiles: by Alt with the arrow keys, and, while `arranging`, by dragging. */
export class TileArranger<Tile extends HTMLElement> implements ReactiveController {
  readonly #panel: ReactiveElement;
  readonly #host: ArrangerHost<Tile>;
  #arranging = false;
  /** The id of the tile that is dragged, and of the one over which it is. */
  #dragged = '';
  #over = '';
  #overPage = '';
  /** Aborts when the dragging pointer is released. */
  #pointer: AbortController | undefined;

  constructor(panel: ReactiveElement, host: ArrangerHost<Tile>) {
    this.#panel = panel;
    this.#host = host;
    panel.addController(this);
  }

  get arranging(): boolean {
    return this.#arranging;
  }

  /** The page over whose tab a tile is dragged. */
  get overPage(): string {
    return this.#overPage;
  }

  hostDisconnected(): void {
    this.#end();
  }

  /** Begins to drag tiles, or ends it. */
  readonly toggle = (): void => {
    this.#arranging = !this.#arranging;
    this.#end();
  };

  /** Returns the class of a tile. */
  classOf(id: string): string {
    if (id === this.#dragged) return 'dragged';
    return id === this.#over ? 'over' : '';
  }

  /** Marks the tile or the page under a point, over which something from elsewhere is dragged. */
  hover(event: MouseEvent): void {
    this.#drag(event);
  }

  /** Removes the marks, and returns their ids, which are empty if there are none. */
  leave(): {readonly tile: string; readonly page: string} {
    const marked = {tile: this.#over, page: this.#overPage};
    this.#end();
    return marked;
  }

  readonly onPointerdown = (event: PointerEvent): void => {
    if (!this.#arranging || event.button !== 0 || !this.#host.isOfTile(event)) return;
    event.preventDefault();
    this.#end();
    this.#dragged = this.#idAt(event);
    const {pointerId} = event;
    const {signal} = (this.#pointer = new AbortController());
    const on = (
      type: 'pointermove' | 'pointerup' | 'pointercancel',
      change: (event: PointerEvent) => void,
    ): void =>
      window.addEventListener(type, (other) => other.pointerId === pointerId && change(other), {signal});
    on('pointermove', (other) => this.#drag(other));
    on('pointerup', () => this.#drop());
    on('pointercancel', () => this.#end());
    window.addEventListener('blur', () => this.#end(), {signal});
    window.addEventListener('keydown', ({key}) => key === 'Escape' && this.#end(), {signal});
  };

  readonly onKeydown = (event: KeyboardEvent): void => {
    const {key, altKey, ctrlKey, metaKey, shiftKey} = event;
    if (!altKey || ctrlKey || metaKey || shiftKey || !this.#host.isOfTile(event)) return;
    const step = this.#stepOf(key);
    if (!step) return;
    // Alt with an arrow key also leaves the page.
    event.preventDefault();
    const tile = this.#host.tiles().find((each) => each === event.target);
    if (!tile) return;
    const id = this.#host.idOf(tile);
    this.#move(id, this.#ids.indexOf(id) + step);
  };

  get #ids(): readonly string[] {
    return this.#host.tiles().map((tile) => this.#host.idOf(tile));
  }

  /** Returns the id of the tile under the pointer; empty if there is none. */
  #idAt({clientX, clientY}: MouseEvent): string {
    const found = this.#host.tiles().find((tile) => {
      const {left, right, top, bottom} = tile.getBoundingClientRect();
      return clientX >= left && clientX < right && clientY >= top && clientY < bottom;
    });
    return found ? this.#host.idOf(found) : '';
  }

  #drag(event: MouseEvent): void {
    this.#over = this.#idAt(event);
    this.#overPage = this.#host.pageAt(event.clientX, event.clientY);
    this.#panel.requestUpdate();
  }

  #drop(): void {
    const [dragged, over, page] = [this.#dragged, this.#over, this.#overPage];
    this.#end();
    if (dragged && page) this.#host.onMoveToPage(dragged, page);
    else if (over) this.#move(dragged, this.#ids.indexOf(over));
  }

  #end(): void {
    this.#pointer?.abort();
    this.#dragged = '';
    this.#over = this.#overPage = '';
    this.#panel.requestUpdate();
  }

  /** Returns by how many places a key moves a tile. */
  #stepOf(key: string): number {
    const [first, ...others] = this.#host.tiles();
    const columns = 1 + others.filter((tile) => tile.offsetTop === first?.offsetTop).length;
    const onward = getComputedStyle(this.#panel).direction === 'rtl' ? -1 : 1;
    return {ArrowUp: -columns, ArrowDown: columns, ArrowLeft: -onward, ArrowRight: onward}[key] ?? 0;
  }

  #move(id: string, place: number): void {
    const ids = this.#ids;
    if (place < 0 || place >= ids.length || ids[place] === id) return;
    const others = ids.filter((each) => each !== id);
    this.#host.onMove([...others.slice(0, place), id, ...others.slice(place)], id);
  }
}

/** Returns what is announced after a tile was moved: its name, and its place among these. */
export const placeText = (
  name: string,
  ids: readonly string[],
  moved: string,
  localize: LocalizeController,
): string =>
  localize.explained(name, localize.term('tilePlace', String(ids.indexOf(moved) + 1), String(ids.length)));
