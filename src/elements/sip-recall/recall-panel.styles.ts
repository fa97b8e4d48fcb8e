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
    cursor: pointer;
  }
  .said.playing {
    fill: var(--_accent);
  }
  [role='list'] {
    border-block-start: 1px solid var(--_border);
    max-block-size: var(--sip-recall-height, 20rem);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  [role='listitem'] {
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-3);
  }
  .running {
    color: var(--_accent);
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .lane {
      fill: Canvas;
    }
    .said {
      fill: CanvasText;
    }
    .said.playing {
      fill: Highlight;
    }
  }
`;

export const styles: CSSResultGroup = [listPanel, noticeMargin, own];
