import type {ReactiveController, ReactiveElement} from 'lit';
import type {RowRange} from '../shared/row-window.js';

/** How tall a row is until it was measured, in pixels. */
const USUAL = 68;

/** How near the end counts as being there, in pixels. */
const NEAR = 48;

/** How much is drawn beyond what is seen, on each side, in pixels. */
const BEYOND = 500;

type List = readonly {readonly id: string}[];

/**
 * Draws only the rows of a long log that are in view, each of its own height: says which, keeps room for the others, stays
 * at the end, or at the row that somebody has scrolled to, whatever comes before or after it.
 *
 * The room is made by a style sheet of the host's own, since a strict Content-Security-Policy allows no `style` in markup.
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
  /** The list as it was drawn, where each row begins, and where the last one ends. */
  #drawnList: List = [];
  #tops: number[] = [0];
  #range: RowRange = {first: 0, end: 0};
  #atEnd = true;
  /** The row at the upper edge, and how much of it is above. */
  #anchor: {readonly id: string; readonly above: number} | undefined;
  #scrollTop = 0;

  /** @param list - What there is, the newest last; another object where it has changed. */
  constructor(host: ReactiveElement, list: () => List) {
    this.#host = host;
    this.#list = list;
    host.addController(this);
  }

  /** The rows that were drawn. */
  get drawn(): RowRange {
    return this.#range;
  }

  /** Whether the newest row is in view. */
  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** The rows to draw now. */
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

  /** Brings the newest row into view. */
  toEnd(): void {
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
    // Before anything is measured, or the browser would see a shorter list and scroll back.
    this.#keepRoom();
    if (this.#measure(renderRoot.querySelectorAll<HTMLElement>('.row'))) {
      this.#place();
      this.#keepRoom();
    }
    const top = this.#wantedTop();
    if (Math.abs(box.scrollTop - top) > 1) box.scrollTop = top;
    this.#scrollTop = box.scrollTop;
    // Where it cannot be scrolled to, as in what is not shown, drawing once more changes nothing.
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

  /** Where the upper edge belongs. */
  #wantedTop(): number {
    const last = Math.max(0, this.#total - this.#seen);
    const anchor = this.#anchor;
    if (this.#atEnd || !anchor) return last;
    const index = this.#drawnList.findIndex(({id}) => id === anchor.id);
    return index < 0 ? Math.min(last, this.#scrollTop) : Math.min(last, this.#tops[index]! + anchor.above);
  }

  /** Takes note of where somebody has scrolled to. */
  #look(): void {
    const top = this.#box?.scrollTop;
    if (top === undefined || Math.abs(top - this.#scrollTop) <= 1) return;
    this.#scrollTop = top;
    this.#atEnd = this.#total - top - this.#seen < NEAR;
    const index = this.#rowAt(top);
    const row = this.#drawnList[index];
    this.#anchor = row && {id: row.id, above: top - this.#tops[index]!};
  }

  /** Whether all that is seen is drawn. */
  #covers(): boolean {
    const {first, end} = this.#range;
    const above = this.#scrollTop - BEYOND / 4;
    const below = this.#scrollTop + this.#seen + BEYOND / 4;
    const count = this.#drawnList.length;
    return (first === 0 || this.#tops[first]! <= above) && (end >= count || this.#tops[end]! >= below);
  }

  /** The row at a place, by halving. */
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

  /** Whether a row is taller or lower than it was known to be. */
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

  /** The box has another size: in another width everything has another height. */
  #resized(): void {
    const width = this.#box?.clientWidth ?? 0;
    if (width !== this.#width) this.#heights.clear();
    this.#width = width;
    this.#host.requestUpdate();
  }
}
