import type {ReactiveController, ReactiveElement} from 'lit';

/** The number of rows rendered beyond the visible ones, on each side. */
const BEYOND = 8;

/** The height of a row before one was measured, in pixels. */
const USUAL = 52;

/** The rows to render: from `first` up to, but not including, `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/**
 * Virtualizes a long list: returns the range of rows to render and reserves space for the others. All rows have the
 * same height.
 *
 * The space is set in a style sheet of the host, because a strict Content-Security-Policy forbids `style` in markup.
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
   * @param count - Returns the number of rows.
   * @param row - The selector of a row.
   */
  constructor(host: ReactiveElement, count: () => number, row = '[role=treeitem]') {
    this.#host = host;
    this.#count = count;
    this.#row = row;
    host.addController(this);
  }

  /** The rows last rendered. */
  get drawn(): RowRange {
    return this.#range;
  }

  /** Returns the rows to render now. */
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

  /** Measures the rows after rendering. `kept` rows before and after the range are rendered as well. */
  measure(box: HTMLElement | undefined, kept: {readonly before: number; readonly after: number}): void {
    if (box !== this.#box) {
      this.#resizes.disconnect();
      if (box) this.#resizes.observe(box);
      this.#box = box;
    }
    if (!box) return;
    // Reserves space before measuring; otherwise the browser would see a shorter list and scroll back.
    this.#keepRoom(kept);
    const height = box.querySelector<HTMLElement>(this.#row)?.offsetHeight;
    if (height && height !== this.#height) {
      this.#height = height;
      this.#keepRoom(kept);
    }
    this.#look();
  }

  /** Scrolls a row into view. */
  show(index: number): void {
    const box = this.#box;
    if (!box) return;
    const top = index * this.#height;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + this.#height > box.scrollTop + box.clientHeight)
      box.scrollTop = top + this.#height - box.clientHeight;
    this.#look();
  }

  /** The number of rows that fit. */
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
    // Moves in steps, so that not every row scrolled into view causes a render.
    const first = Math.max(0, Math.min(top, count - seen) - BEYOND);
    const even = first - (first % (BEYOND / 2));
    return {first: even, end: Math.min(count, even + seen + 2 * BEYOND + BEYOND / 2)};
  }
}
