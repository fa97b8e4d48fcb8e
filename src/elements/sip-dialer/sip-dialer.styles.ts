import {css} from 'lit';

export const styles = css`
  .bar {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 2.75rem;
    padding: var(--_space-2) var(--_space-4);
    border-block-end: 1px solid var(--_border);
    font-size: var(--_text-s);
  }
  .bar :is(.link, .mailbox) {
    margin-inline-start: auto;
  }
  .notice {
    inline-size: min(100% - 2 * var(--_space-4), 28rem - 2 * var(--_space-4));
    margin: 0 auto var(--_space-4);
  }
  .field {
    position: relative;
    display: flex;
    align-items: center;
    padding-block: var(--_space-2);
    /* The field has a padding of its own. */
    padding-inline: var(--_space-3) var(--_space-4);
  }
  input {
    flex: 1;
    min-inline-size: 0;
    block-size: 3rem;
    padding: 0 var(--_space-1);
    border: 0;
    border-radius: var(--_radius-s);
    background: none;
    color: inherit;
    font: 550 var(--_text-xl) / 1.2 var(--_font);
    letter-spacing: 0.01em;
  }
  input::placeholder {
    color: var(--_quiet);
    opacity: 1;
    font-size: var(--_text-l);
    font-weight: 400;
  }
  .delete {
    display: grid;
    place-content: center;
    inline-size: var(--_control);
    block-size: var(--_control);
    margin-inline-end: -0.6875rem;
    border-radius: var(--_radius-full);
    color: var(--_quiet);
  }
  .delete:hover {
    color: var(--_text);
  }
  .delete[hidden] {
    display: grid;
    visibility: hidden;
  }
  /* Over the keypad, which stays where it is. */
  .found:not([hidden]) {
    position: absolute;
    z-index: 1;
    inset: calc(100% - var(--_space-1)) var(--_space-3) auto;
    max-block-size: 15rem;
    border-radius: var(--_radius-m);
    background: var(--_surface);
    box-shadow: 0 0.5rem 1.5rem rgb(8 11 15 / 22%);
  }
  .keys {
    padding-inline: var(--_space-4);
  }
  .field,
  .calls {
    inline-size: min(100%, 28rem);
    margin-inline: auto;
  }
  .calls {
    display: flex;
    gap: var(--_space-2);
    padding: var(--_space-4);
  }
  /* Four buttons have no room for words in one row. */
  @container (inline-size < max(20rem, 320px)) {
    .calls:has([part='screen']):has([part='more']) {
      flex-wrap: wrap;
    }
    .calls:has([part='screen']):has([part='more']) > .pill {
      flex: 1;
    }
    .calls:has([part='screen']):has([part='more']) > .go {
      flex-basis: 100%;
    }
  }
  @container (inline-size < max(16rem, 256px)) {
    .bar,
    .field,
    .keys {
      padding-inline: var(--_space-3);
    }
    .field {
      padding-inline-start: var(--_space-2);
    }
    .calls {
      padding: var(--_space-3);
    }
  }
`;
