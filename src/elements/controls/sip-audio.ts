import {html, nothing, type TemplateResult} from 'lit';
import {query} from 'lit/decorators.js';
import type {PlayerKind} from '../../core/sound/player-order.js';
import {CallControlElement} from './call-control.js';
import {CallPlayer} from '../shared/calls/call-player.js';
import {setState} from '../shared/custom-state.js';
import {volume2Icon} from '../shared/icons.js';
import {property} from '../shared/property.js';
import {styles} from './sip-audio.styles.js';

/**
 * Plays the other side's audio on the chosen speaker. It shows nothing except a button while the sound is off: because
 * it is `silent`, or because the browser blocks autoplay before a user gesture on the page. In the latter case, any
 * gesture starts the sound.
 *
 * @csspart sound - The button that turns the sound on.
 * @cssstate off - The sound is off, and the button is shown.
 */
export class SipAudioElement extends CallControlElement {
  static override styles = [super.styles, styles];

  /** Keeps the sound off until the user turns it on. */
  @property({type: Boolean, reflect: true}) silent = false;
  /** @internal Whether it belongs to the special element that shows the call, and plays before any other of ours. */
  @property({attribute: false}) special = false;

  @query('audio') private readonly audio!: HTMLAudioElement | null;
  readonly #internals = this.attachInternals();

  constructor() {
    super();
    new CallPlayer(
      this,
      () => this.current,
      () =>
        this.audio
          ? {element: this.audio, of: 'remote', kinds: ['audio'], player: this.#getPlayer}
          : undefined,
    );
  }

  protected override render(): TemplateResult {
    return html`<audio .muted=${this.silent}></audio>${
        this.#off
          ? html`<button part="sound" class="pill sound" type="button" @click=${this.#onPress}>
              ${volume2Icon} ${this.localize.term('soundOn')}
            </button>`
          : nothing
      }`;
  }

  protected override updated(): void {
    setState(this.#internals, 'off', this.#off);
  }

  readonly #getPlayer = (): PlayerKind => (this.silent ? 'silent' : this.special ? 'special' : 'general');

  get #off(): boolean {
    const {phase, soundBlocked} = this.current?.state ?? {};
    return phase === 'answered' && (this.silent || soundBlocked === true);
  }

  /** The press is the gesture that the browser waits for. */
  readonly #onPress = (): void => {
    this.silent = false;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-audio': SipAudioElement;
  }
}
