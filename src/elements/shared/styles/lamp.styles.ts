import {css} from 'lit';

/** The state of a person as a shape and a color: a disc is online, a square busy, a ring offline. */
export const lampStyles = css`
  .lamp {
    flex: none;
    inline-size: 0.625rem;
    block-size: 0.625rem;
    border-radius: 50%;
    background: var(--_quiet);
    border: 0 solid var(--_quiet);
    scale: 1;
  }
  .lamp:not(.online, .idle, .busy, .ringing, .away, .offline) {
    scale: 0.6;
  }
  .lamp:is(.online, .idle) {
    background: var(--_success);
  }
  .lamp.busy {
    border-radius: 2px;
    background: var(--_warning);
  }
  .lamp.ringing {
    border-radius: 1px;
    background: var(--_accent);
    rotate: 45deg;
  }
  .lamp.away {
    background: linear-gradient(90deg, var(--_quiet) 50%, transparent 50%);
    border-width: 2px;
  }
  .lamp.offline {
    background: none;
    border-width: 2px;
  }
  @media (forced-colors: active) {
    .lamp {
      forced-color-adjust: none;
    }
  }
`;
