import {css} from 'lit';

/** The styles of a form with a few fields in a card. */
export const form = css`
  .form {
    display: grid;
    gap: var(--_space-3);
    max-inline-size: 32rem;
    padding: var(--_space-4);
  }
  .input {
    inline-size: 100%;
    min-inline-size: 0;
    block-size: var(--_control);
    padding: 0 var(--_space-3);
    border: 1px solid color-mix(in oklab, var(--_quiet) 70%, var(--_surface));
    border-radius: var(--_radius-m);
    font: inherit;
    color: inherit;
    background: var(--_surface);
  }
  input::placeholder {
    color: var(--_quiet);
    opacity: 1;
  }
  .hint {
    font-size: var(--_text-s);
  }
`;
