import {html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import {maximizeIcon, minimizeIcon} from './icons.js';

/**
 * The button that shows its host in full screen, and ends that; Esc ends it as well. Without the Fullscreen API, as on
 * iPhones and in frames without permission, there is no button.
 */
export class FullScreen implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #localize: LocalizeController;

  constructor(host: ReactiveElement, localize: LocalizeController) {
    this.#host = host;
    this.#localize = localize;
    host.addController(this);
  }

  /** Whether the host fills the screen. */
  get fills(): boolean {
    return this.#root.fullscreenElement === this.#host;
  }

  hostConnected(): void {
    document.addEventListener('fullscreenchange', this.#onChange);
  }

  hostDisconnected(): void {
    document.removeEventListener('fullscreenchange', this.#onChange);
  }

  /** Ends full screen; does nothing otherwise. */
  leave(): void {
    if (this.fills) document.exitFullscreen().catch(() => {});
  }

  /** @param keys - The keyboard shortcut, for the tooltip. */
  render(keys: string): TemplateResult | typeof nothing {
    if (!document.fullscreenEnabled) return nothing;
    const name = this.#localize.term(this.fills ? 'leaveFullScreen' : 'fullScreen');
    return html`<button
      part="full-screen"
      class="chip"
      type="button"
      aria-label=${name}
      aria-keyshortcuts=${keys || nothing}
      title=${keys ? `${name} (${keys})` : name}
      @click=${this.#toggle}
    >
      ${this.fills ? minimizeIcon : maximizeIcon}
    </button>`;
  }

  get #root(): Document | ShadowRoot {
    return this.#host.getRootNode() as Document | ShadowRoot;
  }

  readonly #toggle = (): void => {
    if (this.fills) return this.leave();
    // The whole host: what opens in it, such as menus and dialogs, is on the screen too.
    // The browser refuses without a user gesture; nothing changes then.
    this.#host.requestFullscreen().catch(() => {});
  };

  readonly #onChange = (): void => this.#host.requestUpdate();
}
