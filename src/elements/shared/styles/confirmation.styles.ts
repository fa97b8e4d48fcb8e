import {css} from 'lit';

/** The styles of a question in place. */
export const confirmationStyles = css`
  .confirm {
    display: grid;
    gap: var(--_space-3);
    padding: var(--_space-2);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }
  .choices .pill {
    flex: 1 0 auto;
    max-inline-size: 100%;
  }
`;
