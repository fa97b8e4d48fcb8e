import {html, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';

/** A question before something that cannot be undone. */
export interface Confirmation {
  readonly localize: LocalizeController;
  /** The question, with the name of whom it is about. */
  readonly text: string;
  /** The word on the button that does it. */
  readonly word: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Renders the question in place; Escape and the first button, which gets the focus, cancel. */
export function confirmation({localize, text, word, onConfirm, onCancel}: Confirmation): TemplateResult {
  const onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onCancel();
  };
  return html`<div class="confirm" role="alertdialog" aria-labelledby="question" @keydown=${onKeydown}>
    <p id="question">${text}</p>
    <div class="choices">
      <button part="cancel" class="pill" type="button" @click=${onCancel}>${localize.term('cancel')}</button>
      <button part="confirm" class="pill stop" type="button" @click=${onConfirm}>
        <span class="line">${word}</span>
      </button>
    </div>
  </div>`;
}
