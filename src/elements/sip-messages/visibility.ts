import type {ReactiveController, ReactiveElement} from 'lit';

/**
 * Tracks whether the user can see the public element that its host belongs to: the page is visible, and a part of the
 * element is in view.
 */
export class Visibility implements ReactiveController {
  readonly #host: ReactiveElement;
  #inView = false;
  readonly #observer = new IntersectionObserver((entries) => {
    this.#inView = entries.at(-1)!.isIntersecting;
    this.#onChange();
  });

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  get visible(): boolean {
    return this.#inView && document.visibilityState === 'visible';
  }

  hostConnected(): void {
    this.#observer.observe((this.#host.getRootNode() as ShadowRoot).host);
    document.addEventListener('visibilitychange', this.#onChange);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#inView = false;
    document.removeEventListener('visibilitychange', this.#onChange);
  }

  readonly #onChange = (): void => this.#host.requestUpdate();
}
