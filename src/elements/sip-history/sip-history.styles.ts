import {css, type CSSResultGroup} from 'lit';
import {listPanel, noticeMargin} from '../shared/styles/list-panel.styles.js';

const own = css`
  .badge {
    padding: 0.0625rem 0.4375rem;
    border-radius: var(--_radius-full);
    font-weight: 700;
    background: var(--_danger);
    color: var(--_on-danger);
  }
  .toggle[aria-pressed='true'] {
    background: var(--_text);
    color: var(--_surface);
  }
  [role='list'] {
    max-block-size: var(--sip-history-height, 26rem);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  [role='listitem'] {
    flex-wrap: wrap;
    gap: var(--_space-1);
    padding: var(--_space-2) var(--_space-3);
  }
  .avatar {
    inline-size: 2rem;
    block-size: 2rem;
    margin-inline-end: var(--_space-1);
    font-size: var(--_text-s);
  }
  .outcome.missed,
  .who.missed .name {
    color: var(--_danger);
  }
  .who {
    display: flex;
    align-items: baseline;
    gap: var(--_space-2);
    min-inline-size: 0;
  }
  .new {
    flex: none;
    padding: 0 0.375rem;
    border-radius: var(--_radius-full);
    font-size: 0.6875rem;
    font-weight: 700;
    background: var(--_danger);
    color: var(--_on-danger);
  }
  .urgent {
    color: var(--_danger);
    font-weight: 600;
  }
  .urgent .icon {
    inline-size: 1rem;
    block-size: 1rem;
    margin-inline-end: 0.25rem;
    vertical-align: -0.1875rem;
  }
  .became {
    min-inline-size: 0;
    white-space: normal;
  }
  /* When, and how long, are on one line. */
  .moment {
    display: flex;
    flex: none;
    gap: 1rem;
  }
  .undo {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    padding-block: var(--_space-2);
    padding-inline: var(--_space-4) var(--_space-3);
    border-block-start: 1px solid var(--_border);
    font-size: var(--_text-s);
    background: var(--_sunken);
  }
  .undo .line {
    flex: 1;
  }
  .undo .link {
    flex: none;
  }
  /* The icon and its tooltip are enough; a name needs the room of a picture. */
  @container (max-width: max(20rem, 320px)) {
    .avatar {
      display: none;
    }
    [part='filter'] > span {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .badge,
    .new {
      border: 1px solid;
    }
    .toggle[aria-pressed='true'] {
      background: CanvasText;
      color: Canvas;
      forced-color-adjust: none;
    }
  }
`;

export const styles: CSSResultGroup = [listPanel, noticeMargin, own];
