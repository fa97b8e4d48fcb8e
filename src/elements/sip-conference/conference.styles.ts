import {css} from 'lit';

/** The states of a row, with points between them. */
export const memberStates = css`
  .words .line {
    line-height: 1.35;
  }
  .state {
    overflow: hidden;
    line-height: 1.35;
  }
  .state > * + *::before {
    content: '·';
    margin-inline-end: 0.375rem;
    color: var(--_quiet);
  }
`;

/** The buttons of a row. */
export const actions = css`
  .act.plain {
    background: none;
    color: var(--_quiet);
  }
  .act.plain:hover {
    background: var(--_fill);
    color: var(--_text);
  }
  .pending {
    cursor: progress;
  }
  .pending .icon {
    opacity: 0.45;
  }
`;

/** A short text over the video. */
export const label = css`
  .chip,
  .caption {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    min-inline-size: 0;
    padding: 0.125rem 0.5rem;
    border-radius: var(--_radius-full);
    background: var(--_scrim);
    font-size: var(--_text-s);
  }
`;
