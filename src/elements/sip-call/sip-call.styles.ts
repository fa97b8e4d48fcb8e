import {css} from 'lit';
import {onStage} from '../shared/styles/on-stage.styles.js';

export const styles = css`
  /* Dark in both themes, as soon as there is a call. */
  .stage:not(.idle) {
    ${onStage}
    aspect-ratio: 16 / 9;
    min-block-size: max(15rem, 240px);
    /* What is beneath it stays within reach, and its controls on the screen. */
    max-block-size: max(15rem, 240px, 80vh);
  }
  /* Words need less room than a picture. */
  .stage.audio {
    max-block-size: clamp(max(15rem, 240px), 80vh, max(20rem, 320px));
  }
  .remote,
  .middle {
    grid-area: 1 / 1;
    inline-size: 100%;
    block-size: 100%;
    min-block-size: 0;
  }
  .remote {
    --sip-video-fit: var(--sip-call-fit, contain);
    position: absolute;
    /* Under the border, which leaves less than 16:9: a dark line would be at the sides. */
    inset: -1px;
    inline-size: auto;
    block-size: auto;
    aspect-ratio: auto;
    border-radius: 0;
    background: none;
  }
  .remote:not(.playing),
  .local:not(:state(playing)) {
    visibility: hidden;
  }
  .local {
    --sip-video-fit: cover;
    position: absolute;
    inset-inline-end: var(--_space-4);
    inset-block-end: max(5.25rem, 84px);
    inline-size: clamp(4.5rem, 22%, 14rem);
    aspect-ratio: 4 / 3;
    border-radius: var(--_radius-m);
    border: 2px solid rgb(255 255 255 / 16%);
    background: #000;
  }
  /* A shared screen is covered by nothing: what is over a picture otherwise has rows of its own. */
  .beside {
    grid-template-rows: auto auto minmax(0, 1fr) auto;
  }
  .beside > :is(.urgent, .top, .remote, .bottom) {
    position: relative;
    inset: auto;
    grid-column: 1;
    min-inline-size: 0;
  }
  .beside > .urgent {
    grid-row: 1;
  }
  .beside > .top {
    grid-row: 2;
    padding-block: var(--_space-2);
    background: none;
  }
  .beside > .remote {
    grid-row: 3;
    --sip-video-fit: contain;
  }
  .beside > .bottom {
    grid-row: 4;
    padding-block-start: var(--_space-2);
  }
  .beside > .local {
    inline-size: auto;
    block-size: 3.5rem;
    inset-block-end: var(--_space-4);
  }
  .middle[hidden] {
    display: none;
  }
  .top {
    position: absolute;
    inset: 0 0 auto;
    z-index: 1;
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    padding: 0.875rem var(--_space-4);
    background: linear-gradient(rgb(8 11 15 / 78%), transparent);
  }
  /* The header of an urgent call is above everything else. */
  .urgent {
    position: absolute;
    inset: 0 0 auto;
    z-index: 1;
  }
  .urgent ~ .top {
    inset-block-start: max(2.25rem, 36px);
  }
  .urgent ~ .middle {
    padding-block-start: max(5.75rem, 92px);
  }
  .top .quiet {
    color: inherit;
  }
  .top .name {
    font-weight: 650;
  }
  .top > .line {
    flex: 0 1 auto;
    padding-inline: 0.625rem;
    line-height: calc(1.45em + 0.5rem);
    border-radius: var(--_radius-full);
    background: var(--_scrim);
  }
  .space {
    flex: 1;
  }
  .chip {
    flex: none;
    display: flex;
    align-items: center;
    gap: 0.375rem;
    max-inline-size: 70%;
    padding: 0.25rem 0.625rem;
    border-radius: var(--_radius-full);
    background: var(--_scrim);
    font-size: var(--_text-s);
  }
  /* As small as what is beside it. */
  sip-quality {
    flex: none;
    --sip-button-background: var(--_scrim);
    --sip-button-hover: rgb(255 255 255 / 26%);
  }
  sip-quality::part(button) {
    inline-size: 2.25rem;
    block-size: 1.75rem;
    border-radius: var(--_radius-full);
  }
  /* It says more than the others, and is cut before it pushes them out. */
  .chip.health,
  .chip.off {
    flex: 0 1 auto;
    min-inline-size: 2.25rem;
  }
  .chip .icon {
    flex: none;
    inline-size: 1rem;
    block-size: 1rem;
    color: var(--_warning);
  }
  button.chip {
    color: inherit;
    min-block-size: 1.75rem;
  }
  button.chip .icon {
    color: inherit;
  }
  button.chip[aria-pressed='true'] {
    background: var(--_on-stage);
    color: var(--_stage);
  }
  .middle:not(.empty) {
    container: middle / size;
  }
  .middle .avatar {
    inline-size: 5rem;
    block-size: 5rem;
    font-size: var(--_text-xl);
    margin-block-end: var(--_space-2);
  }
  /* The ring grows. */
  .middle .rings {
    margin-block-end: var(--_space-4);
  }
  /* The button that turns the sound on is between what is said and the controls. */
  .sounds .middle {
    padding-block-end: max(8rem, 128px);
  }
  /* Words are above a notice, which may have several lines: the stage grows before it loses the name. */
  .stage:has(> .middle:not([hidden]) ~ .bottom > .notice) {
    grid-template-rows: minmax(7rem, 1fr) auto;
  }
  /* A ratio would count as content. */
  :host(:not(:fullscreen)) .stage:has(> .middle:not([hidden]) ~ .bottom > .notice) {
    aspect-ratio: auto;
    block-size: max(15rem, var(--_high, 56.25cqi));
    min-block-size: min-content;
  }
  .stage:has(> .urgent ~ .middle:not([hidden]) ~ .bottom > .notice) {
    grid-template-rows: minmax(9rem, 1fr) auto;
  }
  .middle:not([hidden]) ~ .bottom:has(> .notice) {
    position: relative;
    grid-row: 2;
  }
  .middle:not([hidden]):has(~ .bottom > .notice) {
    padding-block-end: 0;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    margin-block-start: var(--_space-2);
    /* Its ordinary color is that of the notice. */
    --_fill: rgb(255 255 255 / 16%);
    --_fill-hover: rgb(255 255 255 / 24%);
  }
  .answers .pill {
    flex-basis: auto;
  }
  .sound::part(sound):hover {
    background: #e9edf2;
  }
  .recording,
  .recorded {
    color: #ff8a84;
  }
  .recorded {
    flex-shrink: 1;
    min-inline-size: 1.875rem;
  }
  .sign {
    inline-size: 0.625rem;
    block-size: 0.625rem;
    border-radius: 50%;
    background: currentColor;
  }
  .paused .sign {
    border-radius: 0;
    background: linear-gradient(90deg, currentColor 0 37%, transparent 0 63%, currentColor 0);
  }
  .recording button {
    display: grid;
    place-items: center;
    inline-size: 1.75rem;
    block-size: 1.75rem;
    margin-block: -0.375rem;
    margin-inline: 0 -0.5rem;
    border: 0;
    border-radius: var(--_radius-full);
    padding: 0;
    background: none;
    color: var(--_on-stage);
    cursor: pointer;
  }
  .recording button:hover {
    background: rgb(255 255 255 / 16%);
  }
  .recording button .icon {
    color: inherit;
  }
  :host(:fullscreen) .stage {
    aspect-ratio: auto;
    block-size: 100%;
    max-block-size: none;
    border: 0;
    border-radius: 0;
  }
  :host(:fullscreen) .remote {
    inset: 0;
  }
  @media (pointer: coarse) {
    button.chip,
    sip-quality::part(button),
    .recording button {
      min-inline-size: var(--_small);
      min-block-size: var(--_small);
    }
    button.chip {
      justify-content: center;
    }
    /* Its button is as high as those beside it. */
    .recording {
      padding-block: 0;
    }
    .recording button {
      margin-block: 0;
    }
  }
  @media (forced-colors: active) {
    .stage {
      --_scrim: Canvas;
    }
    /* It has a scrim of its own. */
    sip-quality {
      --sip-button-background: Canvas;
    }
    .chip,
    .top > .line,
    .recording button {
      border: 1px solid;
    }
    .sign {
      forced-color-adjust: none;
      color: red;
    }
    .paused .sign {
      color: CanvasText;
    }
  }
  /* What says least goes first if there is no room for all. */
  @container middle (block-size < max(11.6rem, 185.6px)) {
    .detail {
      display: none;
    }
  }
  @container middle (block-size < max(10.1rem, 161.6px)) {
    .avatar.avatar {
      inline-size: 3.5rem;
      block-size: 3.5rem;
      font-size: var(--_text-l);
    }
  }
  @container middle (block-size < max(8.6rem, 137.6px)) {
    .avatar.avatar {
      inline-size: 2.75rem;
      block-size: 2.75rem;
      margin-block-end: var(--_space-1);
    }
    .avatar.rings {
      margin-block-end: 0.625rem;
    }
  }
  @container middle (block-size < max(7.6rem, 121.6px)) {
    .avatar {
      display: none;
    }
  }
  @container middle (block-size < max(4.5rem, 72px)) {
    bdi.number {
      display: none;
    }
  }
  @container middle (block-size < max(3rem, 48px)) {
    p {
      display: none;
    }
  }
  @container middle (block-size < max(1.4rem, 22.4px)) {
    .big {
      display: none;
    }
  }
  @container (inline-size < max(48rem, 768px)) {
    /* The controls have the whole row. */
    .beside > .local {
      display: none;
    }
  }
  @container (inline-size < max(34rem, 544px)) {
    /* Beside a name there is no room for more words: they have a row of their own. */
    .top:has(> .line):has(> .health, > .off, > .recorded) {
      flex-wrap: wrap;
      row-gap: 0.125rem;
    }
    .top:has(> .line):has(> .health, > .off, > .recorded)::after {
      content: '';
      order: 1;
      flex-basis: 100%;
    }
    .top > .line ~ :is(.health, .off, .recorded) {
      order: 2;
      max-inline-size: 100%;
    }
    /* It is cut before anything else goes to the next row. */
    .top:has(> .health, > .off, > .recorded) > .line {
      flex: 1000 1 0;
      max-inline-size: max-content;
    }
  }
  @container (inline-size < max(30rem, 480px)) {
    :host(:not(:fullscreen)) .stage:not(.idle) {
      --_high: 75cqi;
      aspect-ratio: 4 / 3;
    }
  }
  @container (inline-size < max(22rem, 352px)) {
    .top {
      gap: var(--_space-1);
      padding: var(--_space-2) var(--_space-3);
    }
    [part='small-window'],
    .top:has(.health, .off, .recorded, .recording) sip-quality {
      display: none;
    }
    /* One time is enough, or nothing is left of the name. */
    .top:has(.recording) .chip:not(.recording):has(> sip-duration) {
      display: none;
    }
    .bottom {
      gap: var(--_space-1);
      padding: var(--_space-2);
    }
    .controls.row {
      padding: var(--_space-1);
    }
    .local {
      inset-inline-end: var(--_space-2);
      inset-block-end: max(4.25rem, 68px);
    }
    /* Two rows of answers fit between the chips and the controls. */
    .answers {
      gap: var(--_space-1);
    }
    .answers .pill {
      block-size: max(2.25rem, 36px);
    }
    /* Words end before the user's own picture, and may have two lines. */
    .stage:has(> .local:state(playing)) .middle p {
      max-inline-size: calc(100% - 9rem);
      font-size: var(--_text-s);
    }
    .stage:has(> .local:state(playing)) .avatar {
      display: none;
    }
    .stage:not(.sounds) .sound {
      justify-self: start;
    }
    /* Beneath the chips, which are as wide as the stage. */
    .middle:not(.empty) {
      padding-block: max(2.75rem, 44px) max(4.25rem, 68px);
    }
    .sounds .middle:not(.empty) {
      padding-block: max(2.5rem, 40px) max(7.25rem, 116px);
    }
    .urgent ~ .middle:not(.empty) {
      padding-block-start: max(5rem, 80px);
    }
  }
`;
