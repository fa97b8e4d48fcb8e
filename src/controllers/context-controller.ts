import {ContextEvent, type Context, type ContextCallback} from '@lit/context';
import type {ReactiveController, ReactiveElement} from 'lit';

/**
 * Finds the value of a context for its host, and updates the host when the value changes. The provider is the element
 * with the id, if the host names one, otherwise the nearest enclosing provider.
 *
 * The provider may come later than its host, and the host may move.
 */
export class ContextController<T> implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #context: Context<unknown, T | undefined>;
  readonly #getId: () => string;
  #value: T | undefined;
  #id = '';
  #unsubscribe: (() => void) | undefined;
  #root: Node | undefined;

  /** @param getId - The id of the element that provides the value; empty for the nearest one. */
  constructor(host: ReactiveElement, context: Context<unknown, T | undefined>, getId: () => string) {
    this.#host = host;
    this.#context = context;
    this.#getId = getId;
    host.addController(this);
  }

  /** The current value. */
  get value(): T | undefined {
    return this.#value;
  }

  /** Whether there is a provider, even if its value is undefined. */
  get provided(): boolean {
    return this.#unsubscribe !== undefined;
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
    const before = this.#value;
    this.#value = undefined;
    this.#id = this.#getId();
    const target = this.#id ? this.#named(this.#id) : this.#host;
    // An element that is not upgraded yet announces itself when it is.
    if (target?.matches(':defined'))
      target.dispatchEvent(new ContextEvent(this.#context, this.#host, this.#onValue, true));
    if (this.#value !== before) this.#host.requestUpdate();
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

  readonly #onValue: ContextCallback<T | undefined> = (value, unsubscribe) => {
    if (unsubscribe !== this.#unsubscribe) this.#leave();
    this.#unsubscribe = unsubscribe;
    if (value === this.#value) return;
    this.#value = value;
    this.#host.requestUpdate();
  };

  readonly #onProvider = (): void => {
    if (!this.#unsubscribe) this.#ask();
  };
}
