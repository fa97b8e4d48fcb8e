import {css} from 'lit';
import {lampStyles} from '../shared/styles/lamp.styles.js';

const list = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--_surface);
    font-size: var(--_text-s);
  }
  [role='listbox'] {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  [role='listbox']:focus-visible {
    box-shadow: none;
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .none {
    padding: var(--_space-4);
    text-align: center;
  }
  .row {
    position: relative;
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    block-size: var(--_small);
    padding-inline: var(--_space-3);
    cursor: pointer;
  }
  .row:hover {
    background: var(--_fill);
  }
  .row[aria-selected='true'] {
    background: color-mix(in oklab, var(--_accent) 14%, var(--_surface));
  }
  :focus-visible > .cursor {
    outline: 2px solid var(--_accent);
    outline-offset: -4px;
    border-radius: 6px;
  }
  .check {
    flex: none;
    display: grid;
    place-content: center;
    inline-size: max(1rem, 16px);
    block-size: max(1rem, 16px);
    border: 1.5px solid var(--_quiet);
    border-radius: 4px;
  }
  [aria-selected='true'] > .check {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  [aria-selected='true'] > .check::before {
    content: '';
    inline-size: 0.5rem;
    block-size: 0.25rem;
    border: solid var(--_surface);
    border-width: 0 0 2px 2px;
    transform: translateY(-1px) rotate(-45deg);
  }
  .lamp.old {
    opacity: 0.55;
  }
  .who {
    flex: 1;
  }
  .who > .name {
    font-weight: 600;
  }
  .age {
    flex: none;
    white-space: nowrap;
  }
  .age.old {
    font-style: italic;
    text-decoration: underline dotted;
    text-underline-offset: 0.2em;
  }
  @media (forced-colors: active) {
    .row[aria-selected='true'] {
      outline: 2px solid SelectedItem;
      outline-offset: -2px;
    }
  }
`;

export const styles = [lampStyles, list];
