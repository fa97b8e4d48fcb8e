import type {ReactiveElement} from 'lit';
import {clientContext} from '../context/client-context.js';
import type {BaseClient} from '../core/client.js';
import {ContextController} from './context-controller.js';

/** Finds the client that its host works with: that of the named element, or of the nearest `<sip-client>` around it. */
export class ClientController extends ContextController<BaseClient> {
  /** @param getId - The id of the element that provides the client; empty for the nearest one. */
  constructor(host: ReactiveElement, getId: () => string) {
    super(host, clientContext, getId);
  }

  /** The client at this moment. */
  get client(): BaseClient | undefined {
    return this.value;
  }
}
