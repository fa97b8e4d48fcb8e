import {css} from 'lit';

/** The styles of the sign of a call's encryption, and of its details. */
export const styles = css`
  .encryption {
    anchor-name: --encryption;
  }
  .encryption.failed .icon,
  .encryption.none .icon {
    color: var(--_warning);
  }
  /* Its drawing is enough where a name or another sign has no room. */
  @container (inline-size < max(30rem, 480px)) {
    .encryption .word {
      display: none;
    }
  }
  .encryption-details {
    position-anchor: --encryption;
    inline-size: 18rem;
    max-inline-size: calc(100vw - 2rem);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    padding: var(--_space-3) var(--_space-4);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: 0 0.5rem 2rem rgb(0 0 0 / 25%);
    font-size: var(--_text-s);
  }
  .encryption-details:popover-open {
    display: grid;
    gap: var(--_space-3);
  }
  .encryption-details p {
    margin: 0;
  }
  .encryption-details .code {
    font-size: var(--_text-xl);
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.1em;
    text-align: center;
  }
  .encryption-details button {
    min-block-size: var(--_target, 2.75rem);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    background: none;
    color: inherit;
    font: inherit;
  }
  @supports (position-area: block-end) {
    .encryption-details {
      position-area: block-end;
      position-try-fallbacks: flip-block, flip-inline;
      /* As far from the window's edge as a card is. */
      margin: var(--_space-2) var(--_space-4);
    }
  }
`;
