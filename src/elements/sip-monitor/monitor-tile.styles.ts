import {css} from 'lit';
import {onStage} from '../shared/styles/on-stage.styles.js';
import {controlShape} from '../shared/styles/control.styles.js';

/** The styles of a tile. */
export const styles = css`
  .tile {
    position: relative;
    display: grid;
    aspect-ratio: 16 / 9;
    max-block-size: 75vh;
    margin-inline: auto;
    min-inline-size: 0;
    overflow: hidden;
    border-radius: var(--_radius-m);
    background: var(--_surface);
    outline: 1px solid var(--_border);
    outline-offset: -1px;
    container-type: inline-size;
    --sip-button-background: transparent;
    --sip-control: 2.25rem;
    --_control: 2.25rem;
  }
  /* A picture is dark in both themes; where none is wanted, there is none. */
  .tile:not(.off) {
    ${onStage}
    outline-color: rgb(255 255 255 / 10%);
    --sip-button-hover: rgb(255 255 255 / 20%);
    --sip-button-color: #fff;
    --sip-button-on-background: #fff;
    --sip-button-on-color: #11161c;
  }
  .off > * {
    --_scrim: none;
  }
  .tile:focus-visible {
    outline: 2px solid transparent;
    box-shadow:
      0 0 0 2px var(--sip-color-surface, light-dark(#ffffff, #171b21)),
      0 0 0 4px var(--_accent);
  }
  .tile:fullscreen {
    aspect-ratio: auto;
    max-block-size: none;
    border-radius: 0;
    box-shadow: none;
  }
  .still,
  sip-video,
  .words {
    position: absolute;
    inset: 0;
  }
  sip-video {
    aspect-ratio: auto;
    border-radius: 0;
    background: none;
  }
  sip-video::part(empty) {
    display: none;
  }
  .still {
    inline-size: 100%;
    block-size: 100%;
    object-fit: var(--sip-video-fit, contain);
    opacity: 0.35;
  }
  .still[hidden] {
    display: none;
  }
  .live > .still,
  .off > .still {
    display: none;
  }
  .stalled > sip-video {
    opacity: 0.35;
  }
  /* A symbol, the state, the reason, the times and a button, from the large tile to the small one. */
  .words {
    display: flex;
    flex-flow: row wrap;
    align-content: center;
    align-items: center;
    justify-content: center;
    gap: var(--_space-1) var(--_space-2);
    padding: 2.25rem var(--_space-3) var(--_space-2);
    font-size: var(--_text-s);
    text-align: center;
  }
  .stalled .words {
    padding-block-end: 3rem;
  }
  .words > :not(.retry) {
    flex-basis: 100%;
  }
  .symbol {
    display: grid;
    place-content: center;
    min-block-size: 1.5rem;
    color: var(--_quiet);
  }
  .tile:not(.off) .avatar {
    color: var(--_on-stage);
    background: rgb(255 255 255 / 14%);
  }
  .rings {
    margin-block-end: 0.375rem;
  }
  .state {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .hint {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    padding-inline: max(0px, 50% - 13rem);
    overflow: hidden;
    color: var(--_quiet);
  }
  .when {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    column-gap: var(--_space-2);
  }
  .retry {
    flex: none;
    block-size: max(2.25rem, 36px);
    background: rgb(255 255 255 / 16%);
  }
  .retry:hover {
    background: rgb(255 255 255 / 28%);
  }
  .retry .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  .top {
    position: absolute;
    inset: 0 0 auto;
    display: flex;
    align-items: center;
    gap: 0.25rem;
    padding: 0.375rem;
    pointer-events: none;
  }
  .space {
    flex: 1;
  }
  .chip {
    display: flex;
    flex: none;
    align-items: center;
    gap: 0.375rem;
    min-inline-size: 0;
    min-block-size: 1.5rem;
    padding: 0 0.5rem;
    border-radius: var(--_radius-full);
    background: var(--_scrim);
    font-size: var(--_text-s);
    pointer-events: auto;
    /* Seen with forced colors, over a bright picture. */
    outline: 1px solid transparent;
    outline-offset: -1px;
  }
  .chip .icon {
    inline-size: 0.875rem;
    block-size: 0.875rem;
  }
  sip-sound-menu {
    flex: none;
    pointer-events: auto;
  }
  sip-sound-menu::part(call-sound) {
    min-inline-size: 1.5rem;
    block-size: 1.5rem;
    padding: 0;
    background: var(--_scrim);
  }
  .caption {
    flex: 0 1 auto;
    font-weight: 600;
  }
  .caption .number {
    color: var(--_quiet);
    font-weight: 400;
  }
  .chip.live::before {
    content: '';
    inline-size: 0.375rem;
    block-size: 0.375rem;
    border-radius: 50%;
    background: currentColor;
  }
  .chip.late {
    color: var(--_warning);
  }
  .chip.late::before {
    content: none;
  }
  .sign {
    flex: none;
    inline-size: 0.625rem;
    block-size: 0.625rem;
    border-radius: 50%;
    background: #ff8a84;
  }
  .sound {
    position: absolute;
    inset-block-end: 3.25rem;
    justify-self: center;
  }
  .controls {
    position: absolute;
    inset-block-end: 0.375rem;
    justify-self: center;
    display: flex;
    gap: 0.125rem;
    padding: 0.125rem;
    border-radius: var(--_radius-full);
    background: var(--_scrim);
  }
  /* If words replace the video, its two controls are above them, beside the name. */
  .tile:not(.live, .stalled) > .top {
    min-block-size: 3.25rem;
    padding-inline-end: max(5.5rem, 88px);
  }
  .tile:not(.live, .stalled) > .controls {
    inset-block: 0.375rem auto;
    inset-inline-end: 0.375rem;
    justify-self: end;
  }
  ${controlShape}
  .controls > .control:hover {
    background: var(--sip-button-hover);
  }
  .controls > .control.on,
  .controls > .control.on:hover {
    background: var(--sip-button-on-background);
    color: var(--sip-button-on-color);
  }
  .controls .icon {
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }
  /* With a pointer, buttons appear only on hover or focus. */
  @media (hover: hover) {
    .controls {
      opacity: 0;
      transition: opacity var(--_motion);
    }
    .tile:is(:hover, :focus-within, :has(:popover-open)) > .controls {
      opacity: 1;
    }
  }
  /* The button stands beside the symbol, without its word. */
  @container (inline-size < max(24rem, 384px)) {
    .words > .symbol {
      flex-basis: auto;
    }
    .words .avatar {
      inline-size: 1.75rem;
      block-size: 1.75rem;
    }
    .retry {
      order: -1;
      min-inline-size: max(2.25rem, 36px);
      padding: 0;
    }
    .symbol {
      order: -2;
    }
    .retry span {
      display: none;
    }
    .words > :is(.state, .hint, .when) {
      flex-basis: 100%;
    }
  }
  @container (inline-size < max(17rem, 272px)) {
    .caption .number {
      display: none;
    }
    .hint:has(+ .when) {
      -webkit-line-clamp: 1;
    }
  }
  /* The reason is in the tooltip, and for screen readers in the name of the tile. */
  @container (inline-size < max(15rem, 240px)) {
    .words > :is(.hint, .when) {
      display: none;
    }
  }
  /* The dot, or the sign that the picture is late, is all that the name leaves room for. */
  @container (inline-size < max(13rem, 208px)) {
    .live time {
      display: none;
    }
    .controls {
      --sip-control: max(1.75rem, 28px);
      --_control: max(1.75rem, 28px);
    }
    .controls .icon {
      inline-size: 1rem;
      block-size: 1rem;
    }
    .tile:not(.live, .stalled) > .top {
      min-block-size: 2.75rem;
      padding-inline-end: max(4.5rem, 72px);
    }
  }
  /* Six controls in a row. */
  @container (inline-size < max(12rem, 192px)) {
    .controls {
      --sip-control: max(1.5rem, 24px);
      --_control: max(1.5rem, 24px);
    }
  }
  @container (inline-size < max(10rem, 160px)) {
    .words {
      padding-block-start: 1.75rem;
    }
    .words > .state {
      display: none;
    }
    .stalled .words {
      padding-block-end: 2.25rem;
    }
  }
  @media (forced-colors: active) {
    .tile {
      --_scrim: Canvas;
    }
    .tile,
    .control {
      border: 1px solid;
    }
    .sign {
      forced-color-adjust: none;
      background: red;
    }
    .chip.live::before {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;
