import {css} from 'lit';
import {controlShape} from '../shared/styles/control.styles.js';

/** The controls over the video, the overflow menu, and the keypad. */
export const rowStyles = css`
  .controls,
  .menu {
    --sip-button-background: #5d6672;
    --sip-button-hover: #6f7986;
    --sip-button-color: #fff;
    --sip-button-on-background: #fff;
    --sip-button-on-color: #11161c;
    --sip-color-danger: #d93a35;
    --sip-color-on-danger: #fff;
    --_danger: var(--sip-color-danger);
    --_on-danger: var(--sip-color-on-danger);
    --sip-focus: var(--_focus);
  }
  .controls {
    anchor-name: --row;
    display: flex;
    justify-content: center;
    gap: var(--_space-2);
    min-block-size: var(--_control);
  }
  /* Solid: a picture may be as bright as a white page, or as dark as the controls. */
  .controls.row {
    justify-self: center;
    max-inline-size: 100%;
    padding: 0.375rem;
    border-radius: var(--_radius-full);
    background: #11161c;
  }
  ${controlShape}
  .control:hover {
    background: var(--sip-button-hover);
  }
  .more {
    anchor-name: --more;
  }
  /* Opens the devices of the control before it, and belongs to it. */
  .arrow {
    flex: none;
    display: grid;
    place-content: center;
    inline-size: 1.75rem;
    block-size: var(--_control);
    margin-inline-start: calc(-1 * var(--_space-2));
    border-radius: var(--_radius-full);
    color: #fff;
  }
  .arrow:hover {
    background: #3a424e;
  }
  .arrow .icon {
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }
  .arrow.sound {
    anchor-name: --sound;
  }
  .arrow.camera {
    anchor-name: --camera;
  }
  sip-hangup-button {
    margin-inline-start: var(--_space-3);
  }
  /* A line of the menu opens its dialog. */
  .aside {
    position: absolute;
  }
  .aside::part(button) {
    display: none;
  }
  /* The bar over the picture has the time already, and what lets it pause. */
  sip-record-button::part(time),
  sip-record-button::part(pause) {
    display: none;
  }
  .menu,
  .tones {
    position-area: block-start;
    position-try-fallbacks: flip-block;
    margin: var(--_space-2);
    max-inline-size: calc(100vw - 1rem);
    border: 1px solid rgb(255 255 255 / 16%);
    border-radius: var(--_radius-m);
    padding: 0;
    background: #1b2028;
    color: #f4f7fa;
    box-shadow: 0 0.5rem 2rem rgb(0 0 0 / 45%);
  }
  .menu {
    --sip-button-background: transparent;
    position-anchor: --more;
    position-area: block-start span-inline-start;
    /* At the edge of its button: Firefox puts it outside the page by default if only the call is mirrored. */
    justify-self: anchor-center;
    /* Where it has most room, and never over the row. */
    position-try-fallbacks:
      flip-block,
      flip-inline,
      flip-block flip-inline,
      block-start span-all,
      block-end span-all;
    position-try-order: most-block-size;
    min-inline-size: 12rem;
    max-block-size: calc(100% - 2 * var(--_space-2));
    overflow: auto;
    padding: var(--_space-1);
  }
  .menu > * {
    display: flex;
    inline-size: 100%;
  }
  .devices {
    position-anchor: --row;
    position-area: block-start;
    position-try-order: normal;
    inline-size: min(20rem, 100vw - 1rem);
    max-block-size: min(26rem, 80vh);
  }
  .devices.sound {
    position-anchor: --sound;
  }
  .devices.camera {
    position-anchor: --camera;
  }
  .devices > * {
    display: block;
  }
  .devices > .failed {
    padding: var(--_space-3);
  }
  .menu > .control,
  .menu > ::part(button) {
    flex: auto;
    align-items: center;
    justify-content: start;
    gap: var(--_space-3);
    padding-inline: var(--_space-3);
    border-radius: var(--_radius-s);
    font-weight: 500;
    text-align: start;
  }
  .tones {
    position-anchor: --row;
    inline-size: 17rem;
    overflow: hidden;
  }
  .tones > ::part(panel) {
    border: 0;
    background: none;
  }
  @media (forced-colors: active) {
    .control,
    .arrow {
      border: 1px solid;
    }
    .menu > .control,
    .menu > ::part(button) {
      border: 0;
    }
  }
  @container (inline-size < max(18rem, 288px)) {
    .controls {
      gap: var(--_space-1);
    }
    sip-hangup-button {
      margin-inline-start: var(--_space-2);
    }
    sip-hangup-button::part(button) {
      inline-size: 3.25rem;
    }
  }
`;

/** The bottom of a stage: a notice, the button that turns the sound on, and the controls. */
export const stageBottom = css`
  .bottom {
    position: absolute;
    inset: auto 0 0;
    z-index: 1;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-2);
    padding: var(--_space-4);
  }
  .bottom .notice {
    --_surface: #1b2028;
    justify-self: center;
    max-inline-size: 32rem;
  }
  .controls .pill {
    flex: 0 1 auto;
    padding-inline: var(--_space-4);
  }
  .controls .pill.round {
    flex: none;
    padding: 0;
  }
  .sound {
    justify-self: center;
  }
  .sound::part(sound) {
    border: 1px solid #11161c;
    background: #fff;
    color: #11161c;
  }
  @container (inline-size < max(22rem, 352px)) {
    /* Three buttons have no room for words. */
    .controls:has(.round) .word {
      display: none;
    }
    .controls:has(.round) .pill:not(.round) {
      padding-inline: var(--_space-3);
      inline-size: max(4rem, 64px);
    }
  }
`;
