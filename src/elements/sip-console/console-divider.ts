import {css, html, LitElement, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {inner} from '../shared/styles/shared.styles.js';

/** How many pixels, or percent, an arrow key moves the divider. */
const STEP = {pixels: 16, percent: 5} as const;

/**
 * A divider between two regions, moved by pointer and by keys.
 *
 * @fires {CustomEvent<number>} resize - The user wants another size, which may be out of range.
 * @fires {CustomEvent} restore - The user wants the size that it has by default.
 */
export class ConsoleDividerElement extends LitElement {
  static readonly parts = 'divider';

  static override styles = [
    inner,
    css`
      :host {
        flex: none;
        display: grid;
      }
      [role='separator'] {
        position: relative;
        display: grid;
        place-content: center;
        min-inline-size: 0.5rem;
        min-block-size: 0.5rem;
        border-radius: var(--_radius-full);
        touch-action: none;
        cursor: row-resize;
      }
      [role='separator']::before {
        content: '';
        inline-size: 2.5rem;
        block-size: 3px;
        border-radius: var(--_radius-full);
        background: var(--_border);
      }
      [aria-orientation='vertical'] {
        cursor: col-resize;
      }
      [aria-orientation='vertical']::before {
        inline-size: 3px;
        block-size: 2.5rem;
      }
      /* The place where it is taken is larger than what is seen. */
      [role='separator']::after {
        content: '';
        position: absolute;
        z-index: 1;
        inset: -4px 0;
      }
      [aria-orientation='vertical']::after {
        inset: 0 -4px;
      }
      [role='separator']:is(:hover, :focus-visible, .dragged)::before {
        background: var(--_accent);
      }
      @media (forced-colors: active) {
        [role='separator']::before {
          background: ButtonText;
        }
      }
    `,
  ];

  @property({attribute: false}) name = '';
  /** The size of the region that it resizes. */
  @property({attribute: false}) value = 0;
  @property({attribute: false}) min = 0;
  @property({attribute: false}) max = 0;
  /** Whether the sizes are percent of the box that is divided, not pixels. */
  @property({attribute: false}) percent = false;
  /** Whether it stands between regions that are side by side. */
  @property({attribute: false}) vertical = false;
  /** Whether the region that it resizes comes after it. */
  @property({attribute: false}) trailing = false;

  /** Where the pointer has taken it, and the size at that time. */
  #taken: {readonly at: number; readonly value: number} | undefined;

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('[role=separator]')?.focus(options);
  }

  protected override render(): TemplateResult {
    return html`<div
      part="divider"
      class=${this.#taken ? 'dragged' : ''}
      role="separator"
      tabindex="0"
      aria-label=${this.name}
      title=${this.name}
      aria-orientation=${this.vertical ? 'vertical' : 'horizontal'}
      aria-valuenow=${this.value}
      aria-valuemin=${this.min}
      aria-valuemax=${this.max}
      @keydown=${this.#onKeydown}
      @pointerdown=${this.#onPointerdown}
      @pointermove=${this.#onPointermove}
      @lostpointercapture=${this.#onRelease}
      @dblclick=${() => this.dispatchEvent(new CustomEvent('restore'))}
    ></div>`;
  }

  /** 1 if the size grows along the axis of the screen, or else -1. */
  get #direction(): 1 | -1 {
    const mirrored = this.vertical && this.matches(':dir(rtl)');
    return this.trailing === mirrored ? 1 : -1;
  }

  #resize(value: number): void {
    this.dispatchEvent(new CustomEvent('resize', {detail: value}));
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const step = this.percent ? STEP.percent : STEP.pixels;
    const forward = this.vertical ? 'ArrowRight' : 'ArrowDown';
    const backward = this.vertical ? 'ArrowLeft' : 'ArrowUp';
    const to = {
      [forward]: this.value + step * this.#direction,
      [backward]: this.value - step * this.#direction,
      Home: this.min,
      End: this.max,
    }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#resize(to);
  };

  readonly #onPointerdown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#taken = {at: this.#placeOf(event), value: this.value};
    this.requestUpdate();
  };

  readonly #onPointermove = (event: PointerEvent): void => {
    if (!this.#taken) return;
    const {width, height} = this.parentElement!.getBoundingClientRect();
    const scale = this.percent ? 100 / (this.vertical ? width : height) : 1;
    this.#resize(this.#taken.value + (this.#placeOf(event) - this.#taken.at) * scale * this.#direction);
  };

  readonly #onRelease = (): void => {
    this.#taken = undefined;
    this.requestUpdate();
  };

  #placeOf({clientX, clientY}: PointerEvent): number {
    return this.vertical ? clientX : clientY;
  }
}
