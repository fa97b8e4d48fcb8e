import {css} from 'lit';

export const styles = css`
  .body {
    display: grid;
    gap: var(--_space-3);
    padding: var(--_space-2) var(--_space-4) var(--_space-4);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }
  input {
    inline-size: 100%;
    min-inline-size: 0;
    block-size: var(--_control);
    padding-inline: var(--_space-3);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-s);
    background: var(--_sunken);
    color: inherit;
    font: inherit;
    font-size: max(1rem, var(--_text-m));
  }
  input::placeholder {
    color: var(--_quiet);
    opacity: 1;
  }
  .row .pill {
    flex: 1 0 auto;
    max-inline-size: 100%;
    padding-inline: var(--_space-4);
  }
  .or {
    margin-block-end: var(--_space-1);
    font-size: var(--_text-s);
  }
  .target {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    inline-size: 100%;
    min-block-size: 3.5rem;
    padding: var(--_space-1) var(--_space-2);
    border-radius: var(--_radius-s);
    text-align: start;
  }
  button.target:hover {
    background: var(--_fill);
  }
  .avatar {
    inline-size: max(2.5rem, 40px);
    block-size: max(2.5rem, 40px);
  }
  .words {
    flex: 1;
    display: grid;
    min-inline-size: 0;
  }
  .name {
    font-weight: 600;
  }
  .state,
  .hint {
    font-size: var(--_text-s);
  }
  @media (forced-colors: active) {
    button.target {
      border: 1px solid;
    }
  }
`;
