import type {BaseClient} from '../../core/client/client.js';
import {isLookedAt} from '../../core/call-kinds.js';
import {isWaiting} from '../../core/call/newest-call.js';

/** Makes the browser ask before the page is left during a call. */
export class LeaveWarning {
  #client: BaseClient | undefined;

  /** @param client - Undefined if the page does not want to be asked. */
  follow(client: BaseClient | undefined): void {
    this.#client = client;
    // A page that always listens for this event is excluded from the back/forward cache.
    if (client?.state.calls.length) window.addEventListener('beforeunload', this.#ask);
    else window.removeEventListener('beforeunload', this.#ask);
  }

  readonly #ask = (event: BeforeUnloadEvent): void => {
    const {calls = []} = this.#client?.state ?? {};
    if (calls.some((call) => !isLookedAt(call.type) && !isWaiting(call))) event.preventDefault();
  };
}
