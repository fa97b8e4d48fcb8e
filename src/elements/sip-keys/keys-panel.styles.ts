import {css} from 'lit';
import {lampStyles} from '../shared/styles/lamp.styles.js';
import {listPanel, panelStates} from '../shared/styles/list-panel.styles.js';
import {menuBox, menuItems} from '../shared/styles/row-menu.styles.js';

const layout = css`
  :host {
    display: block;
    min-inline-size: 0;
    block-size: 100%;
    container-type: inline-size;
  }
  .card {
    --_place: max(5.75rem, 92px);
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }
  .card > * {
    flex: none;
  }
  .bar {
    gap: var(--_space-1);
  }
  .toggle[aria-pressed='true'],
  .toggle[aria-pressed='true']:hover {
    background: var(--_accent);
    color: var(--_surface);
  }
  .card > .body {
    position: relative;
    flex: 1;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }
  .card > .empty {
    flex: 1;
    align-content: center;
  }
  /* What there is to say lies over the last keys: nothing moves, and the tabs can be pressed. */
  .notices {
    position: absolute;
    z-index: 2;
    inset-block-end: var(--_space-2);
    inset-inline: var(--_space-3);
    display: grid;
    gap: var(--_space-2);
  }
  .notices > .notice {
    box-shadow:
      0 0 0 1px var(--_border),
      0 4px 16px rgb(0 0 0 / 18%);
  }
  .adder {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-3);
    border-block-end: 1px solid var(--_border);
  }
  .adder > sip-keys-adder {
    flex: 1 1 14rem;
    max-inline-size: 28rem;
  }
  .adder > .pill {
    --_control: var(--_small);
    flex: none;
    max-inline-size: 100%;
    font-size: var(--_text-s);
  }
  sip-tile-pages {
    --_page-overflow: auto;
    --_page-tab: 5rem;
    --_control: var(--_small);
    flex: 1;
    display: flex;
    flex-direction: column;
    align-content: stretch;
    gap: var(--_space-1);
    min-block-size: 0;
    padding-inline: 8px;
  }
  .none {
    margin-block: auto;
    display: grid;
    justify-items: center;
    padding-block-end: var(--_space-4);
  }
  .none .empty {
    padding-block-end: var(--_space-4);
  }
  .none .pill {
    padding-inline: var(--_space-4);
  }
  .grid {
    display: grid;
    gap: 6px;
    padding-block: 8px;
  }
  .keys {
    display: grid;
    gap: 6px;
    min-inline-size: 0;
  }
  sip-selection-place,
  .foot {
    block-size: var(--_place);
  }
  /* In the place of the bar, which is not needed meanwhile. */
  .foot {
    display: grid;
    align-content: center;
    padding-inline: var(--_space-4);
    border-block-start: 1px solid var(--_border);
    overflow-y: auto;
    font-size: var(--_text-s);
    line-height: 1.4;
    text-align: center;
    text-wrap: balance;
  }
  sip-selection-place[hidden] {
    display: none;
  }
  @media (pointer: coarse) {
    .card {
      --_place: max(6.75rem, 108px);
    }
  }
  @container (width < max(26rem, 416px)) {
    .wide {
      display: none;
    }
  }
`;

const key = css`
  .key {
    --_edge: transparent;
    --_key: var(--_sunken);
    position: relative;
    display: grid;
    align-content: center;
    gap: 0.0625rem;
    min-inline-size: 0;
    block-size: max(3.5rem, 56px);
    padding-inline: 0.75rem 0.5rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    background: var(--_key);
    overflow: clip;
    cursor: pointer;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
    touch-action: manipulation;
    transition: background-color var(--_motion);
  }
  /* The color of the state, beside its shape and its word. */
  .key::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: 4px;
    background: var(--_edge);
  }
  .key:hover {
    border-color: color-mix(in oklab, var(--_quiet) 60%, var(--_border));
  }
  .key:not(.selected, .waiting, .sos):hover {
    --_key: var(--_surface);
  }
  .key:active {
    background: color-mix(in oklab, var(--_text) 12%, var(--_key));
  }
  .top,
  .below {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    min-inline-size: 0;
    line-height: 1.35;
  }
  .top > .icon {
    flex: none;
    inline-size: 0.875rem;
    block-size: 0.875rem;
    color: var(--_quiet);
  }
  .name {
    font-weight: 600;
  }
  .below {
    font-size: var(--_text-s);
    color: var(--_quiet);
  }
  /* If there is no room for both, the number is left out as a whole: it is below the word's line. */
  .below {
    flex-wrap: wrap-reverse;
    align-content: flex-end;
    block-size: 1.35em;
    overflow: clip;
  }
  .below > * {
    flex: none;
    max-inline-size: 100%;
  }
  .key:is(.online, .idle) {
    --_edge: var(--_success);
  }
  .key:is(.online, .idle) .word {
    color: var(--_success);
  }
  .key.busy {
    --_edge: var(--_warning);
  }
  .key.busy .word {
    color: var(--_warning);
  }
  .key.ringing {
    --_edge: var(--_accent);
  }
  .key.ringing .word {
    color: var(--_accent);
  }
  .key.offline:not(.bond) .name {
    font-weight: 500;
    color: var(--_quiet);
  }
  /* A call of the user's own with them. */
  .key.bond {
    --_edge: var(--_accent);
    border-color: var(--_accent);
  }
  .key.bond .word,
  .key.bond .top > .icon {
    color: var(--_accent);
  }
  .key.picks-up {
    --_edge: var(--_success);
    border-color: var(--_success);
  }
  .key.picks-up .word {
    color: var(--_success);
    font-weight: 600;
  }
  .key.connected {
    --_edge: var(--_success);
    border-color: var(--_success);
  }
  .key.connected :is(.word, .icon) {
    color: var(--_success);
  }
  .key.waiting {
    --_key: color-mix(in oklab, var(--_accent) 10%, var(--_surface));
  }
  .key.sos {
    --_edge: var(--_danger);
    --_key: color-mix(in oklab, var(--_danger) 10%, var(--_surface));
    border: 2px solid var(--_danger);
    padding-inline: calc(0.75rem - 1px) calc(0.5rem - 1px);
  }
  .key.sos :is(.word, .top > .icon) {
    color: var(--_danger);
    font-weight: 600;
  }
  .key.selected {
    --_key: color-mix(in oklab, var(--_accent) 10%, var(--_surface));
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  /* A check, so that the selection is no color alone. */
  .key.selected::after {
    content: '';
    position: absolute;
    inset-block-start: 0.625rem;
    inset-inline-end: 0.625rem;
    inline-size: 5px;
    block-size: 9px;
    border: solid var(--_accent);
    border-width: 0 2px 2px 0;
    rotate: 45deg;
  }
  .key.selected .top {
    padding-inline-end: 1rem;
  }
  .key:focus-visible {
    outline: 2px solid transparent;
    box-shadow: var(--_focus);
  }
  .key[aria-disabled='true']:not(.removed) {
    opacity: 1;
  }
  .key[aria-disabled='true'] > :is(.top, .below) {
    opacity: 0.6;
  }
  .more,
  .remove {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: 0;
    display: grid;
    place-content: center;
    inline-size: 2rem;
    block-size: 1.875rem;
    border-radius: 0 var(--_radius-m) 0 var(--_radius-s);
    background: var(--_key);
  }
  .more:hover,
  .remove:hover {
    background: var(--_fill);
  }
  .more .icon,
  .remove .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  .more {
    opacity: 0;
  }
  .key:hover > .more,
  .key:focus-visible > .more,
  .more:popover-open,
  .more:focus-visible {
    opacity: 1;
  }
  .remove {
    inset-block-end: 0;
    block-size: auto;
    border-radius: var(--_radius-m);
    background: none;
  }
  .arranging .key {
    padding-inline-end: 2.125rem;
    cursor: grab;
  }
  .arranging .key.selected::after {
    inset-inline-end: 2.25rem;
  }
  .grip {
    flex: none;
    display: grid;
    place-content: center;
    inline-size: 1.25rem;
    margin-inline-start: -0.375rem;
    color: var(--_quiet);
    touch-action: none;
  }
  .grip .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  .key.removed {
    --_edge: transparent;
    border-style: dashed;
    background: none;
  }
  .key.removed .name {
    text-decoration: line-through;
    font-weight: 500;
    color: var(--_quiet);
  }
  .dragged {
    opacity: 0.5;
  }
  .key.over {
    outline: 3px dashed var(--_accent);
    outline-offset: -1px;
  }
  @media (pointer: coarse) {
    .key {
      block-size: max(4rem, 64px);
      padding-inline-end: 2.75rem;
    }
    .more,
    .remove {
      inset-block: 0;
      inline-size: 44px;
      block-size: auto;
      background: none;
    }
    .more {
      opacity: 1;
      color: var(--_quiet);
    }
    .grip {
      inline-size: 2rem;
      block-size: 2rem;
    }
    .key.selected::after,
    .arranging .key.selected::after {
      inset-inline-end: 2.75rem;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .key:is(.waiting, .sos) .top > .icon {
      animation: wait 1.2s ease-in-out infinite alternate;
    }
    @keyframes wait {
      to {
        opacity: 0.5;
      }
    }
  }
  @media (forced-colors: active) {
    .key::before,
    .key.selected::after {
      forced-color-adjust: none;
    }
    .key.selected {
      outline: 2px solid SelectedItem;
      outline-offset: -3px;
    }
  }
`;

export const styles = [listPanel, panelStates, menuBox, menuItems, lampStyles, layout, key];
