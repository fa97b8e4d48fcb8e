import {numbersOf} from '../../core/number.js';
import type {Party} from '../../core/types.js';
import {PERSON_TYPE} from '../dragged-person.js';

/** Whether something that is dragged may be somebody. */
export function carriesPeople({dataTransfer}: DragEvent): boolean {
  const types = dataTransfer?.types ?? [];
  return types.includes(PERSON_TYPE) || types.includes('text/plain');
}

/**
 * Reads who was dropped: somebody of a `<sip-directory>`, or a text with numbers.
 *
 * @throws {SipError} `invalid-number`
 */
export function droppedPeople({dataTransfer}: DragEvent): readonly Party[] {
  const person = readPerson(dataTransfer?.getData(PERSON_TYPE));
  if (person) return [person];
  return numbersOf(dataTransfer?.getData('text/plain') ?? '').map((number) => ({number, name: ''}));
}

function readPerson(text: string | undefined): Party | undefined {
  if (!text) return undefined;
  try {
    const {number, name} = JSON.parse(text) as Partial<Record<'number' | 'name', unknown>>;
    const [clean] = numbersOf([String(number)]);
    return clean ? {number: clean, name: typeof name === 'string' ? name : ''} : undefined;
  } catch {
    // Another page may use the name as well.
    return undefined;
  }
}
