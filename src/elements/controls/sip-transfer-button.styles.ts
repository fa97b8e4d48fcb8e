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
    padding-block: var(--_space-2) 0;
    padding-inline: var(--_space-4) var(--_space-2);
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
  .waits {
    padding: var(--_space-4);
    text-align: center;
  }
  @media (forced-colors: active) {
    .round {
      border: 1px solid;
    }
  }
`;
