import type {ReactiveController, ReactiveElement} from 'lit';
import type {RowRange} from '../shared/row-window.js';

/** The height of a row before it was measured, in pixels. */
const USUAL = 68;

/** The distance from the end that still counts as the end, in pixels. */
const NEAR = 48;

/** How much of what precedes a row is shown above it when the log scrolls there, in pixels. */
const ABOVE = 96;

/** How far beyond the visible area rows are rendered, on each side, in pixels. */
const BEYOND = 500;

type List = readonly {readonly id: string}[];

/** An element that is a row, and can render its changes at once. */
interface Row extends HTMLElement {
  renderNow(): void;
}

/**
 * Virtualizes a long log whose rows differ in height: returns the range of rows to render and reserves space for the
 * others. It stays at the end, or at the row that the user has scrolled to, whatever is added before or after it.
 *
 * The space is set in a style sheet of the host, because a strict Content-Security-Policy forbids `style` in markup.
 */
export class LogWindow implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #list: () => List;
  readonly #sheet = new CSSStyleSheet();
  readonly #resizes = new ResizeObserver(() => this.#resized());
  readonly #heights = new Map<string, number>();
  #rules = '';
  #box: HTMLElement | undefined;
  #width = 0;
  /** The rendered list, and the offset of each row, followed by the end of the last one. */
  #drawnList: List = [];
  #tops: number[] = [0];
  #range: RowRange = {first: 0, end: 0};
  #atEnd = true;
  /** The row at the upper edge, and how much of it is above the edge. */
  #anchor: {readonly id: string; readonly above: number} | undefined;
  #scrollTop = 0;
  /** The row to scroll to once it is in the list. */
  #wanted: string | undefined;

  /** @param list - Returns the items, the newest last; a new object after each change. */
  constructor(host: ReactiveElement, list: () => List) {
    this.#host = host;
    this.#list = list;
    host.addController(this);
  }

  /** The rows last rendered. */
  get drawn(): RowRange {
    return this.#range;
  }

  /** Whether the newest row is in view. */
  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** Returns the rows to render now. */
  next(): RowRange {
    this.#look();
    const list = this.#list();
    if (list !== this.#drawnList) {
      this.#drawnList = list;
      this.#place();
    }
    const top = this.#wantedTop();
    const first = Math.max(0, this.#rowAt(top - BEYOND));
    const end = Math.min(list.length, this.#rowAt(top + this.#seen + BEYOND) + 1);
    return (this.#range = {first, end});
  }

  /** Scrolls a row into view, once it is in the list. */
  toRow(id: string): void {
    this.#wanted = id;
    this.#host.requestUpdate();
  }

  /** Scrolls the newest row into view. */
  toEnd(): void {
    this.#wanted = undefined;
    this.#atEnd = true;
    this.#scrollTop = this.#box?.scrollTop ?? 0;
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    const root = this.#host.shadowRoot!;
    if (!root.adoptedStyleSheets.includes(this.#sheet)) root.adoptedStyleSheets.push(this.#sheet);
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#resizes.disconnect();
    this.#box = undefined;
  }

  hostUpdated(): void {
    const {renderRoot} = this.#host;
    const box = renderRoot.querySelector<HTMLElement>('.log') ?? undefined;
    if (box !== this.#box) this.#watch(box);
    if (!box) return;
    this.#goToWanted();
    // Reserves space before measuring; otherwise the browser would see a shorter list and scroll back.
    this.#keepRoom();
    const rows = renderRoot.querySelectorAll<Row>('.row');
    rows.forEach((row) => row.renderNow());
    if (this.#measure(rows)) {
      this.#place();
      this.#keepRoom();
    }
    const top = this.#wantedTop();
    if (Math.abs(box.scrollTop - top) > 1) box.scrollTop = top;
    this.#scrollTop = box.scrollTop;
    // If the box cannot scroll there, for example while hidden, another render changes nothing.
    if (Math.abs(this.#scrollTop - top) <= 2 && !this.#covers()) this.#host.requestUpdate();
  }

  readonly onScroll = (): void => {
    const before = this.#atEnd;
    this.#look();
    if (before !== this.#atEnd || !this.#covers()) this.#host.requestUpdate();
  };

  get #total(): number {
    return this.#tops.at(-1)!;
  }

  get #seen(): number {
    return this.#box?.clientHeight || 480;
  }

  /** Returns the scroll position that the log should have. */
  #wantedTop(): number {
    const last = Math.max(0, this.#total - this.#seen);
    const anchor = this.#anchor;
    if (this.#atEnd || !anchor) return last;
    const index = this.#drawnList.findIndex(({id}) => id === anchor.id);
    return index < 0 ? Math.min(last, this.#scrollTop) : Math.min(last, this.#tops[index]! + anchor.above);
  }

  /** Records the position that the user has scrolled to. */
  #look(): void {
    const top = this.#box?.scrollTop;
    if (top === undefined || Math.abs(top - this.#scrollTop) <= 1) return;
    this.#scrollTop = top;
    this.#atEnd = this.#total - top - this.#seen < NEAR;
    const index = this.#rowAt(top);
    const row = this.#drawnList[index];
    this.#anchor = row && {id: row.id, above: top - this.#tops[index]!};
  }

  #goToWanted(): void {
    const id = this.#wanted;
    if (id === undefined || !this.#drawnList.some((row) => row.id === id)) return;
    this.#wanted = undefined;
    this.#atEnd = false;
    this.#anchor = {id, above: -ABOVE};
  }

  /** Whether the rendered rows cover the visible area. */
  #covers(): boolean {
    const {first, end} = this.#range;
    const above = this.#scrollTop - BEYOND / 4;
    const below = this.#scrollTop + this.#seen + BEYOND / 4;
    const count = this.#drawnList.length;
    return (first === 0 || this.#tops[first]! <= above) && (end >= count || this.#tops[end]! >= below);
  }

  /** Finds the row at an offset, by binary search. */
  #rowAt(place: number): number {
    let [low, high] = [0, this.#drawnList.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#tops[middle]! <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #place(): void {
    const tops = [0];
    let top = 0;
    for (const {id} of this.#drawnList) tops.push((top += this.#heights.get(id) ?? USUAL));
    this.#tops = tops;
  }

  /** Measures rows; returns whether a height has changed. */
  #measure(rows: Iterable<HTMLElement>): boolean {
    let changed = false;
    let index = this.#range.first;
    for (const row of rows) {
      const id = this.#drawnList[index++]?.id;
      const {height} = row.getBoundingClientRect();
      if (id === undefined || !height || Math.abs((this.#heights.get(id) ?? USUAL) - height) < 0.1) continue;
      this.#heights.set(id, height);
      changed = true;
    }
    return changed;
  }

  #keepRoom(): void {
    const rules = `.all{block-size:${this.#total}px}.rows{transform:translateY(${this.#tops[this.#range.first] ?? 0}px)}`;
    if (rules !== this.#rules) this.#sheet.replaceSync((this.#rules = rules));
  }

  #watch(box: HTMLElement | undefined): void {
    this.#resizes.disconnect();
    this.#box = box;
    this.#atEnd = true;
    this.#anchor = undefined;
    this.#scrollTop = box?.scrollTop ?? 0;
    if (!box) return;
    this.#width = box.clientWidth;
    this.#resizes.observe(box);
  }

  /** Handles a new size of the box: a new width changes all row heights. */
  #resized(): void {
    const width = this.#box?.clientWidth ?? 0;
    if (width !== this.#width) this.#heights.clear();
    this.#width = width;
    this.#host.requestUpdate();
  }
}
