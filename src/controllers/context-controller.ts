import {ContextEvent, type Context, type ContextCallback} from '@lit/context';
import type {ReactiveController, ReactiveElement} from 'lit';

/**
 * Finds the value of a context for its host and renders the host again when it becomes another one: that of the element
 * with the id, where the host names one, otherwise that of the nearest provider around it.
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

  /** @param getId - The id of the element that provides it; empty for the nearest one. */
  constructor(host: ReactiveElement, context: Context<unknown, T | undefined>, getId: () => string) {
    this.#host = host;
    this.#context = context;
    this.#getId = getId;
    host.addController(this);
  }

  /** The value at this moment. */
  get value(): T | undefined {
    return this.#value;
  }

  /** Whether somebody provides it, be it only nothing at this moment. */
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
    // An element that is not upgraded yet tells of itself when it is.
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
