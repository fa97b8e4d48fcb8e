import {css} from 'lit';

/** The styles of a card with a bar and rows: calls, history, files. */
export const listPanel = css`
  .bar {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 2.75rem;
    padding-block: var(--_space-1);
    padding-inline: var(--_space-4) var(--_space-2);
    border-block-end: 1px solid var(--_border);
    font-size: var(--_text-s);
  }
  .space {
    flex: 1;
  }
  .toggle {
    flex: none;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.375rem;
    min-inline-size: var(--_small);
    block-size: var(--_small);
    padding-inline: var(--_space-2);
    border-radius: var(--_radius-full);
    font-weight: 600;
    white-space: nowrap;
  }
  .toggle:hover {
    background: var(--_fill);
  }
  .toggle .icon,
  .act .icon,
  .sign .icon {
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }
  [role='listitem'] {
    position: relative;
    display: flex;
    align-items: center;
  }
  [role='listitem'] + [role='listitem'] {
    border-block-start: 1px solid var(--_border);
  }
  /* What a line is about, at its beginning. */
  .sign {
    flex: none;
    display: grid;
    place-content: center;
    inline-size: 1.75rem;
    margin-inline-end: var(--_space-1);
    color: var(--_quiet);
  }
  .words {
    flex: 1;
    display: grid;
    min-inline-size: 0;
  }
  .name {
    font-weight: 600;
  }
  .state {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    min-inline-size: 0;
    font-size: var(--_text-s);
  }
  /* What does not fit is below; a point at the beginning of a line is cut. */
  .state.points {
    flex-wrap: wrap;
    gap: 0 1rem;
    overflow: clip;
    white-space: nowrap;
  }
  .points > * {
    position: relative;
  }
  .points > * + *::before {
    content: '·';
    position: absolute;
    inset-inline-end: 100%;
    inline-size: 1rem;
    text-align: center;
  }
  .act {
    flex: none;
    display: grid;
    place-content: center;
    inline-size: var(--_small);
    block-size: var(--_small);
    border-radius: 50%;
    background: var(--_fill);
  }
  .act:hover {
    background: var(--_fill-hover);
  }
  .act.plain {
    background: none;
    color: var(--_quiet);
  }
  .act.plain:hover {
    background: var(--_fill);
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 0.125rem;
    padding: var(--_space-6) var(--_space-4);
    text-align: center;
  }
  .empty .icon {
    margin-block-end: var(--_space-1);
    color: var(--_quiet);
  }
  /* In a low place, the words need the room. */
  @container (block-size < 14rem) {
    .empty {
      padding-block: var(--_space-2);
    }
    .empty .icon {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .act,
    .toggle {
      border: 1px solid;
    }
  }
`;

/** A card that takes the focus when the focused element is gone, and people who are dropped on it. */
export const panelStates = css`
  .card:focus-visible {
    box-shadow: none;
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .card.over {
    outline: 2px dashed var(--_accent);
    outline-offset: -4px;
  }
`;

/** The distance of a notice between the rows of a card. */
export const noticeMargin = css`
  .notice {
    margin: var(--_space-2) var(--_space-3);
  }
`;

const smallAvatar = css`
  .avatar {
    inline-size: 2.25rem;
    block-size: 2.25rem;
    font-size: var(--_text-s);
  }
`;

/** The rows of calls: the current one has a bar at its edge beside the words of its state, an ended one is gray. */
export const callRows = css`
  ${smallAvatar}
  /* High contrast shows it as well. */
  .current::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    border-inline-start: 3px solid var(--_accent);
  }
  .ended .avatar {
    filter: grayscale(1);
  }
`;

/** The initials of a person at the beginning of a row; they are no text, because the name is beside them. */
export const initials = css`
  ${smallAvatar}
  .avatar::before {
    content: attr(data-initials);
  }
`;
