import type {ReactiveElement} from 'lit';
import {callContext} from '../context/call-context.js';
import type {BaseClient} from '../core/client/client.js';
import type {SipCall} from '../core/call/call.js';
import {ClientController} from './client-controller.js';
import {ContextController} from './context-controller.js';
import type {LocalizeController} from './localize-controller.js';
import {StateController} from './state-controller.js';

/**
 * Finds the call that its host controls, and updates the host when the call or its state changes. The call is the one
 * set on the host, that of the `<sip-call>` around the host or named by it, otherwise the client's current one.
 */
export class CallController {
  readonly #client: ClientController;
  readonly #context: ContextController<SipCall>;
  readonly #getOwn: () => SipCall | undefined;

  /**
   * @param getId - The id of a `<sip-call>` or a `<sip-client>`; empty for the nearest one.
   * @param getOwn - The call set on the host.
   */
  constructor(
    host: ReactiveElement,
    getId: () => string,
    getOwn: () => SipCall | undefined = () => undefined,
  ) {
    this.#client = new ClientController(host, getId);
    this.#context = new ContextController(host, callContext, getId);
    this.#getOwn = getOwn;
    new StateController(host, () => [this.client, ...(this.client?.state.calls ?? []), this.call]);
  }

  get client(): BaseClient | undefined {
    return this.#client.client;
  }

  /** Explains why there is no call: no client was found, or it has no current call. */
  absence(localize: LocalizeController): string {
    return this.client ? localize.term('noCall') : this.#client.absence(localize);
  }

  get call(): SipCall | undefined {
    const own = this.#getOwn();
    if (own) return own;
    if (this.#context.provided) return this.#context.value;
    return this.client?.state.current;
  }
}
