/** Whether an event is about a button in a key. */
export const isOfButton = (event: Event): boolean =>
  event.composedPath().some((node) => node instanceof HTMLButtonElement);

/** Returns the id of the key whose cell an event is about; empty if it is about none. */
export const idOfEvent = ({target}: Event): string =>
  (target as Element).closest<HTMLElement>('[role=gridcell]')?.dataset['id'] ?? '';
