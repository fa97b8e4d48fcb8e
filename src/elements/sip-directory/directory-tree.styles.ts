import {css} from 'lit';

export const styles = css`
  [role='tree'] {
    max-block-size: var(--_tree, var(--sip-directory-height, 30rem));
    overflow-y: auto;
    overscroll-behavior: contain;
    overflow-anchor: none;
  }
  [role='tree']:focus-visible {
    box-shadow: none;
    outline: none;
  }
  [role='tree']:focus-within .active {
    background: var(--_sunken);
  }
  /* The dense row of the cursor shows its actions. */
  [role='tree']:focus-within .active.dense {
    --_row: var(--_sunken);
    --_acts-opacity: 1;
    --_acts-pointer: auto;
  }
  [role='tree']:focus-within .active.selected {
    --_row: var(--_chosen);
    background: var(--_row);
  }
  [role='tree']:focus-visible .active {
    outline: 2px solid var(--_accent);
    outline-offset: -3px;
    border-radius: var(--_radius-s);
  }
  @media (forced-colors: active) {
    [role='tree']:focus-within .active {
      border: 1px solid Highlight;
    }
  }
`;
