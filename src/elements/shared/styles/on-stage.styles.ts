import {css} from 'lit';

/** Declarations of a box that holds videos: it is dark in both themes. */
export const onStage = css`
  color-scheme: dark;
  background: var(--_stage);
  color: var(--_on-stage);
  --_surface: var(--_stage);
  --_quiet: color-mix(in oklab, var(--_on-stage) 72%, var(--_stage));
  --_focus: 0 0 0 2px var(--_stage), 0 0 0 4px var(--_on-stage);
`;
