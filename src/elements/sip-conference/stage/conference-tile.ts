import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {LocalizeController} from '../../../controllers/localize-controller.js';
import type {ConferenceMember} from '../../../core/conference/conference-member.js';
import type {RemotePicture} from '../../../core/types.js';
import {micIcon, micOffIcon} from '../../shared/icons/controls.js';
import {cctvIcon} from '../../shared/icons/later.js';
import {usersIcon} from '../../shared/icons/phone.js';
import {initialsOf, pictureOf} from '../../shared/people/people.js';
import {inner} from '../../shared/styles/shared.styles.js';
import {initials} from '../../shared/styles/list-panel.styles.js';
import {label} from '../conference.styles.js';
import {talks} from '../member-text.js';

/**
 * A tile of the stage: a remote video, the user's own video, or a member without video. The stage sets its box and its
 * classes: `main` if it is the large tile, `full` if there is only video, `talks`, and the kind of the tile.
 *
 * @fires {Event} frames - The remote video has frames to show.
 */
export class ConferenceTileElement extends LitElement {
  static override styles = [
    inner,
    initials,
    label,
    css`
      video,
      sip-video {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        aspect-ratio: auto;
        border-radius: 0;
        object-fit: cover;
        --sip-video-fit: cover;
      }
      :host(.main) video {
        object-fit: contain;
      }
      video:not(.playing) {
        visibility: hidden;
      }
      .face {
        position: absolute;
        inset: 0;
        inset-block-end: 1.75rem;
        display: grid;
        place-content: center;
      }
      .avatar {
        --_surface: #1b2028;
        --_accent: #9cc2ff;
        --_size: clamp(1.25rem, min(50cqi, 100cqb - 2.5rem), 4rem);
        inline-size: var(--_size);
        block-size: var(--_size);
        font-size: calc(var(--_size) * 0.36);
      }
      /* Too low for two rows: the initials are beside the name. */
      @container (block-size < max(3.5rem, 56px)) {
        .face {
          inset-block-end: 0;
          inset-inline: 0.25rem auto;
        }
        .face + .caption {
          inset-inline-start: 1.75rem;
          max-inline-size: calc(100% - 2rem);
        }
      }
      /* Too narrow for a name beside anything else. */
      @container (inline-size < max(6rem, 96px)) {
        .caption {
          padding-inline: 0.25rem;
          font-size: max(0.6875rem, 11px);
          line-height: 1.5;
        }
        .caption.shared .icon {
          display: none;
        }
      }
      :host(.talks:not(.full))::after {
        content: '';
        position: absolute;
        inset: 0;
        border: 3px solid #4cc38a;
        border-radius: inherit;
        pointer-events: none;
      }
      .caption {
        position: absolute;
        inset-block-end: 0.25rem;
        inset-inline-start: 0.25rem;
        max-inline-size: calc(100% - 0.5rem);
      }
      .caption .icon {
        flex: none;
        inline-size: 0.875rem;
        block-size: 0.875rem;
      }
      :host(.talks) .caption .icon {
        color: #4cc38a;
      }
      :host(.full) .caption {
        inset-block: 0.75rem auto;
        inset-inline-start: 0.75rem;
        /* It may cross the edge of the picture, beside which the stage is as dark. */
        outline-color: rgb(255 255 255 / 30%);
      }
      :host(.full.own:not(.main)) .caption {
        display: none;
      }
    `,
  ];

  @property({attribute: false}) picture: RemotePicture | undefined;
  /** The member whose tile it is, if known. */
  @property({attribute: false}) member: ConferenceMember | undefined;
  /** Whether the tile is the user's own. */
  @property({attribute: false}) own = false;
  /** Whether the member is a camera. */
  @property({attribute: false}) camera = false;
  @property({attribute: false}) name = '';
  /** Whether the video has frames to show; until then it is hidden, so that it starts. */
  @property({attribute: false}) seen = false;

  @query('video') private readonly video!: HTMLVideoElement | null;

  readonly #localize = new LocalizeController(this);

  /** The element that plays the remote video. */
  get player(): HTMLVideoElement | null {
    return this.video;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Browsers pause a video that leaves the document.
    this.requestUpdate();
  }

  /** Plays the video: an element inserted with its stream does not start automatically. */
  protected override updated(): void {
    if (this.video?.paused) this.video.play().catch(() => {});
  }

  protected override render(): TemplateResult {
    const {picture, member, own, camera, name, seen} = this;
    const localize = this.#localize;
    const shared = !own && !member;
    // `live`: setting the stream again restarts the video, and Lit sets an object at every render.
    return html`${
        picture
          ? html`<video
              class=${seen ? 'playing' : ''}
              autoplay
              playsinline
              .muted=${true}
              .srcObject=${live(picture.stream)}
              aria-label=${localize.term('picture', name)}
              @resize=${() => this.dispatchEvent(new Event('frames'))}
            ></video>`
          : own
            ? html`<sip-video of="local"></sip-video>`
            : html`<span class="face" aria-hidden="true"
                ><span class="avatar" data-initials=${camera ? nothing : initialsOf(member!)}
                  >${camera ? cctvIcon : nothing}${pictureOf(member!)}</span
                ></span
              >`
      }
      <span
        class="caption ${shared ? 'shared' : ''}"
        title=${shared && name ? localize.term('conferenceVideoHint') : name}
        >${shared ? usersIcon : member && talks(member) ? micIcon : member && !member.speaking ? micOffIcon : nothing}<bdi
          class="line"
          >${name}</bdi
        ></span
      >`;
  }
}
