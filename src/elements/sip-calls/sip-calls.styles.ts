import {css, type CSSResultGroup} from 'lit';
import {answers} from '../shared/styles/answers.styles.js';
import {callRows, listPanel, noticeMargin, panelStates} from '../shared/styles/list-panel.styles.js';
import {confirmationStyles} from '../shared/styles/confirmation.styles.js';

const own = css`
  [role='listitem'] {
    flex-wrap: wrap;
    gap: var(--_space-1);
    padding-block: var(--_space-1);
    padding-inline: var(--_space-2) var(--_space-3);
  }
  .urgent {
    /* Its margins reach to the edges, and leave no room beside it. */
    flex: 1 0 calc(100% + var(--_space-2) + var(--_space-3));
    margin-block: calc(-1 * var(--_space-1)) 0;
    margin-inline: calc(-1 * var(--_space-2)) calc(-1 * var(--_space-3));
  }
  /* The header is about this call alone; high contrast frames the call. */
  [role='listitem']:has(> .urgent) {
    background: color-mix(in oklab, var(--_danger) 10%, var(--_surface));
    outline: 2px solid transparent;
    outline-offset: -2px;
  }
  .head {
    flex: 1;
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    min-inline-size: 0;
    padding: var(--_space-2);
    border-radius: var(--_radius-m);
    text-align: start;
  }
  button.head:hover {
    background: var(--_fill);
  }
  .state .icon {
    flex: none;
    inline-size: 0.875rem;
    block-size: 0.875rem;
  }
  .actions {
    display: flex;
    gap: var(--_space-2);
  }
  /* Three buttons leave no room for the words in a narrow list. */
  .tab .head {
    flex-basis: 11rem;
  }
  .tab .actions {
    margin-inline-start: auto;
    padding-block: var(--_space-1);
  }
  .offer,
  .notice {
    flex: 1 0 calc(100% - var(--_space-2));
    margin-block: 0 var(--_space-2);
    margin-inline: var(--_space-2) 0;
  }
  .offer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-2);
    font-size: var(--_text-s);
  }
  .offer .pill {
    --_control: var(--_small);
    flex: 0 1 auto;
  }
  .offer > span {
    flex: 1 1 8rem;
  }
  .offer .confirm {
    flex: 1;
    padding: 0;
  }
  .act.on {
    background: var(--_text);
    color: var(--_surface);
  }
  .act.stop {
    background: var(--_danger);
    color: var(--_on-danger);
  }
  [role='listitem']:has(.answers) .head {
    flex-basis: 100%;
  }
  .answers {
    flex: 1 0 100%;
    max-inline-size: max(30rem, 480px);
    padding-block-end: var(--_space-2);
    padding-inline-start: var(--_space-2);
  }
  @media (forced-colors: active) {
    .act.on {
      background: CanvasText;
      color: Canvas;
      forced-color-adjust: none;
    }
  }
`;

export const styles: CSSResultGroup = [
  listPanel,
  noticeMargin,
  panelStates,
  callRows,
  confirmationStyles,
  answers,
  own,
];
