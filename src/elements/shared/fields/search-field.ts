import {css, html, nothing, type TemplateResult} from 'lit';
import {searchIcon} from '../icons/later.js';

/** The properties and the handlers of a search field. */
export interface SearchFieldOptions {
  /** What is searched: its accessible name and placeholder. */
  readonly label: string;
  /** The searched text. */
  readonly text: string;
  /** Whether it looks like the fields of forms; otherwise it has no border of its own. */
  readonly framed?: boolean;
  /** Called with the text while the user types, except during the composition of a word. */
  readonly onSearch: (text: string) => void;
  readonly onKeydown?: (event: KeyboardEvent) => void;
}

/** Renders a search field behind its sign. */
export function searchField({label, text, framed, onSearch, onKeydown}: SearchFieldOptions): TemplateResult {
  const onInput = ({target, type, isComposing}: InputEvent): void => {
    // An unfinished composition is the letters of a word, not the word.
    if (type !== 'input' || !isComposing) onSearch((target as HTMLInputElement).value);
  };
  return html`${searchIcon}<input
      part="search"
      class=${framed ? 'input' : 'plain'}
      type="search"
      dir="auto"
      aria-label=${label}
      placeholder=${label}
      autocomplete="off"
      spellcheck="false"
      .value=${text}
      @input=${onInput}
      @compositionend=${onInput}
      @keydown=${onKeydown ?? nothing}
    />`;
}

/** The styles of a search field without a border of its own. */
export const searchStyles = css`
  :where([type='search']).plain {
    flex: 1;
    min-inline-size: 0;
    block-size: var(--_small);
    padding: 0 var(--_space-2);
    border: 0;
    border-radius: var(--_radius-s);
    font: inherit;
    color: var(--_text);
    background: none;
  }
  :where([type='search']).plain::placeholder {
    color: var(--_quiet);
    opacity: 1;
  }
`;
