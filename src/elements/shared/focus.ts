/** Returns the element that has the focus in a document or a shadow root, inside all shadow roots below it. */
export function deepestFocus(root: DocumentOrShadowRoot | null): HTMLElement | null {
  let focused = root?.activeElement ?? null;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused as HTMLElement | null;
}

/** Moves the focus into an element that has just opened, unless the user has moved it there meanwhile. */
export function focusOnce(opened: Element, first: HTMLElement | null): void {
  if (!opened.matches(':focus-within')) first?.focus({preventScroll: true});
}
