/**
 * Tracks whether the user can see where calls ring: the page is visible, and so is a part of the element. It is not in a
 * closed `<details>` or `<dialog>`, not hidden by styles, and not scrolled out of view.
 *
 * In a `<sip-phone>` it is the phone, whose button in the corner shows the call as well.
 */
export class RingSight {
  readonly #onChange: () => void;
  readonly #observer = new IntersectionObserver((entries) => {
    const {isIntersecting, target} = entries.at(-1)!;
    this.#seen = isIntersecting && target.checkVisibility({visibilityProperty: true});
    this.#onChange();
  });
  #element: Element | undefined;
  #seen = true;

  /** @param onChange - Called when the visibility may have changed. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether the element is visible; a newly watched one counts as visible until the browser has drawn it. */
  get visible(): boolean {
    return this.#seen && !document.hidden;
  }

  /** Watches the element while a call rings there; undefined ends it. */
  watch(host: Element | undefined): void {
    const outer = (host?.getRootNode() as Partial<ShadowRoot> | undefined)?.host;
    const element = outer?.matches('sip-phone') ? outer : host;
    if (element === this.#element) return;
    this.#observer.disconnect();
    document.removeEventListener('visibilitychange', this.#onChange);
    this.#element = element;
    this.#seen = true;
    if (!element) return;
    this.#observer.observe(element);
    document.addEventListener('visibilitychange', this.#onChange);
  }
}
