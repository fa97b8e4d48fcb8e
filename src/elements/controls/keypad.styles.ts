import {css} from 'lit';

/** The styles of a keypad, shared by the elements that have one. */
export const keypadStyles = css`
  .keys {
    /* Keys are in the same place in every language. */
    direction: ltr;
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: var(--_space-2);
    /* On a wide page it stays a keypad. */
    inline-size: min(100%, 28rem);
    margin-inline: auto;
  }
  .key {
    block-size: max(var(--_key, 3.25rem), 44px);
    border-radius: var(--_radius-m);
    background: var(--_fill);
    font-size: 1.25rem;
    font-weight: 550;
    line-height: 1;
  }
  .key:hover {
    background: var(--_fill-hover);
  }
  .key small {
    display: block;
    min-block-size: 0.75rem;
    margin-block-start: 0.25rem;
    font-size: 0.625rem;
    font-weight: 500;
    letter-spacing: 0.12em;
    color: var(--_quiet);
  }
  @media (forced-colors: active) {
    .key {
      border: 1px solid;
    }
  }
`;
