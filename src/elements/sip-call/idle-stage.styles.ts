import {css} from 'lit';

/** The stage while nothing is on it. */
export const styles = css`
  .stage {
    position: relative;
    display: grid;
    inline-size: 100%;
    overflow: hidden;
    border-radius: var(--_radius-l);
    background: var(--_surface);
    border: 1px solid var(--_border);
  }
  /* Within the stage, whose own colors are known, not around it, where the page's are. */
  .stage:focus-visible {
    box-shadow: none;
  }
  .stage:focus-visible::after {
    content: '';
    position: absolute;
    inset: 0;
    z-index: 2;
    border: 2px solid var(--_on-stage);
    border-radius: inherit;
    box-shadow: inset 0 0 0 2px var(--_stage);
    pointer-events: none;
  }
  .middle {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 0.125rem;
    /* The rows of the chips and of the controls stay free. */
    padding: max(3.5rem, 56px) var(--_space-4) max(4.75rem, 76px);
    text-align: center;
  }
  .middle > * {
    flex: none;
    max-inline-size: 100%;
  }
  .middle .big {
    font-size: var(--_text-l);
    font-weight: 650;
    line-height: 1.25;
  }
  .middle p {
    max-inline-size: min(100%, 26rem);
    overflow-wrap: anywhere;
  }
  .empty .icon {
    inline-size: 2rem;
    block-size: 2rem;
    margin-block-end: var(--_space-1);
    color: var(--_quiet);
  }
  .empty {
    padding-block: var(--_space-6);
  }
  @media (forced-colors: active) {
    .stage {
      border: 1px solid;
    }
  }
`;
