import {css} from 'lit';

export const styles = css`
  /* By name: parts of the elements inside would ask the nearest one, which is their own. */
  :host {
    container-name: phone !important;
  }
  .card {
    display: grid;
    grid-template:
      'bar' auto
      'calls' auto
      'views' minmax(0, 1fr)
      'tabs' auto
      / minmax(0, 1fr);
    --_height: var(--sip-phone-height, max(38rem, 608px));
    block-size: var(--_height);
    max-block-size: 100dvh;
  }
  /* The form is as high as its fields. */
  .card.asks {
    display: block;
    block-size: auto;
    overflow: auto;
  }
  .card[hidden] {
    display: none;
  }
  .bar {
    grid-area: bar;
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 2.75rem;
    padding-block: var(--_space-1);
    padding-inline: var(--_space-4) var(--_space-2);
    border-block-end: 1px solid var(--_border);
    font-size: var(--_text-s);
  }
  .space {
    flex: 1;
  }

  /* What goes on, above what it is done with. */
  .calls {
    grid-area: calls;
    min-block-size: 0;
    overflow: auto;
  }
  sip-incoming:state(ringing),
  sip-incoming:state(watched) {
    padding: var(--_space-3);
    border-block-end: 1px solid var(--_border);
  }
  sip-call:not(:state(active), :state(over)) {
    display: none;
  }
  sip-call::part(stage) {
    border: 0;
    border-radius: 0;
  }
  /* It is answered above. */
  .card > .calls > sip-call:state(incoming) {
    display: none;
  }
  sip-calls {
    border-block-end: 1px solid var(--_border);
  }

  /* A call fills the phone: its controls are at the bottom of it, whatever its height. */
  .front {
    grid-template-rows: auto minmax(0, 1fr) 0 auto;
  }
  .front > .calls {
    display: flex;
    flex-direction: column;
  }
  .front sip-call {
    flex: 1 0 8rem;
    min-block-size: 0;
  }
  .front sip-call::part(stage) {
    aspect-ratio: auto;
    block-size: 100%;
    min-block-size: 0;
    max-block-size: none;
  }
  .behind sip-call {
    display: none;
  }

  .views {
    grid-area: views;
    min-block-size: 0;
    overflow: auto;
  }
  .views[hidden] {
    display: none;
  }
  [role='tabpanel'][hidden] {
    display: none;
  }
  .views > * > *::part(panel),
  sip-calls::part(panel) {
    border: 0;
    border-radius: 0;
    background: none;
  }
  /* What its bars and the field leave of the phone. */
  sip-messages {
    --sip-messages-height: max(12rem, var(--_height) - 13rem);
  }
  /* The phone's own bar shows them. */
  .with-status sip-dialer::part(status),
  sip-calls::part(do-not-disturb) {
    display: none;
  }

  /* Below what rings there is room for the keypad with its buttons. */
  .tight sip-dialer {
    --_key: 2.75rem;
    --sip-space-2: var(--_space-1);
    --sip-space-4: var(--_space-3);
  }

  .tabs {
    grid-area: tabs;
    display: flex;
    border-block-start: 1px solid var(--_border);
  }
  [role='tab'] {
    position: relative;
    flex: auto;
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 0.125rem;
    min-inline-size: 0;
    block-size: 3.5rem;
    /* Six words are as wide as a narrow phone. */
    padding-inline: 1px;
    color: var(--_quiet);
    font-size: 0.6875rem;
    font-weight: 500;
  }
  [role='tab'] .line {
    max-inline-size: 100%;
  }
  [role='tab']:hover {
    background: var(--_fill);
  }
  [role='tab'][aria-selected='true'] {
    color: var(--_accent);
  }
  [role='tab'][aria-selected='true']::before {
    content: '';
    position: absolute;
    inset: -1px 20% auto;
    border-block-start: 2px solid var(--_accent);
  }
  [role='tab']:focus-visible {
    box-shadow: none;
    outline: 2px solid var(--_accent);
    outline-offset: -3px;
    border-radius: var(--_radius-m);
  }
  .badge {
    position: absolute;
    inset-block-start: 0.25rem;
    inset-inline-start: calc(50% + 0.375rem);
    min-inline-size: 1.125rem;
    padding: 0.0625rem 0.3125rem;
    border-radius: var(--_radius-full);
    background: var(--_danger);
    color: var(--_on-danger);
    font-size: 0.6875rem;
    font-weight: 700;
    line-height: 1rem;
    text-align: center;
  }

  /* Wide: what goes on has the larger place. */
  @container phone (inline-size >= max(44rem, 704px)) {
    .card:not(.over) {
      --_wide: 1;
      grid-template:
        'bar calls' auto
        'views calls' minmax(0, 1fr)
        'tabs calls' auto
        / 21rem minmax(0, 1fr);
    }
    .card:not(.over) > :is(.bar, .views, .tabs) {
      border-inline-end: 1px solid var(--_border);
    }
    .card:not(.over) > .calls {
      display: flex;
      flex-direction: column;
      background: var(--_sunken);
    }
    /* As long as nothing else is in this place. */
    .card:not(.over) > .calls > sip-incoming:has(+ sip-call:state(incoming)) {
      inline-size: min(100%, 30rem);
      margin: auto;
      border: 0;
    }
    .card:not(.over) sip-call {
      display: block;
      flex: 1;
      min-block-size: max(15rem, 240px);
    }
    .card:not(.over) sip-call::part(stage) {
      aspect-ratio: auto;
      block-size: 100%;
      max-block-size: none;
    }
  }

  /* A page that resets everything by "all: unset !important" leaves it where it is. */
  :host([corner]:not([corner='false' i])) {
    --_display: flex;
    --_edge: var(--_space-4);
    position: fixed !important;
    inset-block: var(--sip-phone-inset-block, auto var(--_edge)) !important;
    inset-inline: var(--sip-phone-inset-inline, auto var(--_edge)) !important;
    z-index: 1000;
    display: flex;
    flex-direction: column-reverse !important;
    align-items: flex-end !important;
    gap: var(--_space-3) !important;
    inline-size: min(max(22rem, 352px), 100vw - 2 * var(--_edge)) !important;
    pointer-events: none !important;
  }
  :host([corner]:not([corner='false' i])[hidden]) {
    display: none;
  }
  :host([corner]:not([corner='false' i])) > * {
    pointer-events: auto;
  }
  .over {
    inline-size: 100%;
    --_height: min(var(--sip-phone-height, max(38rem, 608px)), 100dvh - 6.5rem);
    box-shadow: 0 0.75rem 2.5rem rgb(8 11 15 / 28%);
  }
  .closed {
    display: flex;
    gap: var(--_space-2);
    max-inline-size: 100%;
  }
  .launcher {
    position: relative;
    flex: none;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space-2);
    inline-size: 3.5rem;
    block-size: 3.5rem;
    border-radius: var(--_radius-full);
    background: var(--_accent);
    color: var(--_surface);
    font-weight: 650;
    box-shadow: 0 0.25rem 1rem rgb(8 11 15 / 28%);
  }
  .launcher.wide {
    flex: 0 1 auto;
    inline-size: auto;
    min-inline-size: 0;
    padding-inline: var(--_space-4);
  }
  .launcher .icon {
    flex: none;
    inline-size: 1.5rem;
    block-size: 1.5rem;
  }
  .launcher.talks,
  .launcher.rings {
    background: var(--_success);
    color: var(--_on-success);
  }
  .launcher.ends {
    background: var(--_danger);
    color: var(--_on-danger);
  }
  .launcher:focus-visible {
    box-shadow: var(--_focus);
  }
  .launcher.rings::after {
    border-radius: inherit;
  }
  .launcher .badge {
    inset-block-start: -0.125rem;
    inset-inline-start: auto;
    inset-inline-end: -0.125rem;
  }
  @media (prefers-reduced-motion: no-preference) {
    .launcher.rings .icon {
      animation: shake 1.2s ease-in-out infinite;
    }
    @keyframes shake {
      20%,
      60% {
        rotate: 14deg;
      }
      40%,
      80% {
        rotate: -14deg;
      }
    }
  }
  /* Low, as at 200 % zoom: the open phone has all the height, and its bars as little as can be. */
  @media (height < 34rem) {
    :host([corner]:not([corner='false' i])) {
      --_edge: var(--_space-2);
    }
    .over {
      --_height: min(var(--sip-phone-height, max(38rem, 608px)), 100dvh - 2 * var(--_space-2));
    }
    :host([open]:not([open='false' i])) .closed {
      display: none;
    }
    [role='tab'] {
      block-size: 2.75rem;
    }
    [role='tab'] .line {
      position: absolute;
      inline-size: 1px;
      clip-path: inset(50%);
    }
    /* Each call is a line, with its own buttons. */
    .alerts.front sip-call,
    .alerts.talks sip-incoming {
      display: none;
    }
  }
  @media (height >= 34rem) {
    /* What rings is above the call, and one call needs no line. */
    .front:not(.several) sip-calls {
      display: none;
    }
  }
  /* What rings leaves no room for the user's own picture beside the chips. */
  @media (height < 40rem) {
    .alerts.front sip-call::part(local) {
      visibility: hidden;
    }
  }
  @media (height < 26rem) {
    sip-call:state(over)::part(stage) {
      aspect-ratio: auto;
      min-block-size: 0;
      block-size: 10rem;
    }
    sip-call:state(over)::part(middle) {
      padding-block: var(--_space-3) 4.25rem;
    }
  }
  @media (height < 20rem) {
    sip-call:state(over)::part(stage) {
      block-size: 7.5rem;
    }
  }
  @media (forced-colors: active) {
    .launcher,
    .toggle,
    .badge {
      border: 1px solid;
    }
  }
`;
