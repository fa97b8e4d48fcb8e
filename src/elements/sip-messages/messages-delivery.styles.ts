import {css} from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: end;
    gap: var(--_space-1);
    min-inline-size: 0;
    max-inline-size: 100%;
    font-size: var(--_text-s);
  }
  .head {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  .summary {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    min-inline-size: 0;
    max-inline-size: 100%;
    min-block-size: max(1.5rem, 24px);
    border-radius: var(--_radius-s);
    color: var(--_quiet);
    text-align: end;
    text-wrap: balance;
  }
  .summary:hover {
    color: var(--_text);
  }
  .summary .icon,
  .act .icon {
    flex: none;
    inline-size: 1rem;
    block-size: 1rem;
  }
  .act {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: max(1.75rem, 28px);
    block-size: max(1.75rem, 28px);
    border-radius: var(--_radius-full);
  }
  .act:hover {
    background: var(--_fill);
  }
  .summary.failed {
    font-weight: 600;
    color: var(--_danger);
  }
  .chevron {
    display: grid;
  }
  [aria-expanded='true'] > .chevron {
    transform: rotate(180deg);
  }
  .list {
    inline-size: 15rem;
    max-inline-size: 100%;
    max-block-size: 12rem;
    overflow-y: auto;
    overscroll-behavior: contain;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    background: var(--_surface);
  }
  .recipient {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: max(1.875rem, 30px);
    padding-inline: var(--_space-3);
  }
  .who {
    flex: 1;
    min-block-size: max(1.5rem, 24px);
    border-radius: var(--_radius-s);
    text-align: start;
  }
  .who:hover {
    text-decoration: underline;
  }
  .word {
    flex: none;
    color: var(--_quiet);
  }
  /* A ring waits, a round dot has it, a square has not. */
  .word::before {
    content: '';
    display: inline-block;
    inline-size: 9px;
    block-size: 9px;
    margin-inline-end: 0.375rem;
    border: 2px solid currentColor;
    border-radius: 50%;
    forced-color-adjust: none;
  }
  .sent > .word::before,
  .delivered > .word::before,
  .read > .word::before,
  .failed > .word::before {
    background: currentColor;
  }
  .delivered > .word,
  .read > .word {
    color: var(--_success);
  }
  .failed > .word {
    color: var(--_danger);
  }
  .failed > .word::before {
    border-radius: 1px;
  }
  .badge {
    flex: none;
    padding: 0 0.375rem;
    border-radius: var(--_radius-full);
    font-weight: 700;
    background: var(--_danger);
    color: var(--_on-danger);
  }
  @media (pointer: coarse) {
    .summary,
    .who,
    .act {
      min-block-size: 44px;
    }
    .act {
      min-inline-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .badge {
      border: 1px solid;
    }
  }
`;
