import type {BaseClient} from '../../../core/client/client.js';
import {cleanedNumber, cleanNumber} from '../../../core/util/number.js';

/** Returns the number that the client dials for a number of the page, by which its calls are known. */
export function dialed(number: string, client: BaseClient | undefined): string {
  return cleanedNumber(number, client?.options.dial);
}

/** Inserts a text at the caret of a field, replacing the selection; the caret moves behind it. */
export function insertText(field: HTMLInputElement, text: string): void {
  const end = field.value.length;
  field.setRangeText(text, field.selectionStart ?? end, field.selectionEnd ?? end, 'end');
}

/** Deletes the selection, or the character before the caret. */
export function deleteBackwards(field: HTMLInputElement): void {
  const end = field.selectionEnd ?? field.value.length;
  let start = field.selectionStart ?? end;
  if (start === end) start = Math.max(0, end - 1);
  field.setRangeText('', start, end, 'end');
}

/**
 * Cleans a text pasted or dropped into a number field: a `tel:` or `sip:` link, separators.
 *
 * Leaves other text to the browser, so that the user sees it.
 *
 * @returns Whether the text was inserted here.
 */
export function insertCleaned(
  field: HTMLInputElement,
  event: InputEvent,
  client: BaseClient | undefined,
): boolean {
  if (event.inputType !== 'insertFromPaste' && event.inputType !== 'insertFromDrop') return false;
  const text = event.data ?? event.dataTransfer?.getData('text/plain');
  if (!text) return false;
  try {
    insertText(field, (client?.options.clean ?? cleanNumber)(text));
  } catch {
    return false;
  }
  event.preventDefault();
  return true;
}
