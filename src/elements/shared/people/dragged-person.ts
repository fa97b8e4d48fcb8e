import type {Party} from '../../../core/types.js';

/** The data type of a dragged person, in addition to the number as text. */
export const PERSON_TYPE = 'application/x-sip-person';

/** Adds a person to a drag. */
export function dragPerson({dataTransfer}: DragEvent, {number, name}: Party): void {
  if (!dataTransfer) return;
  dataTransfer.effectAllowed = 'copy';
  dataTransfer.setData('text/plain', number);
  dataTransfer.setData(PERSON_TYPE, JSON.stringify({number, name}));
}
