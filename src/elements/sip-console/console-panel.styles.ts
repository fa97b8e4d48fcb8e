import {css, unsafeCSS} from 'lit';
import {unseen} from './unseen.styles.js';

/** What the bars of each element leave of its region. */
const heights = css`
  .pane {
    --sip-directory-height: calc(100cqb - 2.875rem);
    --sip-messages-height: max(4.5rem, 100cqb - 6.5rem);
    --sip-journal-height: calc(100cqb - 6rem);
    --sip-history-height: calc(100cqb - 2.875rem);
    --sip-upload-height: calc(100cqb - 10rem);
  }
`;

const regions = css`
  :host {
    display: grid;
    block-size: 100%;
    min-inline-size: 0;
  }
  .panel {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
    block-size: 100%;
    padding: var(--_space-2);
    background: var(--_sunken);
  }
  .region {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    background: var(--_surface);
    overflow: hidden;
  }
  :is(.panel, .region):focus-visible {
    box-shadow: none;
  }
  .region:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .region[hidden],
  .side[hidden],
  .pane[hidden] {
    display: none;
  }
  .top {
    flex: none;
    flex-direction: row;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 3rem;
    margin-block-end: var(--_space-2);
    padding-inline: var(--_space-4) var(--_space-2);
    /* Its menu lies over the other regions. */
    overflow: visible;
  }
  .chip {
    flex: none;
    display: flex;
    align-items: center;
    gap: 0.375rem;
    max-inline-size: 16rem;
    min-block-size: 2rem;
    padding-inline: var(--_space-3);
    border-radius: var(--_radius-full);
    background: var(--_fill);
    font-size: var(--_text-s);
    font-weight: 600;
    white-space: nowrap;
  }
  .chip:hover {
    background: var(--_fill-hover);
  }
  .chip.accent,
  .chip.accent:hover {
    background: var(--_accent);
    color: var(--_surface);
  }
  :is(.chip, .tabs) .icon {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }
  .drawers .chip .line,
  .narrow .chip .line {
    display: none;
  }
  .lock {
    flex: 1;
    justify-content: center;
    align-items: center;
    gap: var(--_space-2);
    padding: var(--_space-4);
    text-align: center;
  }
  .lock > .icon {
    inline-size: 2.5rem;
    block-size: 2.5rem;
    color: var(--_quiet);
  }
  .lock h2,
  .lock p {
    margin: 0;
  }
  .lock .pill {
    flex: none;
    margin-block-start: var(--_space-3);
    padding-inline: var(--_space-6);
  }
  .middle {
    position: relative;
    flex: 1;
    display: flex;
    min-block-size: 0;
  }
  .side {
    flex: none;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }
  .side.start {
    inline-size: var(--_left);
  }
  .side.end {
    inline-size: var(--_right);
  }
  .middle .region {
    flex: 1;
  }
  /* Above another region, it has its share of the height. */
  .region.queue:not(:last-child) {
    flex: 0 0 calc(var(--_queue) - var(--_space-1));
  }
  .region.bottom {
    flex: 0 0 var(--_bottom);
  }

  .head {
    container-type: inline-size;
    flex: none;
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 2.75rem;
    padding-inline: var(--_space-2);
    border-block-end: 1px solid var(--_border);
  }
  .tabs {
    flex: 1;
    display: flex;
    gap: var(--_space-1);
    min-inline-size: 0;
  }
  .tabs [role='tab'] {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    min-inline-size: 2.25rem;
    block-size: max(2rem, 32px);
    padding-inline: var(--_space-3);
    border-radius: var(--_radius-full);
    color: var(--_quiet);
    font-size: var(--_text-s);
    font-weight: 600;
  }
  .tabs [role='tab']:hover {
    background: var(--_fill);
  }
  .tabs [role='tab'][aria-selected='true'] {
    background: var(--_fill);
    color: var(--_text);
  }
  .count {
    flex: none;
    min-inline-size: 1.25rem;
    padding-inline: 0.3125rem;
    border-radius: var(--_radius-full);
    background: var(--_accent);
    color: var(--_surface);
    font-size: 0.75rem;
    font-weight: 650;
    line-height: 1.25rem;
    text-align: center;
  }
  .arrangements {
    flex: none;
    display: flex;
  }
  .toggle {
    color: var(--_quiet);
  }
  .toggle:hover,
  .toggle[aria-pressed='true'] {
    background: var(--_fill);
    color: var(--_text);
  }

  .body {
    flex: 1;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
  }
  .body.columns {
    flex-direction: row;
  }
  .pane {
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    flex: 1 1 0;
    min-inline-size: 0;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    container-type: size;
  }
  .pane ::slotted(*) {
    box-sizing: border-box;
    margin: 0;
    inline-size: 100%;
    block-size: 100%;
    border: 0;
  }
  .first {
    flex: 0 0 calc(var(--_split) - var(--_space-1));
  }
  .split {
    order: 1;
  }
  .second {
    order: 2;
  }

  .drawers .side {
    position: absolute;
    inset-block: 0;
    z-index: 3;
    inline-size: min(26rem, 100%);
    border-radius: var(--_radius-m);
    background: var(--_surface);
    box-shadow: 0 0.75rem 2.5rem rgb(8 11 15 / 28%);
  }
  .drawers .start {
    inset-inline-start: 0;
  }
  .drawers .end {
    inset-inline-end: 0;
  }
  .drawer-head {
    flex: none;
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-block-size: 2.75rem;
    padding-inline: var(--_space-4) var(--_space-2);
  }
  .scrim {
    position: absolute;
    inset: 0;
    z-index: 2;
    padding: 0;
    border: 0;
    border-radius: var(--_radius-m);
    background: rgb(8 11 15 / 40%);
  }
  .drawers .bottom {
    margin-block-start: var(--_space-2);
  }

  .narrow {
    padding: 0;
  }
  .narrow .region {
    border-inline: 0;
    border-radius: 0;
  }
  .narrow .top {
    margin: 0;
    padding-inline: var(--_space-3) var(--_space-1);
  }
  /* Four words have no room beside each other: the chosen tab has its word, the others have it as their name. */
  .narrow .tabs:has([role='tab']:nth-child(4)) [role='tab']:not([aria-selected='true']) .line {
    ${unseen}
  }
  /* The word of the chosen tab needs the room: the tab of the region below has the count as well. */
  .narrow .tabs:has([role='tab']:nth-child(5)) [role='tab'][aria-selected='true'] .count {
    display: none;
  }
  /* The same for five in a center that is not wide. */
  @container (width < max(46rem, 736px)) {
    .tabs:has([role='tab']:nth-child(5)) [role='tab']:not([aria-selected='true']) .line {
      ${unseen}
    }
  }
  /* Two that are chosen have no room for their words either. */
  @container (width < max(34rem, 544px)) {
    .tabs:has([role='tab']:nth-child(5)):has([aria-selected='true'] ~ [aria-selected='true']) .line {
      ${unseen}
    }
  }
  /* Three have it, without much around them. */
  @container (width < max(22rem, 352px)) {
    .tabs:has([role='tab']:nth-child(3)) [role='tab'] {
      gap: 0.25rem;
      padding-inline: 0.375rem;
    }
  }
  .narrow .middle,
  .narrow .side {
    flex: 1;
    flex-direction: column;
    inline-size: auto;
  }
  .narrow .region:not(.top, [hidden]) {
    flex: 1;
  }
  .narrow .side:not(:has(.region:not([hidden]))),
  .narrow .middle:not(:has(.region:not([hidden]))),
  .narrow .side > sip-console-divider {
    display: none;
  }
  .region-tabs {
    flex: none;
    display: flex;
    border-block-start: 1px solid var(--_border);
    background: var(--_surface);
  }
  .region-tabs [role='tab'] {
    position: relative;
    flex: 1 1 auto;
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 0.125rem;
    min-inline-size: 0;
    block-size: 3.5rem;
    padding-inline: 1px;
    color: var(--_quiet);
    font-size: 0.6875rem;
    font-weight: 500;
  }
  .region-tabs .line {
    max-inline-size: 100%;
  }
  .region-tabs [aria-selected='true'] {
    color: var(--_accent);
  }
  .region-tabs [aria-selected='true']::before {
    content: '';
    position: absolute;
    inset: -1px 20% auto;
    border-block-start: 2px solid var(--_accent);
  }
  .region-tabs [role='tab']:focus-visible {
    box-shadow: none;
    outline: 2px solid var(--_accent);
    outline-offset: -3px;
    border-radius: var(--_radius-m);
  }
  .region-tabs .count {
    position: absolute;
    inset-block-start: 0.25rem;
    inset-inline-start: calc(50% + 0.375rem);
  }
  @media (forced-colors: active) {
    .toggle,
    .tabs [role='tab'] {
      border: 1px solid;
    }
  }
`;

/**
 * Returns the styles by which elements fill their regions: a card inside a card has no border of its own, and
 * the first members of a conference are seen below its stage.
 *
 * @param parent - What the elements are children of, as a selector.
 */
export const fillingBy = (parent: string): string => `
  ${parent} > *::part(panel) {
    border: 0;
    border-radius: 0;
    background: none;
  }
  ${parent} > sip-call:not(:fullscreen)::part(stage) {
    aspect-ratio: auto;
    min-block-size: 0;
    max-block-size: none;
    block-size: 100cqb;
    border: 0;
    border-radius: 0;
  }
  ${parent} > sip-conference::part(stage) {
    aspect-ratio: auto;
    min-block-size: 9rem;
    max-block-size: none;
    block-size: calc(100cqb - 2.875rem);
  }
  @container (inline-size < max(72rem, 1152px)) and (block-size >= 30rem) {
    ${parent} > sip-conference::part(stage) {
      block-size: calc(100cqb - 12.25rem);
    }
  }
  ${parent} > sip-monitor::part(wall) {
    background: none;
  }
  ${parent} > :is(sip-map, sip-keys) {
    block-size: 100%;
  }
  ${parent} > sip-channels::part(tiles) {
    align-self: start;
  }
`;

export const styles = [regions, heights, unsafeCSS(fillingBy('.pane'))];
