import {css, type CSSResultGroup} from 'lit';
import {searchStyles} from '../shared/fields/search-field.js';
import {form} from '../shared/styles/form.styles.js';
import {listPanel, noticeMargin} from '../shared/styles/list-panel.styles.js';

const own = css`
  .filters,
  .note-form {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    padding-block: var(--_space-1);
    padding-inline: var(--_space-4) var(--_space-2);
    border-block-end: 1px solid var(--_border);
    font-size: var(--_text-s);
  }
  .filters > .icon {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    color: var(--_quiet);
  }
  .note-form {
    flex-wrap: wrap;
    padding-block: var(--_space-2);
    border-block: 1px solid var(--_border);
    background: var(--_sunken);
  }
  .note-form label {
    flex: 1 0 100%;
  }
  .note-form .input {
    flex: 1 1 10rem;
    inline-size: auto;
  }
  .view,
  .chip {
    flex: none;
    display: flex;
    align-items: center;
    gap: 0.25rem;
    max-inline-size: 10rem;
    block-size: var(--_small);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-full);
    padding-inline: var(--_space-2);
    background: none;
    color: inherit;
    font: inherit;
    font-size: var(--_text-s);
  }
  .chip {
    background: var(--_fill);
  }
  .chip .icon {
    flex: none;
    inline-size: 1rem;
    block-size: 1rem;
  }
  [role='list'] {
    max-block-size: var(--sip-journal-height, 26rem);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  [role='list']:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  [role='listitem'] {
    gap: var(--_space-1);
    box-sizing: border-box;
    block-size: 3.25rem;
    padding-inline: var(--_space-3);
  }
  .who {
    justify-self: start;
    max-inline-size: 100%;
    border-radius: var(--_radius-s);
    text-align: start;
  }
  .who:hover .name {
    text-decoration: underline;
  }
  /* All rows have one height: what has no room is cut. */
  .state.row {
    gap: 0 0.75rem;
    overflow: clip;
    white-space: nowrap;
  }
  .state.row > * {
    flex: none;
    max-inline-size: 100%;
  }
  .state.row > .rest {
    flex: 0 1 auto;
    display: flex;
    gap: 0.25rem;
    min-inline-size: 0;
  }
  .rest > .line:first-child:not(:last-child) {
    flex: none;
    max-inline-size: 50%;
  }
  .urgent {
    color: var(--_danger);
    font-weight: 600;
  }
  .people {
    border-block-start: 1px solid var(--_border);
    background: var(--_sunken);
    font-size: var(--_text-s);
  }
  .playing {
    display: flex;
    align-items: start;
    gap: var(--_space-1);
    padding: var(--_space-2) var(--_space-2) var(--_space-2) var(--_space-4);
    border-block-start: 1px solid var(--_border);
    background: var(--_sunken);
  }
  .people-head {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    padding-inline: var(--_space-4) var(--_space-2);
  }
  .people-head > .line:not(b) {
    flex: 1 0 auto;
  }
  .persons {
    max-block-size: 13rem;
    margin: 0;
    padding: 0 0 var(--_space-2);
    overflow-y: auto;
    overscroll-behavior: contain;
    list-style: none;
  }
  .persons:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .person {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 1.75rem;
    padding-inline: var(--_space-4);
  }
  .person > .number,
  .result {
    flex: none;
  }
  .result {
    margin-inline-start: auto;
  }
  /* A round dot is present, a square is not. */
  .result::before {
    content: '';
    display: inline-block;
    inline-size: 9px;
    block-size: 9px;
    margin-inline-end: 0.375rem;
    border-radius: 50%;
    background: currentColor;
    forced-color-adjust: none;
  }
  .present > .result {
    color: var(--_success);
  }
  .absent > .result {
    color: var(--_danger);
  }
  .absent > .result::before {
    border-radius: 1px;
  }
  .when {
    flex: none;
    min-inline-size: 3.5rem;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  code {
    overflow-wrap: anywhere;
  }
  @container (max-width: max(24rem, 384px)) {
    .filters {
      flex-wrap: wrap;
    }
    .bar > :is([part='csv'], [part='json']) > .icon {
      display: none;
    }
    [role='listitem'] {
      block-size: 4.5rem;
      padding-inline: var(--_space-2) var(--_space-1);
    }
    .sign {
      inline-size: 1.5rem;
    }
    .state.row {
      flex-wrap: wrap;
      column-gap: 0.5rem;
      max-block-size: 2lh;
    }
  }
  /* In a low place, filters and buttons share a row: the list needs the room. */
  @container (block-size < 18rem) and (inline-size > max(24rem, 384px)) {
    .card {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .card > * {
      grid-column: 1 / -1;
    }
    .card > .filters {
      grid-area: 1 / 1;
      padding-inline-end: 0;
    }
    .card > .bar {
      grid-area: 1 / 2;
      gap: 0;
      padding-inline-start: 0;
    }
    .bar > b,
    .bar > :is([part='csv'], [part='json']) > .icon {
      display: none;
    }
    .filters > .chip {
      flex: 0 1 auto;
      min-inline-size: 3rem;
    }
    [role='list'] {
      max-block-size: calc(var(--sip-journal-height, 26rem) + 2.75rem);
    }
  }
`;

export const styles: CSSResultGroup = [listPanel, noticeMargin, form, searchStyles, own];
