import {css} from 'lit';

const view = css`
  :host {
    display: block;
    position: relative;
    min-inline-size: 0;
    min-block-size: 0;
    background: var(--_sunken);
    overflow: hidden;
  }
  .world,
  canvas {
    position: absolute;
    inset: 0;
  }
  canvas {
    z-index: 500;
    inline-size: 100%;
    block-size: 100%;
    pointer-events: none;
  }
  .world {
    z-index: 0;
    background: none;
  }
  /* The ring of the focus lies inside, above the tiles. */
  .world:focus-visible ~ canvas {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  :host([data-tool='box']) .world,
  :host([data-tool='lasso']) .world {
    cursor: crosshair;
  }
  .world.over {
    cursor: pointer;
  }
  .zoom {
    position: absolute;
    z-index: 600;
    inset-block-start: var(--_space-3);
    inset-inline-end: var(--_space-3);
    display: grid;
    border-radius: var(--_radius-s);
    background: var(--_surface);
    box-shadow: 0 0 0 1px var(--_border);
    overflow: clip;
  }
  .zoom button {
    display: grid;
    place-content: center;
    inline-size: var(--_small);
    block-size: var(--_small);
  }
  .zoom button:focus-visible {
    box-shadow: none;
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .zoom button:hover {
    background: var(--_fill);
  }
  .zoom button + button {
    border-block-start: 1px solid var(--_border);
  }
  .scale,
  .credit {
    position: absolute;
    z-index: 600;
    inset-block-end: var(--_space-2);
    border-radius: 4px;
    padding: 0 0.25rem;
    font-size: max(0.75rem, 12px);
    line-height: 1.5;
    background: color-mix(in oklab, var(--_surface) 86%, transparent);
    color: var(--_text);
  }
  .scale {
    inset-inline-start: var(--_space-2);
    pointer-events: none;
  }
  .scale::after {
    content: '';
    display: block;
    margin-block-end: 0.1875rem;
    inline-size: var(--_length, 0);
    block-size: 0.3125rem;
    border: 2px solid;
    border-block-start: 0;
  }
  .credit {
    inset-inline-end: var(--_space-2);
    max-inline-size: 60%;
  }
  .credit.none {
    display: none;
  }
  .probe {
    position: absolute;
    visibility: hidden;
    inline-size: 0;
    block-size: 0;
    overflow: hidden;
  }
  /* The end of the transition tells that the page has another theme. */
  .probe i {
    transition: color 1ms;
  }
  .surface {
    color: var(--_surface);
  }
  .text {
    color: var(--_text);
  }
  .quiet {
    color: var(--_quiet);
  }
  .border {
    color: var(--_border);
  }
  .accent {
    color: var(--_accent);
  }
  .success {
    color: var(--_success);
  }
  .warning {
    color: var(--_warning);
  }
`;

/** What Leaflet needs of its own style sheet (leaflet/dist/leaflet.css, BSD-2-Clause). */
const leaflet = css`
  .leaflet-pane,
  .leaflet-tile,
  .leaflet-tile-container,
  .leaflet-image-layer,
  .leaflet-layer {
    position: absolute;
    left: 0;
    top: 0;
  }
  .leaflet-container {
    overflow: hidden;
    -webkit-tap-highlight-color: transparent;
  }
  .leaflet-tile,
  .leaflet-image-layer {
    user-select: none;
    -webkit-user-drag: none;
    max-width: none;
    max-height: none;
    padding: 0;
  }
  .leaflet-tile {
    visibility: hidden;
    mix-blend-mode: plus-lighter;
  }
  .leaflet-tile-loaded {
    visibility: inherit;
  }
  .leaflet-container.leaflet-touch-drag.leaflet-touch-zoom,
  .world {
    touch-action: none;
  }
  .leaflet-pane {
    z-index: 400;
  }
  .leaflet-tile-pane {
    z-index: 200;
  }
  .leaflet-zoom-animated {
    transform-origin: 0 0;
  }
  .leaflet-grab {
    cursor: grab;
  }
  .leaflet-dragging .leaflet-grab {
    cursor: grabbing;
  }
`;

export const styles = [leaflet, view];
