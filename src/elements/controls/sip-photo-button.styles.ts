import {css} from 'lit';

export const styles = css`
  .frame {
    display: flex;
    flex: auto;
    position: relative;
    border-radius: var(--_radius-full);
  }
  /* The flash of a camera, over the button alone. */
  .frame::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: inherit;
    background: var(--_accent);
    opacity: 0;
    pointer-events: none;
  }
  @media (prefers-reduced-motion: no-preference) {
    .confirmed::after {
      animation: flash 480ms ease-out;
    }
    @keyframes flash {
      from {
        opacity: 0.9;
      }
    }
  }
`;
