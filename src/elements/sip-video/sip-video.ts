import {html, nothing, type TemplateResult} from 'lit';
import {query} from 'lit/decorators.js';
import type {SipCall} from '../../core/call/call.js';
import {CallControlElement} from '../controls/call-control.js';
import {isHeld, sendsVideo} from '../shared/calls/call-picture.js';
import {CallPlayer} from '../shared/calls/call-player.js';
import {setState} from '../shared/custom-state.js';
import {videoOffIcon} from '../shared/icons/controls.js';
import {nameOf} from '../shared/people/people.js';
import {property} from '../shared/property.js';
import type {BlackWatch} from './black-watch.js';
import {styles} from './sip-video.styles.js';

/** Whether an element shows video, and the size of the video. */
export interface PictureDetail {
  readonly playing: boolean;
  /** The video's intrinsic width, in pixels; 0 if there is no video. */
  readonly width: number;
  readonly height: number;
}

/**
 * Shows the other side's video, or the user's own, mirrored; nothing while the call is on hold, or while the other side
 * sends black, as browsers do for a camera that is off. It plays no sound: `<sip-audio>` does.
 *
 * @fires {CustomEvent<PictureDetail>} sip-picture - The video started, changed its size, or ended.
 * @csspart video - The video.
 * @csspart empty - The icon shown while there is no video.
 * @cssprop [--sip-video-fit=contain] - How the video fills the element: `contain` or `cover`.
 * @cssstate playing - Video is playing.
 * @cssstate dark - The other side sends black, as for a camera that is off.
 */
export class SipVideoElement extends CallControlElement {
  static override styles = [super.styles, styles];

  /** Whose video: `remote` or `local`. */
  @property() of: 'remote' | 'local' = 'remote';

  @query('video') private readonly video!: HTMLVideoElement | null;
  readonly #internals = this.attachInternals();
  #watch: BlackWatch | undefined;
  #loading: Promise<unknown> | undefined;
  #reported: PictureDetail = {playing: false, width: 0, height: 0};

  constructor() {
    super();
    new CallPlayer(
      this,
      () => this.current,
      () => (this.video ? {element: this.video, of: this.#side, kinds: ['video']} : undefined),
    );
  }

  /** @internal The `<video>` element, once rendered. */
  get player(): HTMLVideoElement | null {
    return this.video;
  }

  /** Whether video is playing. */
  get playing(): boolean {
    return this.#reported.playing;
  }

  /** @internal Whether the other side sends black. A screen may be black. */
  get dark(): boolean {
    return (this.#watch?.dark ?? false) && !this.current?.state.remoteSharing;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch();
  }

  /** Moves the focus to the element itself, which has no button. */
  override focus(options?: FocusOptions): void {
    HTMLElement.prototype.focus.call(this, options);
  }

  /** Clicks the element itself, which has no button. */
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
      ${playing ? nothing : html`<span part="empty" class="empty ${call ? '' : 'idle'}">${videoOffIcon}</span>`}`;
  }

  protected override updated(): void {
    if (this.#comes) this.#watchBlack();
    else this.#unwatch();
    setState(this.#internals, 'dark', this.dark && this.#comes);
    const now = this.#now;
    const before = this.#reported;
    if (now.playing === before.playing && now.width === before.width && now.height === before.height) return;
    this.#reported = now;
    setState(this.#internals, 'playing', now.playing);
    this.dispatchEvent(new CustomEvent('sip-picture', {detail: now, bubbles: true, composed: true}));
  }

  get #side(): 'remote' | 'local' {
    return this.of === 'local' ? 'local' : 'remote';
  }

  get #now(): PictureDetail {
    const {videoWidth: width = 0, videoHeight: height = 0} = this.video ?? {};
    const playing = this.#comes && !this.dark;
    return playing ? {playing, width, height} : {playing, width: 0, height: 0};
  }

  /** Whether there is video, black or not. */
  get #comes(): boolean {
    return (this.video?.videoWidth ?? 0) > 0 && shows(this.current, this.#side);
  }

  /** Watches the other side's video; the user knows whether the own camera is off. */
  #watchBlack(): void {
    if (this.#side === 'local' || this.#watch) return;
    this.#loading ??= import('./black-watch.js').then(
      ({BlackWatch}) => {
        this.#loading = undefined;
        if (this.video && this.#comes && this.isConnected)
          this.#watch ??= new BlackWatch(this.video, this.#onChange);
      },
      () => (this.#loading = undefined),
    );
  }

  #unwatch(): void {
    this.#watch?.close();
    this.#watch = undefined;
  }

  readonly #onChange = (): void => this.requestUpdate();
}

/** Whether there may be video: a held call may still have its last frame, which must not be shown. */
function shows(call: SipCall | undefined, of: 'remote' | 'local'): boolean {
  if (!call || call.state.phase === 'released') return false;
  if (of === 'remote') return !isHeld(call);
  return !call.state.held && sendsVideo(call) && (call.state.sharing || !call.state.cameraOff);
}

/** Whether to mirror the local video: users know their face from mirrors, but a screen or a rear camera shows text. */
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
