import {css} from 'lit';

export const styles = css`
  :host {
    --_indent: 0rem;
    box-sizing: border-box;
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    block-size: max(3.25rem, 52px);
    padding-inline: calc(var(--_space-3) + var(--_indent)) var(--_space-3);
    scroll-margin: var(--_space-1);
  }
  :host([aria-level='2']) {
    --_indent: 1rem;
  }
  :host([aria-level='3']) {
    --_indent: 2rem;
  }
  :host([aria-level='4']) {
    --_indent: 3rem;
  }
  :host(:not([aria-level='1'], [aria-level='2'], [aria-level='3'], [aria-level='4'])) {
    --_indent: 4rem;
  }
  :host(.group) {
    cursor: pointer;
  }
  :host(:hover) {
    background: var(--_sunken);
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
  .twist.open .icon {
    rotate: 90deg;
  }
  .twist.open:dir(rtl) .icon {
    rotate: -90deg;
  }
  :host(.group) .name {
    flex: 0 1 auto;
  }
  .count {
    position: relative;
    flex: none;
    margin-inline-start: auto;
    padding-inline-start: 0.25rem;
    font-size: var(--_text-s);
  }
  .short {
    display: none;
    direction: ltr;
    unicode-bidi: isolate;
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
  .acts {
    display: contents;
  }
  .pick-up,
  .pick-up:hover {
    background: var(--_success);
    color: var(--_on-success);
  }
  .place .icon {
    inline-size: 0.8125rem;
    block-size: 0.8125rem;
    margin-inline-end: 0.1875rem;
    vertical-align: -0.0625rem;
  }
  :host(.note) .line {
    flex: 1;
    font-size: var(--_text-s);
    padding-inline-start: 2rem;
  }
  :host(.note) .link {
    flex: none;
  }
  @media (prefers-reduced-motion: no-preference) {
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
  @container (width > max(27rem, 432px)) {
    .spare {
      display: none;
    }
  }
  /* In a narrow place one button and the menu are enough, which has the others. */
  @container (max-width: max(27rem, 432px)) {
    :host {
      padding-inline-end: var(--_space-2);
      gap: 0.375rem;
    }
    :host([aria-level='2']) {
      --_indent: 0.5rem;
    }
    :host(:not([aria-level='1'], [aria-level='2'])) {
      --_indent: 1rem;
    }
    .act:not(.pick-up) ~ .act:not(.more) {
      display: none;
    }
    .place .time {
      display: none;
    }
    /* Still read by a screen reader. */
    .count .long {
      position: absolute;
      inset-inline-end: 0;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    .short {
      display: inline;
    }
  }
  /* Of the avatar, only the lamp stays. */
  @container (max-width: max(20rem, 320px)) {
    .avatar {
      inline-size: 0.75rem;
      block-size: 0.75rem;
      border: 0;
      background: none;
    }
    .avatar::before,
    .avatar > img,
    .avatar .icon {
      display: none;
    }
    .dot {
      inset: 0;
    }
    :host {
      gap: 0.125rem;
    }
    .words {
      margin-inline-end: 0.375rem;
    }
    @media not (pointer: coarse) {
      .act {
        inline-size: max(1.75rem, 28px);
        block-size: max(1.75rem, 28px);
      }
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
  }
`;
