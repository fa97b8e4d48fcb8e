import {css} from 'lit';
import {listPanel, noticeMargin, panelStates} from '../shared/styles/list-panel.styles.js';

const layout = css`
  :host {
    display: block;
    block-size: 100%;
    container-type: inline-size;
  }
  .card {
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }
  .bar {
    flex: none;
    gap: var(--_space-1);
  }
  .bar .title {
    flex: none;
    margin-inline-end: var(--_space-2);
  }
  .toggle[aria-pressed='true'],
  .toggle[aria-pressed='true']:hover {
    background: var(--_accent);
    color: var(--_surface);
  }
  .body {
    position: relative;
    flex: 1;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
  }
  sip-map-list {
    border-block-start: 1px solid var(--_border);
  }
  .body.listed {
    grid-template: minmax(0, 3fr) minmax(0, 2fr) / minmax(0, 1fr);
  }
  sip-map-view {
    grid-area: 1 / 1;
  }
  sip-map-list {
    grid-area: 2 / 1;
  }
  /* What there is to say lies over the map: nothing moves. */
  .over {
    position: relative;
    z-index: 700;
    grid-area: 1 / 1;
    place-self: start center;
    max-inline-size: 34rem;
    padding-inline: 3.25rem;
    pointer-events: none;
  }
  .over .notice {
    margin-inline: 0;
    pointer-events: auto;
    box-shadow: 0 0 0 1px var(--_border);
  }
  .empty {
    align-content: center;
    flex: 1;
  }
  .nobody {
    position: relative;
    z-index: 650;
    grid-area: 1 / 1;
    place-self: center;
    pointer-events: none;
  }
  .nobody .empty {
    max-inline-size: 20rem;
    padding: var(--_space-4);
    border-radius: var(--_radius-m);
    background: color-mix(in oklab, var(--_surface) 92%, transparent);
  }
  .foot {
    flex: none;
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 3.5rem;
    padding: var(--_space-1) var(--_space-3);
    border-block-start: 1px solid var(--_border);
    font-size: var(--_text-s);
  }
  .common {
    flex: none;
  }
  .foot > .chosen {
    flex: 1;
    min-inline-size: 0;
  }
  .foot .block {
    display: block;
    line-height: 1.2;
  }
  .foot .quiet.block {
    white-space: normal;
  }
  .foot > .hint {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    line-height: 1.35;
  }
  .foot .pill {
    flex: none;
    --_control: max(2.5rem, 40px);
  }
  .foot .pill > .line {
    display: none;
  }
  .clear {
    margin-inline-start: calc(-1 * var(--_space-2));
  }
  @media (pointer: coarse) {
    .foot .pill {
      --_control: max(2.75rem, 44px);
    }
  }
  /* Who is in view needs the room, and the map is seen to be one. */
  @container (width < max(24rem, 384px)) {
    .bar .title {
      display: none;
    }
  }
  @container (width > max(34rem, 544px)) {
    .foot .pill > .line {
      display: inline;
    }
  }
  @container (width > max(44rem, 704px)) {
    .body.listed {
      grid-template: minmax(0, 1fr) / minmax(0, 1fr) minmax(15rem, 19rem);
    }
    sip-map-list {
      grid-area: 1 / 2;
      border-block-start: 0;
      border-inline-start: 1px solid var(--_border);
    }
  }
`;

export const styles = [listPanel, panelStates, noticeMargin, layout];
