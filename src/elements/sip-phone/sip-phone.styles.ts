import {css} from 'lit';

export const styles = css`
  /* By name: parts of the elements inside would ask the nearest one, which is their own. */
  :host {
    container-name: phone;
  }
  .card {
    display: grid;
    grid-template:
      'bar' auto
      'calls' auto
      'views' minmax(0, 1fr)
      'tabs' auto
      / minmax(0, 1fr);
    --_height: var(--sip-phone-height, 38rem);
    block-size: var(--_height);
    max-block-size: 100vh;
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
    padding: var(--_space-1) var(--_space-2) var(--_space-1) var(--_space-4);
    border-block-end: 1px solid var(--_border);
    font-size: var(--_text-s);
  }
  .space {
    flex: 1;
  }
  .toggle {
    flex: none;
    display: grid;
    place-content: center;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    border-radius: var(--_radius-full);
  }
  .toggle:hover {
    background: var(--_fill);
  }
  .toggle .icon {
    inline-size: 1.125rem;
    block-size: 1.125rem;
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
  sip-call:state(incoming)::part(middle),
  sip-call:state(incoming)::part(controls) {
    display: none;
  }
  sip-calls {
    border-block-end: 1px solid var(--_border);
  }

  .views {
    grid-area: views;
    min-block-size: 0;
    overflow: auto;
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
  /* Said above. */
  .told sip-dialer::part(status),
  sip-calls::part(do-not-disturb) {
    display: none;
  }

  .tabs {
    grid-area: tabs;
    display: flex;
    border-block-start: 1px solid var(--_border);
  }
  [role='tab'] {
    position: relative;
    flex: 1;
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 0.125rem;
    min-inline-size: 0;
    block-size: 3.5rem;
    /* Five words are as wide as a narrow phone. */
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
  @container phone (inline-size >= 44rem) {
    .card:not(.over) {
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
    .card:not(.over) sip-call {
      display: block;
      flex: 1;
      min-block-size: 15rem;
    }
    .card:not(.over) sip-call::part(stage) {
      aspect-ratio: auto;
      block-size: 100%;
      max-block-size: none;
    }
  }

  :host([corner]:not([corner='false' i])) {
    position: fixed;
    inset-block-end: var(--_space-4);
    inset-inline-end: var(--_space-4);
    z-index: 1000;
    display: flex;
    flex-direction: column-reverse;
    align-items: flex-end;
    gap: var(--_space-3);
    inline-size: min(22rem, 100vw - 2 * var(--_space-4));
    pointer-events: none;
  }
  :host([corner]:not([corner='false' i])[hidden]) {
    display: none;
  }
  :host([corner]:not([corner='false' i])) > * {
    pointer-events: auto;
  }
  .over {
    inline-size: 100%;
    --_height: min(var(--sip-phone-height, 38rem), 100dvh - 6.5rem);
    box-shadow: 0 0.75rem 2.5rem rgb(8 11 15 / 28%);
  }
  .launcher {
    position: relative;
    display: grid;
    place-content: center;
    inline-size: 3.5rem;
    block-size: 3.5rem;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_surface);
    box-shadow: 0 0.25rem 1rem rgb(8 11 15 / 28%);
  }
  .launcher .icon {
    inline-size: 1.5rem;
    block-size: 1.5rem;
  }
  .launcher.talks {
    background: var(--_success);
    color: var(--_on-success);
  }
  .launcher:focus-visible {
    box-shadow: var(--_focus);
  }
  .launcher .badge {
    inset-block-start: -0.125rem;
    inset-inline-start: auto;
    inset-inline-end: -0.125rem;
  }
  @media (forced-colors: active) {
    .launcher,
    .badge {
      border: 1px solid;
    }
  }
`;
