import type {BaseClient} from '../../core/client/client.js';
import {isLookedAt} from '../../core/call/call-kinds.js';
import {isWaiting} from '../../core/call/newest-call.js';

/** Lets the browser ask before the page is left, while somebody is called or spoken to. */
export class LeaveWarning {
  #client: BaseClient | undefined;

  /** @param client - Undefined if the page does not want to be asked. */
  follow(client: BaseClient | undefined): void {
    this.#client = client;
    // A page that listens all the time is not kept by browsers for the way back.
    if (client?.state.calls.length) window.addEventListener('beforeunload', this.#ask);
    else window.removeEventListener('beforeunload', this.#ask);
  }

  readonly #ask = (event: BeforeUnloadEvent): void => {
    const {calls = []} = this.#client?.state ?? {};
    if (calls.some((call) => !isLookedAt(call.type) && !isWaiting(call))) event.preventDefault();
  };
}
