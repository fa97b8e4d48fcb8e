import type {ReactiveController, ReactiveElement} from 'lit';

/** How much of an element has to be in view, so that its buttons are. */
const MOST_OF_IT = 0.5;

/**
 * Tracks whether its host is in view while it shows something: not scrolled away, not in a closed `<details>` or
 * `<dialog>`, not hidden by styles. Until the browser has drawn the host, it counts as in view.
 */
export class InView implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #shows: () => boolean;
  #observer: IntersectionObserver | undefined;
  #seen = true;

  /** @param shows - Whether the host shows something. */
  constructor(host: ReactiveElement, shows: () => boolean) {
    this.#host = host;
    this.#shows = shows;
    host.addController(this);
  }

  get seen(): boolean {
    return this.#seen;
  }

  hostUpdated(): void {
    if (!this.#shows() || !this.#host.isConnected) return this.hostDisconnected();
    if (this.#observer) return;
    this.#observer = new IntersectionObserver(this.#onMove, {threshold: MOST_OF_IT});
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#seen = true;
  }

  readonly #onMove = (entries: readonly IntersectionObserverEntry[]): void => {
    const {intersectionRatio, target} = entries.at(-1)!;
    const seen = intersectionRatio >= MOST_OF_IT && target.checkVisibility({visibilityProperty: true});
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#host.requestUpdate();
  };
}
