import type {Person} from '../../../core/directory/people.js';
import type {DirectoryAction} from '../../sip-directory/actions.js';

/** Dispatches an action for a person, which other elements and the page can handle; returns whether nobody has. */
export const offerAction = (host: Element, action: DirectoryAction, person: Person): boolean =>
  host.dispatchEvent(
    new CustomEvent('sip-directory-action', {
      detail: {action, person},
      bubbles: true,
      composed: true,
      cancelable: true,
    }),
  );
