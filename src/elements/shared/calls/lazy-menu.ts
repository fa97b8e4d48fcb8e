import {html, nothing, type ReactiveElement, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import {defineInner, type InnerElements} from '../define-inner.js';

/** The inner element of a menu. */
interface MenuElement extends HTMLElement {
  /** Prepares what is shown and moves the focus into it, in menus that need that. */
  open?(): Promise<void>;
}

/** The content of a menu, whose code is loaded when the menu first opens. */
export class LazyMenu {
  readonly #host: ReactiveElement;
  readonly #localize: LocalizeController;
  readonly #load: () => Promise<{readonly inner: InnerElements}>;
  #loaded = false;
  #failed = false;

  constructor(
    host: ReactiveElement,
    localize: LocalizeController,
    load: () => Promise<{readonly inner: InnerElements}>,
  ) {
    this.#host = host;
    this.#localize = localize;
    this.#load = load;
  }

  /** Renders the content once it is loaded, or why it is not. */
  render(content: () => TemplateResult): TemplateResult {
    return html`${this.#loaded ? content() : nothing}
    ${this.#failed ? html`<p class="failed">${this.#localize.describe({code: 'internal'})}</p>` : nothing}`;
  }

  /** Loads the content of a menu that opens, and opens it. */
  readonly onToggle = async (event: ToggleEvent): Promise<void> => {
    if (event.newState !== 'open') return;
    const popover = event.currentTarget as HTMLElement;
    try {
      defineInner((await this.#load()).inner);
      this.#loaded = true;
      this.#failed = false;
      this.#host.requestUpdate();
      await this.#host.updateComplete;
      if (popover.matches(':popover-open')) await (popover.firstElementChild as MenuElement | null)?.open?.();
    } catch {
      // The next opening tries again.
      this.#failed = true;
      this.#host.requestUpdate();
    }
  };
}
