import {css} from 'lit';

export const styles = css`
  .talk {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: center;
    gap: var(--_space-4);
    padding: var(--_space-4);
    text-align: center;
  }
  /* Who speaks, the time and the queue: two lines that are always there, so that the button never moves. */
  .speaker {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space-2);
    max-inline-size: 100%;
    min-block-size: 2.75rem;
    font-weight: 600;
  }
  .words {
    display: grid;
    min-inline-size: 0;
    line-height: 1.35;
    text-align: start;
  }
  .facts {
    display: flex;
    gap: var(--_space-3);
    min-inline-size: 0;
    font-size: var(--_text-s);
    font-weight: 400;
    color: var(--_quiet);
    white-space: nowrap;
  }
  .granted .ends {
    color: var(--_danger);
    font-weight: 600;
  }
  .speaker .avatar {
    inline-size: 2.25rem;
    block-size: 2.25rem;
    font-size: var(--_text-s);
  }
  .idle .speaker {
    color: var(--_quiet);
    font-weight: 400;
  }
  :is(.idle, .requested, .queued) .speaker .avatar {
    color: var(--_quiet);
    background: var(--_fill);
  }
  :is(.taken, .granted) .speaker .avatar {
    color: var(--_success);
    background: color-mix(in oklab, var(--_success) 10%, var(--_surface));
  }
  /* There is room for two lines. */
  .hint {
    min-block-size: 2lh;
    font-size: var(--_text-s);
    text-wrap: balance;
  }
  .devices {
    inline-size: min(100%, 20rem);
    font-size: var(--_text-s);
    text-align: start;
  }
  summary {
    min-block-size: 24px;
    inline-size: fit-content;
    margin-inline: auto;
    color: var(--_quiet);
    cursor: pointer;
  }
  @media (pointer: coarse) {
    summary {
      align-content: center;
      min-block-size: var(--_small);
    }
  }
  .push {
    --_push: var(--_accent);
    position: relative;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: var(--_space-1);
    inline-size: var(--sip-intercom-button, 9rem);
    max-inline-size: 100%;
    aspect-ratio: 1;
    margin-block: var(--_space-1);
    padding: var(--_space-3);
    border: 3px solid var(--_push);
    border-radius: 50%;
    font-weight: 650;
    color: var(--_push);
    background: color-mix(in oklab, var(--_push) 12%, var(--_surface));
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
  }
  .push .icon {
    inline-size: 2.25rem;
    block-size: 2.25rem;
  }
  .push:hover {
    background: color-mix(in oklab, var(--_push) 20%, var(--_surface));
  }
  .requested .push,
  .queued .push {
    border-style: dashed;
  }
  .taken .push {
    --_push: var(--_quiet);
  }
  .granted .push,
  .granted .push:hover {
    border-color: var(--_success);
    background: var(--_success);
    color: var(--_on-success);
  }
  .push.rings::after {
    border-color: var(--_success);
  }
  @media (forced-colors: active) {
    .granted .push {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
