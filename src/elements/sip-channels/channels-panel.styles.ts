import {css} from 'lit';

export const styles = css`
  .desk {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-3);
    padding: var(--_space-3);
  }
  sip-tile-pages:not(:defined) {
    display: block;
    min-inline-size: 0;
  }
  /* Where its words have no room beside the heading, they wrap, out of sight: its icon and its name remain. */
  .card > .bar > b {
    flex-shrink: 0;
  }
  [part~='join-all'] {
    flex-shrink: 1;
    flex-wrap: wrap;
    align-content: start;
    overflow: hidden;
  }
  [part~='join-all'] > .icon {
    block-size: var(--_small);
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(max(9.5rem, 140px), 1fr));
    gap: var(--_space-2);
    min-inline-size: 0;
  }
  .tiles > * {
    display: grid;
    align-items: stretch;
  }
  .tiles[hidden] {
    display: none;
  }
  .tiles > * + * {
    border: 0 !important;
  }
  .arranging > * {
    cursor: grab;
    touch-action: none;
  }
  .dragged {
    opacity: 0.5;
  }
  .over {
    border-radius: var(--_radius-m);
    outline: 3px dashed var(--_accent);
    outline-offset: -1px;
  }
  /* It sticks to the edge of a page that scrolls. */
  .card {
    overflow: clip;
  }
  .side {
    position: sticky;
    inset-block-end: 0;
    z-index: 1;
    display: grid;
    align-content: start;
    gap: var(--_space-2);
    padding-block: var(--_space-2);
    background: var(--_surface);
  }
  .push {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.25rem;
    min-block-size: 6.5rem;
    padding: var(--_space-3);
    border: 3px solid var(--_accent);
    border-radius: var(--_radius-m);
    color: var(--_accent);
    background: color-mix(in oklab, var(--_accent) 12%, var(--_surface));
    text-align: center;
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
  }
  .push:not([aria-disabled]):hover {
    background: color-mix(in oklab, var(--_accent) 20%, var(--_surface));
  }
  .push .icon {
    inline-size: 1.75rem;
    block-size: 1.75rem;
  }
  .push .label {
    font-weight: 650;
    text-wrap: balance;
  }
  .push .action {
    font-size: var(--_text-s);
    text-wrap: balance;
  }
  .elsewhere {
    min-block-size: 1lh;
  }
  .push[aria-disabled] {
    border-color: var(--_border);
    color: var(--_quiet);
    background: none;
    opacity: 1;
  }
  .push.asks {
    border-style: dashed;
  }
  .push.speaks,
  .push.speaks:hover {
    border-color: var(--_success);
    background: var(--_success) !important;
    color: var(--_on-success);
  }
  .spoken {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--_space-2);
  }
  .play {
    inline-size: var(--_control);
    block-size: auto;
    padding: 0;
    border-radius: var(--_radius-m);
    anchor-name: --sounds;
  }
  .play.on {
    background: var(--_success);
    color: var(--_on-success);
  }
  .sounds {
    position-anchor: --sounds;
    inline-size: min(20rem, 100vw - 1rem);
    max-inline-size: none;
  }
  .menu.sounds > p {
    padding: var(--_space-2) var(--_space-3);
  }
  .refusals {
    padding: var(--_space-2) var(--_space-3);
    border-radius: var(--_radius-s);
    font-size: var(--_text-s);
    background: color-mix(in oklab, var(--_danger) 11%, var(--_surface));
    outline: 1px solid transparent;
    outline-offset: -1px;
    overflow-wrap: anywhere;
  }
  .refusals ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .hint {
    font-size: var(--_text-s);
    text-wrap: pretty;
  }
  .notice {
    margin: 0 var(--_space-3) var(--_space-3);
  }
  dl {
    display: grid;
    gap: 0.25rem;
    margin: 0;
    padding: var(--_space-2);
  }
  .row {
    display: flex;
    align-items: baseline;
    gap: var(--_space-3);
  }
  dt {
    flex: none;
    min-inline-size: 2.5rem;
  }
  dd {
    min-inline-size: 0;
    margin: 0;
    overflow-wrap: anywhere;
  }
  .key {
    display: inline-block;
    min-inline-size: 1.25rem;
    padding: 0 0.3125rem;
    border: 1px solid var(--_border);
    border-block-end-width: 2px;
    border-radius: 5px;
    font: 600 var(--_text-s) / 1.35 var(--_font);
    text-align: center;
  }
  .menu {
    max-block-size: min(28rem, 80vh);
    overflow-y: auto;
  }
  .menu > p {
    padding: 0 var(--_space-2) var(--_space-2);
    font-size: var(--_text-s);
  }
  .devices {
    padding: 0 var(--_space-2) var(--_space-2);
  }
  summary {
    min-block-size: 24px;
    cursor: pointer;
  }
  @container (inline-size < max(22rem, 352px)) {
    .tiles {
      grid-template-columns: minmax(0, 1fr);
    }
    .wide {
      display: none;
    }
  }
  /* The button is beside the tiles. */
  @container (inline-size >= max(52rem, 832px)) {
    .desk {
      grid-template-columns: minmax(0, 1fr) 13rem;
    }
    .side {
      inset-block: 0 auto;
      align-self: start;
      padding-block: 0;
    }
    .push {
      min-block-size: 9rem;
    }
  }
  /* In a low place, such as a region of a desk, the button and the bar are beside the tiles. */
  @container (block-size < 20rem) and (inline-size >= 22rem) {
    .card {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      align-content: start;
    }
    .card > * {
      grid-column: 1;
    }
    .card > .bar {
      grid-column: 2;
      grid-row: 1 / span 9;
      position: sticky;
      inset-block-start: 0;
      align-self: start;
      flex-direction: column;
      max-inline-size: 7rem;
      padding: var(--_space-1);
      border: 0;
    }
    .card > .bar > b {
      display: none;
    }
    .desk {
      grid-template-columns: minmax(0, 1fr) minmax(11.5rem, 16%);
      gap: var(--_space-2);
      padding-block: var(--_space-1);
      padding-inline: var(--_space-2) 0;
    }
    .tiles {
      grid-template-columns: repeat(auto-fill, minmax(max(7.5rem, 116px), 1fr));
    }
    .side {
      inset-block: var(--_space-1) auto;
      align-self: start;
      padding-block: 0;
    }
    .push {
      min-block-size: min(9rem, 100cqb - 2 * var(--_space-1));
      gap: 0;
      padding: var(--_space-1);
    }
    .refusals {
      order: -1;
    }
    .hint {
      display: none;
    }
  }
  @container ((block-size < 20rem) and (22rem <= inline-size < 60rem)) or ((block-size < 9rem) and (inline-size >= 22rem)) {
    .push,
    .push .action {
      line-height: 1.2;
    }
    .push .icon {
      inline-size: 1.25rem;
      block-size: 1.25rem;
    }
  }
  /* A few groups share the room: their names are whole. */
  @container (block-size < 20rem) and (inline-size >= 75rem) {
    .tiles:not(:has(> :nth-child(6))) {
      grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr));
    }
  }
  @container (inline-size >= max(110rem, 1760px)) {
    .tiles {
      grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr));
    }
    .desk {
      grid-template-columns: minmax(0, 1fr) 18rem;
    }
  }
  @media (forced-colors: active) {
    .push.speaks {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight !important;
      color: HighlightText;
    }
  }
`;
