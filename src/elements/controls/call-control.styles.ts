import {css} from 'lit';
import {controlShape} from '../shared/styles/control.styles.js';

/**
 * The styles of a control. On a surface of another color, `--sip-button-background`, `-hover`, `-color`,
 * `-on-background` and `-on-color` set the colors of all controls on it.
 */
export const styles = css`
  :host {
    display: inline-block;
    vertical-align: middle;
    --_display: inline-block;
    /* It is as wide as its button. */
    container-type: normal !important;
    min-inline-size: auto;
  }
  :host([hidden]) {
    display: none;
  }
  ${controlShape}
  .control:not([aria-disabled='true']):hover {
    background: var(--sip-button-hover, var(--_fill-hover));
  }
  .control.on,
  .control.on:hover {
    background: var(--sip-button-on-background, var(--_accent));
    color: var(--sip-button-on-color, var(--_surface));
  }
  /* Most commands are done before it begins to show. */
  .control[aria-busy] .icon {
    animation: waits 1.2s 0.5s infinite alternate;
  }
  @keyframes waits {
    to {
      opacity: 0.35;
    }
  }
  .control.end,
  .control.end:hover {
    inline-size: max(4rem, 64px);
    border-radius: var(--_radius-full);
    background: var(--_danger);
    color: var(--_on-danger);
  }
  .control.end:not([aria-disabled='true']):hover {
    filter: brightness(1.08);
  }
  :host([labelled]:not([labelled='false' i])) .control {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space-2);
    inline-size: auto;
    max-inline-size: 100%;
    padding-inline: var(--_space-4);
    border-radius: var(--_radius-full);
    font-weight: 600;
  }
  :host([labelled]:not([labelled='false' i])) .icon {
    flex: none;
  }
  @media (forced-colors: active) {
    .control {
      border: 1px solid;
    }
  }
`;
