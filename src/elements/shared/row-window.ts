import type {ReactiveController, ReactiveElement} from 'lit';

/** How many rows are drawn beyond what is seen, on each side. */
const BEYOND = 8;

/** How tall a row is until one was measured, in pixels. */
const USUAL = 52;

/** Which rows are to be drawn: from `first` to before `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/**
 * Draws only the rows of a long list that are in view: says which, and keeps room for the others. All rows have one
 * height.
 *
 * The room is made by a style sheet of the host's own, since a strict Content-Security-Policy allows no `style` in markup.
 */
export class RowWindow implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #count: () => number;
  readonly #row: string;
  readonly #sheet = new CSSStyleSheet();
  readonly #resizes = new ResizeObserver(() => this.#look());
  #box: HTMLElement | undefined;
  #height = USUAL;
  #rules = '';
  #range: RowRange = {first: 0, end: 0};

  /**
   * @param count - How many rows there are.
   * @param row - Selects a row.
   */
  constructor(host: ReactiveElement, count: () => number, row = '[role=treeitem]') {
    this.#host = host;
    this.#count = count;
    this.#row = row;
    host.addController(this);
  }

  /** The rows that were drawn. */
  get drawn(): RowRange {
    return this.#range;
  }

  /** The rows to draw now. */
  next(): RowRange {
    return (this.#range = this.#wanted());
  }

  hostConnected(): void {
    const root = this.#host.shadowRoot!;
    if (!root.adoptedStyleSheets.includes(this.#sheet)) root.adoptedStyleSheets.push(this.#sheet);
  }

  hostDisconnected(): void {
    this.#resizes.disconnect();
    this.#box = undefined;
  }

  /** Measures, after the rows were drawn. `kept` rows before and after the range are drawn as well. */
  measure(box: HTMLElement | undefined, kept: {readonly before: number; readonly after: number}): void {
    if (box !== this.#box) {
      this.#resizes.disconnect();
      if (box) this.#resizes.observe(box);
      this.#box = box;
    }
    if (!box) return;
    // Before anything is measured, or the browser would see a shorter list and scroll back.
    this.#keepRoom(kept);
    const height = box.querySelector<HTMLElement>(this.#row)?.offsetHeight;
    if (height && height !== this.#height) {
      this.#height = height;
      this.#keepRoom(kept);
    }
    this.#look();
  }

  /** Scrolls until a row is in view. */
  show(index: number): void {
    const box = this.#box;
    if (!box) return;
    const top = index * this.#height;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + this.#height > box.scrollTop + box.clientHeight)
      box.scrollTop = top + this.#height - box.clientHeight;
    this.#look();
  }

  /** How many rows fit. */
  get page(): number {
    return Math.max(1, Math.floor((this.#box?.clientHeight ?? 0) / this.#height) - 1);
  }

  readonly onScroll = (): void => this.#look();

  #keepRoom({before, after}: {readonly before: number; readonly after: number}): void {
    const {first, end} = this.#range;
    const room = (rows: number): string => `${Math.max(0, rows) * this.#height}px`;
    const rest = this.#count() - end - after;
    const rules = `.before{block-size:${room(first - before)}}.after{block-size:${room(rest)}}`;
    if (rules !== this.#rules) this.#sheet.replaceSync((this.#rules = rules));
  }

  #look(): void {
    const {first, end} = this.#wanted();
    if (first !== this.#range.first || end !== this.#range.end) this.#host.requestUpdate();
  }

  #wanted(): RowRange {
    const count = this.#count();
    const seen = Math.ceil((this.#box?.clientHeight || 480) / this.#height);
    const top = Math.floor((this.#box?.scrollTop ?? 0) / this.#height);
    // In steps, so that not every row that comes into view draws anew.
    const first = Math.max(0, Math.min(top, count - seen) - BEYOND);
    const even = first - (first % (BEYOND / 2));
    return {first: even, end: Math.min(count, even + seen + 2 * BEYOND + BEYOND / 2)};
  }
}
