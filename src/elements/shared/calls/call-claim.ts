import type {ReactiveController, ReactiveElement} from 'lit';
import type {BaseClient} from '../../../core/client/client.js';
import type {CallClaim} from '../../../core/client/call-claims.js';
import type {SipCall} from '../../../core/call/call.js';

/**
 * Claims the calls that its host shows, so that general elements, such as `<sip-call>`, leave them out.
 *
 * The claim continues while the host is moved, and ends when the host has left the document.
 */
export class CallClaimController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #getClient: () => BaseClient | undefined;
  readonly #getCalls: () => readonly SipCall[];
  #client: BaseClient | undefined;
  #claim: CallClaim | undefined;
  #calls: readonly SipCall[] = [];

  /** @param getCalls - Returns the calls that the host shows, by the present state of the client. */
  constructor(
    host: ReactiveElement,
    getClient: () => BaseClient | undefined,
    getCalls: () => readonly SipCall[],
  ) {
    this.#host = host;
    this.#getClient = getClient;
    this.#getCalls = getCalls;
    host.addController(this);
  }

  hostDisconnected(): void {
    // If the host was only moved, it shows its calls again by then.
    setTimeout(() => {
      if (!this.#host.isConnected) this.#follow(undefined);
    });
  }

  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    this.#follow(this.#getClient());
    const calls = this.#getCalls();
    const same = calls.length === this.#calls.length && calls.every((call) => this.#calls.includes(call));
    this.#calls = calls;
    if (!same) this.#claim?.changed();
  }

  #follow(client: BaseClient | undefined): void {
    if (client === this.#client) return;
    this.#claim?.end();
    this.#client = client;
    this.#calls = [];
    this.#claim = client?.claims.claim(this.#getCalls);
  }
}
