import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {CommandController} from '../../../controllers/command-controller.js';
import {LocalizeController} from '../../../controllers/localize-controller.js';
import type {Recordings} from '../../../core/recordings/recordings.js';
import {SipError} from '../../../errors.js';
import '../../../locales/desk/recordings-en.js';
import {commandNotice} from '../notice.js';
import {inner} from '../styles/shared.styles.js';

/** How fast recordings can play. */
const RATES = [0.75, 1, 1.25, 1.5, 2];

const own = css`
  :host {
    flex: 1 0 100%;
    min-inline-size: 0;
  }
  .player {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-2);
  }
  .player.seen {
    align-items: end;
  }
  audio {
    flex: 1 1 14rem;
    min-inline-size: 0;
    block-size: 2.75rem;
    color-scheme: var(--_scheme, inherit);
  }
  video {
    flex: 1 1 14rem;
    min-inline-size: 0;
    inline-size: 100%;
    max-block-size: min(22rem, 60vh);
    border-radius: var(--_radius-m);
    background: #000;
  }
  .dark {
    block-size: 9rem;
  }
  .rate {
    flex: none;
    block-size: var(--_small);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-full);
    padding-inline: var(--_space-2);
    background: none;
    color: inherit;
    font: inherit;
    font-size: var(--_text-s);
  }
`;

/** Plays a recording that the browser keeps, from its place in a list; it begins to play once it is loaded. */
export class RecordingPlayerElement extends LitElement {
  static override styles = [inner, own];

  @property({attribute: false}) recordings: Recordings | undefined;
  /** The id of the recording. */
  @property({attribute: false}) recording = '';
  /** What is played: the accessible name of the player. */
  @property({attribute: false}) label = '';

  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  #file: File | undefined;
  #url: string | undefined;
  /** The address of its captions; undefined if it has none. */
  #captions: string | undefined;
  #rate = 1;

  @query('audio, video') private readonly media!: HTMLMediaElement | null;

  /** Moves the focus to the player. */
  override focus(options?: FocusOptions): void {
    this.media?.focus(options);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#open();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('recording') || changed.has('recordings')) this.#open();
  }

  protected override updated(): void {
    const {media} = this;
    if (!media || !this.#url || media.src === this.#url) return;
    media.src = this.#url;
    // The rate of a source that loads is the default one.
    media.defaultPlaybackRate = media.playbackRate = this.#rate;
    // The user may press "play" if the browser does not allow it.
    media.play().catch(() => {});
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const file = this.#file;
    // Captions are shown over a picture: sound alone has an empty one.
    const captions = this.#captions;
    const pictured = file?.type.startsWith('video/') ?? false;
    const seen = pictured || !!captions;
    const {label} = this;
    if (!file && this.#commands.error) return html`${commandNotice(this.#commands, localize)}`;
    return html`${commandNotice(this.#commands, localize)}
      <div class="player ${seen ? 'seen' : ''}">
        ${
          seen
            ? html`<video
                class=${pictured ? '' : 'dark'}
                controls
                playsinline
                preload="auto"
                aria-label=${label}
                @error=${this.#onError}
              >
                ${captions ? html`<track kind="captions" default src=${captions} label=${localize.term('recordingCaptions')} />` : nothing}
              </video>`
            : html`<audio controls preload="auto" aria-label=${label} @error=${this.#onError}></audio>`
        }
        <select class="rate" aria-label=${localize.term('recordingSpeed')} @change=${this.#onRate}>
          ${RATES.map(
            (rate) => html`<option value=${rate} ?selected=${rate === this.#rate}>${rate}×</option>`,
          )}
        </select>
      </div>`;
  }

  #open(): void {
    this.#close();
    const {recordings, recording} = this;
    if (!recordings || !recording) return;
    void this.#commands.run(async () => {
      const [file, captions] = await Promise.all([recordings.get(recording), recordings.captions(recording)]);
      if (!this.isConnected || this.recording !== recording) return;
      this.#file = file;
      this.#url = URL.createObjectURL(file);
      this.#captions = captions && URL.createObjectURL(captions);
    });
  }

  #close(): void {
    this.media?.pause();
    this.media?.removeAttribute('src');
    for (const url of [this.#url, this.#captions]) if (url) URL.revokeObjectURL(url);
    this.#file = this.#url = this.#captions = undefined;
  }

  readonly #onRate = ({target}: Event): void => {
    this.#rate = Number((target as HTMLSelectElement).value);
    const {media} = this;
    if (media) media.defaultPlaybackRate = media.playbackRate = this.#rate;
  };

  readonly #onError = (): void => {
    if (this.#url) this.#commands.fail(new SipError('file-unreadable', {subject: this.label}));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-recording-player': RecordingPlayerElement;
  }
}
