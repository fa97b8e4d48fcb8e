import {css} from 'lit';
import {onStage} from '../shared/styles/on-stage.styles.js';

/** The styles of the stage of a conference, in addition to those of the call controls. */
export const styles = css`
  .stage {
    ${onStage}
    position: relative;
    display: grid;
    aspect-ratio: 16 / 9;
    min-block-size: 16rem;
    max-block-size: max(16rem, 70vh);
    inline-size: 100%;
    overflow: hidden;
  }
  .stage.picture {
    max-block-size: max(16rem, 90vh);
  }
  .top {
    position: absolute;
    inset: 0 0 auto;
    z-index: 1;
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-3);
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
  .layouts {
    display: flex;
    padding: 0.1875rem;
    border-radius: var(--_radius-full);
    background: var(--_scrim);
  }
  .layouts button {
    display: grid;
    place-content: center;
    inline-size: 2rem;
    block-size: 1.75rem;
    border-radius: var(--_radius-full);
  }
  .layouts button[aria-pressed='true'] {
    background: #fff;
    color: #11161c;
  }
  .layouts .icon {
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
    padding: var(--_space-4) var(--_space-4) 4.75rem;
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
  .tiles {
    display: grid;
    gap: var(--_space-2);
    grid-auto-rows: minmax(0, 1fr);
    min-block-size: 0;
    padding: var(--_space-2) var(--_space-2) 4.75rem;
  }
  /* The videos keep playing. */
  .tiles[hidden] {
    display: block;
    position: absolute;
    visibility: hidden;
  }
  .sounds .tiles {
    padding-block-end: 8rem;
  }
  .columns-1 {
    grid-template-columns: minmax(0, 1fr);
  }
  .columns-2 {
    grid-template-columns: repeat(2, minmax(0, 1fr));
  }
  .columns-3 {
    grid-template-columns: repeat(3, minmax(0, 1fr));
  }
  .columns-4 {
    grid-template-columns: repeat(4, minmax(0, 1fr));
  }
  .tile {
    position: relative;
    display: grid;
    place-items: center;
    min-block-size: 0;
    min-inline-size: 0;
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
    grid-template: minmax(0, 1fr) 4.5rem / repeat(6, minmax(0, 1fr));
  }
  .large > :first-child {
    grid-column: 1 / -1;
  }
  .large.alone {
    grid-template-rows: minmax(0, 1fr);
  }
  .stage.picture .large {
    padding: 0;
    gap: 0;
  }
  .stage.picture .large > :first-child {
    grid-area: 1 / 1 / -1 / -1;
    border-radius: 0;
    background: none;
  }
  .stage.picture .large > .own:not(:first-child) {
    position: absolute;
    inset-inline-end: var(--_space-4);
    inset-block-end: 5.25rem;
    inline-size: clamp(4.5rem, 22%, 14rem);
    aspect-ratio: 4 / 3;
    border: 2px solid rgb(255 255 255 / 16%);
  }
  @media (forced-colors: active) {
    .tile,
    .layouts button[aria-pressed='true'] {
      border: 1px solid Highlight;
    }
  }
  @container (inline-size < 40rem) {
    .stage {
      aspect-ratio: 4 / 3;
    }
  }
  @container (inline-size < 30rem) {
    .columns-4 {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    .large > :nth-child(n + 6) {
      display: none;
    }
    .large {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
  }
  @container (inline-size < 20rem) {
    .bottom {
      padding: var(--_space-3);
    }
  }
`;
