import {css} from 'lit';

/** The styles of a wall, in addition to those shared with lists. */
export const styles = css`
  .bar {
    flex-wrap: wrap;
    padding-block: var(--_space-2);
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
    block-size: max(2.25rem, 36px);
    padding-inline: var(--_space-4);
  }
  .toggle[aria-pressed='true'] {
    background: var(--_accent);
    color: var(--_surface);
  }
  .toggle .icon + .icon {
    inline-size: 0.75rem;
    block-size: 0.75rem;
    margin-inline-start: -0.375rem;
  }
  .field {
    flex: 0 1 15rem;
    min-inline-size: 8rem;
  }
  .input {
    block-size: max(2.25rem, 36px);
  }
  /* The wall: as many columns as there is room for, four at most. */
  .wall {
    display: grid;
    gap: var(--_space-2);
    padding: var(--_space-2);
    background: var(--_sunken);
  }
  @container (inline-size >= max(30rem, 480px)) {
    .wall:not([data-columns='1']) {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  @container (inline-size >= max(44rem, 704px)) {
    .wall:is([data-columns='3'], [data-columns='4']) {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
  }
  @container (inline-size >= max(50rem, 800px)) {
    .wall[data-columns='4'] {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
  }
`;
