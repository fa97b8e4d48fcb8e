import {ContextEvent, type ContextCallback} from '@lit/context';
import type {ReactiveController, ReactiveElement} from 'lit';
import {clientContext} from '../context/client-context.js';
import type {BaseClient} from '../core/client.js';

/**
 * Finds the client that its host works with and renders the host again when it becomes another one: that of the
 * element with the id, where the host names one, otherwise that of the nearest `<sip-client>` around it.
 *
 * The provider may come later than its host, and the host may move.
 */
export class ClientController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #getId: () => string;
  #client: BaseClient | undefined;
  #id = '';
  #unsubscribe: (() => void) | undefined;
  #root: Node | undefined;

  /** @param getId - The id of the element that provides the client; empty for the nearest one. */
  constructor(host: ReactiveElement, getId: () => string) {
    this.#host = host;
    this.#getId = getId;
    host.addController(this);
  }

  /** The client at this moment. */
  get client(): BaseClient | undefined {
    return this.#client;
  }

  hostConnected(): void {
    this.#root = this.#host.getRootNode();
    this.#root.addEventListener('context-provider', this.#onProvider);
    this.#ask();
  }

  hostDisconnected(): void {
    this.#root?.removeEventListener('context-provider', this.#onProvider);
    this.#leave();
  }

  hostUpdate(): void {
    if (this.#host.isConnected && this.#id !== this.#getId()) this.#ask();
  }

  #ask(): void {
    this.#leave();
    const before = this.#client;
    this.#client = undefined;
    this.#id = this.#getId();
    const target = this.#id ? this.#named(this.#id) : this.#host;
    // An element that is not upgraded yet tells of itself when it is.
    if (target?.matches(':defined'))
      target.dispatchEvent(new ContextEvent(clientContext, this.#host, this.#onClient, true));
    if (this.#client !== before) this.#host.requestUpdate();
  }

  #named(id: string): Element | null {
    const root = this.#root;
    const own = root instanceof ShadowRoot ? root.getElementById(id) : null;
    return own ?? document.getElementById(id);
  }

  #leave(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  readonly #onClient: ContextCallback<BaseClient | undefined> = (client, unsubscribe) => {
    if (unsubscribe !== this.#unsubscribe) this.#leave();
    this.#unsubscribe = unsubscribe;
    if (client === this.#client) return;
    this.#client = client;
    this.#host.requestUpdate();
  };

  readonly #onProvider = (): void => {
    if (!this.#unsubscribe) this.#ask();
  };
}
