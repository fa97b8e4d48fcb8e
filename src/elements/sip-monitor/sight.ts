import type {ReactiveController} from 'lit';
import type {MonitorHost} from './host.js';

/** Tracks which tiles are visible: in the viewport, on a visible page, and not behind a full-screen tile. */
export class Sight implements ReactiveController {
  readonly #host: MonitorHost;
  readonly #onChange: () => void;
  readonly #inView = new Map<Element, boolean>();
  #observer: IntersectionObserver | undefined;

  /** @param onChange - Called when the visibility of tiles may have changed. */
  constructor(host: MonitorHost, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
    host.addController(this);
  }

  /** The full-screen tile. */
  get filling(): Element | undefined {
    return this.#host.shadowRoot?.fullscreenElement ?? undefined;
  }

  /** Whether a tile is visible; a newly rendered one counts as visible. */
  sees(tile: Element): boolean {
    const {filling} = this;
    if (document.visibilityState === 'hidden') return false;
    return filling ? filling === tile : (this.#inView.get(tile) ?? true);
  }

  hostConnected(): void {
    this.#observer = new IntersectionObserver(this.#onMove);
    for (const type of ['visibilitychange', 'fullscreenchange'] as const)
      document.addEventListener(type, this.#onChange);
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#inView.clear();
    for (const type of ['visibilitychange', 'fullscreenchange'] as const)
      document.removeEventListener(type, this.#onChange);
  }

  hostUpdated(): void {
    const tiles = new Set(this.#host.renderRoot.querySelectorAll('.tile'));
    for (const tile of this.#inView.keys()) {
      if (tiles.has(tile)) continue;
      this.#observer?.unobserve(tile);
      this.#inView.delete(tile);
    }
    for (const tile of tiles) {
      if (this.#inView.has(tile)) continue;
      this.#inView.set(tile, true);
      this.#observer?.observe(tile);
    }
  }

  readonly #onMove = (entries: readonly IntersectionObserverEntry[]): void => {
    for (const {target, isIntersecting} of entries)
      if (this.#inView.has(target)) this.#inView.set(target, isIntersecting);
    this.#onChange();
  };
}
