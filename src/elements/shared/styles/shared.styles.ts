import {css, type CSSResultGroup} from 'lit';
import {tokens} from './tokens.styles.js';

/** What a page inherits to everything in it, or resets by `* {all: unset !important}`, stays outside. */
const host = css`
  :host {
    container-type: inline-size !important;
    /* Its contents count for nothing in what is as wide as its contents: a dialog, a row, an inline block. */
    contain-intrinsic-inline-size: min(var(--_width), 100vw - 2rem);
    --_width: max(22rem, 352px);
    --_display: block;
    min-inline-size: 0;
    font: var(--_text-m) / 1.45 var(--_font) !important;
    color: var(--_text) !important;
    cursor: auto !important;
    letter-spacing: normal !important;
    word-spacing: normal !important;
    word-break: normal !important;
    white-space: normal !important;
    text-align: start !important;
    text-indent: 0 !important;
    text-shadow: none !important;
    text-transform: none !important;
    -webkit-text-fill-color: currentcolor !important;
  }
  :host(:is(sip-call, sip-calls, sip-messages)) {
    --_width: max(30rem, 480px);
  }
  :host(:is(sip-conference, sip-monitor)) {
    --_width: max(44rem, 704px);
  }
`;

const base = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none !important;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  p {
    margin: 0;
  }
  /* Drawings grow with the text. */
  :where(.icon) {
    inline-size: max(1.25rem, 20px);
    block-size: max(1.25rem, 20px);
  }
  .icon {
    min-inline-size: 12px;
    min-block-size: 12px;
  }
  /* A drawing that points to where a line goes on. */
  .onward:dir(rtl) {
    transform: scaleX(-1);
    transform-origin: 12px;
  }
  .card {
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-l);
    overflow: hidden;
  }
  .quiet {
    color: var(--_quiet);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .line {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* Half a number would look like another one: a number without room is on a second line, which is cut. */
  .party {
    block-size: 1lh;
    white-space: normal;
  }
  .party > * {
    display: inline-block;
    vertical-align: top;
    white-space: nowrap;
  }
  .party > .name {
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  :placeholder-shown {
    text-overflow: ellipsis;
  }
  /* An empty field has no direction of its own: the words in it are those of the page. */
  [dir='auto']:placeholder-shown {
    direction: inherit;
  }
  /* It is cut at its own end, and begins where the page's lines do. */
  :is(bdi, [dir='auto']).line,
  input,
  textarea:placeholder-shown {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .icon {
      color: inherit !important;
    }
  }
`;

const buttons = css`
  button,
  a {
    font: inherit;
    color: inherit;
  }
  button {
    min-inline-size: 24px;
    min-block-size: 24px;
    border: 0;
    padding: 0;
    background: none;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
    transition: background-color var(--_motion);
  }
  /* The outline is there where high contrast leaves the shadow out. */
  :focus-visible {
    outline: 2px solid transparent;
    box-shadow: var(--_focus);
  }
  [aria-disabled='true'] {
    opacity: 0.5;
    cursor: not-allowed;
  }
  .pill {
    display: flex;
    flex: 1;
    align-items: center;
    justify-content: center;
    gap: 0.4375rem;
    min-inline-size: var(--_control);
    block-size: var(--_control);
    padding-inline: var(--_space-3);
    border-radius: var(--_radius-full);
    font-weight: 600;
    white-space: nowrap;
    background: var(--_fill);
  }
  .pill > .icon {
    flex: none;
  }
  .pill.round {
    flex: none;
    inline-size: var(--_control);
    padding: 0;
  }
  .pill.apart {
    margin-inline-start: var(--_space-4);
  }
  .pill:hover {
    background: var(--_fill-hover);
  }
  .pill.accent,
  .pill.accent:hover {
    background: var(--_accent);
    color: var(--_surface);
  }
  .pill.go,
  .pill.go:hover {
    background: var(--_success);
    color: var(--_on-success);
  }
  .pill.stop,
  .pill.stop:hover {
    background: var(--_danger);
    color: var(--_on-danger);
  }
  .pill:is(.accent, .go, .stop):not([aria-disabled='true']):hover {
    filter: brightness(1.08);
  }
  @media (forced-colors: active) {
    .pill,
    .card,
    .avatar {
      border: 1px solid;
    }
    [aria-disabled='true'] {
      opacity: 1;
      border-color: GrayText !important;
      color: GrayText !important;
    }
    button:is([aria-pressed='true'], [aria-selected='true'], .on) {
      forced-color-adjust: none;
      background: SelectedItem !important;
      color: SelectedItemText !important;
    }
  }
`;

const people = css`
  .avatar {
    position: relative;
    flex: none;
    display: grid;
    place-content: center;
    inline-size: 3rem;
    block-size: 3rem;
    border-radius: 50%;
    font-weight: 650;
    color: var(--_accent);
    background: color-mix(in oklab, var(--_accent) 16%, var(--_surface));
  }
  .avatar > img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    border-radius: inherit;
    object-fit: cover;
    background: var(--_surface);
  }
  .avatar > [hidden] {
    display: none;
  }
  .person-link {
    display: inline-block;
    max-inline-size: 100%;
    min-block-size: max(1.5rem, 24px);
    overflow: hidden;
    text-overflow: ellipsis;
    text-decoration: underline;
    text-underline-offset: 0.15em;
    border-radius: 4px;
  }
  .rings::after {
    content: '';
    position: absolute;
    inset: -0.375rem;
    border-radius: 50%;
    border: 2px solid var(--_accent);
    opacity: 0.45;
  }
  @media (prefers-reduced-motion: no-preference) {
    .rings::after {
      animation: ring 1.6s ease-out infinite;
    }
    @keyframes ring {
      from {
        transform: scale(0.94);
        opacity: 0.7;
      }
      to {
        transform: scale(1.14);
        opacity: 0;
      }
    }
  }
`;

const notices = css`
  .notice {
    display: flex;
    align-items: flex-start;
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-3);
    border-radius: var(--_radius-s);
    font-size: var(--_text-s);
    background: color-mix(in oklab, var(--_danger) 11%, var(--_surface));
    /* Seen with forced colors, which paint no background. */
    outline: 1px solid transparent;
    outline-offset: -1px;
  }
  .notice.warns {
    background: color-mix(in oklab, var(--_warning) 14%, var(--_surface));
  }
  .notice.informs {
    background: color-mix(in oklab, var(--_accent) 14%, var(--_surface));
  }
  .notice > .icon {
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin-block: 0.1875rem;
    flex: none;
    color: var(--_danger);
  }
  .notice.warns > .icon {
    color: var(--_warning);
  }
  .notice.informs > .icon {
    color: var(--_accent);
  }
  .notice > div {
    flex: 1;
    min-inline-size: 0;
    padding-block: 0.125rem;
    overflow-wrap: anywhere;
  }
  .notice a,
  .link {
    display: inline-block;
    min-block-size: max(1.5rem, 24px);
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 0.15em;
    border-radius: 4px;
  }
  /* Before links that follow a sentence; a space that ends a line has no width. */
  .gap {
    word-spacing: 0.75em;
  }
  /* After a sentence, or together on a line of their own; they are higher than its text. */
  .links {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0 var(--_space-3);
    margin-block: calc((1lh - max(1.5rem, 24px)) / 2);
  }
  .why {
    text-align: start;
  }
  .why > summary {
    inline-size: fit-content;
    min-block-size: max(1.5rem, 24px);
    border-radius: 4px;
    font-weight: 600;
    cursor: pointer;
  }
  .dismiss {
    flex: none;
    display: grid;
    place-content: center;
    inline-size: 1.5rem;
    block-size: 1.5rem;
    border-radius: var(--_radius-s);
  }
  .dismiss .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  /* It reaches over what is around it, which nobody presses. */
  @media (pointer: coarse) {
    .dismiss {
      inline-size: var(--_small);
      block-size: var(--_small);
      margin: calc((1.5rem - var(--_small)) / 2);
    }
  }
`;

/**
 * The styles shared by inner elements. They inherit the tokens, the font and the container of the public element around
 * them: a token that an element changes applies to the elements inside it.
 */
export const inner: CSSResultGroup = [base, buttons, people, notices];

/** The styles shared by all elements, including the tokens. */
export const shared: CSSResultGroup = [tokens, host, inner];
