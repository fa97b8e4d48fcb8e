/** Moves the focus into an element that has just opened, unless the user has moved it there meanwhile. */
export function focusOnce(opened: Element, first: HTMLElement | null): void {
  if (!opened.matches(':focus-within')) first?.focus({preventScroll: true});
}
