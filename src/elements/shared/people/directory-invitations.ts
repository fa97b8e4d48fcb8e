import type {ReactiveController, ReactiveElement} from 'lit';
import type {BaseClient} from '../../../core/client/client.js';
import type {Person} from '../../../core/directory/people.js';
import type {DirectoryAction} from '../../sip-directory/actions.js';

/**
 * Receives the people that the user invites, watches or writes to in a `<sip-directory>`, `<sip-keys>` or `<sip-map>` of the same
 * client anywhere on the page.
 */
export class DirectoryInvitations implements ReactiveController {
  readonly #client: () => BaseClient | undefined;
  readonly #onInvite: (person: Person) => boolean;
  readonly #action: DirectoryAction;

  /**
   * @param onInvite - Called with each person; returns false if the host cannot use them.
   * @param action - The row's button to handle.
   */
  constructor(
    host: ReactiveElement,
    client: () => BaseClient | undefined,
    onInvite: (person: Person) => boolean,
    action: DirectoryAction = 'invite',
  ) {
    this.#client = client;
    this.#onInvite = onInvite;
    this.#action = action;
    host.addController(this);
  }

  hostConnected(): void {
    document.documentElement.addEventListener('sip-directory-action', this.#onAction);
  }

  hostDisconnected(): void {
    document.documentElement.removeEventListener('sip-directory-action', this.#onAction);
  }

  readonly #onAction = (event: HTMLElementEventMap['sip-directory-action']): void => {
    const {action, person} = event.detail;
    if (action !== this.#action || event.defaultPrevented || clientOf(event) !== this.#client()) return;
    if (this.#onInvite(person)) event.preventDefault();
  };
}

/** Returns the client of the directory or map in which the user has chosen an action. */
export function clientOf(event: Event): BaseClient | undefined {
  // The first elements on the path are those that the public element is made of, which alone has a client.
  const path = event.composedPath() as readonly {readonly client?: BaseClient}[];
  return path.find((each) => each.client)?.client;
}
