import {css, type CSSResultGroup} from 'lit';
import {listPanel, noticeMargin} from '../shared/styles/list-panel.styles.js';
import {progressStyles} from '../shared/styles/progress.styles.js';

const own = css`
  .head {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    padding: var(--_space-3) var(--_space-4);
    border-block-end: 1px solid var(--_border);
  }
  .title {
    flex: 1;
  }
  .head .pill {
    flex: none;
    padding-inline: var(--_space-4);
  }
  progress {
    display: block;
    /* It covers the beginning of what follows, which does not move when it goes. */
    position: relative;
    margin: 0 0 -0.25rem;
    border-radius: 0;
  }
  .result {
    display: grid;
    align-content: center;
    box-sizing: border-box;
    min-block-size: max(4.25rem, 68px);
    padding: var(--_space-3) var(--_space-4);
  }
  .result[hidden],
  .summary:empty {
    display: none;
  }
  .summary {
    font-weight: 600;
  }
  .names {
    font-size: var(--_text-s);
  }
  .steps {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr));
    margin: 0;
    padding: 0;
    list-style: none;
    max-block-size: var(--sip-check-height, none);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  li {
    display: flex;
    gap: var(--_space-3);
    padding: var(--_space-2) var(--_space-4);
    border-block-start: 1px solid var(--_border);
    /* What was found appears below: the rows before do not move. */
    min-block-size: max(3.5rem, 56px);
  }
  .shape {
    flex: none;
    display: grid;
    place-content: center;
    inline-size: 1.75rem;
    block-size: 1.75rem;
    margin-block-start: 0.125rem;
    border-radius: 50%;
    color: var(--_quiet);
    background: var(--_fill);
  }
  .shape .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--_space-3);
  }
  .verdict {
    color: var(--_quiet);
    font-size: var(--_text-s);
    font-weight: 600;
  }
  .found,
  .facts {
    font-size: var(--_text-s);
    overflow-wrap: anywhere;
  }
  .facts > .value > bdi {
    white-space: nowrap;
  }
  .words {
    flex: 1;
    align-content: start;
    min-inline-size: 0;
    max-inline-size: max(44rem, 704px);
  }
  :is(.facts, .names) span:not(:last-child)::after {
    content: '\\a0· ';
  }
  .passed > .shape,
  .passed .verdict {
    color: var(--_success);
  }
  .warning > .shape,
  .warning .verdict {
    color: var(--_warning);
  }
  .failed > .shape,
  .failed .verdict {
    color: var(--_danger);
  }
  .passed > .shape {
    background: color-mix(in oklab, var(--_success) 14%, var(--_surface));
  }
  .warning > .shape {
    background: color-mix(in oklab, var(--_warning) 16%, var(--_surface));
    border-radius: 0.375rem;
  }
  .failed > .shape {
    background: color-mix(in oklab, var(--_danger) 14%, var(--_surface));
  }
  .waiting .name,
  .skipped .name {
    color: var(--_quiet);
  }
  .summary.failed {
    color: var(--_danger);
  }
  .summary.warning {
    color: var(--_warning);
  }
  .summary.passed {
    color: var(--_success);
  }
  @media (prefers-reduced-motion: no-preference) {
    .running > .shape {
      animation: checking 1.2s ease-in-out infinite alternate;
    }
    @keyframes checking {
      to {
        opacity: 0.4;
      }
    }
  }
  .report {
    display: grid;
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-4) var(--_space-3);
    border-block-start: 1px solid var(--_border);
    font-size: var(--_text-s);
  }
  summary {
    display: flex;
    align-items: center;
    min-block-size: var(--_small);
    font-weight: 600;
    cursor: pointer;
  }
  summary::before {
    content: '';
    flex: none;
    inline-size: 0.4375rem;
    block-size: 0.4375rem;
    margin-inline: 0.25rem 0.625rem;
    border: solid;
    border-width: 0 2px 2px 0;
    rotate: -45deg;
  }
  summary:dir(rtl)::before {
    rotate: 135deg;
  }
  [open] > summary::before {
    rotate: 45deg;
  }
  .mask {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: var(--_small);
  }
  .mask input {
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin: 0;
    accent-color: var(--_accent);
  }
  .text {
    max-block-size: 16rem;
    margin: 0 0 var(--_space-2);
    padding: var(--_space-2);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-s);
    background: var(--_sunken);
    overflow: auto;
    font:
      0.75rem / 1.4 ui-monospace,
      monospace;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    text-align: start;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }
  @media (forced-colors: active) {
    progress {
      margin-block-end: -0.5rem;
    }
    .shape {
      border: 1px solid;
    }
  }
`;

export const styles: CSSResultGroup = [listPanel, noticeMargin, progressStyles, own];
