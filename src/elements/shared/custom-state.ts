/** Sets or clears a custom state of an element, for `:state(…)` in a page's styles. */
export function setState({states}: ElementInternals, name: string, on: boolean): void {
  if (on) states.add(name);
  else states.delete(name);
}
