import type {ReactiveController, ReactiveElement} from 'lit';
import type {ChannelTileElement} from './channel-tile.js';

/** What the arranger needs of the panel. */
export interface ArrangerHost {
  /** The tiles in view, in their order. */
  readonly tiles: () => readonly ChannelTileElement[];
  /** Returns the id of the page whose tab is at a point of the viewport; empty if there is none. */
  readonly pageAt: (x: number, y: number) => string;
  /** @param numbers - The numbers of the tiles in view, in their new order. */
  readonly onMove: (numbers: readonly string[], moved: string) => void;
  readonly onMoveToPage: (moved: string, page: string) => void;
}

/** Lets the user move tiles: by Alt with the arrow keys, and, while `arranging`, by dragging: a tile that is held speaks. */
export class TileArranger implements ReactiveController {
  readonly #panel: ReactiveElement;
  readonly #host: ArrangerHost;
  #arranging = false;
  /** The number of the tile that is dragged, and of the one over which it is. */
  #dragged = '';
  #over = '';
  #overPage = '';
  /** Aborts when the dragging pointer is released. */
  #pointer: AbortController | undefined;

  constructor(panel: ReactiveElement, host: ArrangerHost) {
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
  classOf(number: string): string {
    if (number === this.#dragged) return 'dragged';
    return number === this.#over ? 'over' : '';
  }

  readonly onPointerdown = (event: PointerEvent): void => {
    if (!this.#arranging || event.button !== 0 || !isFace(event)) return;
    event.preventDefault();
    this.#end();
    this.#dragged = this.#tileAt(event)?.party.number ?? '';
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
    if (!altKey || ctrlKey || metaKey || shiftKey || !isFace(event)) return;
    const step = this.#stepOf(key);
    if (!step) return;
    // Alt with an arrow key also leaves the page.
    event.preventDefault();
    const {number} = (event.target as ChannelTileElement).party;
    this.#move(number, this.#numbers.indexOf(number) + step);
  };

  get #numbers(): readonly string[] {
    return this.#host.tiles().map(({party}) => party.number);
  }

  #tileAt({clientX, clientY}: PointerEvent): ChannelTileElement | undefined {
    return this.#host.tiles().find((tile) => {
      const {left, right, top, bottom} = tile.getBoundingClientRect();
      return clientX >= left && clientX < right && clientY >= top && clientY < bottom;
    });
  }

  #drag(event: PointerEvent): void {
    this.#over = this.#tileAt(event)?.party.number ?? '';
    this.#overPage = this.#host.pageAt(event.clientX, event.clientY);
    this.#panel.requestUpdate();
  }

  #drop(): void {
    const [dragged, over, page] = [this.#dragged, this.#over, this.#overPage];
    this.#end();
    if (dragged && page) this.#host.onMoveToPage(dragged, page);
    else if (over) this.#move(dragged, this.#numbers.indexOf(over));
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

  #move(number: string, place: number): void {
    const numbers = this.#numbers;
    if (place < 0 || place >= numbers.length || numbers[place] === number) return;
    const others = numbers.filter((each) => each !== number);
    this.#host.onMove([...others.slice(0, place), number, ...others.slice(place)], number);
  }
}

/** Whether an event is about a tile itself, not its options. */
const isFace = (event: Event): boolean =>
  event.composedPath().some((node) => node instanceof Element && node.matches('.face'));
