import {css, type CSSResultGroup} from 'lit';
import {listPanel} from '../shared/styles/list-panel.styles.js';

const own = css`
  .bar > .icon {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    color: var(--_quiet);
  }
  .bar:focus-within > .icon {
    color: var(--_accent);
  }
  input {
    flex: 1;
    min-inline-size: 0;
    block-size: 2.25rem;
    padding: 0 var(--_space-2);
    border: 0;
    border-radius: var(--_radius-s);
    font: inherit;
    font-size: var(--_text-m);
    color: inherit;
    background: none;
  }
  input::placeholder {
    color: var(--_quiet);
    opacity: 1;
  }
  [role='tree'] {
    max-block-size: var(--sip-directory-height, 30rem);
    overflow-y: auto;
    overscroll-behavior: contain;
    overflow-anchor: none;
  }
  [role='tree']:focus-visible {
    box-shadow: none;
    outline: none;
  }
  .row {
    --_indent: 0rem;
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    block-size: 3.25rem;
    padding-inline: calc(var(--_space-3) + var(--_indent)) var(--_space-3);
    scroll-margin: var(--_space-1);
  }
  .row[aria-level='2'] {
    --_indent: 1rem;
  }
  .row[aria-level='3'] {
    --_indent: 2rem;
  }
  .row[aria-level='4'] {
    --_indent: 3rem;
  }
  .row:not([aria-level='1'], [aria-level='2'], [aria-level='3'], [aria-level='4']) {
    --_indent: 4rem;
  }
  .row.group {
    cursor: pointer;
  }
  .row:hover {
    background: var(--_sunken);
  }
  [role='tree']:focus-within .active {
    background: var(--_sunken);
  }
  [role='tree']:focus-visible .active {
    outline: 2px solid var(--_accent);
    outline-offset: -3px;
    border-radius: var(--_radius-s);
  }
  .twist {
    flex: none;
    display: grid;
    place-content: center;
    inline-size: 1.5rem;
    color: var(--_quiet);
  }
  .twist .icon {
    inline-size: 1.125rem;
    block-size: 1.125rem;
    transition: rotate var(--_motion);
  }
  .twist:dir(rtl) .icon {
    scale: -1 1;
  }
  .twist.open .icon {
    rotate: 90deg;
  }
  .twist.open:dir(rtl) .icon {
    rotate: -90deg;
  }
  .avatar {
    inline-size: 2.25rem;
    block-size: 2.25rem;
    font-size: var(--_text-s);
  }
  /* Signs of the name, which stands beside it. */
  .avatar::before {
    content: attr(data-initials);
  }
  .avatar .icon {
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }
  .dot {
    position: absolute;
    inset-block-end: -0.0625rem;
    inset-inline-end: -0.0625rem;
    inline-size: 0.75rem;
    block-size: 0.75rem;
    border-radius: 50%;
    border: 2px solid var(--_surface);
    background: var(--_success);
  }
  .dot.busy {
    background: var(--_warning);
  }
  .dot.ringing {
    background: var(--_accent);
  }
  .dot.away {
    background: var(--_quiet);
  }
  .dot.offline {
    background: var(--_surface);
    box-shadow: inset 0 0 0 2px var(--_quiet);
  }
  .words .line {
    line-height: 1.35;
  }
  .state {
    overflow: hidden;
    line-height: 1.35;
  }
  .word {
    flex: none;
  }
  .state > .number {
    flex: 0 1 auto;
    max-inline-size: 9rem;
  }
  .state > * + *::before {
    content: '·';
    margin-inline-end: 0.375rem;
    color: var(--_quiet);
  }
  .word:is(.online, .idle) {
    color: var(--_success);
  }
  .word.ringing {
    color: var(--_accent);
  }
  .word.busy {
    color: var(--_warning);
  }
  .place .icon {
    inline-size: 0.8125rem;
    block-size: 0.8125rem;
    margin-inline-end: 0.1875rem;
    vertical-align: -0.0625rem;
  }
  .note .line {
    flex: 1;
    font-size: var(--_text-s);
    padding-inline-start: 2rem;
  }
  .note .link {
    flex: none;
  }
  .skeleton {
    display: grid;
    gap: var(--_space-3);
    padding: var(--_space-4);
  }
  .skeleton i {
    block-size: 1.75rem;
    border-radius: var(--_radius-s);
    background: var(--_fill);
  }
  .skeleton i:nth-child(2n) {
    margin-inline-end: 30%;
  }
  .notice {
    margin: var(--_space-2) var(--_space-3);
  }
  @media (prefers-reduced-motion: no-preference) {
    .skeleton i,
    .dot.ringing,
    .loading {
      animation: wait 1.2s ease-in-out infinite alternate;
    }
    @keyframes wait {
      to {
        opacity: 0.5;
      }
    }
  }
  /* In a narrow place one button is enough, and the others come with the cursor. */
  @container (max-width: 27rem) {
    .row {
      padding-inline-end: var(--_space-2);
      gap: 0.375rem;
    }
    .row[aria-level='2'] {
      --_indent: 0.5rem;
    }
    .row[aria-level]:not([aria-level='1'], [aria-level='2']) {
      --_indent: 1rem;
    }
    .row:not(.active) .act ~ .act {
      display: none;
    }
    .place .time {
      display: none;
    }
  }
  @container (max-width: 20rem) {
    .avatar {
      display: none;
    }
    .row {
      gap: 0.125rem;
    }
    .act {
      inline-size: 1.75rem;
      block-size: 1.75rem;
    }
    .act .icon {
      inline-size: 1rem;
      block-size: 1rem;
    }
  }
  @media (forced-colors: active) {
    .dot {
      forced-color-adjust: none;
    }
    [role='tree']:focus-within .active {
      border: 1px solid Highlight;
    }
  }
`;

export const styles: CSSResultGroup = [listPanel, own];
