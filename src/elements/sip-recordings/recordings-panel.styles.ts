import {css, type CSSResultGroup} from 'lit';
import {searchStyles} from '../shared/fields/search-field.js';
import {form} from '../shared/styles/form.styles.js';
import {listPanel, noticeMargin} from '../shared/styles/list-panel.styles.js';

const own = css`
  .filters {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    padding-block: var(--_space-1);
    padding-inline: var(--_space-4) var(--_space-2);
    border-block-end: 1px solid var(--_border);
  }
  .filters > .icon {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    color: var(--_quiet);
  }
  [role='list'] {
    max-block-size: var(--sip-recordings-height, 26rem);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  [role='listitem'] {
    flex-wrap: wrap;
    gap: 0 var(--_space-1);
    padding: var(--_space-2) var(--_space-3);
  }
  .words {
    flex: 1 1 8rem;
    margin-inline-start: var(--_space-1);
  }
  .acts {
    display: flex;
    gap: var(--_space-1);
    margin-inline-start: auto;
  }
  .open {
    background: var(--_sunken);
  }
  sip-recording-player,
  .title-form {
    flex: 1 0 100%;
    max-inline-size: 100%;
    margin-block: var(--_space-2) var(--_space-1);
  }
  .title-form {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
  }
  .title-form .input {
    flex: 1 1 0;
    inline-size: 0;
  }
  .bar .number {
    margin-inline-end: var(--_space-2);
  }
  .running {
    color: var(--_danger);
    font-weight: 600;
  }
  .cut {
    color: var(--_danger);
  }
  progress {
    inline-size: 100%;
    block-size: 0.375rem;
    accent-color: var(--_accent);
  }
  .more {
    display: block;
    inline-size: 100%;
    min-block-size: var(--_control);
    border-block-start: 1px solid var(--_border);
    font-weight: 600;
  }
  .more:hover {
    background: var(--_fill);
  }
  .undo {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    padding-block: var(--_space-2);
    padding-inline: var(--_space-4) var(--_space-3);
    border-block-start: 1px solid var(--_border);
    font-size: var(--_text-s);
    background: var(--_sunken);
  }
  .undo .line {
    flex: 1;
  }
  .undo .link {
    flex: none;
  }
`;

export const styles: CSSResultGroup = [listPanel, noticeMargin, form, searchStyles, own];
