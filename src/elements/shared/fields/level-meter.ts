import {css, html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult} from 'lit';

/** The level at which a meter begins, in decibels relative to full scale. */
const QUIETEST = -60;
/** Between two changes of a meter for users who prefer reduced motion, in milliseconds. */
const REDUCED_MS = 1_000;

/** Renders a level meter, which a `LevelMeterController` moves. */
export const levelMeter = ({
  label,
  part,
}: {
  readonly label?: string;
  readonly part?: string;
}): TemplateResult =>
  html`<meter part=${part ?? nothing} min="0" max="1" aria-label=${label ?? nothing}></meter>`;

/**
 * Moves the `<meter>` of its host on a decibel scale, as hearing is logarithmic. It asks for the level while the host is in
 * view and the page is visible, and only then.
 *
 * For users who prefer reduced motion, the meter changes once a second, to the loudest level since.
 */
export class LevelMeterController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #level: () => number | undefined;
  #observer: IntersectionObserver | undefined;
  #inView = false;
  #frame = 0;
  #reducedMotion: MediaQueryList | undefined;
  /** The loudest level since the meter has changed, and when that was. */
  #loudest = 0;
  #changedAt = 0;

  /** @param level - Returns the level, 0–1; undefined if there is nothing to measure. */
  constructor(host: ReactiveElement, level: () => number | undefined) {
    this.#host = host;
    this.#level = level;
    host.addController(this);
  }

  hostConnected(): void {
    this.#reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
    this.#observer = new IntersectionObserver((entries) => {
      this.#inView = entries.at(-1)!.isIntersecting;
      this.#follow();
    });
    this.#observer.observe(this.#host);
  }

  hostUpdated(): void {
    this.#follow();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#inView = false;
    this.#follow();
  }

  #follow(): void {
    if (this.#inView && this.#level() !== undefined) {
      this.#frame ||= requestAnimationFrame(this.#measure);
      return;
    }
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  readonly #measure = (now: number): void => {
    const level = this.#level();
    this.#frame = level === undefined ? 0 : requestAnimationFrame(this.#measure);
    this.#loudest = Math.max(this.#loudest, level ?? 0);
    if (this.#reducedMotion?.matches && now - this.#changedAt < REDUCED_MS) return;
    const meter = this.#host.renderRoot.querySelector('meter');
    // The meter keeps the value within its limits.
    if (meter) meter.value = 1 - (20 * Math.log10(this.#loudest || 1e-9)) / QUIETEST;
    this.#loudest = 0;
    this.#changedAt = now;
  };
}

export const meterStyles = css`
  meter {
    inline-size: 100%;
    block-size: 0.5rem;
    border: 0;
    border-radius: var(--_radius-full);
    background: var(--_fill);
  }
  /* Elsewhere the browser draws the bar as it does. */
  @supports selector(::-webkit-meter-bar) {
    meter {
      appearance: none;
    }
    meter::-webkit-meter-inner-element {
      display: block;
    }
    meter::-webkit-meter-bar {
      block-size: 0.5rem;
      border: 0;
      border-radius: var(--_radius-full);
      background: var(--_fill);
    }
    meter::-webkit-meter-optimum-value {
      border-radius: var(--_radius-full);
      background: var(--_meter, var(--_success));
    }
  }
  @media (forced-colors: active) {
    meter {
      border: 1px solid;
    }
  }
`;
