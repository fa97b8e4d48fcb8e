import {css} from 'lit';

/** The styles of a `<sip-quality>`, including its details. */
export const styles = css`
  .control {
    anchor-name: --quality;
  }
  .icon {
    fill: currentColor;
  }
  .empty {
    opacity: 0.3;
  }
  @media (forced-colors: active) {
    .empty {
      fill: none;
      stroke: currentColor;
      opacity: 1;
    }
  }
  .stroke {
    fill: none;
    stroke: currentColor;
    stroke-width: 2.5;
    stroke-linecap: round;
  }
  :is(.control, h2):is(.poor, .fair) .full {
    fill: var(--_warning);
  }
  :is(.control, h2).bad .full {
    fill: var(--_danger);
  }
  :is(.control, h2).stalled .stroke {
    stroke: var(--_danger);
  }
  .details {
    position-anchor: --quality;
    inline-size: 20rem;
    max-inline-size: calc(100vw - 1rem);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    padding: var(--_space-3) var(--_space-4);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: 0 0.5rem 2rem rgb(0 0 0 / 25%);
    font-size: var(--_text-s);
  }
  .details:popover-open {
    display: grid;
    gap: var(--_space-3);
  }
  @supports (position-area: block-end) {
    .details {
      position-area: block-end;
      position-try-fallbacks: flip-block;
      margin: var(--_space-2);
    }
  }
  h2 {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    margin: 0;
    font-size: var(--_text-m);
    font-weight: 650;
  }
  h2 .icon {
    flex: none;
  }
  .scales {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    column-gap: var(--_space-3);
    margin-block-end: calc(-1 * var(--_space-2));
    font-variant-numeric: tabular-nums;
  }
  .scale {
    display: flex;
    align-items: center;
    gap: 0.375rem;
  }
  .scale::before {
    content: '';
  }
  .of-voice::before {
    inline-size: 0.75rem;
    border-block-start: 2px solid var(--_accent);
  }
  .of-loss::before {
    block-size: 0.75rem;
    border-inline-start: 2px solid var(--_danger);
  }
  .chart {
    inline-size: 100%;
    block-size: 4.5rem;
    border-radius: var(--_radius-s);
    background: var(--_sunken);
    overflow: hidden;
  }
  .chart path {
    fill: none;
    vector-effect: non-scaling-stroke;
  }
  .level {
    stroke: var(--_border);
    stroke-dasharray: 3 3;
  }
  .voice {
    stroke: var(--_accent);
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .loss {
    stroke: var(--_danger);
    stroke-width: 2;
    opacity: 0.7;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 0.1875rem 0;
    padding-inline-start: var(--_space-2);
    text-align: end;
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  th {
    font-weight: 400;
    color: var(--_quiet);
  }
  th[scope='row'] {
    padding-inline-start: 0;
    text-align: start;
  }
  @media (forced-colors: active) {
    .loss {
      stroke: CanvasText;
    }
    .voice {
      stroke: Highlight;
    }
    .of-voice::before {
      border-color: Highlight;
    }
  }
`;
