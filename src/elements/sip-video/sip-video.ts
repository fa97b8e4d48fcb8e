import {html, nothing, type TemplateResult} from 'lit';
import {query} from 'lit/decorators.js';
import type {SipCall} from '../../core/call/call.js';
import {CallControlElement} from '../controls/call-control.js';
import {isHeld, sendsVideo} from '../shared/call-picture.js';
import {CallPlayer} from '../shared/call-player.js';
import {setState} from '../shared/custom-state.js';
import {videoOffIcon} from '../shared/icons.js';
import {nameOf} from '../shared/people/people.js';
import {property} from '../shared/property.js';
import {styles} from './sip-video.styles.js';

/** A picture that is to be seen, or is not any more. */
export interface PictureDetail {
  readonly playing: boolean;
  /** The picture's own size, in pixels; 0 where there is none. */
  readonly width: number;
  readonly height: number;
}

/**
 * Shows the other side's picture, or one's own, as in a mirror; none of a call that is held. It is without sound:
 * `<sip-audio>` has that.
 *
 * @fires {CustomEvent<PictureDetail>} sip-picture - The picture is there, has another size, or is gone.
 * @csspart video - The picture.
 * @csspart empty - The sign that there is none.
 * @cssprop [--sip-video-fit=contain] - How the picture fills the element: `contain` or `cover`.
 * @cssstate playing - There is a picture.
 */
export class SipVideoElement extends CallControlElement {
  static override styles = [super.styles, styles];

  /** Whose picture: `remote` or `local`. */
  @property() of: 'remote' | 'local' = 'remote';

  @query('video') private readonly video!: HTMLVideoElement | null;
  readonly #internals = this.attachInternals();
  #told: PictureDetail = {playing: false, width: 0, height: 0};

  constructor() {
    super();
    new CallPlayer(
      this,
      () => this.current,
      () => (this.video ? {element: this.video, of: this.#side, kinds: ['video']} : undefined),
    );
  }

  /** @internal The element that plays it, once it is there. */
  get player(): HTMLVideoElement | null {
    return this.video;
  }

  /** Whether there is a picture. */
  get playing(): boolean {
    return this.#told.playing;
  }

  override focus(options?: FocusOptions): void {
    HTMLElement.prototype.focus.call(this, options);
  }

  override click(): void {
    HTMLElement.prototype.click.call(this);
  }

  protected override render(): TemplateResult {
    const {current: call, localize} = this;
    const own = this.#side === 'local';
    const {playing} = this.#now;
    const name = call ? nameOf(call.remote, localize) : '';
    return html`<video
        part="video"
        class="${playing ? 'playing' : ''} ${own && mirrors(call) ? 'mirrored' : ''}"
        autoplay
        playsinline
        .muted=${true}
        aria-label=${own ? localize.term('ownPicture') : localize.term('picture', name)}
        ?hidden=${!playing}
        @resize=${this.#onChange}
        @emptied=${this.#onChange}
      ></video>
      ${playing ? nothing : html`<span part="empty" class="empty">${videoOffIcon}</span>`}`;
  }

  protected override updated(): void {
    const now = this.#now;
    const before = this.#told;
    if (now.playing === before.playing && now.width === before.width && now.height === before.height) return;
    this.#told = now;
    setState(this.#internals, 'playing', now.playing);
    this.dispatchEvent(new CustomEvent('sip-picture', {detail: now, bubbles: true, composed: true}));
  }

  get #side(): 'remote' | 'local' {
    return this.of === 'local' ? 'local' : 'remote';
  }

  get #now(): PictureDetail {
    const {videoWidth: width = 0, videoHeight: height = 0} = this.video ?? {};
    const playing = width > 0 && shows(this.current, this.#side);
    return playing ? {playing, width, height} : {playing, width: 0, height: 0};
  }

  readonly #onChange = (): void => this.requestUpdate();
}

/** Whether there may be a picture: of a call that is held the last one may be left, which is nobody's any more. */
function shows(call: SipCall | undefined, of: 'remote' | 'local'): boolean {
  if (!call || call.state.phase === 'released') return false;
  if (of === 'remote') return !isHeld(call);
  return !call.state.held && sendsVideo(call) && (call.state.sharing || !call.state.cameraOff);
}

/** One's own face is known from mirrors; a screen, or what a camera sees that looks away, has things to read on it. */
function mirrors(call: SipCall | undefined): boolean {
  const [track] = call?.localStream?.getVideoTracks() ?? [];
  return !call?.state.sharing && track?.getSettings().facingMode !== 'environment';
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-video': SipVideoElement;
  }
  interface HTMLElementEventMap {
    'sip-picture': CustomEvent<PictureDetail>;
  }
}
