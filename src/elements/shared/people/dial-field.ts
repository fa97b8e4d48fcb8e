import {cleanNumber} from '../../../core/util/number.js';

/** Puts a text at the caret of a field, over what is selected; the caret follows it. */
export function insertText(field: HTMLInputElement, text: string): void {
  const end = field.value.length;
  field.setRangeText(text, field.selectionStart ?? end, field.selectionEnd ?? end, 'end');
}

/** Deletes what is selected, or the sign before the caret. */
export function deleteBackwards(field: HTMLInputElement): void {
  const end = field.selectionEnd ?? field.value.length;
  let start = field.selectionStart ?? end;
  if (start === end) start = Math.max(0, end - 1);
  field.setRangeText('', start, end, 'end');
}

/**
 * Cleans what is pasted or dropped into a field of numbers: a `tel:` or `sip:` link, separators.
 *
 * Leaves what is no number to the browser, and so to the person who sees it.
 *
 * @returns Whether the text was put in here.
 */
export function insertCleaned(field: HTMLInputElement, event: InputEvent): boolean {
  if (event.inputType !== 'insertFromPaste' && event.inputType !== 'insertFromDrop') return false;
  const text = event.data ?? event.dataTransfer?.getData('text/plain');
  if (!text) return false;
  try {
    insertText(field, cleanNumber(text));
  } catch {
    return false;
  }
  event.preventDefault();
  return true;
}
