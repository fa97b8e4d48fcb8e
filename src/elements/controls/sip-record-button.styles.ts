import {css} from 'lit';

export const styles = css`
  :host {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-2);
    position: relative;
  }
  .time {
    display: flex;
    flex: none;
    align-items: center;
    gap: 0.375rem;
    padding: 0.125rem 0.5rem;
    border-radius: var(--_radius-full);
    font-size: var(--_text-s);
    font-weight: 600;
    background: var(--sip-button-background, var(--_fill));
    color: var(--sip-button-color, var(--_text));
  }
  .sign {
    inline-size: 0.625rem;
    block-size: 0.625rem;
    border-radius: 50%;
    background: var(--_danger);
  }
  .paused .sign {
    border-radius: 0;
    inline-size: 0.5rem;
    background: linear-gradient(90deg, currentColor 0 37%, transparent 0 63%, currentColor 0);
    animation: none;
  }
  :host([labelled]:not([labelled='false' i])) {
    flex-wrap: wrap;
  }
  @media (prefers-reduced-motion: no-preference) {
    .sign {
      animation: breathe 1.2s ease-in-out infinite alternate;
    }
    @keyframes breathe {
      to {
        opacity: 0.35;
      }
    }
  }
  @media (forced-colors: active) {
    .time {
      border: 1px solid;
    }
    .sign {
      forced-color-adjust: none;
      background: red;
    }
  }
`;
