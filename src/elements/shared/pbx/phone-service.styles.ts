import {css, type CSSResultGroup} from 'lit';
import {fieldLook} from './slot-field.js';

const own = css`
  /* The room in its button is enough of a gap. */
  :host {
    flex: none;
    margin-inline: calc(-1 * var(--_space-2));
  }
  .menu {
    inline-size: min(21rem, 100vw - 1rem);
    max-inline-size: none;
    margin: var(--_space-1) var(--_space-2);
    max-block-size: calc(100% - 2 * var(--_space-2));
    overflow: auto;
    padding: var(--_space-3) var(--_space-4);
  }
  h2,
  h3,
  p {
    margin: 0;
  }
  h2 {
    font-size: var(--_text-m);
    font-weight: 650;
  }
  h3 {
    font-size: var(--_text-s);
    font-weight: 600;
  }
  .service {
    display: grid;
    gap: var(--_space-1);
    margin: 0;
    padding-block: var(--_space-3);
    border-block-end: 1px solid var(--_border);
  }
  .service:last-child {
    border-block-end: 0;
    padding-block-end: 0;
  }
  .fact,
  .hint {
    font-size: var(--_text-s);
    overflow-wrap: anywhere;
  }
  .hint {
    padding-block-start: var(--_space-3);
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    padding-block-start: var(--_space-1);
  }
  .pill {
    flex: 1 0 40%;
    block-size: var(--_small);
  }
  input {
    flex: 1 1 100%;
    min-inline-size: 0;
    block-size: max(2.25rem, 36px);
  }
  input::placeholder {
    color: var(--_quiet);
    opacity: 1;
  }
  .notice {
    margin-block-start: var(--_space-1);
  }
  @media (pointer: coarse) {
    .pill,
    input {
      min-block-size: 44px;
    }
  }
`;

export const styles: CSSResultGroup = [fieldLook, own];
