import type {BaseClient} from '../../core/client/client.js';
import {SIP_EVENTS} from '../../core/client/events.js';

/**
 * Repeats a client's events on an element, bubbling and composed, until the signal; what a page prevents there is
 * prevented at the client.
 */
export function repeatEvents(client: BaseClient, element: HTMLElement, signal: AbortSignal): void {
  for (const type of SIP_EVENTS) {
    client.addEventListener(
      type,
      (event: CustomEvent<unknown>) => {
        const {detail, cancelable} = event;
        const repeated = new CustomEvent(type, {detail, cancelable, bubbles: true, composed: true});
        if (!element.dispatchEvent(repeated)) event.preventDefault();
      },
      {signal},
    );
  }
}
