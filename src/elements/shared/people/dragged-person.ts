import type {Party} from '../../../core/types.js';

/** As what somebody of the directory is dragged, beside the number as a text. */
export const PERSON_TYPE = 'application/x-sip-person';

/** Lets a drag carry somebody. */
export function dragPerson({dataTransfer}: DragEvent, {number, name}: Party): void {
  if (!dataTransfer) return;
  dataTransfer.effectAllowed = 'copy';
  dataTransfer.setData('text/plain', number);
  dataTransfer.setData(PERSON_TYPE, JSON.stringify({number, name}));
}
