import {css} from 'lit';

export const styles = css`
  :host {
    display: block;
    --_display: block;
    container-type: inline-size !important;
    min-inline-size: 0;
  }
  .card {
    display: grid;
    gap: var(--_space-3);
    padding: var(--_space-3);
  }
  .shown {
    display: grid;
    align-items: center;
    min-block-size: 2.5rem;
    padding-inline: var(--_space-1);
  }
  .shown > * {
    grid-area: 1 / 1;
  }
  output {
    overflow: hidden;
    white-space: nowrap;
    text-align: end;
    font-size: var(--_text-xl);
    font-weight: 550;
    line-height: 1.2;
    letter-spacing: 0.06em;
  }
  .waits {
    color: var(--_quiet);
  }
  .hint {
    font-size: var(--_text-s);
    text-align: center;
  }
`;
