import {css} from 'lit';

export const styles = css`
  :host {
    display: grid;
    min-inline-size: 0;
  }
  .hint {
    align-self: center;
    padding-inline: var(--_space-4);
    font-size: var(--_text-s);
    text-align: center;
    text-wrap: balance;
  }
  .bar {
    display: grid;
    align-content: center;
    gap: var(--_space-1);
    min-inline-size: 0;
    padding-inline: var(--_space-2);
  }
  .actions {
    display: flex;
    align-items: center;
    gap: 0.3125rem;
    min-inline-size: 0;
  }
  .count {
    flex: 0 1 auto;
    padding-inline-start: var(--_space-2);
    font-size: var(--_text-s);
  }
  .count + .toggle {
    margin-inline-end: auto;
  }
  .pill {
    flex: 0 1 auto;
    min-inline-size: 2.25rem;
    block-size: var(--_small);
    padding-inline: 0.625rem;
    font-size: var(--_text-s);
  }
  .bar .actions:last-child .pill {
    flex: 1 1 auto;
    max-inline-size: 10rem;
  }
  .pill .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  /* Over the list, whose rows stay where they are. */
  .over {
    grid-template-columns: minmax(0, 1fr);
    position: absolute;
    inset-block-end: 100%;
    inset-inline: 0;
    display: grid;
    gap: var(--_space-2);
    max-block-size: min(22rem, 60vh);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .over:has(> *) {
    padding: var(--_space-2);
  }
  .over > .notice {
    box-shadow: 0 0 0 1px var(--_border);
  }
  .report,
  .write {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-inline-size: 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    background: var(--_surface);
    box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
  }
  .head {
    display: flex;
    align-items: center;
    gap: var(--_space-1);
    min-block-size: 2.75rem;
    padding-inline: var(--_space-3) var(--_space-1);
    border-block-end: 1px solid var(--_border);
    font-size: var(--_text-s);
  }
  .head > b {
    flex: 1;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    padding-block: var(--_space-1);
    padding-inline: var(--_space-3);
    border-block-end: 1px solid var(--_border);
    font-size: var(--_text-s);
  }
  .choice .input {
    inline-size: auto;
    min-block-size: 0;
    block-size: var(--_small);
    padding-block: 0;
    font-size: var(--_text-s);
  }
  .lines {
    max-block-size: 13rem;
    overflow-y: auto;
    overscroll-behavior: contain;
    border-radius: 0 0 var(--_radius-m) var(--_radius-m);
  }
  .row {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: max(2.25rem, 36px);
    padding-inline: var(--_space-3) var(--_space-1);
    font-size: var(--_text-s);
  }
  .row .name {
    font-weight: 550;
  }
  .row .number {
    flex: none;
  }
  .tone {
    flex: none;
    margin-inline-start: auto;
    color: var(--_quiet);
  }
  /* A ring waits, a round dot is reached, a square is not. */
  .tone::before {
    content: '';
    display: inline-block;
    inline-size: 9px;
    block-size: 9px;
    margin-inline-end: 0.375rem;
    border: 2px solid currentColor;
    border-radius: 50%;
    forced-color-adjust: none;
  }
  .reached .tone {
    color: var(--_success);
  }
  .reached .tone::before {
    background: currentColor;
  }
  .missed .tone {
    color: var(--_danger);
  }
  .missed .tone::before {
    border-radius: 1px;
    background: currentColor;
  }
  .write {
    gap: var(--_space-2);
    padding: var(--_space-3);
    font-size: var(--_text-s);
  }
  .write textarea {
    inline-size: 100%;
    min-block-size: 4.5rem;
    padding-block: var(--_space-2);
    resize: vertical;
  }
  .write .actions {
    justify-content: flex-end;
  }
  @container (max-width: max(24rem, 384px)) {
    .head .pill {
      padding-inline: 0;
    }
    .head .pill span {
      display: none;
    }
  }
  /* The words have room beside each other without their icons. */
  @container (max-width: max(28rem, 448px)) {
    .bar .actions:last-child .pill {
      padding-inline: 0.375rem;
    }
    .bar .pill .icon {
      display: none;
    }
  }
  @container (max-width: max(20rem, 320px)) {
    .bar .pill .icon {
      display: block;
    }
    .bar .pill {
      flex: 1 1 auto;
      padding-inline: 0;
    }
    .bar .pill .line {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .toggle {
      border: 1px solid;
    }
    span.toggle {
      border-color: transparent;
    }
  }
`;
