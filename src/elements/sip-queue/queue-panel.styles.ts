import {css, type CSSResultGroup} from 'lit';
import {callRows, listPanel, noticeMargin, panelStates} from '../shared/styles/list-panel.styles.js';

const layout = css`
  :host {
    block-size: 100%;
    --_row: max(3.25rem, 52px);
    --_card: max(9.25rem, 148px);
  }
  .card {
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }
  .bar {
    flex: none;
    padding-inline-end: var(--_space-4);
  }
  /* The title is cut last. */
  .bar > .quiet {
    flex-shrink: 20;
  }
  .lists {
    position: relative;
    flex: 1 1 auto;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    /* Keys lead to no row that the one which stays in view covers. */
    scroll-padding-block: var(--_row);
  }
  .foot {
    position: relative;
    flex: none;
  }
  /* A failure lies over the end of the list: nothing moves. */
  .foot > .notice {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 100%;
    box-shadow: 0 0 0 1px var(--_border);
  }
  .selection {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-3);
    border-block-start: 1px solid var(--_border);
    font-size: var(--_text-s);
  }
  .pill {
    --_control: max(2.5rem, 40px);
  }
  .selection .pill {
    flex: none;
  }
  .chip {
    flex: none;
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
    padding: 0 0.4375rem;
    border-radius: var(--_radius-s);
    border: 1px solid transparent;
    font-size: max(0.75rem, 12px);
    font-weight: 650;
    line-height: 1.5;
  }
  .chip .icon {
    inline-size: 0.875rem;
    block-size: 0.875rem;
  }
  .chip.sos {
    background: var(--_danger);
    color: var(--_on-danger);
  }
  .chip.warns {
    border-color: var(--_warning);
    color: var(--_warning);
  }
`;

const rows = css`
  .row,
  .gap {
    min-block-size: var(--_row);
  }
  .row.row {
    gap: var(--_space-2);
    padding: var(--_space-1) var(--_space-3);
  }
  .calls > * + * {
    border-block-start: 1px solid var(--_border);
  }
  /* The ring around who waits touches no name. */
  .row > .avatar {
    margin-inline-end: var(--_space-1);
  }
  .rings::after {
    inset: -0.1875rem;
  }
  /* What has no room is left out, and the number of lines stays. */
  .state.points {
    block-size: 1lh;
  }
  .points > .line {
    overflow: visible;
  }
  /* Whoever waits scrolls behind it: the user sees at all times whom they speak to, and can hold or hang up. */
  .row.current {
    position: sticky;
    z-index: 1;
    inset-block: 0;
    background: var(--_surface);
  }
  .choose {
    flex: none;
    display: grid;
    place-content: center;
    inline-size: max(1.75rem, 28px);
    block-size: max(2.25rem, 36px);
    cursor: pointer;
  }
  .choose input {
    inline-size: max(1.125rem, 18px);
    block-size: max(1.125rem, 18px);
    margin: 0;
    border-radius: 4px;
    accent-color: var(--_accent);
  }
  .actions {
    flex: none;
    display: flex;
    align-items: center;
    gap: var(--_space-2);
  }
  .act.go {
    background: var(--_success);
    color: var(--_on-success);
  }
  .act.go:hover {
    filter: brightness(1.08);
  }
  /* It ends or refuses: smaller, and not beside what answers. Red is left to the alarms. */
  .act.apart {
    inline-size: max(1.75rem, 28px);
    block-size: max(1.75rem, 28px);
    margin-inline-start: var(--_space-2);
    background: none;
    color: var(--_quiet);
  }
  .act.apart:hover {
    background: var(--_fill);
    color: var(--_danger);
  }
  .act.apart .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  @media (pointer: coarse) {
    :host {
      --_row: max(3.5rem, 56px);
    }
    .act.apart {
      inline-size: max(2.25rem, 36px);
      block-size: max(2.25rem, 36px);
    }
  }
`;

const alarms = css`
  /* The place of an alarm is there before it. */
  .alarms {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-auto-rows: var(--_card);
    gap: var(--_space-2);
    padding: var(--_space-2);
    block-size: calc(var(--_card) + 2 * var(--_space-2));
    overflow-y: auto;
    border-block-end: 1px solid var(--_border);
  }
  .room-2 {
    block-size: calc(2 * var(--_card) + 3 * var(--_space-2));
  }
  .room-3 {
    block-size: calc(3 * var(--_card) + 4 * var(--_space-2));
  }
  .alarms > * + * {
    border: 0;
  }
  .none {
    display: grid;
    place-content: center;
    border: 1px dashed var(--_border);
    border-radius: var(--_radius-m);
    font-size: var(--_text-s);
  }
  .row.alarm {
    display: flex;
    flex-direction: column;
    align-items: stretch;
    justify-content: space-between;
    gap: 0;
    padding: var(--_space-2) var(--_space-3);
    border: 3px solid var(--_danger);
    border-radius: var(--_radius-m);
    background: color-mix(in oklab, var(--_danger) 9%, var(--_surface));
  }
  .top,
  .place {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-inline-size: 0;
  }
  .top > .party {
    flex: 1;
  }
  .count {
    flex: none;
    font-size: var(--_text-s);
  }
  .since {
    flex: none;
  }
  .place {
    min-block-size: 1lh;
    gap: 0.25rem;
    font-size: var(--_text-s);
  }
  /* An unknown position leaves its room below the state, not above it. */
  .place:empty,
  .alarm > .actions {
    order: 1;
  }
  .place .icon,
  .live .icon {
    flex: none;
    inline-size: 0.875rem;
    block-size: 0.875rem;
  }
  .live {
    flex: none;
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
    font-weight: 650;
    color: var(--_success);
  }
  .alarm .quiet:not(.live) {
    color: color-mix(in oklab, var(--_quiet), var(--_text) 40%);
  }
  .alarm .actions {
    margin-block-start: var(--_space-1);
  }
  .alarm .pill {
    flex: 1 1 0;
  }
  .alarm .acknowledge {
    flex: 0 1 auto;
    order: 1;
    border: 1px solid var(--_danger);
    background: none;
    color: var(--_danger);
  }
  .alarm .acknowledge:hover {
    background: var(--_danger);
    color: var(--_on-danger);
  }
`;

const narrow = css`
  /* The words of all buttons of an alarm have room in one row: those of the first in two lines, if need be. */
  @container (inline-size < max(28rem, 448px)) {
    .alarm .pill {
      padding-inline: var(--_space-2);
      gap: 0.25rem;
      font-size: var(--_text-s);
      line-height: 1.2;
    }
    .alarm .actions {
      gap: 0.25rem;
    }
    .alarm .pill .line {
      text-align: center;
      white-space: normal;
    }
    .alarm .act.apart {
      margin-inline-start: 0;
    }
  }
  @container (inline-size < max(22rem, 352px)) {
    :host {
      --_card: max(13.5rem, 216px);
      --_row: max(4.125rem, 66px);
    }
    /* Beside the buttons there is little room: a sentence has two lines, for which there is a place. */
    .state:not(.points) {
      flex-wrap: wrap;
      row-gap: 0;
      line-height: 1.3;
    }
    .state:not(.points) > .line {
      white-space: normal;
    }
    /* Its number would be cut. */
    .bar > .chip ~ .quiet {
      display: none;
    }
    .alarm .actions {
      flex-wrap: wrap;
    }
    .alarm .acknowledge {
      flex: 1 0 100%;
    }
  }
  @container (inline-size < max(24rem, 384px)) {
    .row > .avatar {
      display: none;
    }
    .row.row {
      padding-inline: var(--_space-2);
    }
    .actions {
      gap: var(--_space-1);
    }
    .act.apart {
      margin-inline-start: var(--_space-1);
    }
  }
  /* In a low place, the card of an alarm leaves room for the calls. */
  @container (block-size < 26rem) and (inline-size >= 20rem) {
    :host {
      --_card: max(6.5rem, 104px);
      --_row: max(2.875rem, 46px);
    }
    .alarms {
      padding-block: var(--_space-1);
      block-size: calc(var(--_card) + 2 * var(--_space-1));
    }
    .room-2 {
      block-size: calc(2 * var(--_card) + var(--_space-2) + 2 * var(--_space-1));
    }
    .room-3 {
      block-size: calc(3 * var(--_card) + 2 * var(--_space-2) + 2 * var(--_space-1));
    }
    .row.row {
      padding-block: 0;
    }
    .row.alarm {
      display: grid;
      grid-template: auto auto 1fr / auto minmax(0, 1fr);
      align-items: center;
      column-gap: var(--_space-2);
      padding-block: var(--_space-1);
    }
    .alarm > .top,
    .alarm > .actions,
    .alarm > .place:empty + .state {
      grid-column: 1 / -1;
    }
    .alarm > .place:empty {
      display: none;
    }
    .alarm .actions {
      flex-wrap: nowrap;
    }
    .alarm .acknowledge {
      flex: 0 1 auto;
    }
    .alarm .pill {
      --_control: max(2.25rem, 36px);
    }
    /* The button that makes a conference is in the bar, and takes no row of the list. */
    .card {
      display: grid;
      grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) auto;
    }
    .card > * {
      grid-column: 1 / -1;
    }
    .card > .bar {
      grid-area: 1 / 1;
    }
    .card > .lists {
      grid-row: 2;
    }
    .foot {
      display: contents;
    }
    .foot > .notice {
      inset-block-end: 0;
    }
    .selection {
      grid-area: 1 / 2;
      padding-block: 0;
      padding-inline-start: 0;
      border-block: 0 solid var(--_border);
      border-block-end-width: 1px;
    }
    .selection > .quiet,
    .card:has(.selection) > .bar > .chip {
      display: none;
    }
    .selection .pill {
      --_control: max(2.25rem, 36px);
      padding-inline: var(--_space-3);
      font-size: var(--_text-s);
    }
    .selection .pill .icon {
      display: none;
    }
  }
  @container (block-size < 26rem) and (inline-size >= 20rem) {
    @media (pointer: coarse) {
      :host {
        --_card: max(7.25rem, 116px);
        --_row: max(3.25rem, 52px);
      }
      .alarm .pill,
      .selection .pill {
        --_control: max(2.75rem, 44px);
      }
    }
  }
  @media (forced-colors: active) {
    .chip,
    .act.apart {
      border: 1px solid;
    }
    .current::before {
      border-color: Highlight;
    }
  }
`;

export const styles: CSSResultGroup = [
  listPanel,
  noticeMargin,
  panelStates,
  callRows,
  layout,
  rows,
  alarms,
  narrow,
];
