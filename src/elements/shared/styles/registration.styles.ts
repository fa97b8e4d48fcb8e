import {css} from 'lit';

/** The styles of `registrationStatus()` in an element's bar. */
export const registrationStyles = css`
  .dot {
    flex: none;
    inline-size: 0.5rem;
    block-size: 0.5rem;
    border-radius: 50%;
    background: var(--_quiet);
  }
  .dot.registered {
    background: var(--_success);
  }
  .dot.rejected {
    background: var(--_danger);
  }
  .dot:is(.connecting, .reconnecting, .registering) {
    background: var(--_warning);
  }
  /* The number is there to the last. */
  .bar b {
    flex-shrink: 0.1;
    font-weight: 650;
  }
  .mailbox {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-1);
  }
  @media (forced-colors: active) {
    .dot {
      border: 0.25rem solid;
    }
  }
`;
