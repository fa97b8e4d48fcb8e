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
