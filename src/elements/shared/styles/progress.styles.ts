import {css} from 'lit';

/** The progress bar of a file being uploaded or played. */
export const progressStyles = css`
  progress {
    appearance: none;
    inline-size: 100%;
    block-size: 0.25rem;
    margin-block: 0.25rem 0.125rem;
    border: 0;
    border-radius: var(--_radius-full);
    overflow: hidden;
    background: var(--_fill);
  }
  progress::-webkit-progress-bar {
    background: var(--_fill);
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
  }
  @media (forced-colors: active) {
    progress {
      block-size: 0.5rem;
      border: 1px solid;
    }
    progress::-webkit-progress-value {
      forced-color-adjust: none;
      background: Highlight;
    }
    progress::-moz-progress-bar {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;
