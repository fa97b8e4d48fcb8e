import type {Party} from '../../core/types.js';
import {isParty} from '../../core/util/is-party.js';
import {writtenNumbers} from '../../core/util/number.js';

/** The maximum number of groups. */
export const MOST = 24;

/** Groups as a page names them: numbers, `number=name`, or both as objects; or one text with commas between them. */
export type WrittenGroups = string | readonly (string | Party)[];

/** Returns the groups that a page has written, without duplicates; a name may be empty. What is no group is left out. */
export function writtenGroups(written: WrittenGroups | null | undefined): readonly Party[] {
  const list: unknown =
    typeof written === 'string' ? written.split(/[,;\n\uff0c\uff1b\u060c\u061b]+/) : written;
  const groups = (Array.isArray(list) ? (list as unknown[]) : []).flatMap((each) =>
    typeof each === 'string' ? partiesOf(each) : isParty(each) ? [each] : [],
  );
  return [...new Map(groups.map((group) => [group.number, group])).values()];
}

/** Returns the groups of a text without commas: one with a name, or numbers with spaces between them. */
function partiesOf(text: string): readonly Party[] {
  const [number = '', ...name] = text.split('=');
  if (name.length > 0) return [{number: number.trim(), name: name.join('=').trim()}];
  return writtenNumbers(text).map((each) => ({number: each, name: ''}));
}
