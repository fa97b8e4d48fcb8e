/** Moves the focus into an opened popover, so that keyboard users continue there. */
export function takeFocus(event: ToggleEvent): void {
  if (event.newState !== 'open') return;
  const [first] = (event.currentTarget as HTMLElement).children;
  (first as HTMLElement | undefined)?.focus({preventScroll: true});
}

/** Returns the focus to the button that opened the popover; the browser does not find it in another shadow root. */
export function giveFocusBack(event: ToggleEvent): void {
  returnFocus(event, [`[popovertarget=${(event.currentTarget as HTMLElement).id}]`, '.more']);
}

/** Returns the focus from a closing popover to the first of the row's buttons that is there. */
export function returnFocus({newState, currentTarget}: ToggleEvent, selectors: readonly string[]): void {
  const closing = currentTarget as HTMLElement;
  if (newState !== 'closed' || !closing.matches(':focus-within')) return;
  const row = closing.parentElement?.querySelector('.row');
  const [opener] = selectors.flatMap((selector) => row?.querySelector<HTMLElement>(selector) ?? []);
  opener?.focus({preventScroll: true});
}

/** Closes the menu when one of its items is pressed. */
export function close(event: Event): void {
  (event.currentTarget as HTMLElement).hidePopover();
}

/** Moves between the children of a menu, wrapping at its ends. */
export function moveByArrow(event: KeyboardEvent): void {
  moveBetween(event, [...(event.currentTarget as HTMLElement).children] as HTMLElement[]);
}

/** Moves between the items of a menu, wrapping at its ends. */
export function moveBetween(event: KeyboardEvent, items: readonly HTMLElement[]): void {
  const now = items.indexOf(event.target as HTMLElement);
  const next = {ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1}[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}
