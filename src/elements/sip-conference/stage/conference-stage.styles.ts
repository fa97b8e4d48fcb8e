import {css, unsafeCSS} from 'lit';
import {onStage} from '../../shared/styles/on-stage.styles.js';
import {MOST_COLUMNS} from './tile-grid.js';

const columns = unsafeCSS(
  Array.from({length: MOST_COLUMNS}, (_, index) => `.columns-${index + 1} {--_columns: ${index + 1}}`).join(
    '',
  ),
);

/** The styles of the stage of a conference, in addition to those of the call controls. */
export const styles = css`
  .stage {
    ${onStage}
    position: relative;
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    aspect-ratio: 16 / 9;
    min-block-size: 20rem;
    max-block-size: max(20rem, 70vh);
    inline-size: 100%;
    overflow: hidden;
  }
  .stage.picture {
    max-block-size: max(20rem, 90vh);
  }
  .top {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 2.75rem;
    padding-inline: var(--_space-2);
  }
  .space {
    flex: 1;
  }
  .chip .icon {
    inline-size: 1rem;
    block-size: 1rem;
    color: var(--_warning);
  }
  .recording {
    color: #ff8a84;
  }
  .recording .sign {
    flex: none;
    inline-size: 0.625rem;
    block-size: 0.625rem;
    border-radius: 50%;
    background: currentColor;
  }
  .layouts,
  .pager {
    flex: none;
    display: flex;
    align-items: center;
    padding: 0.1875rem;
    border-radius: var(--_radius-full);
    background: #1b2028;
  }
  .pager {
    font-size: var(--_text-s);
  }
  :is(.layouts, .pager) button {
    display: grid;
    place-content: center;
    inline-size: 2rem;
    block-size: 1.75rem;
    border-radius: var(--_radius-full);
  }
  @media (pointer: coarse) {
    :is(.layouts, .pager) button {
      inline-size: var(--_small);
      block-size: var(--_small);
    }
  }
  .layouts button[aria-pressed='true'] {
    background: #fff;
    color: #11161c;
  }
  :is(.layouts, .pager) .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  .middle {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 0.125rem;
    min-inline-size: 0;
    padding: 0 var(--_space-4);
    text-align: center;
  }
  .middle > * {
    max-inline-size: 100%;
  }
  .middle .icon {
    inline-size: 2rem;
    block-size: 2rem;
    color: var(--_quiet);
  }
  .middle .big {
    font-size: var(--_text-l);
    font-weight: 650;
  }
  .tiles,
  .middle {
    grid-area: 2 / 1;
  }
  .tiles {
    --_columns: 1;
    --_gap: var(--_space-2);
    /* A little less, so that rounding never moves a tile into the next row. */
    --_inline: calc((100% - (var(--_columns) - 1) * var(--_gap)) / var(--_columns) - 0.02px);
    position: relative;
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_gap);
    min-block-size: 0;
    margin-inline: var(--_space-2);
  }
  ${columns}
  .tile {
    position: relative;
    flex: none;
    inline-size: var(--_inline);
    overflow: hidden;
    border-radius: var(--_radius-s);
    background: #1b2028;
    container-type: size;
  }
  .tile.unseen {
    position: absolute;
    inline-size: 4rem;
    block-size: 3rem;
    visibility: hidden;
  }
  .large {
    --_strip: min(4.5rem, 35%);
    align-content: start;
  }
  .large > .tile {
    inline-size: min(8rem, var(--_inline));
    block-size: var(--_strip);
  }
  .large > .main {
    inline-size: 100%;
    block-size: calc(100% - var(--_strip) - var(--_gap));
  }
  .large.alone > .main {
    block-size: 100%;
  }
  .stage.picture .tiles {
    margin: 0;
  }
  .stage.picture .main {
    block-size: 100%;
    border-radius: 0;
    background: none;
  }
  .stage.picture .own:not(.main) {
    position: absolute;
    inset-inline-end: var(--_space-3);
    inset-block-end: 0;
    inline-size: clamp(4.5rem, 22%, 14rem);
    block-size: auto;
    aspect-ratio: 4 / 3;
    border: 2px solid rgb(255 255 255 / 16%);
  }
  .bottom {
    position: static;
    padding: var(--_space-3);
    background: none;
  }
  @media (forced-colors: active) {
    .stage {
      --_scrim: Canvas;
    }
    .recording .sign {
      forced-color-adjust: none;
      background: red;
    }
    .layouts,
    .pager {
      border: 1px solid;
    }
    .tile,
    .layouts button[aria-pressed='true'] {
      border: 1px solid Highlight;
    }
  }
  .short {
    display: none;
  }
  @container (inline-size < max(40rem, 640px)) {
    .stage {
      aspect-ratio: 4 / 3;
    }
    .long {
      display: none;
    }
    .short {
      display: inline;
    }
  }
  /* On a telephone, tiles are large enough for a face above the name. */
  @container (inline-size < max(30rem, 480px)) {
    .stage {
      aspect-ratio: 4 / 5;
    }
  }
`;
