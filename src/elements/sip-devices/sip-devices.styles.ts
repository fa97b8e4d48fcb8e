import {css} from 'lit';

export const styles = css`
  .card {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
    align-items: start;
    gap: var(--_space-4);
    padding: var(--_space-4);
  }
  .notice,
  .access,
  .wide {
    grid-column: 1 / -1;
  }
  .forget {
    grid-column: 1 / -1;
    justify-self: start;
    block-size: auto;
    min-block-size: var(--_control);
    white-space: normal;
  }
  .card > *,
  .device > * {
    min-inline-size: 0;
  }
  .access {
    display: grid;
    gap: var(--_space-3);
    padding: var(--_space-3);
    border-radius: var(--_radius-s);
    font-size: var(--_text-s);
    background: color-mix(in oklab, var(--_warning) 14%, var(--_surface));
  }
  .access .pill {
    justify-self: start;
    background: var(--_accent);
    color: var(--_surface);
  }
  .device {
    display: grid;
    gap: var(--_space-1);
  }
  label {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    font-size: var(--_text-s);
    font-weight: 600;
  }
  label .icon {
    inline-size: 1rem;
    block-size: 1rem;
    color: var(--_quiet);
  }
  .volume {
    font-weight: inherit;
  }
  .choice {
    display: flex;
    gap: var(--_space-2);
  }
  .select {
    position: relative;
    flex: 1;
    min-inline-size: 0;
  }
  .select .icon {
    position: absolute;
    inset-block-start: calc(50% - 0.5rem);
    inset-inline-end: var(--_space-3);
    inline-size: 1rem;
    block-size: 1rem;
    color: var(--_quiet);
    pointer-events: none;
  }
  select {
    appearance: none;
    inline-size: 100%;
    block-size: var(--_control);
    padding-inline: var(--_space-3) 2.25rem;
    border: 1px solid color-mix(in oklab, var(--_quiet) 70%, var(--_surface));
    border-radius: var(--_radius-m);
    background: var(--_surface);
    color: inherit;
    font: inherit;
    text-overflow: ellipsis;
  }
  select:hover:enabled {
    border-color: var(--_quiet);
  }
  select:disabled {
    background: var(--_sunken);
    color: var(--_quiet);
    opacity: 1;
  }
  @media (pointer: coarse) {
    [type='range'] {
      min-block-size: var(--_small);
    }
  }
  .hint {
    font-size: var(--_text-s);
    overflow-wrap: anywhere;
  }
  meter {
    margin-block: var(--_space-1);
  }
  video {
    inline-size: 100%;
    aspect-ratio: 16 / 9;
    margin-block-start: var(--_space-1);
    border-radius: var(--_radius-m);
    background: var(--_stage);
    object-fit: contain;
  }
  @media (forced-colors: active) {
    .access {
      border: 1px solid;
    }
  }
`;
