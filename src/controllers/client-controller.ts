import {ContextProvider} from '@lit/context';
import type {ReactiveElement} from 'lit';
import {clientContext, clientFailureContext} from '../context/client-context.js';
import type {BaseClient} from '../core/client/client.js';
import type {SipError} from '../errors.js';
import {ContextController} from './context-controller.js';
import type {LocalizeController} from './localize-controller.js';

/** Finds the client that its host works with: that of the named element, or of the nearest `<sip-client>` around it. */
export class ClientController extends ContextController<BaseClient> {
  readonly #failure: ContextController<SipError>;
  readonly #provider: ContextProvider<typeof clientContext> | undefined;

  /**
   * @param getId - The id of the element that provides the client; empty for the nearest one.
   * @param options.handsOn - Gives it to the elements inside the host too, which may lie beside its `<sip-client>`.
   */
  constructor(host: ReactiveElement, getId: () => string, {handsOn = false} = {}) {
    super(host, clientContext, getId);
    if (handsOn) this.#provider = new ContextProvider(host, {context: clientContext});
    this.#failure = new ContextController(host, clientFailureContext, getId);
  }

  /** The client at this moment. */
  get client(): BaseClient | undefined {
    return this.value;
  }

  override hostUpdate(): void {
    super.hostUpdate();
    this.#provider?.setValue(this.value);
  }

  /** Why the `<sip-client>` that was found has no client. */
  get failure(): SipError | undefined {
    return this.#failure.value;
  }

  /** Says why there is no client: what its `<sip-client>` lacks, or that there is none. */
  absence(localize: LocalizeController): string {
    return this.failure ? localize.describe(this.failure) : localize.term('noClient');
  }
}
