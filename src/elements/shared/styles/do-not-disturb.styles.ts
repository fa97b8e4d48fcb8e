import {css} from 'lit';

/** The styles of `doNotDisturbButton()` while calls are rejected. */
export const doNotDisturbStyles = css`
  .disturb[aria-pressed='true'] {
    background: color-mix(in oklab, var(--_warning) 16%, var(--_surface));
  }
  .disturb[aria-pressed='true'] .icon {
    color: var(--_warning);
  }
  @media (forced-colors: active) {
    .disturb[aria-pressed='true'] {
      border: 1px solid;
    }
  }
`;
