import {css} from 'lit';

/** A round button; the surface below it may set other colors, as in `call-control.styles.ts`. */
export const controlShape = css`
  .control {
    display: grid;
    flex: none;
    place-content: center;
    inline-size: var(--_control);
    block-size: var(--_control);
    border-radius: 50%;
    background: var(--sip-button-background, var(--_fill));
    color: var(--sip-button-color, var(--_text));
    backdrop-filter: var(--sip-button-filter, none);
  }
`;
