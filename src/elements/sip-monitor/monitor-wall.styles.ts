import {css} from 'lit';

/** The styles of a wall, in addition to those shared with lists. */
export const styles = css`
  .bar {
    flex-wrap: wrap;
    padding: var(--_space-2) var(--_space-4);
  }
  .bar > .icon {
    flex: none;
    color: var(--_quiet);
  }
  .bar > b {
    font-size: var(--_text-m);
  }
  .bar .pill {
    flex: none;
    block-size: max(var(--_small), 36px);
    padding-inline: var(--_space-4);
  }
  .toggle[aria-pressed='true'],
  .toggle.on {
    background: var(--_accent);
    color: var(--_surface);
  }
  .toggle .icon + .icon {
    inline-size: 0.75rem;
    block-size: 0.75rem;
    margin-inline-start: -0.375rem;
  }
  [part='rounds-panel'] {
    inline-size: min(23rem, 100vw - 1rem);
    max-inline-size: none;
    max-block-size: min(40rem, 100dvh - 5rem);
    overflow-y: auto;
  }
  .field {
    flex: 4 1 6rem;
    max-inline-size: 15rem;
  }
  /* The field needs the room, and each picture has its time. */
  @container (inline-size < max(34rem, 544px)) {
    [part='clock'] {
      display: none;
    }
  }
  /* The field and the button are below the title. */
  @container (inline-size < max(24rem, 384px)) {
    .space {
      flex-basis: 100%;
    }
  }
  .input {
    block-size: max(var(--_small), 36px);
  }
  /* The wall: as many columns as there is room for; the last row is centered. */
  .wall {
    --_columns: 1;
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_space-2);
    padding: var(--_space-2);
    background: var(--_sunken);
  }
  /* A little less, so that rounding never moves a tile into the next row. */
  sip-monitor-tile {
    inline-size: calc((100% - (var(--_columns) - 1) * var(--_space-2)) / var(--_columns) - 0.02px);
  }
  @container (inline-size >= max(30rem, 480px)) {
    .wall:not([data-columns='1']) {
      --_columns: 2;
    }
  }
  @container (inline-size >= max(44rem, 704px)) {
    .wall[data-columns='3'] {
      --_columns: 3;
    }
    .wall[data-columns='4'] {
      --_columns: 4;
    }
  }
  @container (inline-size >= max(54rem, 864px)) {
    .wall[data-columns='5'] {
      --_columns: 5;
    }
  }
`;
