import {ContextProvider} from '@lit/context';
import type {ReactiveElement} from 'lit';
import {clientContext, clientFailureContext} from '../context/client-context.js';
import type {BaseClient} from '../core/client/client.js';
import type {SipError} from '../errors.js';
import {ContextController} from './context-controller.js';
import type {LocalizeController} from './localize-controller.js';

/** Finds the client of its host: that of the named element, or of the nearest enclosing `<sip-client>`. */
export class ClientController extends ContextController<BaseClient> {
  readonly #failure: ContextController<SipError>;
  readonly #provider: ContextProvider<typeof clientContext> | undefined;
  readonly #failureProvider: ContextProvider<typeof clientFailureContext> | undefined;

  /**
   * @param getId - The id of the element that provides the client; empty for the nearest one.
   * @param options.handsOn - Also provides the client, or why there is none, to the elements inside the host, because the
   *   host may be outside its `<sip-client>`.
   */
  constructor(host: ReactiveElement, getId: () => string = () => '', {handsOn = false} = {}) {
    super(host, clientContext, getId);
    if (handsOn) {
      this.#provider = new ContextProvider(host, {context: clientContext});
      this.#failureProvider = new ContextProvider(host, {context: clientFailureContext});
    }
    this.#failure = new ContextController(host, clientFailureContext, getId);
  }

  /** The current client. */
  get client(): BaseClient | undefined {
    return this.value;
  }

  override hostUpdate(): void {
    super.hostUpdate();
    this.#provider?.setValue(this.value);
    this.#failureProvider?.setValue(this.failure);
  }

  /** Why the `<sip-client>` that was found has no client. */
  get failure(): SipError | undefined {
    return this.#failure.value;
  }

  /** Explains why there is no client: its `<sip-client>` lacks something, or there is no `<sip-client>`. */
  absence(localize: LocalizeController): string {
    return this.failure ? localize.describe(this.failure) : localize.term('noClient');
  }
}
