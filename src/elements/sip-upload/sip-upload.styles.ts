import {css, type CSSResultGroup} from 'lit';
import {listPanel} from '../shared/styles/list-panel.styles.js';
import {progressStyles} from '../shared/styles/progress.styles.js';

const own = css`
  .card {
    position: relative;
  }
  .drop {
    display: grid;
    justify-items: center;
    gap: var(--_space-1);
    margin: var(--_space-3);
    padding: var(--_space-4);
    border: 1.5px dashed var(--_border);
    border-radius: var(--_radius-m);
    text-align: center;
    transition:
      border-color var(--_motion),
      background-color var(--_motion);
  }
  .over .drop {
    border-color: var(--_accent);
    background: color-mix(in oklab, var(--_accent) 8%, var(--_surface));
  }
  .drop .pill {
    flex: none;
    padding-inline: var(--_space-4);
  }
  .drop p {
    font-size: var(--_text-s);
  }
  [role='list'] {
    max-block-size: var(--sip-upload-height, 26rem);
    overflow-y: auto;
    overscroll-behavior: contain;
    border-block-start: 1px solid var(--_border);
  }
  [role='listitem'] {
    gap: var(--_space-1);
    padding: var(--_space-2) var(--_space-3);
  }
  .sign.sent {
    color: var(--_accent);
  }
  .sign.failed {
    color: var(--_danger);
  }
  .why {
    font-size: var(--_text-s);
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    .over .drop {
      border-style: solid;
    }
  }
`;

export const styles: CSSResultGroup = [listPanel, progressStyles, own];
