import {html, nothing, type LitElement, type ReactiveController, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipCall} from '../../core/call/call.js';
import {pictureInPicture2Icon} from '../shared/icons/later.js';
import type {SmallPhone} from './small-phone.js';

/** The Document Picture-in-Picture API, which TypeScript does not include yet. */
interface DocumentPictureInPicture {
  requestWindow(options: {width: number; height: number}): Promise<Window>;
}

/** The options of a small window. */
export interface SmallWindowOptions {
  readonly client: () => BaseClient | undefined;
  readonly localize: LocalizeController;
  readonly commands: CommandController;
}

/** The size of the window, in CSS pixels. */
const SIZE = {width: 360, height: 300};

/** Returns undefined if the browser has no such API, and inside frames, which may not open a window. */
const api = (): DocumentPictureInPicture | undefined =>
  window === window.top
    ? (window as {documentPictureInPicture?: DocumentPictureInPicture}).documentPictureInPicture
    : undefined;

/**
 * The button that shows a call in a small window above all others, and that window, while the call and its host exist.
 */
export class SmallWindow implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: SmallWindowOptions;
  #window: Window | undefined;
  #phone: SmallPhone | undefined;

  constructor(host: LitElement, options: SmallWindowOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostUpdated(): void {
    this.#phone?.update();
  }

  hostDisconnected(): void {
    // If the host was only moved, the window stays.
    setTimeout(() => {
      if (!this.#host.isConnected) this.#window?.close();
    });
  }

  render(call: SipCall): TemplateResult | typeof nothing {
    if (call.state.phase === 'released' || !api()) return nothing;
    const {localize, commands} = this.#options;
    const name = localize.term('smallWindow');
    return html`<button
      part="small-window"
      class="chip"
      type="button"
      aria-label=${name}
      title=${name}
      aria-pressed=${this.#window ? 'true' : 'false'}
      @click=${() => void commands.run(() => this.#toggle(call))}
    >
      ${pictureInPicture2Icon}
    </button>`;
  }

  async #toggle(call: SipCall): Promise<void> {
    if (this.#window) return this.#window.close();
    const {localize} = this.#options;
    const client = this.#options.client();
    // Requests the window at once: the user gesture is valid only for a few seconds.
    const opened = await api()?.requestWindow(SIZE);
    if (!opened || !client) return;
    this.#window = opened;
    opened.addEventListener('pagehide', this.#onClose);
    try {
      const {SmallPhone} = await import('./small-phone.js');
      if (this.#window === opened)
        this.#phone = new SmallPhone(opened, {host: this.#host, localize, client, call});
    } catch (error) {
      opened.close();
      throw error;
    }
  }

  readonly #onClose = (): void => {
    this.#window = undefined;
    this.#phone?.end();
    this.#phone = undefined;
    this.#host.requestUpdate();
  };
}
