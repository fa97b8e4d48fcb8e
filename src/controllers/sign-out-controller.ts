import type {ReactiveController, ReactiveElement} from 'lit';
import type {BaseClient} from '../core/client/client.js';

/** Lets its host forget what it has of a user who has signed out, or in whose place another client has come. */
export class SignOutController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #getClient: () => BaseClient | undefined;
  readonly #onSignOut: () => void;
  /** Aborted when the user signs out. */
  #ending: AbortSignal | undefined;

  /** @param onSignOut - Called after the update that shows the next user. */
  constructor(host: ReactiveElement, getClient: () => BaseClient | undefined, onSignOut: () => void) {
    this.#host = host;
    this.#getClient = getClient;
    this.#onSignOut = onSignOut;
    host.addController(this);
  }

  hostUpdate(): void {
    const client = this.#getClient();
    // A host that is only moved has no client meanwhile.
    if (!client || client.ending === this.#ending) return;
    if (this.#ending) queueMicrotask(this.#onSignOut);
    this.#ending = client.ending;
    this.#ending.addEventListener('abort', () => this.#host.requestUpdate(), {once: true});
  }
}
