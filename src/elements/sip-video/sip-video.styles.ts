import {css} from 'lit';

export const styles = css`
  :host {
    display: block;
    --_display: block;
    position: relative;
    aspect-ratio: 16 / 9;
    overflow: hidden;
    border-radius: var(--_radius-m);
    background: var(--_stage);
    color: var(--_on-stage) !important;
  }
  video {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: var(--sip-video-fit, contain);
  }
  video:not(.playing) {
    visibility: hidden;
  }
  .mirrored {
    transform: scaleX(-1);
  }
  .empty {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
  }
  /* Without a call there is no stage. */
  .idle {
    border: 1px solid var(--_border);
    border-radius: inherit;
    color: var(--_quiet);
    background: var(--_surface);
  }
  .empty .icon {
    inline-size: 2rem;
    block-size: 2rem;
    opacity: 0.5;
  }
`;
