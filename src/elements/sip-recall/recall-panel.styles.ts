import {css, type CSSResultGroup} from 'lit';
import {listPanel, noticeMargin} from '../shared/styles/list-panel.styles.js';

const own = css`
  .rate {
    flex: none;
    block-size: var(--_small);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-full);
    padding-inline: var(--_space-2);
    background: none;
    color: inherit;
    font: inherit;
    font-size: var(--_text-s);
  }
  .note {
    margin: 0;
    padding: var(--_space-2) var(--_space-4);
    border-block-end: 1px solid var(--_border);
    font-size: var(--_text-s);
  }
  svg.timeline {
    display: block;
    inline-size: calc(100% - 2 * var(--_space-4));
    margin: var(--_space-2) var(--_space-4);
  }
  svg.timeline:dir(rtl) {
    transform: scaleX(-1);
  }
  .lane {
    fill: var(--_fill);
  }
  .said {
    fill: var(--_quiet);
  }
  .playing {
    fill: var(--_accent);
  }
  .timeline path {
    cursor: pointer;
  }
  [role='list'] {
    border-block-start: 1px solid var(--_border);
    max-block-size: var(--sip-recall-height, 20rem);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  /* All rows are equally high: those in view are found by it. */
  [role='listitem'] {
    gap: var(--_space-2);
    block-size: max(3.75rem, 60px);
    padding-inline: var(--_space-3);
  }
  .state.points {
    flex-wrap: nowrap;
    overflow: visible;
  }
  .points > * {
    flex: none;
  }
  .points > .speaker {
    flex: 0 1 auto;
    min-inline-size: 0;
  }
  .speaker > .line {
    display: block;
  }
  .running,
  .saved {
    font-weight: 600;
  }
  .running {
    color: var(--_accent);
  }
  @container (inline-size < max(24rem, 384px)) {
    [role='listitem'] {
      block-size: max(5rem, 80px);
    }
    .state.points {
      flex-wrap: wrap;
      align-content: start;
      overflow: clip;
      block-size: 2lh;
    }
    .points > .speaker {
      max-inline-size: 100%;
    }
  }
  @media (forced-colors: active) {
    .lane {
      fill: Canvas;
    }
    .said {
      fill: CanvasText;
    }
    .playing {
      fill: Highlight;
    }
  }
`;

export const styles: CSSResultGroup = [listPanel, noticeMargin, own];
