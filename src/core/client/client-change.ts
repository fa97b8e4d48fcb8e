/** What an element dispatches, not for pages, when its client is another one: it may be connected already. */
export const CLIENT_CHANGE = 'clientchange';

/** Dispatches {@link CLIENT_CHANGE} from an element. */
export function dispatchClientChange(element: EventTarget): void {
  element.dispatchEvent(new Event(CLIENT_CHANGE));
}
