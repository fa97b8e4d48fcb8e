import {css} from 'lit';

export const styles = css`
  .calls {
    display: grid;
    gap: var(--_space-3);
  }
  .calls:empty {
    display: none;
  }
  .sound {
    flex: none;
    background: var(--_text);
    color: var(--_surface);
  }
  .who {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    padding: var(--_space-4) var(--_space-4) var(--_space-3);
  }
  .who > div:last-child {
    flex: 1;
    display: grid;
    min-inline-size: 0;
  }
  .name {
    font-size: var(--_text-l);
    font-weight: 650;
    line-height: 1.25;
  }
  .notice {
    margin: 0 var(--_space-4) var(--_space-3);
  }
  .actions {
    display: flex;
    gap: var(--_space-2);
    padding: 0 var(--_space-4) var(--_space-4);
  }
  /* Three buttons have no room for words. */
  @container (inline-size < 19rem) {
    .actions:has(.round) .word {
      display: none;
    }
  }
`;
