import {css} from 'lit';

/** A round button with an icon in a bar. */
export const toggleStyles = css`
  .toggle {
    flex: none;
    display: grid;
    place-content: center;
    inline-size: var(--_small);
    block-size: var(--_small);
    border-radius: var(--_radius-full);
  }
  .toggle:hover {
    background: var(--_fill);
  }
  .toggle .icon {
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }
`;
