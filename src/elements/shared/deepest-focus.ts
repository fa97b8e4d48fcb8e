/** Returns the element that has the focus in a document or a shadow root, inside all shadow roots below it. */
export function deepestFocus(root: DocumentOrShadowRoot | null): HTMLElement | null {
  let focused = root?.activeElement ?? null;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused as HTMLElement | null;
}
