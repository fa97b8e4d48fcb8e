import type {ReactiveController, ReactiveElement} from 'lit';

/** Tracks whether its host is visible: in the viewport, on a visible page, and not behind another one in full screen. */
export class Sight implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #onChange: () => void;
  #inView = true;
  #observer: IntersectionObserver | undefined;

  /** @param onChange - Called when the visibility may have changed. */
  constructor(host: ReactiveElement, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
    host.addController(this);
  }

  /** Whether the host fills the screen. */
  get fills(): boolean {
    return this.#filling === this.#host;
  }

  /** Whether the host is visible; a newly connected one counts as visible. */
  get visible(): boolean {
    if (document.visibilityState === 'hidden') return false;
    return this.#filling ? this.fills : this.#inView;
  }

  hostConnected(): void {
    this.#inView = true;
    this.#observer = new IntersectionObserver(this.#onMove);
    this.#observer.observe(this.#host);
    for (const type of ['visibilitychange', 'fullscreenchange'] as const)
      document.addEventListener(type, this.#onChange);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    for (const type of ['visibilitychange', 'fullscreenchange'] as const)
      document.removeEventListener(type, this.#onChange);
  }

  /** The element beside the host, or the host itself, that fills the screen. */
  get #filling(): Element | null {
    return (this.#host.getRootNode() as ShadowRoot).fullscreenElement;
  }

  readonly #onMove = (entries: readonly IntersectionObserverEntry[]): void => {
    this.#inView = entries.at(-1)!.isIntersecting;
    this.#onChange();
  };
}
