import {css} from 'lit';

export const styles = css`
  :host {
    --_tint: var(--_quiet);
    --_aside: var(--_quiet);
    display: grid;
    min-inline-size: 0;
  }
  .tile {
    position: relative;
    display: grid;
    grid-template: 1fr auto / minmax(0, 1fr);
    min-inline-size: 0;
    border: 2px solid var(--_border);
    border-radius: var(--_radius-m);
    background: var(--_surface);
    overflow: hidden;
  }
  .tile:has(:popover-open) {
    overflow: visible;
  }
  .selected {
    border-color: var(--_accent);
    background: color-mix(in oklab, var(--_accent) 9%, var(--_surface));
  }
  :is(.absent, .lost) {
    border-style: dashed;
    background: none;
  }
  :is(.receiving, .speaking) {
    --_tint: var(--_success);
  }
  :is(.waiting, .joining, .lost) {
    --_tint: var(--_warning);
  }
  .refused {
    --_tint: var(--_danger);
  }
  .receiving {
    border-color: var(--_success);
  }
  .waiting {
    border-color: var(--_warning);
    border-style: dashed;
  }
  .speaking {
    --_tint: var(--_on-success);
    --_aside: var(--_on-success);
    border-color: var(--_success);
    background: var(--_success);
    color: var(--_on-success);
  }
  .alarmed {
    border: 2px solid var(--_danger);
    box-shadow: inset 0 0 0 2px var(--_danger);
  }
  .face {
    display: grid;
    grid-template-rows: 1fr auto;
    align-items: start;
    gap: var(--_space-1);
    min-inline-size: 0;
    min-block-size: 6.5rem;
    padding: var(--_space-2);
    padding-block-end: 0;
    text-align: start;
    border-radius: calc(var(--_radius-m) - 2px);
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
  }
  /* In a low place, such as a region of a desk. */
  @container (block-size < 20rem) {
    .face {
      min-block-size: 5.5rem;
      padding-block-start: var(--_space-1);
    }
  }
  /* Still lower: a name of two lines needs the room. */
  @container (block-size < 9rem) {
    .face .detail {
      -webkit-line-clamp: 1;
      line-clamp: 1;
      min-block-size: 1lh;
    }
  }
  /* All of the tile can be pressed, except its options. */
  .face::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .face:hover .head {
    text-decoration: underline;
    text-decoration-color: var(--_border);
    text-underline-offset: 0.2em;
  }
  .face:focus-visible {
    box-shadow: none;
    outline: none;
  }
  .face:focus-visible::after {
    border-radius: calc(var(--_radius-m) - 2px);
    box-shadow: inset 0 0 0 3px var(--_accent);
    outline: 2px solid transparent;
    outline-offset: -2px;
  }
  .head {
    display: flex;
    align-items: flex-start;
    gap: 0.375rem;
    min-inline-size: 0;
  }
  .box {
    flex: none;
    display: grid;
    place-content: center;
    inline-size: 1rem;
    block-size: 1rem;
    margin-block-start: 0.125rem;
    border: 1.5px solid var(--_quiet);
    border-radius: 4px;
  }
  .absent .box {
    visibility: hidden;
  }
  .selected .box {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_surface);
  }
  .box .icon {
    inline-size: 0.75rem;
    block-size: 0.75rem;
    stroke-width: 3;
  }
  .name {
    flex: 1;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    min-inline-size: 0;
    overflow: hidden;
    font-weight: 650;
    line-height: 1.3;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    overflow-wrap: anywhere;
    /* The “…” of a name against the direction of the page lies outside its box, where it would be cut off. */
    margin-inline: -0.875em;
    padding-inline: 0.875em;
  }
  .key {
    flex: none;
    min-inline-size: 1.25rem;
    padding: 0 0.3125rem;
    border: 1px solid var(--_border);
    border-block-end-width: 2px;
    border-radius: 5px;
    font: 600 var(--_text-s) / 1.35 var(--_font);
    text-align: center;
    color: var(--_quiet);
    background: var(--_surface);
  }
  /* In the low region of a desk that is not wide, where there hardly are such keys, the name needs the room. */
  @container (block-size < 20rem) and (inline-size < 60rem) {
    .key {
      display: none;
    }
    .name {
      font-size: var(--_text-s);
    }
  }
  .facts {
    display: grid;
    align-self: end;
    min-inline-size: 0;
    font-size: var(--_text-s);
  }
  .activity {
    display: flex;
    align-items: center;
    gap: 0.3125rem;
    min-inline-size: 0;
    font-weight: 600;
    color: var(--_tint);
  }
  .activity .icon {
    flex: none;
    inline-size: 1rem;
    block-size: 1rem;
  }
  .detail {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    min-block-size: 2lh;
    overflow: hidden;
    line-height: 1.35;
    overflow-wrap: anywhere;
    color: var(--_aside);
  }
  /* That the connection is lost is what matters most. */
  .lost .activity .line {
    white-space: normal;
  }
  .lost .detail {
    -webkit-line-clamp: 1;
    min-block-size: 0;
  }
  :is(.receiving, .refused) .detail {
    color: var(--_text);
  }
  .foot {
    display: flex;
    min-inline-size: 0;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: var(--_small);
    padding-inline-start: var(--_space-2);
    font-size: var(--_text-s);
    color: var(--_aside);
  }
  .sign {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-1);
  }
  .sign .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  .more {
    position: relative;
    display: grid;
    place-content: center;
    flex: none;
    inline-size: var(--_small);
    block-size: var(--_small);
    margin-inline-start: auto;
    border-radius: 50%;
    color: var(--_aside);
  }
  .more:hover,
  .more:has(+ :popover-open) {
    background: var(--_fill);
    color: var(--_text);
  }
  .more .icon {
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }
  .item[aria-pressed] .icon:last-child {
    margin-inline-start: auto;
    color: var(--_accent);
  }
  .urgent {
    min-inline-size: 0;
    gap: var(--_space-1);
    padding: 0 var(--_space-2);
    border-radius: var(--_radius-full);
    white-space: nowrap;
  }
  .urgent .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  /* The panel turns the sound on for all. */
  .sound {
    position: absolute;
    visibility: hidden;
  }
  /* A list on a narrow page. */
  @container (inline-size < max(22rem, 352px)) {
    .tile {
      grid-template: auto / minmax(0, 1fr) auto;
      align-items: center;
    }
    .face {
      min-block-size: 3.5rem;
      padding-block-end: var(--_space-2);
    }
    .detail {
      min-block-size: 0;
    }
    .foot {
      padding-inline: 0 var(--_space-1);
    }
    /* Its icon alone, so that the group's name has room. */
    .urgent .line {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .selected {
      outline: 2px solid Highlight;
      outline-offset: -4px;
    }
    .selected .box {
      forced-color-adjust: none;
      background: SelectedItem;
      color: SelectedItemText;
    }
    [aria-pressed='true'] .facts * {
      color: SelectedItemText !important;
    }
  }
`;
