import {css} from 'lit';

/** What `doNotDisturbButton()` looks like while calls are refused. */
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
