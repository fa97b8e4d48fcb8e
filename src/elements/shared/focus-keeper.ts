import type {ReactiveController, ReactiveElement} from 'lit';

/** Finds the element where the focus continues, once the focused one is gone; true if it moves the focus itself. */
type FindNext = () => HTMLElement | true | null | undefined;

/**
 * Where the focus continues: a selector in the host, or a function. Before each update, the function gets the element of
 * the host that has the focus, and returns what finds the next one; nothing if this focus is not kept.
 */
type FocusFallback = string | ((focused: Element) => FindNext | undefined);

/** The keepers by their hosts, so that an inner element finds the keeper of the element around it. */
const keepers = new WeakMap<Element, FocusKeeper>();

/**
 * Keeps the place of keyboard users: if an update of the host removes or hides the focused element, the focus continues
 * at the fallback, not at the top of the page.
 *
 * An inner element has a keeper of its own. If that finds nothing, the keeper of the element around it continues, as if
 * the whole inner element were gone.
 */
export class FocusKeeper implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #fallback: FocusFallback;
  #next: FindNext | undefined;

  /** @param fallback - By default, the keeper of the element around the host continues. */
  constructor(host: ReactiveElement, fallback: FocusFallback = () => () => null) {
    this.#host = host;
    this.#fallback = fallback;
    keepers.set(host, this);
    host.addController(this);
  }

  hostUpdate(): void {
    const {activeElement} = this.#root;
    this.#next = activeElement ? this.#nextAfter(activeElement) : undefined;
  }

  hostUpdated(): void {
    const next = this.#next;
    const {activeElement} = this.#root;
    if (next && (!activeElement || activeElement.closest('[hidden]'))) this.#continue(next);
  }

  #continue(next: FindNext | undefined): void {
    const target = next?.();
    if (target === true) return;
    if (target) return focus(target);
    const outer = (this.#host.getRootNode() as Partial<ShadowRoot>).host;
    const keeper = outer && keepers.get(outer);
    if (keeper) keeper.#continue(keeper.#nextAfter(this.#host));
  }

  #nextAfter(focused: Element): FindNext | undefined {
    const fallback = this.#fallback;
    if (typeof fallback === 'function') return fallback(focused);
    return () => this.#root.querySelector<HTMLElement>(fallback);
  }

  get #root(): ShadowRoot {
    return this.#host.renderRoot as ShadowRoot;
  }
}

/**
 * Returns a fallback for a list: the focus of a row continues at the first button of the row that takes its place, or
 * else at the card. A focus outside the rows is not kept.
 *
 * @param finder - Returns, for the focused element, what finds the rows among which its row has a place.
 */
export function rowInItsPlace(
  host: ReactiveElement,
  finder: (focused: Element) => () => readonly Element[],
): (focused: Element) => FindNext | undefined {
  return (focused) => {
    const find = finder(focused);
    const place = find().findIndex((row) => row.contains(focused));
    if (place < 0) return undefined;
    return () => {
      const rows = find();
      const row = rows[Math.min(place, rows.length - 1)];
      return row?.querySelector('button') ?? host.renderRoot.querySelector<HTMLElement>('.card');
    };
  };
}

function focus(target: HTMLElement & Partial<ReactiveElement>): void {
  const move = (): void => target.focus({preventScroll: true});
  // A new inner element has nothing to focus until it is rendered.
  if (target.hasUpdated === false) void target.updateComplete?.then(move);
  else move();
}
