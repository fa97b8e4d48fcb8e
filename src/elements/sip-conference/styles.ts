import {css} from 'lit';

/** The styles of a conference, in addition to those shared with lists and call controls. */
export const styles = css`
  .card:focus-visible,
  .roster:focus-visible {
    box-shadow: none;
    outline: none;
  }
  .card:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .card.over {
    outline: 2px dashed var(--_accent);
    outline-offset: -4px;
  }
  .notice {
    margin: var(--_space-2) var(--_space-3);
  }
  .avatar {
    inline-size: 2.25rem;
    block-size: 2.25rem;
    font-size: var(--_text-s);
  }
  .avatar::before {
    content: attr(data-initials);
  }
  /* The form */
  .hint {
    margin-block-start: calc(-1 * var(--_space-1));
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    max-block-size: 12rem;
    overflow-y: auto;
  }
  .chosen {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    min-inline-size: 0;
    max-inline-size: 100%;
    padding: 0.25rem 0.375rem 0.25rem 0.25rem;
    border-radius: var(--_radius-full);
    background: var(--_fill);
    font-size: var(--_text-s);
  }
  .chosen .avatar {
    inline-size: 1.75rem;
    block-size: 1.75rem;
    font-size: 0.6875rem;
  }
  .chosen .dismiss {
    border-radius: 50%;
  }
  .chosen .dismiss:hover {
    background: var(--_fill-hover);
  }
  .buttons,
  .answers {
    display: flex;
    gap: var(--_space-2);
  }
  .answers {
    margin-block-start: var(--_space-2);
  }
  /* The bar */
  .head > .line {
    flex: 0 1 auto;
  }
  .facts {
    display: flex;
    flex: none;
    gap: 0.375rem;
  }
  .facts > span + sip-duration::part(time)::before {
    content: '· ';
  }
  .bar > b {
    flex: none;
  }
  .toggle[aria-expanded='true'] {
    background: var(--_fill);
    color: var(--_accent);
  }
  .toggle.end {
    color: var(--_danger);
  }
  .side {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    padding: var(--_space-3);
    border-block-end: 1px solid var(--_border);
  }
  .side .input {
    flex: 1 1 10rem;
    inline-size: auto;
  }
  .side .input.times {
    flex: 0 0 4.5rem;
  }
  .side .pill {
    flex: none;
  }
  /* The stage */
  .stage {
    color-scheme: dark;
    position: relative;
    display: grid;
    aspect-ratio: 16 / 9;
    min-block-size: 16rem;
    max-block-size: max(16rem, 70vh);
    inline-size: 100%;
    overflow: hidden;
    background: var(--_stage);
    color: var(--_on-stage);
    --_surface: var(--_stage);
    --_quiet: color-mix(in oklab, var(--_on-stage) 72%, var(--_stage));
    --_focus: 0 0 0 2px var(--_stage), 0 0 0 4px var(--_on-stage);
  }
  .top {
    position: absolute;
    inset: 0 0 auto;
    z-index: 1;
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-3);
  }
  .chip,
  .caption {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    min-inline-size: 0;
    padding: 0.125rem 0.5rem;
    border-radius: var(--_radius-full);
    background: var(--_scrim);
    font-size: var(--_text-s);
  }
  .chip .icon {
    inline-size: 1rem;
    block-size: 1rem;
    color: var(--_warning);
  }
  .recording {
    color: #ff8a84;
  }
  .recording .sign {
    inline-size: 0.625rem;
    block-size: 0.625rem;
    margin: 0;
    border-radius: 50%;
    background: currentColor;
  }
  .layouts {
    display: flex;
    padding: 0.1875rem;
    border-radius: var(--_radius-full);
    background: var(--_scrim);
  }
  .layouts button {
    display: grid;
    place-content: center;
    inline-size: 2rem;
    block-size: 1.75rem;
    border-radius: var(--_radius-full);
  }
  .layouts button[aria-pressed='true'] {
    background: #fff;
    color: #11161c;
  }
  .layouts .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  .middle {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 0.125rem;
    min-inline-size: 0;
    padding: var(--_space-4) var(--_space-4) 4.75rem;
    text-align: center;
  }
  .middle > * {
    max-inline-size: 100%;
  }
  .middle .icon {
    inline-size: 2rem;
    block-size: 2rem;
    color: var(--_quiet);
  }
  .middle .big {
    font-size: var(--_text-l);
    font-weight: 650;
  }
  .tiles {
    display: grid;
    gap: var(--_space-2);
    grid-auto-rows: minmax(0, 1fr);
    min-block-size: 0;
    padding: var(--_space-2) var(--_space-2) 4.75rem;
  }
  /* The pictures go on being loaded. */
  .tiles[hidden] {
    display: block;
    position: absolute;
    visibility: hidden;
  }
  .sounds .tiles {
    padding-block-end: 8rem;
  }
  .columns-1 {
    grid-template-columns: minmax(0, 1fr);
  }
  .columns-2 {
    grid-template-columns: repeat(2, minmax(0, 1fr));
  }
  .columns-3 {
    grid-template-columns: repeat(3, minmax(0, 1fr));
  }
  .columns-4 {
    grid-template-columns: repeat(4, minmax(0, 1fr));
  }
  .tile {
    position: relative;
    display: grid;
    place-items: center;
    min-block-size: 0;
    min-inline-size: 0;
    overflow: hidden;
    border-radius: var(--_radius-s);
    background: #1b2028;
    container-type: size;
  }
  .tile.unseen {
    position: absolute;
    inline-size: 4rem;
    block-size: 3rem;
    visibility: hidden;
  }
  .tile > video,
  .tile > sip-video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    aspect-ratio: auto;
    border-radius: inherit;
    object-fit: cover;
    --sip-video-fit: cover;
  }
  .tile > video:not(.playing) {
    visibility: hidden;
  }
  .tile .avatar {
    --_surface: #1b2028;
    --_accent: #9cc2ff;
    inline-size: min(4rem, 45cqmin);
    block-size: min(4rem, 45cqmin);
    font-size: clamp(0.75rem, 15cqmin, 1.25rem);
  }
  /* The caption would cover it. */
  @container (block-size < 5rem) {
    .tile.person .avatar {
      display: none;
    }
  }
  .tile.talks::after {
    content: '';
    position: absolute;
    inset: 0;
    border: 3px solid #4cc38a;
    border-radius: inherit;
    pointer-events: none;
  }
  .caption {
    position: absolute;
    inset-block-end: 0.25rem;
    inset-inline-start: 0.25rem;
    max-inline-size: calc(100% - 0.5rem);
  }
  .caption .icon {
    flex: none;
    inline-size: 0.875rem;
    block-size: 0.875rem;
  }
  .talks .caption .icon {
    color: #4cc38a;
  }
  .large {
    grid-template: minmax(0, 1fr) 4.5rem / repeat(6, minmax(0, 1fr));
  }
  .large > :first-child {
    grid-column: 1 / -1;
  }
  .large > :first-child > video {
    object-fit: contain;
  }
  .large.alone {
    grid-template-rows: minmax(0, 1fr);
  }
  .stage.picture .large {
    padding: 0;
    gap: 0;
  }
  .stage.picture .large > :first-child {
    grid-area: 1 / 1 / -1 / -1;
    border-radius: 0;
    background: none;
  }
  .stage.picture .large > .own:not(:first-child) {
    position: absolute;
    inset-inline-end: var(--_space-4);
    inset-block-end: 5.25rem;
    inline-size: clamp(4.5rem, 22%, 14rem);
    aspect-ratio: 4 / 3;
    border: 2px solid rgb(255 255 255 / 16%);
  }
  .stage.picture .tile.talks::after {
    display: none;
  }
  .stage.picture .caption {
    inset-block: auto;
    inset-block-start: 0.75rem;
    inset-inline-start: 0.75rem;
  }
  .stage.picture .own:not(:first-child) .caption {
    display: none;
  }
  .bottom {
    position: absolute;
    inset: auto 0 0;
    z-index: 1;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-2);
    padding: var(--_space-4);
    background: linear-gradient(transparent, rgb(8 11 15 / 78%));
  }
  .bottom .notice {
    --_surface: #1b2028;
    justify-self: center;
    max-inline-size: 32rem;
    margin: 0;
  }
  .bottom .pill {
    flex: 0 1 auto;
    padding-inline: var(--_space-4);
  }
  .bottom .pill.round {
    flex: none;
    padding: 0;
  }
  .sound {
    justify-self: center;
  }
  .sound::part(sound) {
    background: #fff;
    color: #11161c;
  }
  /* The members */
  .roster {
    max-block-size: var(--sip-conference-height, 26rem);
    overflow-y: auto;
    overscroll-behavior: contain;
    overflow-anchor: none;
  }
  .stage ~ .bar,
  .files {
    border-block-start: 1px solid var(--_border);
  }
  .search {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    flex: 0 1 14rem;
    min-inline-size: 0;
    color: var(--_quiet);
  }
  .search .icon {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }
  .search input {
    flex: 1;
    min-inline-size: 0;
    block-size: 2.25rem;
    padding: 0 var(--_space-2);
    border: 0;
    border-radius: var(--_radius-s);
    font: inherit;
    color: var(--_text);
    background: none;
  }
  .member {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    block-size: 3.25rem;
    padding-inline: var(--_space-4) var(--_space-2);
  }
  .member:hover,
  .roster:focus-within .member.active {
    background: var(--_sunken);
  }
  .roster:focus-visible .member.active {
    outline: 2px solid var(--_accent);
    outline-offset: -3px;
    border-radius: var(--_radius-s);
  }
  .who {
    flex: 1;
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    min-inline-size: 0;
  }
  .member.released .avatar,
  .member.init .avatar,
  .member.ringing .avatar {
    filter: grayscale(1);
  }
  .avatar.talks {
    box-shadow:
      0 0 0 2px var(--_surface),
      0 0 0 4px var(--_success);
  }
  .words .line {
    line-height: 1.35;
  }
  .state {
    overflow: hidden;
    line-height: 1.35;
  }
  .state > * + *::before {
    content: '·';
    margin-inline-end: 0.375rem;
    color: var(--_quiet);
  }
  .word {
    flex: none;
  }
  .word.talks {
    color: var(--_success);
  }
  .acts {
    display: flex;
    flex: none;
  }
  .act.plain {
    background: none;
    color: var(--_quiet);
  }
  .act.plain:hover {
    background: var(--_fill);
    color: var(--_text);
  }
  .act.on {
    color: var(--_danger);
  }
  .act.spotlighted.on {
    color: var(--_accent);
    background: color-mix(in oklab, var(--_accent) 16%, var(--_surface));
  }
  .pending {
    cursor: progress;
  }
  .pending .icon {
    opacity: 0.45;
  }
  .act.more-actions {
    display: none;
  }
  .nobody {
    padding: var(--_space-4);
  }
  .members-menu {
    position-anchor: auto;
  }
  .files [role='listitem'] {
    gap: var(--_space-1);
    padding: var(--_space-2) var(--_space-2) var(--_space-2) var(--_space-4);
  }
  .files progress {
    display: block;
    margin-block-end: 0;
  }
  .undo {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-4);
    border-block-start: 1px solid var(--_border);
    font-size: var(--_text-s);
  }
  .undo[hidden] {
    display: none;
  }
  .layout-picture .stage {
    max-block-size: max(16rem, 90vh);
  }
  @media (forced-colors: active) {
    .tile,
    .layouts button[aria-pressed='true'],
    .roster:focus-within .member.active {
      border: 1px solid Highlight;
    }
  }
  @container (inline-size < 40rem) {
    /* Beside the buttons there is room for the name alone. */
    .card:not(.layout-none) .head .name + .number {
      display: none;
    }
    .stage {
      aspect-ratio: 4 / 3;
    }
  }
  @container (inline-size < 30rem) {
    .columns-4 {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    .toggle.end .word {
      display: none;
    }
    .acts .act:not(.more-actions, :only-child) {
      display: none;
    }
    .act.more-actions {
      display: grid;
    }
    .member {
      padding-inline-start: var(--_space-3);
    }
    .large > :nth-child(n + 6) {
      display: none;
    }
    .large {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
  }
  @container (inline-size < 20rem) {
    .bottom {
      padding: var(--_space-3);
    }
    .member .avatar {
      display: none;
    }
  }
`;
