import type {ReactiveController} from 'lit';
import type {BaseClient} from '../../core/client.js';
import type {Person} from '../../core/people.js';
import type {ConferenceHost} from './host.js';

/** Takes those whom somebody invites in a `<sip-directory>` of the same client, wherever it is on the page. */
export class DirectoryInvitations implements ReactiveController {
  readonly #client: () => BaseClient | undefined;
  readonly #onInvite: (person: Person) => boolean;

  /** @param onInvite - Told of each; false where nothing can be done with them. */
  constructor(
    host: ConferenceHost,
    client: () => BaseClient | undefined,
    onInvite: (person: Person) => boolean,
  ) {
    this.#client = client;
    this.#onInvite = onInvite;
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
    const [directory] = event.composedPath() as readonly {readonly client?: BaseClient}[];
    if (action !== 'invite' || event.defaultPrevented || directory?.client !== this.#client()) return;
    if (this.#onInvite(person)) event.preventDefault();
  };
}
