import '../../../locales/call/announcement-en.js';
import {css, type ReactiveController, type ReactiveElement, type TemplateResult} from 'lit';
import type {CommandController} from '../../../controllers/command-controller.js';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {SoundPreview} from '../../../core/call/sound-preview.js';
import type {BaseClient} from '../../../core/client/client.js';
import {commandButton} from '../buttons/command-button.js';
import {volume2Icon} from '../icons.js';

/** The square buttons beside a sound: that of a preview, and those of a host that look the same. */
export const soundButtonStyles = css`
  .act {
    flex: none;
    display: grid;
    place-content: center;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    border-radius: var(--_radius-s);
  }
`;

/** What previews need from their host. */
export interface SoundPreviewsOptions {
  readonly localize: LocalizeController;
  /** Shows why a sound cannot be played. */
  readonly commands: () => CommandController;
  /** Whose speaker plays the sounds. */
  readonly client: () => BaseClient | undefined;
}

/** Lets the user listen to sounds before they are played into a call, one at a time. */
export class SoundPreviews implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #options: SoundPreviewsOptions;
  #player: SoundPreview | undefined;
  /** The id of the sound that plays, or is being loaded. */
  #listened = '';

  constructor(host: ReactiveElement, options: SoundPreviewsOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#listened = '';
    this.#player?.stop();
  }

  /** Renders the button that plays a sound to this side alone, and stops it. */
  button(id: string, name: string, source: Blob | string): TemplateResult {
    const text = this.#options.localize.term('previewSound', name);
    const pressed = this.#listened === id;
    return commandButton(text, volume2Icon, () => this.#toggle(id, source), {look: 'act listen', pressed});
  }

  /** Stops what plays. */
  stop(): void {
    this.#player?.stop();
    this.#hear('');
  }

  #toggle(id: string, source: Blob | string): void {
    const starts = this.#listened !== id;
    this.stop();
    if (starts) void this.#options.commands().run(() => this.#play(id, source));
  }

  async #play(id: string, source: Blob | string): Promise<void> {
    this.#hear(id);
    try {
      const {SoundPreview} = await import('../../../core/call/sound-preview.js');
      if (this.#listened !== id) return;
      this.#player ??= new SoundPreview(() => this.#hear(''));
      await this.#player.play(source, this.#options.client()?.devices.state.selected.speaker);
    } catch (error) {
      if (this.#listened === id) this.#hear('');
      throw error;
    }
  }

  #hear(id: string): void {
    this.#listened = id;
    this.#host.requestUpdate();
  }
}
