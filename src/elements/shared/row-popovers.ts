/** What was opened has the focus, so that the keyboard goes on there. */
export function takeFocus(event: ToggleEvent): void {
  if (event.newState !== 'open') return;
  const [first] = (event.currentTarget as HTMLElement).children;
  (first as HTMLElement | undefined)?.focus({preventScroll: true});
}

/** The focus goes back to the button that opened it; the browser does not find it inside another shadow root. */
export function giveFocusBack(event: ToggleEvent): void {
  const closing = event.currentTarget as HTMLElement;
  if (event.newState !== 'closed' || !closing.matches(':focus-within')) return;
  const row = closing.parentElement?.querySelector('.row');
  const [opener] = [`[popovertarget=${closing.id}]`, '.more'].flatMap(
    (selector) => row?.querySelector<HTMLElement>(selector) ?? [],
  );
  opener?.focus({preventScroll: true});
}

/** Closes the menu that something was pressed in. */
export function close(event: Event): void {
  (event.currentTarget as HTMLElement).hidePopover();
}

/** Goes from line to line of a menu, and from its end to its beginning. */
export function moveByArrow(event: KeyboardEvent): void {
  const items = [...(event.currentTarget as HTMLElement).children] as HTMLElement[];
  const now = items.indexOf(event.target as HTMLElement);
  const next = {ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1}[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}
