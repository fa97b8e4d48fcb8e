import type {BaseClient} from '../../core/client/client.js';
import {SIP_EVENTS} from '../../core/client/events.js';

/**
 * Dispatches a client's events on an element, bubbling and composed, until the signal aborts. Canceling one cancels the
 * client's event.
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
