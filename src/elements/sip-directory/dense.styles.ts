import {css} from 'lit';

/**
 * A row of one line: name and number at its beginning, the state at its end, as a shape and a word. The actions lie over
 * the state while the row is hovered or focused; what they may cover, `--_acts`, is never a number.
 */
export const denseRow = css`
  :host(.dense) {
    --_act: 1.75rem;
    --_acts: 4.75rem;
    --_row: var(--_surface);
    position: relative;
    gap: 0.375rem;
    block-size: max(2.25rem, 36px);
    background: var(--_row);
  }
  :host(.dense:hover) {
    --_row: var(--_sunken);
  }
  :host(.dense) .avatar {
    inline-size: 1.5rem;
    block-size: 1.5rem;
    font-size: 0.6875rem;
  }
  :host(.dense) .avatar .icon {
    inline-size: 0.875rem;
    block-size: 0.875rem;
  }
  :host(.dense) :is(.dot, .place) {
    display: none;
  }
  :host(.dense) .words {
    display: flex;
    align-items: baseline;
    gap: 0.5rem;
  }
  :host(.dense) .state {
    display: contents;
  }
  :host(.dense) .name {
    flex: 0 1 auto;
    font-weight: 550;
  }
  :host(.dense.group) .name {
    font-weight: 650;
  }
  :host(.dense) .state > * {
    flex: none;
    max-inline-size: none;
    font-size: var(--_text-s);
  }
  :host(.dense) .state > * + *::before {
    content: none;
  }
  :host(.dense) .word:not(.you),
  :host(.dense) .words:not(:has(.word:not(.you)))::after {
    content: '';
    flex: none;
    min-inline-size: var(--_acts);
    margin-inline-start: auto;
    text-align: end;
  }
  /* Round is online, square is busy, a ring is offline. */
  :host(.dense) .word:not(.you)::before {
    content: '';
    display: inline-block;
    box-sizing: border-box;
    inline-size: 9px;
    block-size: 9px;
    margin-inline-end: 0.375rem;
    border: 2px solid currentColor;
    border-radius: 50%;
    background: currentColor;
    color: inherit;
    forced-color-adjust: none;
  }
  :host(.dense) .word.busy::before {
    border-radius: 1px;
  }
  :host(.dense) .word:not(.online, .idle, .busy, .ringing, .you)::before {
    background: none;
  }
  :host(.dense) .acts {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    display: flex;
    align-items: center;
    gap: 0.25rem;
    padding-inline: 0.375rem var(--_space-2);
    background: var(--_row);
    opacity: var(--_acts-opacity, 0);
    pointer-events: var(--_acts-pointer, none);
  }
  :host(.dense:focus-within) .acts {
    opacity: 1;
    pointer-events: auto;
  }
  @media (hover: hover) {
    :host(.dense:hover) .acts {
      opacity: 1;
      pointer-events: auto;
    }
  }
  :host(.dense) .act {
    inline-size: var(--_act);
    block-size: var(--_act);
  }
  :host(.dense) .act .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  :host(.dense.note) .line {
    padding-inline-start: 1.75rem;
  }
  @media (pointer: coarse) {
    :host(.dense) {
      --_act: 2.5rem;
      --_acts: 6.25rem;
      block-size: 44px;
    }
  }
  /* The first action and the menu; then one more, and from 560 px all of them. */
  @container (max-width: max(35rem, 560px)) {
    :host(.dense) .act:not(.pick-up) ~ .act ~ .act:not(.more) {
      display: none;
    }
    :host(.dense) .spare {
      display: grid;
    }
  }
  @container (width > max(27rem, 432px)) {
    :host(.dense) {
      --_acts: 6.75rem;
    }
    @media (pointer: coarse) {
      :host(.dense) {
        --_acts: 9rem;
      }
    }
  }
  @container (width > max(35rem, 560px)) {
    :host(.dense) {
      --_acts: 12.75rem;
    }
    @media (pointer: coarse) {
      :host(.dense) {
        --_acts: 17.5rem;
      }
    }
  }
  @container (max-width: max(20rem, 320px)) {
    :host(.dense) {
      gap: 0.375rem;
    }
    :host(.dense) .avatar {
      display: none;
    }
    :host(.dense) .words {
      margin-inline-end: 0;
    }
  }
`;

/** The box that selects a row: at the beginning of a person's, at the end of a group's. */
export const selectableRow = css`
  .box {
    position: relative;
    flex: none;
    box-sizing: border-box;
    inline-size: 1.75rem;
    block-size: max(2.25rem, 36px);
    margin-inline: -0.375rem;
    border-radius: var(--_radius-s);
  }
  button.box::before {
    content: '';
    position: absolute;
    inset: calc(50% - 8px);
    border: 1.5px solid var(--_quiet);
    border-radius: 4px;
    background: var(--_surface);
  }
  button.box:hover::before {
    border-color: var(--_accent);
  }
  .box[aria-checked='true']::before {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  .box[aria-checked='true']::after {
    content: '';
    position: absolute;
    inset-block-start: calc(50% - 5.5px);
    inset-inline-start: calc(50% - 2.5px);
    inline-size: 5px;
    block-size: 9px;
    box-sizing: border-box;
    border: solid var(--_surface);
    border-width: 0 2px 2px 0;
    rotate: 45deg;
  }
  :host(.group) .count ~ .box {
    margin-inline-start: 0;
  }
  :host(.group) .name + .box {
    margin-inline-start: auto;
  }
  :host(.selected),
  :host(.dense.selected),
  :host(.dense.selected:hover) {
    --_chosen: color-mix(in oklab, var(--_accent) 14%, var(--_surface));
    --_row: var(--_chosen);
    background: var(--_row);
  }
  @media (pointer: coarse) {
    .box {
      inline-size: 44px;
      block-size: 44px;
      margin-inline: -0.75rem;
    }
  }
  @media (forced-colors: active) {
    .box::before,
    .box::after {
      forced-color-adjust: none;
    }
  }
`;
