import {css} from 'lit';

export const styles = css`
  .bar > .icon {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    color: var(--_quiet);
  }
  .bar:focus-within > .icon {
    color: var(--_accent);
  }
  .bar input {
    font-size: var(--_text-m);
  }
  /* The tree, the place of the bar below it, and what lies over them keep their places. */
  .selectable {
    --_place: max(5.75rem, 92px);
    position: relative;
  }
  .selectable > .notices {
    position: absolute;
    z-index: 1;
    inset-inline: 0;
    background: var(--_surface);
  }
  .selectable > .content {
    block-size: calc(var(--sip-directory-height, 30rem) - var(--_place));
    overflow-y: auto;
  }
  .selectable sip-directory-tree {
    --_tree: 100%;
    block-size: 100%;
  }
  sip-selection-place {
    display: grid;
    block-size: var(--_place);
  }
  @media (pointer: coarse) {
    .selectable {
      --_place: max(6.75rem, 108px);
    }
  }
  .skeleton {
    display: grid;
    gap: var(--_space-3);
    padding: var(--_space-4);
  }
  .skeleton i {
    block-size: 1.75rem;
    border-radius: var(--_radius-s);
    background: var(--_fill);
  }
  .skeleton i:nth-child(2n) {
    margin-inline-end: 30%;
  }
  @media (forced-colors: active) {
    .skeleton i {
      border: 1px solid;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .skeleton i {
      animation: wait 1.2s ease-in-out infinite alternate;
    }
    @keyframes wait {
      to {
        opacity: 0.5;
      }
    }
  }
`;
