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
  .state > :not(:last-child)::after {
    content: '·';
    margin-inline-start: 0.375rem;
    color: var(--_quiet);
  }
`;

/** The buttons of a row. */
export const actions = css`
  .act.plain:hover {
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
    /* Seen with forced colors, over a bright picture. */
    outline: 1px solid transparent;
    outline-offset: -1px;
  }
`;

/** Fields with labels, and what is wrong with them. */
export const fields = css`
  .field {
    display: grid;
    gap: var(--_space-1);
    min-inline-size: 0;
  }
  .field > label {
    justify-self: start;
    font-size: var(--_text-s);
    font-weight: 600;
  }
  [aria-invalid='true'] {
    border-color: var(--_danger);
    box-shadow: inset 0 0 0 1px var(--_danger);
  }
  .wrong {
    display: flex;
    gap: 0.375rem;
    font-size: var(--_text-s);
    color: var(--_danger);
    overflow-wrap: anywhere;
  }
  .wrong .icon {
    flex: none;
    inline-size: 1rem;
    block-size: 1rem;
    margin-block-start: 0.125rem;
  }
`;

/** A form in a panel over the stage. */
export const panelForm = css`
  .form {
    padding: var(--_space-3);
  }
`;
