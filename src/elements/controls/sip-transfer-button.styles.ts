import {css} from 'lit';

export const styles = css`
  dialog {
    inline-size: min(max(22rem, 352px), 100vw - 2rem);
    max-block-size: calc(100dvh - 2rem);
    margin: auto;
    padding: 0;
    overflow: auto;
    overscroll-behavior: contain;
    color: var(--_text);
    text-align: start;
    box-shadow: 0 1rem 3rem rgb(8 11 15 / 28%);
  }
  dialog::backdrop {
    background: rgb(8 11 15 / 45%);
  }
  .head {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-2) 0 var(--_space-4);
  }
  h2 {
    flex: 1;
    margin: 0;
    font-size: var(--_text-l);
    font-weight: 650;
  }
  .round {
    flex: none;
    display: grid;
    place-content: center;
    inline-size: var(--_control);
    block-size: var(--_control);
    border-radius: 50%;
  }
  .round:hover {
    background: var(--_fill);
  }
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
    flex: 100 1 8rem;
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
  /* It has a line of its own where the field needs one. */
  .row .pill {
    flex: 1 0 auto;
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
    .round,
    button.target {
      border: 1px solid;
    }
  }
`;
