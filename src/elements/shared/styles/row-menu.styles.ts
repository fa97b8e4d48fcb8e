import {css} from 'lit';

/** The items of a menu in a card, with the reason under one that is disabled. */
export const menuItems = css`
  .item {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    inline-size: 100%;
    min-block-size: 2.5rem;
    padding: var(--_space-1) var(--_space-3);
    border-radius: var(--_radius-s);
    text-align: start;
  }
  .item:hover,
  .item:focus {
    background: var(--_fill);
  }
  /* Within the item: around it, it would cover the next one. */
  .item:focus-visible {
    box-shadow: inset 0 0 0 2px var(--_accent);
  }
  .item .icon {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }
  .item.danger {
    color: var(--_danger);
  }
  .item[aria-disabled='true'] {
    opacity: 1;
    color: var(--_quiet);
  }
  .item small {
    display: block;
    font-size: var(--_text-s);
  }
  @media (forced-colors: active) {
    .item:focus {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;

/** The box of a menu that opens at its button. */
export const menuBox = css`
  .menu,
  :host([popover]) {
    position-anchor: auto;
    position-area: block-end span-inline-start;
    /* At the edge of its button: Firefox puts it outside the page by default if only the card is mirrored. */
    justify-self: anchor-center;
    position-try-fallbacks:
      flip-block,
      flip-inline,
      flip-block flip-inline;
    inline-size: max-content;
    min-inline-size: 12rem;
    max-inline-size: min(18rem, 100vw - 1rem);
    border-radius: var(--_radius-m);
    font: var(--_text-m) / 1.45 var(--_font);
    box-shadow: 0 0.5rem 2rem rgb(8 11 15 / 28%);
  }
  .menu,
  :host([popover]) > .box {
    padding: var(--_space-1);
    border: 1px solid var(--_border);
    background: var(--_surface);
    color: var(--_text);
  }
  /* Firefox leaves an element that is a popover the colors of the theme in which it was opened: its box has them. */
  :host([popover]) {
    padding: 0;
    border: 0;
    background: none;
  }
  :host([popover]) > .box {
    border-radius: inherit;
  }
  @supports (position-area: block-end) {
    .menu,
    :host([popover]) {
      margin: var(--_space-1) 0;
    }
  }
`;
